"""Names of the classes that `datasets` writes into Parquet: the rows themselves hold integers."""

import json
from collections.abc import Mapping
from typing import Any

from goldsmith.errors import DataError

NO_CLASS = -1  # what `datasets` writes for a row that nobody labelled
_KEY = b"huggingface"

Names = dict[str, dict[int, str | None]]  # column -> name by integer


def class_names(metadata: Mapping[bytes, bytes] | None, place: str) -> Names:
    """The class names by column, from an Arrow schema's metadata; empty where it has none.

    Raises:
        DataError: metadata that `datasets` did not write so.
    """
    if not metadata or _KEY not in metadata:
        return {}
    try:
        features = json.loads(metadata[_KEY])["info"]["features"]
        found = {column: _names(feature) for column, feature in features.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DataError(
            f"{place}: the Hugging Face metadata in its schema cannot be read: write it again with "
            "`datasets`, or without that metadata"
        ) from None
    return {
        column: {NO_CLASS: None, **dict(enumerate(names))}
        for column, names in found.items()
        if names
    }


def _names(feature: Any) -> list[str]:
    """The names of a class label, or of a list of them however that is written."""
    if isinstance(feature, list):
        return _names(feature[0]) if feature else []
    if not isinstance(feature, dict):
        return []
    if feature.get("_type") == "ClassLabel":
        return [str(name) for name in feature.get("names") or ()]
    return _names(feature.get("feature"))


def with_names(row: dict[str, Any], names: Names) -> dict[str, Any]:
    """A row with the names in place of the integers; what no name stands for stays as it is."""
    for column, table in names.items():
        if column in row:
            row[column] = _replaced(row[column], table)
    return row


def _replaced(value: Any, table: Mapping[int, str | None]) -> Any:
    if isinstance(value, list):
        return [_replaced(one, table) for one in value]
    return table.get(value, value)

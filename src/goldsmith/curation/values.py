"""Texts with gold values beside them, before it is known where in the text they stand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from goldsmith.errors import DataError, near
from goldsmith.readers.lines import json_lines


class Value(NamedTuple):
    """A gold value that stands somewhere in its text."""

    label: str
    value: str


class Unaligned(NamedTuple):
    """A record before alignment."""

    id: str
    document_id: str
    text: str
    values: tuple[Value, ...]
    split: str = ""


def read(path: Path, text_key: str = "text", values_key: str = "values") -> Iterator[Unaligned]:
    """Yield a record a JSON line: text, and values as `[{"label": .., "value": ..}, ...]`.

    A mapping of labels to a value or a list of values is read as well; null stands for no value.

    Raises:
        DataError: no such file, or a line of another form; with file and line.
    """
    if not path.is_file():
        raise DataError(f"{path}: no such file: --path takes a file of JSON lines")
    for number, line in json_lines(path, str(path)):
        place = f"{path}:{number}"
        for key in (text_key, values_key):
            if key not in line:
                raise DataError(
                    f"{place}: column {key!r} is missing: {near(key, line)} (--text and --values name them)"
                )
        text = line[text_key]
        if not isinstance(text, str):
            raise DataError(f"{place}: column {text_key!r} is not text")
        yield Unaligned(
            str(line.get("id", number)),
            str(line.get("document_id") or ""),
            text,
            tuple(_values(line[values_key], place)),
            str(line.get("split") or ""),
        )


def _values(found: Any, place: str) -> Iterator[Value]:
    if isinstance(found, dict):
        pairs = [
            (label, one)
            for label, several in found.items()
            for one in (several if isinstance(several, list) else [several])
        ]
    elif isinstance(found, list) and all(isinstance(one, dict) for one in found):
        pairs = [(_label(one, place), one.get("value")) for one in found]
    else:
        raise DataError(f"{place}: values are a list of {{label, value}} or a mapping of labels")
    for label, value in pairs:
        if isinstance(value, dict | list | bool):
            raise DataError(f"{place}: the value of {label!r} is neither text nor a number")
        if value is not None:
            yield Value(str(label), str(value))


def _label(one: dict[str, Any], place: str) -> str:
    label = one.get("label")
    if not isinstance(label, str) or not label.strip():
        raise DataError(f"{place}: a value without a `label`: {near('label', one)}")
    return label

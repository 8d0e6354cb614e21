"""What the generators' tests ask of generated rows."""

from collections.abc import Iterable, Mapping
from typing import Any


def of(rows: Iterable[Mapping[str, Any]], split: str) -> list[Mapping[str, Any]]:
    """The rows of a split."""
    return [row for row in rows if row["split"] == split]

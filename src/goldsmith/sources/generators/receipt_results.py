"""Receipts of the use case extraction-results: what the example extractor finds on the pages."""

from collections.abc import Iterator
from typing import Any

from goldsmith.example_extractor import extract
from goldsmith.records import Field
from goldsmith.sources.generators._receipts import Options, receipts, rows

__all__ = ["RECORD", "Options", "generate"]

RECORD = Field


def generate(seed: int, options: Options | None = None) -> Iterator[dict[str, Any]]:
    """Rows of one split, test; the same seed and options give the same receipts on every side."""
    for one in receipts(seed, options or Options()):
        yield from rows(extract(one.page))

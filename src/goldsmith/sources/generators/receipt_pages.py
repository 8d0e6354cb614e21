"""Receipts of the use case extraction-results: the pages: words and boxes."""

from collections.abc import Iterator
from typing import Any

from goldsmith.readers import ocr_json
from goldsmith.records import OcrPage
from goldsmith.sources.generators._receipts import Options, receipts

__all__ = ["RECORD", "Options", "generate"]

RECORD = OcrPage


def generate(seed: int, options: Options | None = None) -> Iterator[dict[str, Any]]:
    """Documents of one page each, of one split, test; the same seed and options give the same receipts on every side."""
    for one in receipts(seed, options or Options()):
        yield ocr_json.document([one.page])

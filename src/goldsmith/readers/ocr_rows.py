"""Pages of words and boxes as JSON lines of the columns of `OcrPage`, as Goldsmith itself writes
them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from goldsmith.errors import DataError
from goldsmith.readers.finding import named
from goldsmith.readers.tables import Row, TableReader, rows_of
from goldsmith.readers.values import is_absent, needed, number_of, structure_of
from goldsmith.records import OcrPage


class OcrRows(TableReader):
    """Reads a row a page: document_id, words, boxes; page, width, height, scores and id may lack."""

    record: ClassVar[type[OcrPage]] = OcrPage

    format: Literal["ocr_rows"] = Field("ocr_rows", description="ocr_rows")

    def read(self, files: list[Path], shown: Path) -> Iterator[OcrPage]:
        """Yield a record a page.

        Raises:
            DataError: a row without a document, words and boxes of different numbers, a box that is
                not four numbers.
        """
        for found in named(files, shown):
            for row in rows_of(found, self):
                yield _page(row)


def _page(row: Row) -> OcrPage:
    values = row.values
    document = needed(row, "document_id")
    number = values.get("page")
    page = 1 if is_absent(number) else number_of(row, "page", number)
    words = [str(word) for word in _listed(row, "words")]
    boxes = [_box(row, box) for box in _listed(row, "boxes")]
    if len(words) != len(boxes):
        raise DataError(f"{row.place}: {len(words)} words and {len(boxes)} boxes: one a word")
    scores = [_real(row, "scores", one) for one in _listed(row, "scores")]
    width, height = (_real(row, name, values.get(name) or 0) for name in ("width", "height"))
    return OcrPage(
        str(values.get("id") or f"{document}:{page}"), document, page, width, height,
        tuple(words), tuple(boxes), tuple(scores), row.split,
    )  # fmt: skip


def _listed(row: Row, name: str) -> list[Any]:
    value = row.values.get(name)
    found = [] if is_absent(value) else structure_of(value)
    if not isinstance(found, list):
        raise DataError(f"{row.place}: column {name!r} is not a list but {str(value)[:40]!r}")
    return found


def _box(row: Row, value: Any) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) != 4:
        raise DataError(f"{row.place}: a box is not four numbers but {str(value)[:40]!r}")
    return tuple(_real(row, "boxes", side) for side in value)


def _real(row: Row, name: str, value: Any) -> float:
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        found = float("nan")
    if found != found or found in (float("inf"), float("-inf")):
        raise DataError(f"{row.place}: column {name!r} is not a number but {str(value)[:40]!r}")
    return found

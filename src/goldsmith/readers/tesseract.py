"""Tesseract's TSV: a row an element of the layout, level 1 a page, level 5 a word."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from goldsmith.errors import DataError, near
from goldsmith.readers.finding import Found, named
from goldsmith.readers.opening import text_lines
from goldsmith.readers.pages import PageReader, Sheet, box_of, page_number, percentage, real
from goldsmith.records import OcrPage

COLUMNS = ("level", "page_num", "left", "top", "width", "height", "conf", "text")
PAGE, WORD = "1", "5"


class Tesseract(PageReader):
    """Reads what `tesseract IMAGE OUT tsv` writes, a file a document: pages of level 1, words of level
    5. Words of nothing but white space are none; a page may be empty."""

    suffixes: ClassVar[tuple[str, ...]] = (".tsv",)

    format: Literal["tesseract"] = Field("tesseract", description="tesseract")

    def read(self, files: list[Path], shown: Path) -> Iterator[OcrPage]:
        """Yield a page a row of level 1, or a number in `page_num` where there is none."""
        for found in named(files, shown):
            pages: dict[int, Sheet] = {}
            for place, row in _rows(found, self.encoding):
                _add(pages, row, place)
            for _, sheet in sorted(pages.items()):
                yield sheet.record(found.prefix, found.split)


def _rows(found: Found, encoding: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    header: list[str] = []
    for number, line in text_lines(found.file, found.name, encoding):
        place = f"{found.name}:{number}"
        cells = line.rstrip("\r\n").split("\t")
        if not header:
            header = _header(cells, place)
        elif line.strip():
            # Older versions end the rows of what is no word before the column of the text.
            cells += [""] if len(cells) == len(header) - 1 else []
            if len(cells) != len(header):
                raise DataError(
                    f"{place}: {len(cells)} columns where the header has {len(header)}: "
                    f"{line[:60].rstrip()!r}"
                )
            yield place, dict(zip(header, cells, strict=True))
    if not header:
        raise DataError(f"{found.name}: an empty file: Tesseract's TSV begins with a header")


def _header(cells: list[str], place: str) -> list[str]:
    for name in COLUMNS:
        if name not in cells:
            raise DataError(
                f"{place}: column {name!r} is missing: {near(name, cells)} (a header as `tesseract "
                "IMAGE OUT tsv` writes it is needed)"
            )
    return cells


def _add(pages: dict[int, Sheet], row: Mapping[str, str], place: str) -> None:
    if not re.fullmatch("[1-5]", row["level"]):
        raise DataError(f"{place}: level {row['level'][:40]!r} is none of 1 (page) to 5 (word)")
    number = page_number(row["page_num"], place)
    sheet = pages.setdefault(number, Sheet(number))
    if row["level"] not in (PAGE, WORD):
        return
    left, top, width, height = (real(row[name], name, place) for name in COLUMNS[2:6])
    box = box_of((left, top, left + width, top + height), place)
    if row["level"] == PAGE:
        sheet.width, sheet.height = box[2], box[3]
    elif row["text"].strip():
        conf = real(row["conf"], "conf", place)
        sheet.add(row["text"], box, None if conf < 0 else percentage(conf, place))

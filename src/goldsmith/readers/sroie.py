"""Text boxes as the SROIE competition has them: eight coordinates and a text a line."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from goldsmith.errors import DataError
from goldsmith.readers.finding import named
from goldsmith.readers.opening import text_lines
from goldsmith.readers.pages import Box, PageReader, Sheet, box_of, real
from goldsmith.records import OcrPage

SIDES = 8


class Sroie(PageReader):
    """Reads a file a page, a line a box: x1,y1,x2,y2,x3,y3,x4,y4,text; the text may hold commas. A box
    that is not upright becomes the upright one around it. The page's size is unknown."""

    suffixes: ClassVar[tuple[str, ...]] = (".csv", ".txt")

    format: Literal["sroie"] = Field("sroie", description="sroie")

    def read(self, files: list[Path], shown: Path) -> Iterator[OcrPage]:
        """Yield a page a file; an empty file is a page without words."""
        for found in named(files, shown):
            sheet = Sheet()
            for number, line in text_lines(found.file, found.name, self.encoding):
                if line.strip():
                    sheet.add(*_word(line, f"{found.name}:{number}"))
            yield sheet.record(found.prefix, found.split)


def _word(line: str, place: str) -> tuple[str, Box]:
    cells = line.rstrip("\r\n").split(",", SIDES)
    if len(cells) <= SIDES:
        raise DataError(
            f"{place}: {len(cells)} columns where eight coordinates and a text are needed: "
            f"{line[:60].rstrip()!r}"
        )
    corners = [
        real(cell.strip(), f"coordinate {column}", place)
        for column, cell in enumerate(cells[:SIDES], start=1)
    ]
    xs, ys = corners[::2], corners[1::2]
    return cells[SIDES], box_of((min(xs), min(ys), max(xs), max(ys)), place)

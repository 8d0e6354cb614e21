"""Amazon Textract's JSON: blocks of pages, lines and words, their places relative to the page.

https://docs.aws.amazon.com/textract/latest/dg/API_Block.html
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from goldsmith.errors import DataError, near
from goldsmith.readers import lines
from goldsmith.readers.finding import Found, named
from goldsmith.readers.pages import Box, PageReader, Sheet, box_of, page_number, percentage, real
from goldsmith.records import OcrPage

SIDES = ("Left", "Top", "Width", "Height")
SLIP = 0.01  # of the page: boxes of rotated words may begin a little outside of it


class Textract(PageReader):
    """Reads the answers of DetectDocumentText and AnalyzeDocument, a file a document: one answer, or a
    list of them where the service gave several. A page is 1 wide and 1 high."""

    suffixes: ClassVar[tuple[str, ...]] = (".json",)

    format: Literal["textract"] = Field("textract", description="textract")
    level: Literal["word", "line"] = Field("word", description="Which blocks are the page's words.")

    def read(self, files: list[Path], shown: Path) -> Iterator[OcrPage]:
        """Yield a page a block PAGE, or a number in `Page` where there is none."""
        for found in named(files, shown):
            pages: dict[int, Sheet] = {}
            for place, block in _blocks(found, self.encoding):
                self._add(pages, block, place)
            if not pages:
                raise DataError(f"{found.name}: no answer of Textract: it has no page")
            for _, sheet in sorted(pages.items()):
                yield sheet.record(found.prefix, found.split)

    def _add(self, pages: dict[int, Sheet], block: dict[str, Any], place: str) -> None:
        kind = block.get("BlockType")
        if kind not in ("PAGE", self.level.upper()):
            return
        number = page_number(block.get("Page", 1), place)
        sheet = pages.setdefault(number, Sheet(number, 1.0, 1.0))
        if kind == "PAGE":
            return
        text, score = block.get("Text"), block.get("Confidence")
        if not isinstance(text, str):
            raise DataError(f"{place}: a block {kind} without Text: {near('Text', block)}")
        sheet.add(text, _box(block, place), None if score is None else percentage(score, place))


def _blocks(found: Found, encoding: str) -> Iterator[tuple[str, dict[str, Any]]]:
    value = lines.json_file(found.file, found.name, encoding)
    for part in value if isinstance(value, list) else [value]:
        blocks = part.get("Blocks") if isinstance(part, dict) else None
        if not isinstance(blocks, list):
            hint = f": {near('Blocks', part)}" if isinstance(part, dict) else ""
            raise DataError(f"{found.name}: no answer of Textract: it has no list Blocks{hint}")
        for place, block in enumerate(blocks):
            if not isinstance(block, dict):
                raise DataError(f"{found.name}: Blocks[{place}] is no object")
            name = str(block.get("Id", ""))[:40]
            yield f"{found.name}: Blocks[{place}]{f' ({name})' if name else ''}", block


def _box(block: dict[str, Any], place: str) -> Box:
    geometry = block.get("Geometry")
    found = geometry.get("BoundingBox") if isinstance(geometry, dict) else None
    if not isinstance(found, dict) or not set(SIDES) <= found.keys():
        raise DataError(f"{place}: no Geometry.BoundingBox with Left, Top, Width and Height")
    left, top, width, height = (real(found[name], name, place) for name in SIDES)
    inside = [0.0 if -SLIP <= start < 0 else start for start in (left, top)]
    return box_of((*inside, left + width, top + height), place)

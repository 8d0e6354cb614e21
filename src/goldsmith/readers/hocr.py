"""hOCR: HTML whose classes and titles say what was recognised where.

http://kba.github.io/hocr-spec/1.2/
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from goldsmith.errors import DataError
from goldsmith.readers.finding import named
from goldsmith.readers.opening import whole_text
from goldsmith.readers.pages import Box, PageReader, Sheet, box_of, percentage, real
from goldsmith.records import OcrPage

PAGE, WORD, CHARACTER = "ocr_page", "ocrx_word", "ocrx_cinfo"
_BBOX = re.compile(r"(?:^|;)\s*bbox\s+([^;]*)")
_WCONF = re.compile(r"(?:^|;)\s*x_wconf\s+([^;\s]+)")
_ENDS_WORDS = ("p", "div", "body", "html")


class Hocr(PageReader):
    """Reads hOCR, a file a document: pages of class ocr_page, words of class ocrx_word. A word that is
    never closed ends where the next element of the layout begins."""

    suffixes: ClassVar[tuple[str, ...]] = (".hocr", ".html", ".xhtml", ".htm")

    format: Literal["hocr"] = Field("hocr", description="hocr")

    def read(self, files: list[Path], shown: Path) -> Iterator[OcrPage]:
        """Yield a page an element of class ocr_page."""
        for found in named(files, shown):
            parser = _Parser(found.name)
            parser.feed(whole_text(found.file, found.name, self.encoding))
            parser.close()
            parser.end_word()
            if not parser.sheets:
                raise DataError(
                    f"{found.name}: no element of class {PAGE} in it: it is no hOCR, or has no page"
                )
            for sheet in parser.sheets:
                yield sheet.record(found.prefix, found.split)


@dataclass
class _Word:
    """A word whose end has not come yet; `depth` counts the elements of its tag inside of it."""

    place: str
    tag: str
    title: str
    depth: int = 0
    text: list[str] = field(default_factory=list)


class _Parser(HTMLParser):
    """Collects the pages of one file."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[Sheet] = []
        self._name = name
        self._corner = (0.0, 0.0)
        self._word: _Word | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a page, or a word; any other element of the layout ends the word before."""
        values = {name: value or "" for name, value in attrs}
        classes, title = values.get("class", "").split(), values.get("title", "")
        place = f"{self._name}:{self.getpos()[0]}"
        if PAGE in classes:
            self.end_word()
            self._begin_page(title, place)
        elif WORD in classes:
            self.end_word()
            self._word = _Word(place, tag, title)
        elif CHARACTER not in classes and any(one.startswith("ocr") for one in classes):
            self.end_word()
        elif self._word and tag == self._word.tag:
            self._word.depth += 1

    def handle_endtag(self, tag: str) -> None:
        """End the word that the tag closes."""
        word = self._word
        if word and tag == word.tag and word.depth:
            word.depth -= 1
        elif word and (tag == word.tag or tag in _ENDS_WORDS):
            self.end_word()

    def handle_data(self, data: str) -> None:
        """Text counts inside of words alone."""
        if self._word:
            self._word.text.append(data)

    def end_word(self) -> None:
        """Put the open word, if there is one, on its page."""
        word, self._word = self._word, None
        if word is None:
            return
        if not self.sheets:
            raise DataError(f"{word.place}: a word ({WORD}) before the first page ({PAGE})")
        text = " ".join("".join(word.text).split())
        if not text:
            return
        sides = _sides(word.title, word.place)
        if sides is None:
            raise DataError(f"{word.place}: the word {text[:40]!r} has no bbox in its title")
        x, y = self._corner
        box = box_of((sides[0] - x, sides[1] - y, sides[2] - x, sides[3] - y), word.place)
        conf = _WCONF.search(word.title)
        self.sheets[-1].add(text, box, percentage(conf[1], word.place) if conf else None)

    def _begin_page(self, title: str, place: str) -> None:
        left, top, right, bottom = box_of(_sides(title, place) or (0.0, 0.0, 0.0, 0.0), place)
        self._corner = (left, top)
        self.sheets.append(Sheet(len(self.sheets) + 1, right - left, bottom - top))


def _sides(title: str, place: str) -> Box | None:
    found = _BBOX.search(title)
    if not found:
        return None
    sides = [real(side, "a side of bbox", place) for side in found[1].split()]
    if len(sides) != 4:
        raise DataError(
            f"{place}: bbox has {len(sides)} sides where four are needed: {title[:60]!r}"
        )
    return sides[0], sides[1], sides[2], sides[3]

"""What every reader of OCR results has: files of pages, and words and boxes that are checked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from goldsmith.errors import DataError
from goldsmith.readers.finding import find_files
from goldsmith.readers.tables import FileReader
from goldsmith.records import OcrPage

Box = tuple[float, float, float, float]
_SHOWN = 40
_LARGEST_PAGE = 1_000_000


class PageReader(FileReader):
    """What every reader of OCR pages has."""

    record: ClassVar[type[OcrPage]] = OcrPage
    suffixes: ClassVar[tuple[str, ...]]

    def files(self, path: Path) -> list[Path]:
        """The file, the files of that form in a folder, or what a glob matches.

        Raises:
            DataError: no such path, or nothing there of that form.
        """
        return find_files(path, self.suffixes)


@dataclass
class Sheet:
    """A page as it is being read.

    Attributes:
        number: page number from 1.
        width, height: in the boxes' unit; 0 if unknown.
        scores: of each word, None where the source tells none.
    """

    number: int = 1
    width: float = 0.0
    height: float = 0.0
    words: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    scores: list[float | None] = field(default_factory=list)

    def add(self, word: str, box: Box, score: float | None = None) -> None:
        """Add a word; one without a sign in it is none."""
        if word.strip():
            self.words.append(word.strip())
            self.boxes.append(box)
            self.scores.append(score)

    def record(self, document: str, split: str, name: str = "") -> OcrPage:
        """The page; it has scores only where every word has one.

        Args:
            document: the document's id.
            split: train, validation, test or empty.
            name: the page's id; of document and page number where empty.
        """
        scores = tuple(score for score in self.scores if score is not None)
        return OcrPage(
            id=name or f"{document}:{self.number}",
            document_id=document,
            page=self.number,
            width=self.width,
            height=self.height,
            words=tuple(self.words),
            boxes=tuple(self.boxes),
            scores=scores if len(scores) == len(self.words) else (),
            split=split,
        )


def box_of(sides: Sequence[float], place: str) -> Box:
    """Left, top, right, bottom of a word.

    Raises:
        DataError: negative, or inside out: its right is left of its left, its bottom above its top.
    """
    left, top, right, bottom = sides
    shown = ", ".join(f"{side:g}" for side in sides)
    if min(sides) < 0:
        raise DataError(
            f"{place}: the box ({shown}) has a negative side: boxes are left, top, right, bottom "
            "from the page's upper left corner"
        )
    if right < left or bottom < top:
        raise DataError(
            f"{place}: the box ({shown}) is inside out: right is not left of left, nor bottom above "
            "top; are its sides in another order, or does y grow upwards?"
        )
    return left, top, right, bottom


def real(value: Any, name: str, place: str) -> float:
    """A finite number, as number or as text.

    Raises:
        DataError: it is none.
    """
    try:
        found = float(value) if isinstance(value, str | int | float) else math.nan
    except (ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found) or isinstance(value, bool):
        raise DataError(f"{place}: {name} is not a number but {str(value)[:_SHOWN]!r}")
    return found


def page_number(value: Any, place: str) -> int:
    """A page number from 1.

    Raises:
        DataError: it is none.
    """
    found = real(value, "the page number", place)
    if not (found.is_integer() and 1 <= found <= _LARGEST_PAGE):
        raise DataError(f"{place}: a page number is a whole number from 1, not {found:g}")
    return int(found)


def percentage(value: Any, place: str) -> float:
    """A confidence of 0..100 as one of 0..1.

    Raises:
        DataError: it is none.
    """
    found = real(value, "the confidence", place)
    if not 0 <= found <= 100:
        raise DataError(f"{place}: the confidence {found:g} is not within 0 and 100")
    return found / 100

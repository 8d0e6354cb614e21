"""Documents as OCR saw them, and the values of their fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self


@dataclass(frozen=True, slots=True)
class Field:
    """The gold value of one field of a document, with its place on the page where it is known.

    Attributes:
        page: page number from 1; 0 if unknown.
        box: left, top, right, bottom in the page's own units; empty if unknown.
        score: confidence in 0..1 of a system's value; 1 for gold.
    """

    kind: ClassVar[str] = "field"

    id: str
    document_id: str
    field: str
    value: str
    page: int = 0
    box: tuple[float, ...] = ()
    score: float = 1.0
    split: str = ""

    @property
    def text(self) -> str:
        """Document and field: what a value is looked for."""
        return f"{self.document_id}\n{self.field}"

    def row(self) -> dict[str, Any]:
        """Columns as the attributes."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The inverse of `row`."""
        values = {name: row[name] for name in cls.__slots__}
        return cls(**(values | {"box": tuple(row["box"])}))


@dataclass(frozen=True, slots=True)
class OcrPage:
    """A page of a document as optical character recognition saw it: words and where they stand.

    Attributes:
        page: page number from 1.
        width, height: of the page, in the boxes' unit; 0 if unknown.
        words: as recognised; one box may hold several words where the source boxes lines.
        boxes: left, top, right, bottom of each, in one unit per page, y downwards.
        scores: confidence in 0..1 of each; empty if the source tells none.
    """

    kind: ClassVar[str] = "ocr_page"

    id: str
    document_id: str
    page: int
    width: float
    height: float
    words: tuple[str, ...]
    boxes: tuple[tuple[float, ...], ...]
    scores: tuple[float, ...] = ()
    split: str = ""

    @property
    def text(self) -> str:
        """The words in the source's order, joined by one space."""
        return " ".join(self.words)

    def row(self) -> dict[str, Any]:
        """Columns as the attributes."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The inverse of `row`."""
        values = {name: row[name] for name in cls.__slots__}
        boxes = tuple(tuple(box) for box in row["boxes"])
        words, scores = tuple(row["words"]), tuple(row["scores"])
        return cls(**(values | {"words": words, "boxes": boxes, "scores": scores}))

"""Tagged words: sentences, and pages with boxes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class TaggedTokens:
    """A sentence in words with one BIO tag a word.

    >>> TaggedTokens("s1", "10-K-7", ("at", "2.25", "%"), ("O", "B-Rate", "O")).text
    'at 2.25 %'
    """

    kind: ClassVar[str] = "tagged_tokens"

    id: str
    document_id: str
    tokens: tuple[str, ...]
    tags: tuple[str, ...]
    split: str = ""

    @property
    def text(self) -> str:
        """The words joined by one space."""
        return " ".join(self.tokens)

    def row(self) -> dict[str, Any]:
        """Columns id, document_id, tokens, tags, split."""
        return {
            "id": self.id,
            "document_id": self.document_id,
            "tokens": self.tokens,
            "tags": self.tags,
            "split": self.split,
        }

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "TaggedTokens":
        """The inverse of `row`; a row with boxes becomes a `TaggedPage`."""
        tokens, tags = tuple(row["tokens"]), tuple(row["tags"])
        found = (row["id"], row["document_id"], tokens, tags, row["split"])
        if row.get("boxes") is None:
            return TaggedTokens(*found)
        boxes, missing = tuple(map(tuple, row["boxes"])), tuple(row["missing"])
        return TaggedPage(*found, row["width"], row["height"], boxes, missing)


@dataclass(frozen=True, slots=True)
class TaggedPage(TaggedTokens):
    """The words of a page of an OCR document with one BIO tag and one box a word.

    Whatever takes tagged tokens takes it, so it is of their kind; on disk it has columns more.

    Attributes:
        width, height: of the page, in the boxes' unit; 0 if unknown.
        boxes: left, top, right, bottom of each word, in one unit per page, y downwards.
        missing: fields whose gold value does not stand on the document's pages.
    """

    width: float = 0.0
    height: float = 0.0
    boxes: tuple[tuple[float, ...], ...] = ()
    missing: tuple[str, ...] = ()

    def row(self) -> dict[str, Any]:
        """Columns of `TaggedTokens`, and width, height, boxes, missing."""
        own = ("width", "height", "boxes", "missing")
        return TaggedTokens.row(self) | {name: getattr(self, name) for name in own}

"""The record types: one labelled example each, as plain types, and their Arrow schemas.

Knows neither files nor models. pyarrow is imported inside functions, so that a model's
light runtime can use the types without it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

if TYPE_CHECKING:
    import pyarrow as pa


class Record(Protocol):
    """What every record type has: an id, a document, a split and a text to compare."""

    kind: ClassVar[str]

    @property
    def id(self) -> str:
        """Unique in its data set."""

    @property
    def document_id(self) -> str:
        """The document it comes from; records of one document never part. Empty if unknown."""

    @property
    def text(self) -> str:
        """What identifies the record's input: equal texts never lie in two splits."""


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


def arrow_schema(kind: str) -> "pa.Schema":
    """The columns of a record type on disk."""
    import pyarrow as pa

    words = pa.list_(pa.string())
    columns: dict[str, list[tuple[str, Any]]] = {
        "tagged_tokens": [
            ("id", pa.string()),
            ("document_id", pa.string()),
            ("tokens", words),
            ("tags", words),
            ("split", pa.string()),
        ],
    }
    return pa.schema(columns[kind])

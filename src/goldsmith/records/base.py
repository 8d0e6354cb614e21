"""What every record has."""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, Self


class Record(Protocol):
    """What every record type has: an id, a document, a split, an input and what it is labelled with."""

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

    @property
    def split(self) -> str:
        """train, validation or test as the source says; empty if it has none."""

    def row(self) -> dict[str, Any]:
        """The record as a row of `arrow_schema(kind)`."""

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The inverse of `row`; further columns are passed over."""

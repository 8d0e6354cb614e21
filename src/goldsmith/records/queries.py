"""Queries, the documents that they are asked of, and which of those answer them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Self


class Judgement(NamedTuple):
    """A document that answers a query, and how well (0: not at all)."""

    document_id: str
    grade: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A document of the corpus that queries are judged on."""

    kind: ClassVar[str] = "passage"

    document_id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents that queries are asked of; equal digests, equal documents."""

    passages: tuple[Passage, ...]
    digest: str

    @classmethod
    def of(cls, passages: Iterable[Passage]) -> Self:
        """A corpus of these documents, in their order."""
        kept, found = tuple(passages), hashlib.sha256()
        for one in kept:
            for part in (one.document_id, one.title, one.text):
                found.update(f"{len(part)}:{part}".encode())
        return cls(kept, found.hexdigest())


@dataclass(frozen=True, slots=True)
class Query:
    """A query with the documents that answer it.

    Attributes:
        relevant: judgements of documents.
        corpus: what it is asked of, where it is known; on disk it lies beside the queries.
    """

    kind: ClassVar[str] = "query"

    id: str
    text: str
    relevant: tuple[Judgement, ...]
    split: str = ""
    corpus: Corpus | None = field(default=None, compare=False, repr=False)

    @property
    def document_id(self) -> str:
        """Empty: queries come from no document."""
        return ""

    def row(self) -> dict[str, Any]:
        """Columns id, text, relevant (list of document_id and grade), split."""
        relevant = [judgement._asdict() for judgement in self.relevant]
        return {"id": self.id, "text": self.text, "relevant": relevant, "split": self.split}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The inverse of `row`."""
        relevant = tuple(Judgement(one["document_id"], one["grade"]) for one in row["relevant"])
        return cls(row["id"], row["text"], relevant, row["split"])

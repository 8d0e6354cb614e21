"""The record types: one labelled example each, as plain types, and their Arrow schemas.

Knows neither files nor models. pyarrow is imported inside functions, so that a model's
light runtime can use the types without it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol, Self

if TYPE_CHECKING:
    import pyarrow as pa


class Answer(NamedTuple):
    """An answer as a slice of its context: `context[start : start + len(text)] == text`."""

    text: str
    start: int


class Judgement(NamedTuple):
    """A document that answers a query, and how well (0: not at all)."""

    document_id: str
    grade: int


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


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text with one label."""

    kind: ClassVar[str] = "labelled_text"

    id: str
    document_id: str
    text: str
    label: str
    split: str = ""

    def row(self) -> dict[str, Any]:
        """Columns id, document_id, text, label, split."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The inverse of `row`."""
        return cls(*(row[name] for name in cls.__slots__))


@dataclass(frozen=True, slots=True)
class Question:
    """A question on a context, with its answers as slices of that context; none if impossible."""

    kind: ClassVar[str] = "question"

    id: str
    document_id: str
    title: str
    context: str
    question: str
    answers: tuple[Answer, ...]
    is_impossible: bool = False
    split: str = ""

    @property
    def text(self) -> str:
        """Question and context."""
        return f"{self.question}\n{self.context}"

    def row(self) -> dict[str, Any]:
        """Columns as the attributes; answers as `{text: [...], answer_start: [...]}`."""
        found = {name: getattr(self, name) for name in self.__slots__}
        texts, starts = [a.text for a in self.answers], [a.start for a in self.answers]
        return found | {"answers": {"text": texts, "answer_start": starts}}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """The inverse of `row`."""
        texts, starts = row["answers"]["text"], row["answers"]["answer_start"]
        answers = tuple(Answer(text, start) for text, start in zip(texts, starts, strict=True))
        values = {name: row[name] for name in cls.__slots__}
        return cls(**(values | {"answers": answers}))


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


TYPES: dict[str, type[Record]] = {
    kind.kind: kind for kind in (TaggedTokens, LabelledText, Question, Query, Field, OcrPage)
}


def arrow_schema(kind: str | type[Record]) -> "pa.Schema":
    """The columns of a record type (or of `passage`) on disk.

    Args:
        kind: by its name, or the type itself: `tagged_tokens` are `TaggedTokens` or `TaggedPage`.
    """
    import pyarrow as pa

    text, words, whole = pa.string(), pa.list_(pa.string()), pa.int32()
    answers = pa.struct([("text", words), ("answer_start", pa.list_(whole))])
    relevant = pa.list_(pa.struct([("document_id", text), ("grade", whole)]))
    columns: dict[str, dict[str, Any]] = {
        "tagged_tokens": {"id": text, "document_id": text, "tokens": words, "tags": words},
        "labelled_text": {"id": text, "document_id": text, "text": text, "label": text},
        "question": {
            "id": text,
            "document_id": text,
            "title": text,
            "context": text,
            "question": text,
            "answers": answers,
            "is_impossible": pa.bool_(),
        },
        "query": {"id": text, "text": text, "relevant": relevant},
        "field": {
            "id": text,
            "document_id": text,
            "field": text,
            "value": text,
            "page": whole,
            "box": pa.list_(pa.float64()),
            "score": pa.float64(),
        },
        "ocr_page": {
            "id": text,
            "document_id": text,
            "page": whole,
            "width": pa.float64(),
            "height": pa.float64(),
            "words": words,
            "boxes": pa.list_(pa.list_(pa.float64())),
            "scores": pa.list_(pa.float64()),
        },
        "passage": {"document_id": text, "title": text, "text": text},
    }
    name = kind if isinstance(kind, str) else kind.kind
    found = columns[name] if name == "passage" else columns[name] | {"split": text}
    if kind is TaggedPage:
        boxes, size = pa.list_(pa.list_(pa.float64())), pa.float64()
        found |= {"width": size, "height": size, "boxes": boxes, "missing": words}
    return pa.schema(list(found.items()))

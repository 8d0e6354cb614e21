"""The record types by name, and their columns on disk.

pyarrow is imported inside functions, so that a model's light runtime can use the types without it.
"""

from typing import TYPE_CHECKING, Any

from goldsmith.records.base import Record
from goldsmith.records.documents import Field, OcrPage
from goldsmith.records.queries import Query
from goldsmith.records.texts import LabelledText, Question
from goldsmith.records.words import TaggedPage, TaggedTokens

if TYPE_CHECKING:
    import pyarrow as pa

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

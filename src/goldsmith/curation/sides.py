"""The two sides of a record: what it asks, and what it is labelled with.

Two records with equal inputs are duplicates where their targets are equal too, and in conflict
where they are not.
"""

import hashlib
import json
from typing import Any

from goldsmith.records import Record
from goldsmith.text import bio_spans, canonical_bio, normalise, split_words

NO_SPLIT = "(none)"
SHOWN_CHARACTERS = 400


def input_key(record: Record) -> bytes:
    """8 bytes, equal for records whose inputs differ at most in case and white space."""
    return hashlib.blake2b(normalise(record.text).encode(), digest_size=8).digest()


def target_key(record: Record) -> bytes:
    """8 bytes, equal for records that are labelled alike."""
    text = json.dumps(target_row(record), sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def target_row(record: Any) -> dict[str, Any]:
    """The columns of a record that hold its target, plain values.

    >>> from goldsmith.records import LabelledText
    >>> target_row(LabelledText("1", "", "When do you open?", "hours"))
    {'label': 'hours'}
    """
    row = record.row()
    if record.kind == "tagged_tokens":
        return {"tags": canonical_bio(record.tags)}
    names = {
        "labelled_text": ("label",),
        "question": ("answers", "is_impossible"),
        "query": ("relevant",),
        "field": ("value",),
        "ocr_page": ("boxes",),
    }[record.kind]
    return {name: row[name] for name in names}


def with_target(record: Any, target: dict[str, Any]) -> Any:
    """The record labelled otherwise; `target` as `target_row` gives it."""
    return type(record).from_row({**record.row(), **target})


def shown_target(record: Any) -> str:
    """The target in words, on one line.

    >>> from goldsmith.records import TaggedTokens
    >>> shown_target(TaggedTokens("1", "", ("at", "2.25", "%"), ("O", "B-Rate", "I-Rate")))
    'Rate: 2.25 %'
    """
    if record.kind == "tagged_tokens":
        spans = bio_spans(record.tags)
        found = [f"{one.label}: {' '.join(record.tokens[one.start : one.end])}" for one in spans]
        return "; ".join(found) or "no entity"
    if record.kind == "labelled_text":
        return str(record.label) or "no label"
    if record.kind == "question":
        answers = [f"{answer.text!r} at {answer.start}" for answer in record.answers]
        return "; ".join(answers) or "no answer"
    if record.kind == "query":
        judged = [f"{one.document_id} ({one.grade})" for one in record.relevant]
        return ", ".join(judged) or "no judgement"
    if record.kind == "ocr_page":
        return f"{len(record.boxes):,} boxes"
    return str(record.value) or "no value"


def shown_input(record: Any) -> str:
    """The input, cut to a length that fits a table."""
    text = str(record.text)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def labels_of(record: Any) -> list[str]:
    """The label of every target of a record: of each entity, of the text, of each field.

    A question has `answer` or `no_answer`, a query `grade N` for each judgement, a page none.
    """
    if record.kind == "tagged_tokens":
        return [span.label for span in bio_spans(record.tags)]
    if record.kind == "labelled_text":
        return [record.label] if record.label.strip() else []
    if record.kind == "question":
        return ["answer" if record.answers else "no_answer"]
    if record.kind == "query":
        return [f"grade {one.grade}" for one in record.relevant]
    return [] if record.kind == "ocr_page" else [record.field]


def n_words(record: Any) -> int:
    """The length of the input in words."""
    if record.kind == "tagged_tokens":
        return len(record.tokens)
    return len(split_words(record.value if record.kind == "field" else record.text))

"""Cleaning: control and zero-width characters go, odd white space becomes a blank.

Nothing else changes, so offsets can follow: a character is removed, or replaced by one character.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from goldsmith import columns
from goldsmith.columns import Batch
from goldsmith.text import GONE, clean_text

_DAMAGE = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\u200b\u2060\ufeff\u180e\u00a0\u2000-\u200a\u202f\u205f\u3000\u2028\u2029]"


def clean(kind: str, batch: Batch) -> tuple[Batch, np.ndarray]:
    """A batch with clean text, offsets and tags following, and (n) which records that changed."""
    import pyarrow as pa
    import pyarrow.compute as pc

    damaged = np.zeros(batch.num_rows, dtype=bool)
    for body in columns.bodies(kind, batch):
        damaged |= np.asarray(pc.match_substring_regex(body, _DAMAGE)).astype(bool)
    places = np.flatnonzero(damaged)
    if not len(places):
        return batch, damaged
    rows = batch.to_pylist()
    for place in places:
        rows[place] = _CLEANERS[kind](rows[place])
    return pa.RecordBatch.from_pylist(rows, batch.schema), damaged


Row = dict[str, Any]


def _tagged(row: Row) -> Row:
    """Clean tokens; one that nothing is left of goes with its tag, and of a page with its box."""
    if len(row["tokens"]) != len(row["tags"]):
        return row
    clean = [clean_text(token).strip() if token.strip() else token for token in row["tokens"]]
    kept = [place for place, token in enumerate(clean) if token or not row["tokens"][place]]
    lists: dict[str, Any] = {
        "tokens": clean,
        **{name: row[name] for name in ("tags", "boxes") if name in row},
    }
    return row | {name: [values[place] for place in kept] for name, values in lists.items()}


def _page(row: Row) -> Row:
    """Clean words; one that nothing is left of keeps its place, for words and boxes are pairs."""
    return row | {"words": [clean_text(word) for word in row["words"]]}


def _question(row: Row) -> Row:
    context = row["context"]
    gone = np.zeros(len(context) + 1, dtype=np.int64)
    for found in GONE.finditer(context):
        gone[found.start() + 1 :] += 1
    answers = row["answers"]
    starts = [
        start - int(gone[start]) if 0 <= start <= len(context) else start
        for start in answers["answer_start"]
    ]
    texts = [clean_text(text) for text in answers["text"]]
    return row | {
        "context": clean_text(context),
        "question": clean_text(row["question"]),
        "answers": {"text": texts, "answer_start": starts},
    }


def _column(name: str) -> Callable[[Row], Row]:
    return lambda row: row | {name: clean_text(row[name])}


_CLEANERS: dict[str, Callable[[Row], Row]] = {
    "tagged_tokens": _tagged,
    "question": _question,
    "labelled_text": _column("text"),
    "query": _column("text"),
    "field": _column("value"),
    "ocr_page": _page,
}

"""Profiles: one narrow row a record, made batch by batch, on which every decision is taken.

Columns: id, split, text_key, target_key (64-bit hashes), n_chars, n_tokens, n_targets, labels, and
one bool column a record-level check, True where the record has the fault. A million records make
a profile of some hundred MiB.
"""

from pathlib import Path
from typing import Any, Protocol

import numpy as np

from goldsmith import columns
from goldsmith.columns import Batch
from goldsmith.config.sections import Validation
from goldsmith.validation.profile import (
    duplicates,
    fields,
    labelled,
    pages,
    queries,
    questions,
    tagged,
)
from goldsmith.validation.profile.texts import Languages, text_faults

Flags = dict[str, np.ndarray]


class Faults(Protocol):
    """The checks of one record type."""

    def of_batch(self, batch: Batch) -> Flags:
        """(b) flags by check of one batch; may remember what `of_all` needs."""

    def of_all(self, labels: Any) -> Flags:
        """(n) flags that take the whole set; `labels` are its n lists of labels."""


KINDS: dict[str, Any] = {
    "tagged_tokens": tagged.TaggedFaults,
    "labelled_text": labelled.LabelledFaults,
    "question": questions.QuestionFaults,
    "query": queries.QueryFaults,
    "field": fields.FieldFaults,
    "ocr_page": pages.PageFaults,
}


def profile_records(kind: str, folder: Path, bounds: Validation) -> Any:
    """The profile of a loaded folder (`records.parquet`, for queries also `corpus.parquet`).

    >>> # TaggedTokens("7", "", ("at", "2.25"), ("O", "I-Rate"), "train") becomes
    >>> # id="7" split="train" n_chars=7 n_tokens=2 n_targets=1 labels=["Rate"]
    >>> # equal_lengths=False dangling_inside=True ..., each meaning whether it has that fault
    """
    import pyarrow as pa

    faults: Faults = KINDS[kind](bounds, folder)
    languages = Languages(bounds.language)
    parts: list[Any] = []
    for batch in columns.batches(folder / "records.parquet"):
        narrow = _measures(kind, batch)
        flags = text_faults(columns.bodies(kind, batch))
        if kind == "ocr_page":
            del flags["empty_text"]  # a page may be empty: `empty_page` warns
        flags["oversized_text"] = (narrow["n_chars"] > bounds.max_chars) | (
            narrow["n_tokens"] > bounds.max_tokens
        )
        if bounds.language:
            flags["language"] = languages.others(columns.texts(kind, batch))
        flags |= faults.of_batch(batch)
        parts.append(pa.table({**narrow, **flags}))
    table = pa.concat_tables(parts)
    whole = faults.of_all(table.column("labels")) | duplicates.flags(kind, table)
    for name, flag in whole.items():
        if name in table.column_names:
            merged = np.asarray(table.column(name)) | flag
            table = table.set_column(table.column_names.index(name), name, pa.array(merged))
        else:
            table = table.append_column(name, pa.array(flag))
    return table


def _measures(kind: str, batch: Batch) -> dict[str, Any]:
    import pyarrow.compute as pc

    written = columns.texts(kind, batch)
    labels = columns.labels(kind, batch)
    if kind == "tagged_tokens":
        tokens = pc.list_value_length(batch.column("tokens"))
    else:
        tokens = pc.add(pc.count_substring(written, " "), 1)
    return {
        "id": columns.flat(batch.column("id")),
        "split": columns.flat(batch.column("split")),
        "text_key": columns.keys(columns.fold(written)),
        "target_key": columns.keys(columns.targets(kind, batch)),
        "n_chars": np.asarray(pc.utf8_length(written)).astype(np.int64),
        "n_tokens": np.asarray(tokens).astype(np.int64),
        "n_targets": np.asarray(pc.list_value_length(labels)).astype(np.int64),
        "labels": labels,
    }

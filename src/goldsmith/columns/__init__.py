"""Records as columns: what the data layer asks of a batch of records, whatever their type.

A batch is a pyarrow RecordBatch or Table with the columns of `records.arrow_schema(kind)`; every
function is vectorised, so that a million records pass in seconds. Knows no file and no model.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith.columns import tags as tag_columns
from goldsmith.columns.hashing import fold, keys

Batch = Any  # pyarrow.RecordBatch | pyarrow.Table: pyarrow is imported where it is used
BATCH = 20_000  # rows looked at together
MAIN_COLUMN = {"labelled_text": "text", "query": "text", "question": "context", "field": "value"}
UNLABELLED = {"query": "query", "ocr_page": "page"}
WORDS_COLUMN = {"tagged_tokens": "tokens", "ocr_page": "words"}
"""Kinds whose text is a list of words."""
ONE_TARGET = ("tagged_tokens", "labelled_text", "field")
"""Kinds whose input has one right target: equal inputs with other targets are in conflict."""


def texts(kind: str, batch: Batch) -> Any:
    """n strings: what identifies each record's input, as `Record.text`."""
    import pyarrow.compute as pc

    if kind in WORDS_COLUMN:
        return join_lists(batch.column(WORDS_COLUMN[kind]))
    if kind == "question":
        return pc.binary_join_element_wise(batch["question"], batch["context"], "\n")
    if kind == "field":
        return pc.binary_join_element_wise(batch["document_id"], batch["field"], "\n")
    return flat(batch.column("text"))


def bodies(kind: str, batch: Batch) -> list[Any]:
    """The columns, n strings each, that hold what people wrote: where damage to text shows."""
    if kind in WORDS_COLUMN:
        return [texts(kind, batch)]
    names = ("question", "context") if kind == "question" else (MAIN_COLUMN[kind],)
    return [flat(batch.column(name)) for name in names]


def targets(kind: str, batch: Batch) -> Any:
    """n strings: what each record is labelled with; equal strings are equal targets."""
    import pyarrow as pa

    if kind == "tagged_tokens":
        return join_lists(batch.column("tags"))
    if kind == "labelled_text":
        return flat(batch.column("label"))
    if kind == "field":
        return flat(batch.column("value"))
    column = {"question": "answers", "query": "relevant", "ocr_page": "boxes"}[kind]
    values = batch.column(column).to_pylist()
    return pa.array([json.dumps(value, sort_keys=True) for value in values], pa.string())


def labels(kind: str, batch: Batch) -> Any:
    """n lists of strings: the label of every target of each record, for support and drift."""
    import pyarrow as pa
    import pyarrow.compute as pc

    size = batch.num_rows
    if kind == "tagged_tokens":
        return tag_columns.entity_labels(flat(batch.column("tags")))
    if kind in ("labelled_text", "field"):
        names = flat(batch.column("label" if kind == "labelled_text" else "field"))
    elif kind == "question":
        impossible = flat(batch.column("is_impossible"))
        names = pc.if_else(impossible, "no_answer", "answer")
    else:
        # Queries and pages carry no label: their kind stands for one.
        names = pa.array([UNLABELLED[kind]] * size, pa.string())
    return pa.ListArray.from_arrays(np.arange(size + 1, dtype=np.int32), names)


def count(lists: Any) -> dict[str, int]:
    """How often each label stands in n lists of labels, by name."""
    import pyarrow.compute as pc

    found = pc.value_counts(pc.list_flatten(lists)).to_pylist()
    return {one["values"]: one["counts"] for one in sorted(found, key=lambda one: one["values"])}


def documents(kind: str, batch: Batch) -> list[str]:
    """n document ids; empty where unknown."""
    if kind == "query":
        return [""] * batch.num_rows
    found: list[str] = batch.column("document_id").to_pylist()
    return found


def groups(kind: str, batch: Batch) -> list[str]:
    """n strings of which equal ones never part: the document, else the normalised text."""
    found = documents(kind, batch)
    if all(found):
        return found
    written = fold(texts(kind, batch)).to_pylist()
    return [name or text for name, text in zip(found, written, strict=True)]


def text_keys(kind: str, batch: Batch) -> np.ndarray:
    """n 64-bit hashes of what identifies each record's input, after folding."""
    return keys(fold(texts(kind, batch)))


def join_lists(lists: Any) -> Any:
    """n strings of n lists of strings, joined by one space."""
    import pyarrow.compute as pc

    return pc.binary_join(flat(lists), " ")


def flat(column: Any) -> Any:
    """A column as one array, whether it came from a table or a batch."""
    return column.combine_chunks() if hasattr(column, "combine_chunks") else column


def batches(
    path: Path, without: Collection[str] = (), only: Collection[str] | None = None
) -> Iterator[Batch]:
    """The record batches of a Parquet file, some columns left out, or some alone; one empty batch
    where it has no row."""
    import pyarrow.parquet as pq

    file = pq.ParquetFile(path)
    names = file.schema_arrow.names if only is None else only
    wanted = [name for name in names if name not in without]
    found = False
    for batch in file.iter_batches(BATCH, columns=wanted):
        found = True
        yield batch
    if not found:
        yield from file.schema_arrow.empty_table().to_batches() or [_empty(file.schema_arrow)]


def _empty(schema: Any) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([], schema)

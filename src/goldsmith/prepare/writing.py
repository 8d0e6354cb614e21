"""The second pass: the records that stay, with split, fold and whether training uses them."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith import columns
from goldsmith import splits as splitting
from goldsmith.columns import Batch
from goldsmith.columns import tags as tag_columns
from goldsmith.config.sections import Prepare
from goldsmith.prepare.deciding import Decided, Narrow
from goldsmith.prepared import TEXT_KEY
from goldsmith.splits import SPLITS


def write(
    kind: str,
    mapped: Path,
    narrow: Narrow,
    decided: Decided,
    rules: Prepare,
    path: Path,
) -> dict[str, Any]:
    """Write `records.parquet`, a batch of mapped records after the other.

    Args:
        kind: the record type.
        mapped: Arrow file of the first pass.
        narrow, decided: n records as what decides on them, and where each goes.
        rules: the use case's section prepare.
        path: the Parquet file to write.

    Returns:
        records, in_training and mentions by part.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    records: Counter[str] = Counter()
    trained: Counter[str] = Counter()
    mentions: dict[str, Counter[str]] = {}
    with pa.memory_map(str(mapped)) as stream:
        reader = pa.ipc.open_file(stream)
        # Where every label is kept, the tags before `keep_labels` are the tags.
        doubled = kind == "tagged_tokens" and rules.keep_labels is None
        schema = _schema(reader.schema, ("raw_tags",) if doubled else ())
        start = 0
        with pq.ParquetWriter(path, schema, write_statistics=False) as writer:
            for number in range(reader.num_record_batches):
                batch = reader.get_batch(number)
                rows = slice(start, start + batch.num_rows)
                start += batch.num_rows
                kept = decided.out[rows] == ""
                stays = batch if kept.all() else batch.filter(pa.array(kept))
                split, fold = decided.split[rows][kept], decided.fold[rows][kept]
                used = _in_training(kind, stays, rules.negative_rate)
                texts = narrow.text_key[rows][kept]
                writer.write_table(_final(stays, split, fold, used, texts, schema))
                _tally(kind, stays, _parts(split, fold), used, (records, trained, mentions))
    return {
        "records": dict(sorted(records.items())),
        "in_training": dict(sorted(trained.items())),
        "mentions": {part: dict(sorted(found.items())) for part, found in sorted(mentions.items())},
    }


def _schema(mapped: Any, without: Sequence[str]) -> Any:
    import pyarrow as pa

    for name in without:
        mapped = mapped.remove(mapped.get_field_index(name))
    own = {"fold": pa.int32(), "in_training": pa.bool_(), TEXT_KEY: pa.uint64()}
    for name, kind in own.items():
        mapped = mapped.append(pa.field(name, kind))
    return mapped


def _final(
    stays: Batch,
    split: np.ndarray,
    fold: np.ndarray,
    used: np.ndarray,
    texts: np.ndarray,
    schema: Any,
) -> Any:
    import pyarrow as pa

    table = pa.Table.from_batches([stays])
    names = pa.array(SPLITS).take(pa.array(split))
    table = table.set_column(table.schema.get_field_index("split"), "split", names)
    table = table.append_column("fold", pa.array(fold, pa.int32()))
    table = table.append_column("in_training", pa.array(used))
    table = table.append_column(TEXT_KEY, pa.array(texts, pa.uint64()))
    return table.select(schema.names).cast(schema)


def _in_training(kind: str, batch: Batch, rate: float) -> np.ndarray:
    """(n) whether training uses a record: every one with an entity, a share of the others."""
    used = np.ones(batch.num_rows, dtype=bool)
    if kind != "tagged_tokens" or rate >= 1.0:
        return used
    negatives = np.flatnonzero(~tag_columns.has_entity(batch.column("tags")))
    ids = batch.column("id")
    for place in negatives:
        used[place] = splitting.bucket(ids[int(place)].as_py(), "negatives") < rate
    return used


def _parts(split: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """(n) names of splits, or of folds for records that are in one."""
    names = np.array(SPLITS, dtype=object)[split]
    names[fold >= 0] = [f"fold-{number}" for number in fold[fold >= 0]]
    return names


def _tally(kind: str, batch: Batch, parts: np.ndarray, used: np.ndarray, into: Any) -> None:
    import pyarrow as pa

    records, trained, mentions = into
    records.update(parts.tolist())
    trained.update(parts[used].tolist())
    labels = columns.labels(kind, batch)
    for part in dict.fromkeys(parts.tolist()):
        found = columns.count(labels.filter(pa.array(parts == part)))
        mentions.setdefault(part, Counter()).update(found)
        trained.setdefault(part, 0)

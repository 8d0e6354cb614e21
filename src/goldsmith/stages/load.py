"""load: raw files to one table of records, and the md5 of what was read."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from goldsmith import versioning
from goldsmith.curation import fixed
from goldsmith.errors import DataError
from goldsmith.records import TYPES, Record, arrow_schema
from goldsmith.stages import Context
from goldsmith.versioning import tombstones

RECORDS_FILE = "records.parquet"
CORPUS_FILE = "corpus.parquet"
FACTS_FILE = "raw.json"
BATCH = 10_000


def run(context: Context) -> None:
    """Write the records in their source's order, but those that have a tombstone; then the fixed
    test set, in the split `goldens`.

    Raises:
        DataError: a file that its reader refuses, or no record at all.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    source: Any = context.config.source
    folder = context.inputs["raw"]
    shown = getattr(source, "location", folder)
    files = source.reader.files(folder)
    schema = arrow_schema(source.reader.record.kind)
    count, forgotten = 0, tombstones.read(context.config.name)
    with pq.ParquetWriter(context.out / RECORDS_FILE, schema) as writer:
        for batch in _batches(iter(forgotten.sift(source.read(files, shown)))):
            writer.write_table(pa.Table.from_pylist(batch, schema))
            count += len(batch)
        apart = 0
        of_goldens = forgotten.sift(fixed.records(context.config))
        for batch in _batches(map(fixed.marked, of_goldens)):
            writer.write_table(pa.Table.from_pylist(batch, schema))
            apart += len(batch)
    if not count:
        left = f"; {forgotten.dropped} have a tombstone" if forgotten.dropped else ""
        raise DataError(f"{shown}: no record in {len(files)} file(s): the data set is empty{left}")
    kind = source.reader.record.kind
    if kind == "query":
        _write_corpus(source.reader, files, shown, context.out / CORPUS_FILE)
    facts = {
        "record": kind,
        "records": count,
        "md5": versioning.md5(files, single=len(files) == 1 and shown.name == files[0].name),
        "forgotten": forgotten.dropped,
        "goldens": apart,
        "goldens_md5": fixed.md5(context.config),
    }
    (context.out / FACTS_FILE).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    dropped = f", {forgotten.dropped:,} forgotten ones left out" if forgotten.dropped else ""
    beside = f"; {apart:,} goldens, md5 {facts['goldens_md5']}" if apart else ""
    text = f"loaded {count:,} records{dropped}, md5 {facts['md5']}{beside}"
    context.report({"type": "note", "text": text})


def _batches(records: Iterator[Record]) -> Iterator[list[dict[str, Any]]]:
    while batch := [record.row() for record in islice(records, BATCH)]:
        yield batch


def _write_corpus(reader: Any, files: list[Path], shown: Path, path: Path) -> None:
    """The documents beside the queries."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema("passage")
    passages = iter(reader.corpus(files, shown))
    with pq.ParquetWriter(path, schema) as writer:
        while batch := [asdict(passage) for passage in islice(passages, BATCH)]:
            writer.write_table(pa.Table.from_pylist(batch, schema))


def read_records(folder: Path) -> Iterator[Any]:
    """The records of a loaded folder, read batch by batch."""
    import pyarrow.parquet as pq

    kind = TYPES[read_facts(folder)["record"]]
    for batch in pq.ParquetFile(folder / RECORDS_FILE).iter_batches(BATCH):
        yield from map(kind.from_row, batch.to_pylist())


def read_facts(folder: Path) -> dict[str, Any]:
    """record (its type), records and md5 of a loaded folder, and those of its goldens."""
    facts: dict[str, Any] = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    return facts

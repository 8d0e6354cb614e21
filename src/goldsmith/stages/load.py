"""load: raw files to one table of records, and the md5 of what was read."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from goldsmith import versioning
from goldsmith.curation import fixed
from goldsmith.errors import DataError
from goldsmith.functions import RawFunctions
from goldsmith.prepared import CORPUS_FILE
from goldsmith.readers.tables import FileReader
from goldsmith.records import TYPES, Record, arrow_schema
from goldsmith.stages import Context
from goldsmith.versioning import tombstones

RECORDS_FILE = "records.parquet"
FACTS_FILE = "raw.json"
BATCH = 10_000


def run(context: Context) -> None:
    """Write the records in their source's order, but those that have a tombstone, as the use case's
    own functions make them; then the fixed test set, in the split `goldens`.

    Raises:
        DataError: a file that its reader refuses, a function that fails, or no record at all.
        ConfigError: a function that is not there.
    """
    import pyarrow.parquet as pq

    source: Any = context.config.source
    folder = context.inputs["raw"]
    shown = getattr(source, "location", folder)
    files = source.reader.files(folder)
    record: type[Record] = source.reader.record
    schema = arrow_schema(record)
    forgotten = tombstones.read(context.config.name)
    own = RawFunctions(source.label, source.prepare)
    of_goldens = RawFunctions(*fixed.functions(context.config))
    with pq.ParquetWriter(context.out / RECORDS_FILE, schema) as writer:
        read, count = _write(writer, schema, forgotten.sift(source.read(files, shown)), own, shown)
        goldens = forgotten.sift(fixed.records(context.config))
        _, apart = _write(writer, schema, goldens, of_goldens, "goldens", fixed.marked)
    if not count:
        raise DataError(_nothing(shown, len(files), read, forgotten.dropped, own))
    if record.kind == "query":
        _write_corpus(source.reader, files, shown, context.out / CORPUS_FILE)
    facts = {
        "record": record.kind,
        "records": count,
        "md5": versioning.md5(files, single=len(files) == 1 and shown.name == files[0].name),
        "forgotten": forgotten.dropped,
        "goldens": apart,
        "goldens_md5": fixed.md5(context.config),
        "functions": own.names,
        "left_out": dict(own.left_out + of_goldens.left_out),
    }
    (context.out / FACTS_FILE).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    context.report({"type": "note", "text": _said(facts)})
    reader = source.reader
    for name in reader.unlabelled(files, shown) if isinstance(reader, FileReader) else ():
        text = f"{name}: no question in it has an answer: left out; `predict` takes it as --input"
        context.report({"type": "note", "text": text})


def _write(
    writer: Any,
    schema: Any,
    records: Iterable[Record],
    own: RawFunctions,
    where: Any,
    mark: Callable[[Any], Any] = lambda batch: batch,
) -> tuple[int, int]:
    """Write records as functions make them; returns how many came, and how many were written."""
    import pyarrow as pa

    read, written = 0, 0
    rows = (record.row() for record in records)
    while batch := list(islice(rows, BATCH)):
        made = mark(own(pa.RecordBatch.from_pylist(batch, schema), str(where)))
        writer.write_batch(made)
        read += len(batch)
        written += made.num_rows
    return read, written


def _nothing(shown: Path, files: int, read: int, forgotten: int, own: RawFunctions) -> str:
    """Why there is no record."""
    if read:
        left_out = " and ".join(
            f"{name} left out {count:,}" for name, count in own.left_out.items()
        )
        return f"{shown}: none of the {read:,} records is left: {left_out}"
    left = f"; {forgotten} have a tombstone" if forgotten else ""
    return f"{shown}: no record in {files} file(s): the data set is empty{left}"


def _said(facts: dict[str, Any]) -> str:
    dropped = f", {facts['forgotten']:,} forgotten ones left out" if facts["forgotten"] else ""
    dropped += "".join(f", {name} left out {count:,}" for name, count in facts["left_out"].items())
    beside = (
        f"; {facts['goldens']:,} goldens, md5 {facts['goldens_md5']}" if facts["goldens"] else ""
    )
    return f"loaded {facts['records']:,} records{dropped}, md5 {facts['md5']}{beside}"


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

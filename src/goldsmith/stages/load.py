"""load: raw files to one table of records, and the md5 of what was read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from goldsmith import versioning
from goldsmith.errors import DataError
from goldsmith.records import TaggedTokens, arrow_schema
from goldsmith.stages import Context

RECORDS_FILE = "records.parquet"
FACTS_FILE = "raw.json"
BATCH = 10_000


def run(context: Context) -> None:
    """Write the records in their source's order.

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
    count = 0
    with pq.ParquetWriter(context.out / RECORDS_FILE, schema) as writer:
        for batch in _batches(source.reader.read(files, shown)):
            writer.write_table(pa.Table.from_pylist(batch, schema))
            count += len(batch)
    if not count:
        raise DataError(f"{shown}: no record in {len(files)} file(s): the data set is empty")
    facts = {
        "records": count,
        "md5": versioning.md5(files, single=len(files) == 1 and shown.is_file()),
    }
    (context.out / FACTS_FILE).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    context.report({"type": "note", "text": f"loaded {count:,} records, md5 {facts['md5']}"})


def _batches(records: Iterator[TaggedTokens]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for record in records:
        batch.append(
            {
                "id": record.id,
                "document_id": record.document_id,
                "tokens": record.tokens,
                "tags": record.tags,
                "split": record.split,
            }
        )
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def read_records(folder: Path) -> Iterator[TaggedTokens]:
    """The records of a loaded folder, read batch by batch."""
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(folder / RECORDS_FILE).iter_batches(BATCH):
        for row in batch.to_pylist():
            yield TaggedTokens(
                row["id"],
                row["document_id"],
                tuple(row["tokens"]),
                tuple(row["tags"]),
                row["split"],
            )


def read_facts(folder: Path) -> dict[str, Any]:
    """records and md5 of a loaded folder."""
    facts: dict[str, Any] = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    return facts

"""load: each side's raw files to one table of records, and the md5 of what was read."""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from goldsmith import versioning
from goldsmith.records import TYPES, Field, OcrPage, arrow_schema
from goldsmith.stages import Context
from goldsmith.stages.extraction import settings

RECORDS_FILE = "records.parquet"
FACTS_FILE = "raw.json"
BATCH = 10_000


def goldens(context: Context) -> None:
    """Write the gold values.

    Raises:
        DataError: a file that its reader refuses.
    """
    _load(context, "goldens", Field.kind)


def results(context: Context) -> None:
    """Write the system's values.

    Raises:
        DataError: a file that its reader refuses.
    """
    _load(context, "results", Field.kind)


def pages(context: Context) -> None:
    """Write the pages; none where the use case has none.

    Raises:
        DataError: a file that its reader refuses.
    """
    _load(context, "pages", OcrPage.kind)


def _load(context: Context, side: str, kind: str) -> None:
    source: Any = getattr(settings(context), side)
    folder = context.inputs[f"raw_{side}"]
    records: Iterator[Any] = iter(())
    md5 = ""
    if source is not None:
        shown, files = getattr(source, "location", folder), source.reader.files(folder)
        records = source.read(files, shown)
        md5 = versioning.md5(files, single=len(files) == 1 and shown.name == files[0].name)
    count = write_records(records, kind, context.out / RECORDS_FILE)
    facts = {"record": kind, "records": count, "md5": md5}
    (context.out / FACTS_FILE).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    if source is not None:
        context.report({"type": "note", "text": f"{side}: {count:,} records, md5 {md5}"})


def write_records(records: Iterator[Any], kind: str, path: Path) -> int:
    """Write records as Parquet, batch by batch; returns how many."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, count = arrow_schema(kind), 0
    with pq.ParquetWriter(path, schema) as writer:
        while batch := [one.row() for one in islice(records, BATCH)]:
            writer.write_table(pa.Table.from_pylist(batch, schema))
            count += len(batch)
    return count


def read_records(path: Path, kind: str) -> list[Any]:
    """The records of a file that `write_records` wrote."""
    import pyarrow.parquet as pq

    rows = pq.read_table(path).to_pylist()
    return [TYPES[kind].from_row(row) for row in rows]


def read_fields(folder: Path) -> list[Field]:
    """The values of a loaded side."""
    return read_records(folder / RECORDS_FILE, Field.kind)


def read_pages(folder: Path) -> list[OcrPage]:
    """The pages of a loaded side."""
    return read_records(folder / RECORDS_FILE, OcrPage.kind)


def read_facts(folder: Path) -> dict[str, Any]:
    """record (its type), records and md5 of a loaded side."""
    facts: dict[str, Any] = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    return facts

"""Writing small files of every form, and reading them back by a reader."""

import csv
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Rows = Sequence[dict[str, Any]]


def write_table(file: Path, rows: Rows, encoding: str = "utf-8") -> Path:
    """Write rows in the form that the file's suffix says."""
    if file.suffix == ".gz":
        plain = write_table(file.with_suffix(""), rows, encoding)
        file.write_bytes(gzip.compress(plain.read_bytes()))
        plain.unlink()
        return file
    if file.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(list(rows)), file)
    elif file.suffix in (".csv", ".tsv"):
        with file.open("w", encoding=encoding, newline="") as stream:
            delimiter = "," if file.suffix == ".csv" else "\t"
            writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
    elif file.suffix == ".json":
        file.write_text(json.dumps(list(rows), ensure_ascii=False), encoding=encoding)
    else:
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        file.write_text("".join(lines), encoding=encoding)
    return file


def read(reader: Any, path: Path, shown: Path | None = None) -> list[Any]:
    """All records at a path."""
    return list(reader.read(reader.files(path), shown or path))

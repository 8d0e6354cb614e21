"""Goldens in and out of files: read by a reader, written as JSON lines that its kind's reader reads."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from goldsmith.errors import DataError, GoldsmithError, UserError
from goldsmith.readers import ocr_json
from goldsmith.records import Record

TAGS_KEY = "ner_tags"


def line(record: Any) -> dict[str, Any]:
    """A record as the JSON line that the readers' default columns name."""
    row = dict(record.row())
    if record.kind == "tagged_tokens":
        row = {**row, TAGS_KEY: row["tags"]}
        del row["tags"]
    if record.kind == "ocr_page":
        return ocr_json.document([record])
    return {key: value for key, value in row.items() if value != ""}


def write(records: Iterable[Record], path: Path, inputs: Iterable[Path]) -> int:
    """Write records as JSON lines, whole or not at all; returns how many.

    Raises:
        UserError: the path is one of the inputs, or lies in a folder that is.
        GoldsmithError: it cannot be written.
    """
    count = 0
    with replacing(path, inputs) as stream:
        for record in records:
            stream.write(json.dumps(line(record), ensure_ascii=False) + "\n")
            count += 1
    return count


def check_output(path: Path, inputs: Iterable[Path]) -> None:
    """Refuse to write over, or into, what is read.

    Raises:
        UserError: the path is one of the inputs, or lies in a folder that is.
    """
    target = path.resolve()
    for source in inputs:
        found = source.resolve()
        if target == found or found in target.parents:
            raise UserError(
                f"--output {path} would change the goldens that are read ({source}): give another file"
            )
    if path.is_dir():
        raise UserError(f"--output {path} is a folder: give a file")


@contextmanager
def replacing(path: Path, inputs: Iterable[Path] = ()) -> Iterator[IO[str]]:
    """A text stream that becomes the file when it was written to its end.

    Raises:
        UserError: as `check_output`.
        GoldsmithError: the file cannot be written.
    """
    check_output(path, inputs)
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8") as stream:
            yield stream
        partial.replace(path)
    except OSError as error:
        raise GoldsmithError(f"{path}: cannot be written: {error.strerror}") from None
    finally:
        partial.unlink(missing_ok=True)


def checked(read: Callable[[], Iterator[Record]], shown: str) -> Callable[[], Iterator[Record]]:
    """The same records; reading none at all is an error.

    Raises:
        DataError: no record.
    """

    def records() -> Iterator[Record]:
        empty = True
        for record in read():
            empty = False
            yield record
        if empty:
            raise DataError(f"{shown}: no record: the data set is empty")

    return records

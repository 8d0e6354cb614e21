"""Any table file as rows with their place: JSON lines, JSON, CSV, TSV, Parquet, each also gzip."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, ClassVar, NamedTuple, Self

from pydantic import Field, field_validator, model_validator

from goldsmith.config.sections import Section
from goldsmith.errors import DataError, listed, near
from goldsmith.readers import delimited, lines, sentences
from goldsmith.readers.class_names import class_names, with_names
from goldsmith.readers.finding import GZIP, Found, find_files, named, suffix
from goldsmith.readers.opening import check_encoding, opened

TABLES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
BATCH = 1000  # rows of Parquet in memory at a time


class Row(NamedTuple):
    """One row of a table.

    Attributes:
        place: `file:line`, or `file: row N` where a format has no lines.
        header: where its columns are named: the place itself where every row names its own.
        default_id: the id of a record that has none.
        stem: the file's name without suffixes.
        split: as the file's name says, else empty.
        values: by column.
    """

    place: str
    header: str
    default_id: str
    stem: str
    split: str
    values: Mapping[str, Any]


class FileReader(Section):
    """What every reader of files of text has."""

    format: str = Field(description="Name of the format.")
    encoding: str = Field(
        "utf-8", description="A codec, such as cp1252, or `detect`; of Parquet none is asked."
    )

    @field_validator("encoding")
    @classmethod
    def _a_known_codec(cls, value: str) -> str:
        return check_encoding(value)

    def unlabelled(self, files: list[Path], shown: Path) -> list[str]:
        """The names of the files that hold no label at all, which `read` passes over."""
        return []


class TableReader(FileReader):
    """What every reader of tables has."""

    suffixes: ClassVar[tuple[str, ...]] = TABLES

    delimiter: str | None = Field(
        None, description="Between columns; without it a comma in CSV, a tab in TSV."
    )
    quotes: bool = Field(True, description="False: in CSV and TSV a quote sign is plain text.")
    records_at: str | None = Field(
        None, description="Key of the list of records in a JSON object, if it holds several lists."
    )

    @model_validator(mode="after")
    def _one_character(self) -> Self:
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '"\r\n'):
            raise ValueError("delimiter: one character is needed, neither quote nor line break")
        return self

    def files(self, path: Path) -> list[Path]:
        """The file, the tables of a folder, or what a glob matches.

        Raises:
            DataError: no such path, or nothing there that is a table.
        """
        return find_files(path, self.suffixes)


def rows(files: Sequence[Path], shown: Path, reader: TableReader) -> Iterator[Row]:
    """Yield the rows of all files in order.

    Args:
        files: the files.
        shown: the path that the user gave, for messages.
        reader: encoding, delimiter, where the records are.

    Raises:
        DataError: a file that is not what its suffix says.
    """
    for found in named(files, shown):
        yield from rows_of(found, reader)


def rows_of(found: Found, reader: TableReader) -> Iterator[Row]:
    """`rows` of one file."""
    form = suffix(found.file)
    if form not in SUFFIXES:
        raise DataError(
            f"{found.name}: no table of a known form ({listed(list(SUFFIXES), 20)}, each also "
            f"with {GZIP}): source.path may name a file, a folder or a glob"
        )
    name, prefix, stem, split = found.name, found.prefix, found.stem, found.split
    by_line = form in LINED
    header = f"{name}:1" if form in DELIMITERS else name
    own_header = form in DELIMITERS or form == ".parquet"
    for number, values in SUFFIXES[form](found, reader):
        place = f"{name}:{number}" if by_line else f"{name}: row {number}"
        yield Row(place, header if own_header else place, f"{prefix}:{number}", stem, split, values)


Numbered = Iterator[tuple[int, Mapping[str, Any]]]


def _json_lines(found: Found, reader: TableReader) -> Numbered:
    return lines.json_lines(found.file, found.name, reader.encoding)


def _json(found: Found, reader: TableReader) -> Numbered:
    value = lines.json_file(found.file, found.name, reader.encoding)
    return enumerated(records_in(value, found.name, reader.records_at), found.name)


def _delimited(found: Found, reader: TableReader) -> Numbered:
    delimiter = reader.delimiter or DELIMITERS[suffix(found.file)]
    return delimited.delimited_rows(
        found.file, found.name, reader.encoding, delimiter, reader.quotes
    )


def _comments(found: Found, reader: TableReader) -> Numbered:
    for one in sentences.sentences(found.file, found.name, reader.encoding):
        yield one.line, one.comments


def _parquet(found: Found, reader: TableReader) -> Numbered:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    with _seekable(found) as stream:
        try:
            file = pq.ParquetFile(stream)
            own_names = getattr(reader, "tag_names", None) or getattr(reader, "label_names", None)
            names = {} if own_names else class_names(file.schema_arrow.metadata, found.name)
            for batch in file.iter_batches(BATCH):
                _check_columns(batch.schema.names, found.name)
                for row in batch.to_pylist():
                    number += 1
                    yield number, with_names(row, names)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            after = f" after row {number:,}" if number else ""
            said = str(error).splitlines()[0][:200]
            raise DataError(
                f"{found.name}: not sound Parquet{after} ({said}): write it again, whole"
            ) from None


@contextmanager
def _seekable(found: Found) -> Iterator[BinaryIO]:
    """Parquet is read from its end: what is packed is unpacked into a file of its own first."""
    with opened(found.file, found.name) as stream:
        if found.file.suffix.lower() != GZIP:
            yield stream
            return
        with tempfile.TemporaryFile() as unpacked:
            shutil.copyfileobj(stream, unpacked)
            yield unpacked


def _check_columns(names: Sequence[str], place: str) -> None:
    doubled = sorted({name for name in names if list(names).count(name) > 1})
    if doubled:
        raise DataError(f"{place}: it names a column twice: {listed(list(map(repr, doubled)))}")


def records_in(value: Any, name: str, records_at: str | None) -> list[Any]:
    """The list of records in the value of a JSON file.

    Raises:
        DataError: there is none, or more than one and none is named.
    """
    if records_at is not None:
        if not isinstance(value, dict) or not isinstance(value.get(records_at), list):
            keys = list(value) if isinstance(value, dict) else []
            raise DataError(
                f"{name}: no list at key {records_at!r} (source.reader.records_at): "
                f"{near(records_at, keys)}"
            )
        return list(value[records_at])
    if isinstance(value, list):
        return value
    items = value.items() if isinstance(value, dict) else ()
    lists = {key: one for key, one in items if isinstance(one, list)}
    if len(lists) == 1:
        return next(iter(lists.values()))
    if lists:
        raise DataError(
            f"{name}: several lists ({listed(list(lists))}): name the one of the records with "
            "source.reader.records_at"
        )
    raise DataError(f"{name}: a list of objects is needed, or an object that holds one")


def enumerated(records: Sequence[Any], name: str) -> Numbered:
    """Number objects from 1.

    Raises:
        DataError: something among them is no object.
    """
    for number, value in enumerate(records, start=1):
        if not isinstance(value, dict):
            kind = type(value).__name__
            raise DataError(f"{name}: row {number}: a JSON object is needed, not {kind}")
        yield number, value


DELIMITERS = {".csv": ",", ".tsv": "\t"}
SENTENCES = (".conll", ".conllu")
LINED = (".jsonl", ".ndjson", *DELIMITERS, *SENTENCES)
SUFFIXES: dict[str, Callable[[Found, TableReader], Numbered]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json,
    ".csv": _delimited,
    ".tsv": _delimited,
    ".parquet": _parquet,
    ".conll": _comments,
    ".conllu": _comments,
}

"""Taking records out of raw files, all other bytes staying as they were."""

import gzip
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from goldsmith.errors import DataError
from goldsmith.readers import delimited, lines, opening, sentences
from goldsmith.readers.finding import GZIP, suffix
from goldsmith.records import Record
from goldsmith.revisions.workplace import Workplace
from goldsmith.versioning.tombstones import Tombstones

JSON_LINES, DELIMITED = (".jsonl", ".ndjson"), {".csv": ",", ".tsv": "\t"}
PARQUET = ".parquet"


@dataclass(frozen=True)
class _Span:
    """The lines of one record: numbers from 1, the last one included."""

    first: int
    last: int


def leave_out(place: Workplace, root: Path, forgotten: Tombstones) -> int:
    """Take every record with a tombstone out of a copy of the goldens; returns how many.

    Raises:
        DataError: a format in which that cannot be done safely; says what to do instead.
    """
    if not len(forgotten):
        return 0
    if place.together:
        if any(map(forgotten.covers, place.records(root))):
            raise _cannot(place, root, "a record and what it is labelled with lie in several files")
        return 0
    count = 0
    for file in place.files(root):
        kept, flags = _sorted_out(place, file, forgotten)
        if not any(flags):
            continue
        if all(flags):
            file.unlink()
        else:
            _rewrite(place, file, flags)
            _check(place, file, kept)
        count += sum(flags)
    return count


def _sorted_out(
    place: Workplace, file: Path, forgotten: Tombstones
) -> tuple[list[int], list[bool]]:
    """Digests of the records that stay, and for each record whether it goes."""
    kept, flags = [], []
    for record in place.reader.read([file], file):
        flags.append(forgotten.covers(record))
        if not flags[-1]:
            kept.append(_digest(record))
    return kept, flags


def _digest(record: Record) -> int:
    # Without the id: one that is a place in the file moves up when lines above it go.
    return hash(repr({**record.row(), "id": ""}))


def _check(place: Workplace, file: Path, kept: Sequence[int]) -> None:
    found = [_digest(record) for record in place.reader.read([file], file)]
    if found != list(kept):
        raise _cannot(place, file, "what is left would not read as the same records")


def _cannot(place: Workplace, file: Path, why: str) -> DataError:
    return DataError(
        f"{place.path}: records cannot be taken out of {file.name} safely ({why}). Nothing was "
        f"changed: take them out of a copy yourself, `goldsmith data add {place.config.name} "
        "THE_COPY`, and run this again: it finds them in the earlier revisions"
    )


def _rewrite(place: Workplace, file: Path, flags: Sequence[bool]) -> None:
    form = suffix(file)
    if form == PARQUET:
        _rewrite_parquet(place, file, flags)
        return
    spans = _spans(place, file, form)
    if len(spans) != len(flags):
        raise _cannot(place, file, f"{len(flags)} records in {len(spans)} rows")
    gone = {
        number
        for span, drop in zip(spans, flags, strict=True)
        if drop
        for number in range(span.first, span.last + 1)
    }
    partial = file.with_name(f".{file.name}.partial")
    with _opened(file, "rb") as source, _opened(partial, "wb", packed=_packed(file)) as target:
        for number, line in enumerate(source, 1):
            if number not in gone:
                target.write(line)
    partial.replace(file)


def _packed(file: Path) -> bool:
    return file.suffix.lower() == GZIP


def _opened(file: Path, mode: str, packed: bool | None = None) -> BinaryIO:
    plain: Any = file.open(mode)
    if not (_packed(file) if packed is None else packed):
        return plain
    # No name and no time inside: equal content gives equal bytes.
    return io.BufferedReader(gzip.GzipFile(fileobj=plain)) if mode == "rb" else _Packing(plain)  # type: ignore[return-value]


class _Packing(gzip.GzipFile):
    def __init__(self, plain: BinaryIO) -> None:
        super().__init__(filename="", mode="wb", fileobj=plain, mtime=0)
        self._plain = plain

    def close(self) -> None:
        """Close the file below too."""
        super().close()
        self._plain.close()


def _spans(place: Workplace, file: Path, form: str) -> list[_Span]:
    encoding = getattr(place.reader, "encoding", "utf-8")
    codec = opening.detect(file, file.name) if encoding == opening.DETECT else encoding
    if "\n".encode(codec) not in (b"\n", b"\xef\xbb\xbf\n"):
        raise _cannot(place, file, f"lines of {codec} are not lines of bytes; UTF-8 is")
    if form in JSON_LINES:
        return [_Span(number, number) for number, _ in lines.json_lines(file, file.name, codec)]
    if form in DELIMITED:
        delimiter = getattr(place.reader, "delimiter", None) or DELIMITED[form]
        quotes = getattr(place.reader, "quotes", True)
        rows = delimited.delimited_rows(file, file.name, codec, delimiter, quotes)
        return _until_next(file, [number for number, _ in rows])
    if form in (".json", ""):
        raise _cannot(place, file, "JSON in one piece has no lines to drop; JSON lines do")
    starts = [one.line for one in sentences.sentences(file, file.name, codec)]
    return _blocks(file, starts)


def _until_next(file: Path, starts: Sequence[int]) -> list[_Span]:
    """Rows that go on until the next one begins; blank lines between belong to none."""
    blank = {number for number, line in _numbered(file) if not line.strip()}
    total = sum(1 for _ in _numbered(file))
    spans = []
    for first, following in zip(starts, [*starts[1:], total + 1], strict=True):
        last = following - 1
        while last in blank:
            last -= 1
        spans.append(_Span(first, last))
    return spans


def _blocks(file: Path, starts: Sequence[int]) -> list[_Span]:
    """Blocks of lines with the blank line after them; a document's own line belongs to none."""
    wanted, spans, first = set(starts), [], 0
    inside, number = False, 0
    for number, line in _numbered(file):
        if line.strip() and not line.startswith(sentences.DOCUMENT.encode()):
            first = first or number
            inside = inside or number in wanted
            continue
        if inside:
            spans.append(_Span(first, number if not line.strip() else number - 1))
        first, inside = 0, False
    if inside:
        spans.append(_Span(first, number))
    return spans


def _numbered(file: Path) -> Iterator[tuple[int, bytes]]:
    with _opened(file, "rb") as stream:
        yield from enumerate(stream, 1)


def _rewrite_parquet(place: Workplace, file: Path, flags: Sequence[bool]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if _packed(file):
        raise _cannot(place, file, "Parquet inside gzip")
    table = pq.read_table(file)
    if table.num_rows != len(flags):
        raise _cannot(place, file, f"{len(flags)} records in {table.num_rows} rows")
    partial = file.with_name(f".{file.name}.partial")
    kept = table.filter(pa.array([not drop for drop in flags]))
    pq.write_table(kept, partial, compression=_compression(file))
    partial.replace(file)


def _compression(file: Path) -> str:
    import pyarrow.parquet as pq

    found = pq.read_metadata(file)
    groups = found.num_row_groups and found.row_group(0).num_columns
    return str(found.row_group(0).column(0).compression) if groups else "snappy"

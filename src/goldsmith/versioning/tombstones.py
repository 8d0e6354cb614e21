"""Tombstones: records that must never come back, known by hashes only.

`data/tombstones/<use case>.jsonl` is kept in git. A line says what was forgotten, when and why, and
which data held it; never the record itself. The hashes are not keyed: whoever can guess a whole
record can test the guess.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from goldsmith.errors import DataError, StoreError, listed
from goldsmith.records import Record
from goldsmith.text import normalise

FOLDER = Path("data") / "tombstones"


@dataclass(frozen=True)
class Tombstone:
    """One forgotten record.

    Attributes:
        id: hash of its id; None where the id is only its place in a file.
        text: hash of its normalised input; None where that is empty.
        when: UTC, as ISO 8601.
        why: in the words of whoever asked for it.
        revisions: DVC's md5 of the data that are known to have held it.
    """

    id: str | None
    text: str | None
    when: str
    why: str
    revisions: tuple[str, ...] = ()


class Tombstones:
    """The tombstones of one use case."""

    def __init__(self, use_case: str, stones: Iterable[Tombstone] = ()) -> None:
        self.use_case = use_case
        self.stones = tuple(stones)
        self.dropped = 0
        self._ids = {one.id for one in self.stones} - {None}
        self._texts = {one.text for one in self.stones} - {None}

    def __len__(self) -> int:
        return len(self.stones)

    def id_hash(self, name: str) -> str:
        """The hash by which a record's id is known."""
        return self._hash("id", name)

    def text_hash(self, text: str) -> str | None:
        """The hash by which a record's input is known; None for an empty one."""
        folded = normalise(text)
        return self._hash("text", folded) if folded else None

    def _hash(self, what: str, value: str) -> str:
        return hashlib.sha256(f"{self.use_case}\0{what}\0{value}".encode()).hexdigest()

    def covers(self, record: Record) -> bool:
        """Whether a record, or another with its id or its input, was forgotten."""
        if not self.stones:
            return False
        if self.id_hash(record.id) in self._ids:
            return True
        return self.text_hash(record.text) in self._texts

    def matching(self, record: Record) -> tuple[Tombstone, ...]:
        """The tombstones that a record has."""
        if not self.covers(record):
            return ()
        name, text = self.id_hash(record.id), self.text_hash(record.text)
        found = (one for one in self.stones if one.id == name or (text and one.text == text))
        return tuple(found)

    def sift(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records without a tombstone; `dropped` counts the others."""
        for record in records:
            if self.covers(record):
                self.dropped += 1
            else:
                yield record

    def digest(self) -> str:
        """Hash of what is forgotten, for the key of a stage; empty where nothing is."""
        known = sorted({f"{one.id} {one.text}" for one in self.stones})
        return hashlib.sha256("\n".join(known).encode()).hexdigest() if known else ""

    def for_revision(self, data_md5: str) -> list[Tombstone]:
        """The tombstones of records that the data with this md5 held."""
        return [one for one in self.stones if data_md5 in one.revisions]


def remark(use_case: str, data_md5: str) -> str:
    """Name the tombstones of what the data with this md5 held; empty where there are none.

    For messages about data that cannot be had, or that no longer load as they did.

    Raises:
        DataError: a file of tombstones that cannot be read.
    """
    found = read(use_case).for_revision(data_md5)
    if not found:
        return ""
    days = sorted({one.when[:10] for one in found})
    return (
        f"{len(found)} record(s) of these data were forgotten ({listed(days)}, {file(use_case)}): "
        "loading leaves them out, and a purge deletes the files that held them"
    )


def file(use_case: str) -> Path:
    """Where the tombstones of a use case lie, relative to the project's folder."""
    return FOLDER / f"{use_case}.jsonl"


def read(use_case: str) -> Tombstones:
    """The tombstones of a use case; none where there is no file.

    Raises:
        DataError: a line that is not a tombstone.
    """
    path = file(use_case)
    if not path.is_file():
        return Tombstones(use_case)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    return Tombstones(use_case, [_parse(line, f"{path}:{number}") for number, line in numbered])


def _parse(line: str, place: str) -> Tombstone:
    try:
        value = json.loads(line)
        found = Tombstone(**(value | {"revisions": tuple(value.get("revisions", ()))}))
    except (ValueError, TypeError, AttributeError) as error:
        raise DataError(
            f"{place}: not a tombstone ({error}): restore the file from git; without it forgotten "
            "records would come back"
        ) from None
    if not (found.id or found.text):
        raise DataError(f"{place}: a tombstone of nothing: it has neither id nor text")
    return found


def write(found: Tombstones) -> Path:
    """Write all tombstones of a use case, beside the old file first; returns the file.

    Raises:
        StoreError: the disk refuses.
    """
    path = file(found.use_case)
    partial = path.with_name(f".partial-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8") as stream:
            for one in found.stones:
                stream.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(path)
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error
    return path

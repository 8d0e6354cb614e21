"""diff: what two revisions of the goldens have different, record by record."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from goldsmith import columns, versioning
from goldsmith.config import UseCase
from goldsmith.records import Record, arrow_schema
from goldsmith.revisions import workplace
from goldsmith.revisions.workplace import Say, Workplace
from goldsmith.text import normalise
from goldsmith.versioning import checking_out

BATCH = 1000
SAMPLES = 5
WORKING = "working tree"

Key = tuple[str, str]  # ("id", the id), or ("text", hash of the normalised input)


@dataclass(frozen=True)
class Side:
    """One of the two.

    Attributes:
        revision: as it was named, or `working tree`.
        md5: DVC's hash of the data that it names.
        records: how many.
        labels: how often each label occurs.
    """

    revision: str
    md5: str
    records: int
    labels: dict[str, int]


@dataclass(frozen=True)
class Difference:
    """What two revisions have different.

    Attributes:
        use_case: whose goldens.
        before, after: the two.
        added, removed, changed: numbers of records.
        samples: by `added`, `removed` and `changed`, the first few: id, the record's row, and for
            changed ones the columns that differ, as [before, after].
    """

    use_case: str
    before: Side
    after: Side
    added: int
    removed: int
    changed: int
    samples: dict[str, list[dict[str, Any]]]

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


@dataclass
class _Read:
    """What one pass over a side kept: digests of rows by key."""

    digests: dict[Key, list[int]] = field(default_factory=dict)
    labels: Counter[str] = field(default_factory=Counter)
    records: int = 0


Records = Callable[[], Iterator[tuple[Key, Record]]]


def diff(
    config: UseCase, rev: str, other: str | None, say: Say, limit: int = SAMPLES
) -> Difference:
    """Compare the goldens of a revision with another one, or with the working tree if None.

    Records are the same by their id; where ids are only places in a file, by their input.

    Raises:
        ConfigError: the use case does not read files of the working tree.
        UserError: unknown revision, no pointer there, or no data in the working tree.
        DataError: data that the use case's reader refuses.
        StoreError: data that are neither in the cache nor in the remote.
    """
    place = workplace.find(config)
    with place.scratch() as scratch:
        roots = [_fetch(place, name, scratch / str(n), say) for n, name in enumerate((rev, other))]
        sides: list[Records] = [_keyed(place, root) for root in roots]
        before, after = (_read(place, records) for records in sides)
        names = _Names(before.digests, after.digests, limit)
        samples = _samples(sides[0], sides[1], names)
        shown = [
            Side(name or WORKING, _md5(place, root), one.records, dict(sorted(one.labels.items())))
            for name, root, one in zip((rev, other), roots, (before, after), strict=True)
        ]
    counts = names.added, names.removed, names.changed
    return Difference(config.name, shown[0], shown[1], *counts, samples)


def _fetch(place: Workplace, rev: str | None, folder: Path, say: Say) -> Path:
    if rev is None:
        versioning.pull_if_pointer(place.path)
        return place.path
    pointer = versioning.find_pointer(place.path, rev)
    folder.mkdir()
    return checking_out.copy_out(pointer, folder, say)


def _md5(place: Workplace, root: Path) -> str:
    files = place.files(root)
    return versioning.md5(files, single=root.is_file())


def _keyed(place: Workplace, root: Path) -> Records:
    prefixes = place.prefixes(root)

    def records() -> Iterator[tuple[Key, Record]]:
        for record in place.records(root):
            yield _key(record, prefixes), record

    return records


def is_place(name: str, prefixes: tuple[str, ...]) -> bool:
    """Whether an id is only a place in a file, such as `train:17`."""
    return name.startswith(prefixes) and name.rpartition(":")[2].isdigit()


def _key(record: Record, prefixes: tuple[str, ...]) -> Key:
    if not is_place(record.id, prefixes):
        return "id", record.id
    folded = normalise(record.text).encode()
    return "text", hashlib.blake2b(folded, digest_size=16).hexdigest()


def _content(key: Key, record: Record) -> dict[str, Any]:
    row = record.row()
    return row if key[0] == "id" else {name: row[name] for name in row if name != "id"}


def _read(place: Workplace, records: Records) -> _Read:
    import pyarrow as pa

    found, kind = _Read(), place.reader.record
    stream = records()
    while batch := list(islice(stream, BATCH)):
        for key, record in batch:
            found.digests.setdefault(key, []).append(hash(repr(_content(key, record))))
        rows = pa.Table.from_pylist([record.row() for _, record in batch], arrow_schema(kind))
        found.labels.update(columns.flat(columns.labels(kind.kind, rows)).flatten().to_pylist())
        found.records += len(batch)
    return found


class _Names:
    """How many records differ, and the keys of the first few."""

    def __init__(
        self, before: dict[Key, list[int]], after: dict[Key, list[int]], limit: int
    ) -> None:
        self.added = self.removed = self.changed = 0
        self.first: dict[str, dict[Key, None]] = {"added": {}, "removed": {}, "changed": {}}
        for key in [*before, *(key for key in after if key not in before)]:
            old, new = Counter(before.get(key, ())), Counter(after.get(key, ()))
            gone, come = (old - new).total(), (new - old).total()
            both = min(gone, come)
            for what, count in (
                ("changed", both),
                ("removed", gone - both),
                ("added", come - both),
            ):
                if count and len(self.first[what]) < limit:
                    self.first[what][key] = None
            self.changed += both
            self.removed += gone - both
            self.added += come - both


def _samples(before: Records, after: Records, names: _Names) -> dict[str, list[dict[str, Any]]]:
    wanted = {key for keys in names.first.values() for key in keys}
    old, new = ({key: one for key, one in side() if key in wanted} for side in (before, after))
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names.first}
    for what, keys in names.first.items():
        for key in keys:
            record = new.get(key) or old[key]
            sample: dict[str, Any] = {"id": record.id, "record": record.row()}
            if what == "changed":
                sample["columns"] = _columns(_content(key, old[key]), _content(key, new[key]))
            found[what].append(sample)
    return found


def _columns(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: [old[name], new[name]] for name in old if old[name] != new[name]}

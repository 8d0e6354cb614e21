"""Which records a list of ids means: in the working data, or in an earlier revision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from goldsmith.errors import DataError, StoreError, UserError, listed, near
from goldsmith.records import Record
from goldsmith.revisions.diffing import is_place
from goldsmith.revisions.holders import History
from goldsmith.versioning.tombstones import Tombstone, Tombstones

SEEN = 20_000  # ids among which near ones are looked for


@dataclass(frozen=True)
class Named:
    """The records that were asked for.

    Attributes:
        new: tombstones made for those that were found.
        old: those that others have already, found nowhere.
        places: ids that are only places in a file.
    """

    new: list[Tombstone]
    old: list[Tombstone]
    places: list[str]


def read_ids(file: Path) -> list[str]:
    """The ids in a file, one a line.

    Raises:
        UserError: no such file, not UTF-8, or no id in it.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{file}: cannot be read as UTF-8 text: {error}") from None
    found = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not found:
        raise UserError(f"{file}: no id in it: write one on each line")
    return found


def find(history: History, known: Tombstones, ids: Sequence[str], why: str) -> Named:
    """Tombstones for the ids, looked for in the working data, then in every revision.

    Without ids, all tombstones there are.

    Raises:
        UserError: ids that no revision has; says near ones.
    """
    if not ids:
        return Named([], list(known.stones), [])
    place = history.place
    found: dict[str, Tombstone] = {}
    missing, places = dict.fromkeys(ids), []
    seen: set[str] = set()

    def look(records: Iterable[Record], prefixes: tuple[str, ...], now: bool) -> None:
        for record in records:
            at_place = is_place(record.id, prefixes)
            if record.id in missing and (now or not at_place):
                found[record.id] = _stone(known, record, at_place, why)
                missing.pop(record.id)
                places.extend([record.id] if at_place else [])
            elif len(seen) < SEEN:
                seen.add(record.id)

    look(place.records(), place.prefixes(), now=True)
    old = [one for one in known.stones if one.id in {known.id_hash(name) for name in missing}]
    hashes = {one.id for one in old}
    missing = {name: None for name in missing if known.id_hash(name) not in hashes}
    for _, pointer in history.states() if missing else ():
        try:
            with history.fetched(pointer) as root:
                look(place.records(root), place.prefixes(root), now=False)
        except (DataError, StoreError):
            continue
    if missing:
        first = next(iter(missing))
        raise UserError(
            f"{len(missing)} id(s) are in no revision of {place.path} that can be read: "
            f"{listed(list(missing))}: {near(first, seen)}; nothing was changed"
        )
    return Named(list(found.values()), old, places)


def _stone(known: Tombstones, record: Record, at_place: bool, why: str) -> Tombstone:
    name, text = known.id_hash(record.id), known.text_hash(record.text)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Tombstone(None if at_place and text else name, text, now, why)

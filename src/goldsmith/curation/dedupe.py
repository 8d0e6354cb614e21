"""dedupe: the goldens without surplus duplicates, by a stated rule."""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from goldsmith.curation.sides import input_key, target_key
from goldsmith.records import Record
from goldsmith.splits import SPLITS

Rule = Literal["keep_first", "keep_last", "keep_in_test"]


class Dropped(NamedTuple):
    """A record that is left out, and the one that stays in its place."""

    id: str
    kept: str
    reason: Literal["duplicate", "conflict"]


class Survey(NamedTuple):
    """Which records stay, by their place in the source, and which are left out."""

    places: frozenset[int]
    records: int
    dropped: tuple[Dropped, ...]


def survey(
    records: Callable[[], Iterator[Record]], rule: Rule = "keep_first", drop_conflicts: bool = False
) -> Survey:
    """Decide which copy of each duplicate stays.

    A duplicate has the same input and the same target as another record. `keep_in_test` keeps the
    copy that lies nearest to test, the first of several there.

    Args:
        records: gives a fresh iterator at every call.
        rule: which copy stays.
        drop_conflicts: leave out every record whose input carries several targets, too.
    """
    chosen: dict[tuple[bytes, bytes], tuple[tuple[int, int], int, str]] = {}
    targets: dict[bytes, bytes] = {}
    contested: set[bytes] = set()
    count = 0
    for place, record in enumerate(records()):
        key, target = input_key(record), target_key(record)
        rank = _rank(record, place, rule)
        if (key, target) not in chosen or rank < chosen[key, target][0]:
            chosen[key, target] = (rank, place, record.id)
        if targets.setdefault(key, target) != target:
            contested.add(key)
        count += 1
    dropped = []
    keep: set[int] = set()
    for place, record in enumerate(records()):
        key = input_key(record)
        _, kept_place, kept_id = chosen[key, target_key(record)]
        if drop_conflicts and key in contested:
            dropped.append(Dropped(record.id, "", "conflict"))
        elif place != kept_place:
            dropped.append(Dropped(record.id, kept_id, "duplicate"))
        else:
            keep.add(place)
    return Survey(frozenset(keep), count, tuple(dropped))


def _rank(record: Record, place: int, rule: Rule) -> tuple[int, int]:
    """The smaller, the rather it stays."""
    if rule == "keep_in_test":
        return (-SPLITS.index(record.split) if record.split in SPLITS else 1, place)
    return (0, place if rule == "keep_first" else -place)


def kept(records: Iterator[Record], found: Survey) -> Iterator[Record]:
    """The records that stay, in the order of the source."""
    return (record for place, record in enumerate(records) if place in found.places)

"""sample: a few records for people to look at, every label among them."""

import hashlib
import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from goldsmith.curation.sides import NO_SPLIT, labels_of
from goldsmith.errors import UserError, near
from goldsmith.records import Record

NO_LABEL = "(no label)"


class Sample(NamedTuple):
    """The records drawn, in the order of their source, and of how many by label.

    `strata` has (label, records to draw from, records drawn); a record counts for its rarest label.
    """

    records: list[Record]
    strata: list[tuple[str, int, int]]


def sample(
    records: Callable[[], Iterator[Record]],
    n: int,
    seed: int,
    label: str | None = None,
    split: str | None = None,
) -> Sample:
    """Draw n records, in the proportions of their rarest labels, at least one of each where n allows.

    The same seed draws the same records, whatever their order.

    Raises:
        UserError: a label or a split that no record has; says the near ones.
    """
    support, splits = _survey(records())
    if label is not None and label not in support:
        raise UserError(f"no record is labelled {label!r}: {near(label, support)}")
    if split is not None and split not in splits:
        raise UserError(f"no record lies in split {split!r}: {near(split, splits)}")

    def wanted() -> Iterator[tuple[int, Record, str]]:
        for place, record in enumerate(records()):
            found = labels_of(record)
            if split in (None, record.split or NO_SPLIT) and (label is None or label in found):
                rarest = min(found, key=lambda name: (support[name], name), default=NO_LABEL)
                yield place, record, rarest

    sizes = Counter(stratum for _, _, stratum in wanted())
    quotas = _quotas(sizes, n)
    drawn = _draw(wanted(), quotas, seed)
    strata = [(name, sizes[name], quotas[name]) for name in sorted(sizes, key=lambda k: -sizes[k])]
    return Sample([record for _, record in sorted(drawn, key=lambda one: one[0])], strata)


def _survey(records: Iterable[Record]) -> tuple[Counter[str], set[str]]:
    support: Counter[str] = Counter()
    splits: set[str] = set()
    for record in records:
        support.update(set(labels_of(record)))
        splits.add(record.split or NO_SPLIT)
    return support, splits


def _quotas(sizes: Counter[str], n: int) -> Counter[str]:
    """Records to draw by stratum: one each first, the rest by largest remainder."""
    total, rare_first = sum(sizes.values()), sorted(sizes, key=lambda name: (sizes[name], name))
    n = min(n, total)
    quotas: Counter[str] = Counter(dict.fromkeys(rare_first[:n], 1))
    while sum(quotas.values()) < n:
        lacking = [name for name in rare_first if quotas[name] < sizes[name]]
        quotas[max(lacking, key=lambda name: n * sizes[name] / total - quotas[name])] += 1
    return quotas


def _draw(
    wanted: Iterable[tuple[int, Record, str]], quotas: Counter[str], seed: int
) -> list[tuple[int, Record]]:
    """The records with the smallest hashes of each stratum; never more than n are held."""
    heaps: dict[str, list[tuple[int, int, Record]]] = {}
    for place, record, stratum in wanted:
        digest = hashlib.blake2b(f"{seed}|{record.id}".encode(), digest_size=8).digest()
        heap, entry = heaps.setdefault(stratum, []), (-int.from_bytes(digest), -place, record)
        if len(heap) < quotas[stratum]:
            heapq.heappush(heap, entry)
        elif heap and entry[:2] > heap[0][:2]:
            heapq.heapreplace(heap, entry)
    return [(-place, record) for heap in heaps.values() for _, place, record in heap]

"""stats: what is in the goldens, in figures."""

from collections import Counter
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from goldsmith.curation.sides import NO_SPLIT, input_key, labels_of, n_words, target_key
from goldsmith.records import Record
from goldsmith.splits import SPLITS

MAX_IDS = 20
BINS = 24


class _Figures(BaseModel):
    model_config = ConfigDict(frozen=True)


class Lengths(_Figures):
    """Lengths of the records of one split, in words; `bins` counts them in equal steps."""

    p50: int
    p95: int
    max: int
    bins: tuple[int, ...]


class Repeats(_Figures):
    """Records that share their input with another.

    Attributes:
        duplicates: surplus records: an earlier one has the same input and the same target.
        duplicate_ids: ids of at most 20 of them.
        conflicts: inputs that carry several targets.
        conflicting: records with such an input.
        conflicting_ids: ids of at most 20 of them.
    """

    duplicates: int
    duplicate_ids: tuple[str, ...]
    conflicts: int
    conflicting: int
    conflicting_ids: tuple[str, ...]


class Stats(_Figures):
    """Figures of a data set.

    Attributes:
        record: the record type.
        documents: distinct document ids; `without_document` counts the records that have none.
        splits: records by split, `(none)` where the source has none.
        labels: targets by label and split, most frequent label first.
        unlabelled: records without any target.
        lengths: by split; `step` is the width of a bin in words.
    """

    record: str
    records: int
    documents: int
    without_document: int
    splits: dict[str, int]
    labels: dict[str, dict[str, int]]
    unlabelled: int
    lengths: dict[str, Lengths]
    step: int
    repeats: Repeats

    @property
    def unlabelled_share(self) -> float:
        """Share of the records without any target."""
        return self.unlabelled / self.records if self.records else 0.0

    def support(self, label: str) -> int:
        """Targets of a label in all splits."""
        return sum(self.labels.get(label, {}).values())


class _Inputs:
    """Which inputs were seen, with which targets."""

    def __init__(self) -> None:
        self._seen: dict[bytes, dict[bytes, int]] = {}
        self._first: dict[bytes, str] = {}
        self.duplicates = 0
        self.duplicate_ids: list[str] = []
        self._conflicting: dict[bytes, list[str]] = {}

    def add(self, record: Record) -> None:
        key, target = input_key(record), target_key(record)
        targets = self._seen.setdefault(key, {})
        self._first.setdefault(key, record.id)
        if target in targets:
            self.duplicates += 1
            if len(self.duplicate_ids) < MAX_IDS:
                self.duplicate_ids.append(record.id)
        elif targets:
            self._conflicting.setdefault(key, [self._first[key]]).append(record.id)
        targets[target] = targets.get(target, 0) + 1

    def repeats(self) -> Repeats:
        ids = [name for group in self._conflicting.values() for name in group]
        return Repeats(
            duplicates=self.duplicates,
            duplicate_ids=tuple(self.duplicate_ids),
            conflicts=len(self._conflicting),
            conflicting=sum(sum(self._seen[key].values()) for key in self._conflicting),
            conflicting_ids=tuple(ids[:MAX_IDS]),
        )


def stats(records: Iterable[Record], kind: str) -> Stats:
    """Count in one pass; keeps a few dozen bytes a record."""
    splits: Counter[str] = Counter()
    labels: dict[str, Counter[str]] = {}
    sizes: dict[str, list[int]] = {}
    documents: set[str] = set()
    without = unlabelled = 0
    inputs = _Inputs()
    for record in records:
        split = record.split or NO_SPLIT
        splits[split] += 1
        sizes.setdefault(split, []).append(n_words(record))
        found = labels_of(record)
        unlabelled += not found or found == ["no_answer"]
        for label in found:
            labels.setdefault(label, Counter())[split] += 1
        documents.add(record.document_id)
        without += not record.document_id
        inputs.add(record)
    order = sorted(splits, key=_split_order)
    step = max(1, -(-(max(map(max, sizes.values()), default=0) + 1) // BINS))
    by_size = sorted(labels.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    return Stats(
        record=kind,
        records=sum(splits.values()),
        documents=len(documents - {""}),
        without_document=without,
        splits={split: splits[split] for split in order},
        labels={name: {split: found[split] for split in order} for name, found in by_size},
        unlabelled=unlabelled,
        lengths={split: _lengths(sizes[split], step) for split in order},
        step=step,
        repeats=inputs.repeats(),
    )


def _split_order(split: str) -> tuple[int, str]:
    return (SPLITS.index(split) if split in SPLITS else len(SPLITS), split)


def _lengths(sizes: list[int], step: int) -> Lengths:
    ordered = sorted(sizes)
    bins = Counter(size // step for size in ordered)

    def quantile(share: float) -> int:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    return Lengths(
        p50=quantile(0.5),
        p95=quantile(0.95),
        max=ordered[-1],
        bins=tuple(bins[place] for place in range(max(bins) + 1)),
    )

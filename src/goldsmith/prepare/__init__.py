"""From raw records to training records: cleaning, mapping, duplicates, splits, sampling, counts.

Two passes over Arrow batches, so that records never have to fit in Python objects: the first
cleans and maps and keeps what decides; the second writes what stays.
"""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith import columns
from goldsmith.columns import Batch
from goldsmith.columns import tags as tag_columns
from goldsmith.config.sections import Prepare, Splits
from goldsmith.prepare.assigning import Assigning
from goldsmith.prepare.cleaning import clean
from goldsmith.prepare.deciding import Narrow
from goldsmith.prepare.fixed import decide_beside
from goldsmith.prepare.limiting import limited, strata
from goldsmith.prepare.mapping import check_kept, check_left, map_labels, unusable
from goldsmith.prepare.rare import without_rare
from goldsmith.prepare.writing import write
from goldsmith.prepared import LABELS_FILE, RECORDS_FILE
from goldsmith.records import TYPES, Record, arrow_schema
from goldsmith.text import OUTSIDE

MAX_IDS = 20


def prepare(kind: str, records: Path, rules: Prepare, splits: Splits, out: Path) -> dict[str, Any]:
    """Write the prepared records, their labels and counts into a folder; returns the counts.

    Args:
        kind: the record type.
        records: Parquet of raw records, as load writes it.
        rules, splits: the use case's sections prepare and splits.
        out: an empty folder.

    Returns:
        record, records, in_training and mentions by part, raw_labels, folds; `cleaned` and each
        rule of `dropped` as {records, ids}, ids at most 20; `rare_labels` as `Rare.facts`.

    Raises:
        DataError: a kept label that no record carries, a split that the source does not have, a
            `splits.assign` that fails, or no record that is left.
        ConfigError: a `splits.assign` that is not there.
    """
    rare = without_rare(kind, records, rules)
    rules = rare.rules
    survey = _Survey(kind, rules, rare.counts, splits.assign)
    mapped = out / "mapped.arrow"
    narrow = survey.read(records, mapped)
    check_kept(rules.keep_labels, survey.labels)
    decided = decide_beside(narrow, splits, rules)
    if rules.limit is not None:
        decided = limited(decided, narrow, np.concatenate(survey.strata), rules.limit, splits.salt)
    check_left(decided.out)
    counts = write(kind, mapped, narrow, decided, rules, out / RECORDS_FILE)
    mapped.unlink()
    labels = survey.names(rules.keep_labels)
    (out / LABELS_FILE).write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    used = sorted({*decided.out} - {""})
    return counts | {
        "record": kind,
        "cleaned": _named(narrow.ids, survey.cleaned),
        "dropped": {rule: _named(narrow.ids, decided.out == rule) for rule in used},
        "rare_labels": rare.facts(),
        "raw_labels": len(survey.labels),
        "folds": splits.folds,
    }


def as_prepared(records: Sequence[Record], rules: Prepare) -> list[Record]:
    """Records cleaned and mapped as prepare does it; none is left out."""
    import pyarrow as pa

    if not records:
        return []
    kind = records[0].kind
    batch = pa.RecordBatch.from_pylist(
        [one.row() for one in records], arrow_schema(type(records[0]))
    )
    cleaned = clean(kind, batch)[0] if rules.clean else batch
    return [TYPES[kind].from_row(row) for row in map_labels(kind, cleaned, rules).to_pylist()]


def _named(ids: Any, flags: np.ndarray) -> dict[str, Any]:
    places = np.flatnonzero(flags)
    return {"records": len(places), "ids": [ids[int(place)] for place in places[:MAX_IDS]]}


class _Survey:
    """The first pass: cleans and maps, and remembers what decides on each record."""

    def __init__(
        self, kind: str, rules: Prepare, rare: Collection[str], assign: str | None
    ) -> None:
        self._kind, self._rules, self._rare = kind, rules, rare
        self._assigning = Assigning(assign)
        self.labels: Counter[str] = Counter()
        self.strata: list[np.ndarray] = []
        self.cleaned = np.zeros(0, dtype=bool)
        self._tags: set[str] = set()

    def read(self, records: Path, mapped: Path) -> Narrow:
        """Write the cleaned and mapped batches beside, and return the narrow columns."""
        import pyarrow as pa

        found: dict[str, list[Any]] = {
            name: [] for name in ("ids", "groups", "splits", "text", "target", "out", "cleaned")
        }
        writer: Any = None
        for raw in columns.batches(records):
            cleaned, damaged = clean(self._kind, raw) if self._rules.clean else (raw, None)
            batch = map_labels(self._kind, cleaned, self._rules)
            self._count(batch)
            writer = writer or pa.ipc.new_file(mapped, batch.schema)
            writer.write_batch(batch)
            found["splits"] += self._assigning.splits(raw)
            self._note(found, batch, damaged)
        writer.close()
        self._assigning.check(found["splits"])
        self.cleaned = np.concatenate(found["cleaned"])
        return Narrow(
            found["ids"],
            found["groups"],
            found["splits"],
            np.concatenate(found["text"]),
            np.concatenate(found["target"]),
            np.concatenate(found["out"]),
            self._kind in columns.ONE_TARGET,
        )

    def _note(self, found: dict[str, list[Any]], batch: Batch, damaged: np.ndarray | None) -> None:
        kind = self._kind
        found["ids"] += batch.column("id").to_pylist()
        found["groups"] += columns.groups(kind, batch)
        found["text"].append(columns.text_keys(kind, batch))
        found["target"].append(columns.keys(columns.targets(kind, batch)))
        out = np.full(batch.num_rows, "", dtype=object)
        if self._rules.limit is not None:
            self.strata.append(strata(kind, batch))
        for rule, flag in unusable(kind, batch, self._rules, self._rare).items():
            out[flag & (out == "")] = rule
        found["out"].append(out)
        found["cleaned"].append(
            np.zeros(batch.num_rows, dtype=bool) if damaged is None else damaged
        )

    def _count(self, batch: Batch) -> None:
        if self._kind == "tagged_tokens":
            raw = batch.column("raw_tags")
            self._tags.update(tag_columns.coded(raw).names)
            labels = tag_columns.entity_labels(raw)
        else:
            labels = columns.labels(self._kind, batch)
        self.labels.update(columns.count(labels))

    def names(self, keep: tuple[str, ...] | None) -> list[str]:
        """The labels to learn; for tags O, then B- (and I-, where the goldens have one) of each."""
        kept = list(keep) if keep is not None else sorted(filter(str.strip, self.labels))
        if self._kind != "tagged_tokens":
            return kept
        inner = [f"I-{label}" for label in kept if f"I-{label}" in self._tags]
        return [OUTSIDE, *(f"B-{label}" for label in kept), *inner]

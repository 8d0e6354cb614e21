"""From raw records to training records: mapping of labels, splits, leakage, sampling, and counts.

Works in two passes over memory-mapped Arrow, so that records never have to fit in Python objects.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from goldsmith import splits as splitting
from goldsmith.config import UseCase
from goldsmith.errors import DataError, listed, near
from goldsmith.prepared import LABELS_FILE, RECORDS_FILE
from goldsmith.records import TaggedTokens, arrow_schema
from goldsmith.splits import SPLITS, TEST, TRAIN, VALIDATION
from goldsmith.text import OUTSIDE, canonical_bio, label_of, normalise

BATCH = 10_000


def prepare(
    records: Callable[[], Iterator[TaggedTokens]], config: UseCase, out: Path
) -> dict[str, Any]:
    """Write the prepared records, their labels and counts into a folder; returns the counts.

    Args:
        records: gives a fresh iterator over the raw records at every call.
        config: sections prepare, splits.
        out: an empty folder.

    Raises:
        DataError: a kept label that no record carries, or a split that the source does not have.
    """
    survey = _Survey(records(), config)
    rows = _rows(records(), config, survey)
    counts = _write(rows, out / RECORDS_FILE)
    labels = survey.tag_names(config.prepare.keep_labels)
    (out / LABELS_FILE).write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    counts |= {
        "dropped": {"text_also_in_a_later_split": survey.leaks},
        "raw_labels": len(survey.raw_labels),
        "folds": config.splits.folds,
    }
    return counts


def keep_labels(record: TaggedTokens, keep: Sequence[str] | None) -> TaggedTokens:
    """The record with canonical tags, every label that is not kept made O."""
    tags = _kept(canonical_bio(record.tags), None if keep is None else set(keep))
    return replace(record, tags=tuple(tags))


def _kept(tags: Sequence[str], keep: set[str] | None) -> list[str]:
    return [tag if keep is None or label_of(tag) in keep else OUTSIDE for tag in tags]


def _text_hash(record: TaggedTokens) -> bytes:
    return hashlib.blake2b(normalise(record.text).encode(), digest_size=12).digest()


def _group(record: TaggedTokens) -> str:
    return record.document_id or normalise(record.text)


class _Survey:
    """The first pass: labels, the source's splits, and where each text lies."""

    def __init__(self, records: Iterator[TaggedTokens], config: UseCase) -> None:
        self.raw_labels: Counter[str] = Counter()
        self.raw_tags: set[str] = set()
        self.leaks = 0
        seen_splits: Counter[str] = Counter()
        listing: list[tuple[bytes, str, str]] = []
        for record in records:
            tags = canonical_bio(record.tags)
            self.raw_tags.update(tags)
            self.raw_labels.update(tag[2:] for tag in tags if tag.startswith("B-"))
            seen_splits[record.split] += 1
            listing.append((_text_hash(record), _group(record), record.split))
        _check_kept(config.prepare.keep_labels, self.raw_labels)
        self.use_source, self.has_validation = _source_splits(config, seen_splits)
        self._rank: dict[bytes, int] = {}
        self._fold: dict[bytes, int] = {}
        for text, group, split in listing:
            rank = SPLITS.index(self.split(group, split, config))
            self._rank[text] = max(rank, self._rank.get(text, 0))
            fold = splitting.fold(group, config.splits)
            self._fold[text] = min(fold, self._fold.get(text, fold))

    def split(self, group: str, source_split: str, config: UseCase) -> str:
        """The split of a record, before leakage is looked at."""
        if not self.use_source:
            return splitting.by_hash(group, config.splits)
        if source_split == TRAIN and not self.has_validation:
            return splitting.validation_of_train(group, config.splits)
        return source_split

    def leaks_into_later_split(self, text: bytes, split: str) -> bool:
        """Whether an equal text lies in a split nearer to test: then this copy is left out."""
        return SPLITS.index(split) < self._rank[text]

    def fold(self, text: bytes) -> int:
        """The fold of a text; equal texts share one."""
        return self._fold[text]

    def tag_names(self, keep: tuple[str, ...] | None) -> list[str]:
        """O, then B- (and I-, where the goldens have one) of each kept label."""
        kept = keep if keep is not None else sorted(self.raw_labels)
        inner = [f"I-{label}" for label in kept if f"I-{label}" in self.raw_tags]
        return [OUTSIDE, *(f"B-{label}" for label in kept), *inner]


def _check_kept(keep: tuple[str, ...] | None, raw: Counter[str]) -> None:
    if not raw:
        raise DataError(
            "no record has an entity: every tag is O, so there is nothing to learn; check that the "
            "tags' column is the right one (source.reader.columns.tags)"
        )
    missing = [label for label in keep or () if label not in raw]
    if missing:
        hints = "; ".join(f"{label!r}: {near(label, raw)}" for label in missing[:3])
        raise DataError(f"prepare.keep_labels names labels that no record carries: {hints}")


def _source_splits(config: UseCase, seen: Counter[str]) -> tuple[bool, bool]:
    """Whether to use the source's own splits, and whether validation is one of them."""
    complete = seen[""] == 0 and seen[TRAIN] > 0 and seen[TEST] > 0
    if config.splits.by == "source" and not complete:
        found = listed([f"{name or '(none)'}: {count}" for name, count in sorted(seen.items())])
        raise DataError(
            f"splits.by is source, but the source's splits are {found}: it needs train and test on "
            "every record; use splits.by=hash"
        )
    return complete and config.splits.by != "hash", seen[VALIDATION] > 0


def _rows(
    records: Iterator[TaggedTokens], config: UseCase, survey: _Survey
) -> Iterator[dict[str, Any]]:
    """The second pass: mapped records with their split, fold and whether training may use them."""
    keep = None if config.prepare.keep_labels is None else set(config.prepare.keep_labels)
    for record in records:
        text = _text_hash(record)
        split = survey.split(_group(record), record.split, config)
        if not config.splits.folds and survey.leaks_into_later_split(text, split):
            survey.leaks += 1
            continue
        raw = canonical_bio(record.tags)
        tags = _kept(raw, keep)
        positive = any(tag != OUTSIDE for tag in tags)
        sampled = splitting.bucket(record.id, "negatives") < config.prepare.negative_rate
        yield {
            "id": record.id,
            "document_id": record.document_id,
            "tokens": list(record.tokens),
            "tags": tags,
            "split": TRAIN if config.splits.folds else split,
            "raw_tags": raw,
            "fold": survey.fold(text),
            "in_training": positive or sampled,
        }


def _write(rows: Iterator[dict[str, Any]], path: Path) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema("tagged_tokens")
    for name, kind in (
        ("raw_tags", pa.list_(pa.string())),
        ("fold", pa.int32()),
        ("in_training", pa.bool_()),
    ):
        schema = schema.append(pa.field(name, kind))
    records: Counter[str] = Counter()
    trained: Counter[str] = Counter()
    mentions: dict[str, Counter[str]] = {}
    with pq.ParquetWriter(path, schema) as writer:
        batch: list[dict[str, Any]] = []
        for row in rows:
            part = row["split"] if row["fold"] < 0 else f"fold-{row['fold']}"
            records[part] += 1
            trained[part] += row["in_training"]
            mentions.setdefault(part, Counter()).update(
                tag[2:] for tag in row["tags"] if tag.startswith("B-")
            )
            batch.append(row)
            if len(batch) == BATCH:
                writer.write_table(pa.Table.from_pylist(batch, schema))
                batch = []
        writer.write_table(pa.Table.from_pylist(batch, schema))
    return {
        "records": dict(sorted(records.items())),
        "in_training": dict(sorted(trained.items())),
        "mentions": {part: dict(sorted(found.items())) for part, found in sorted(mentions.items())},
    }

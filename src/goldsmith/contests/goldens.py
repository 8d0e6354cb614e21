"""Other goldens than the use case's test records, as a set to score on."""

from collections import Counter
from glob import has_magic
from pathlib import Path
from typing import Any

import numpy as np

from goldsmith import columns
from goldsmith.config import UseCase
from goldsmith.contests.notes import Note
from goldsmith.curation import fixed
from goldsmith.errors import DataError, listed
from goldsmith.families.base import Family
from goldsmith.functions import RawFunctions
from goldsmith.prepare.cleaning import clean
from goldsmith.prepare.mapping import map_labels, unusable
from goldsmith.records import TYPES, arrow_schema
from goldsmith.stages.contest import TestSet
from goldsmith.text import OUTSIDE

SHOWN = 5


def read(config: UseCase, path: Path) -> tuple[TestSet, tuple[Note, ...]]:
    """The records at a path in the use case's reader, cleaned and mapped as prepare does it.

    Duplicates stay; what prepare cannot use whatever its split is left out, and noted.

    Raises:
        DataError: nothing there, not what the reader reads (with file and line), an id that stands
            twice, or no record that can be used.
    """
    import pyarrow as pa

    family = config.model
    assert isinstance(family, Family)
    if not path.exists() and not has_magic(str(path)):
        raise DataError(f"{path}: no such file or folder: --input takes goldens in either")
    reader = fixed.reader(config)
    rows = [one.row() for one in reader.read(reader.files(path), path)]
    if not rows:
        raise DataError(f"{path}: no record: the goldens are empty")
    _refuse_doubled(path, [row["id"] for row in rows])
    kind = reader.record.kind
    own = RawFunctions(*fixed.functions(config))
    batch = own(pa.RecordBatch.from_pylist(rows, arrow_schema(reader.record)), str(path))
    notes = _left_out([row["id"] for row in rows], batch.column("id").to_pylist())
    rules = config.prepare
    mapped = map_labels(kind, clean(kind, batch)[0] if rules.clean else batch, rules)
    usable = np.ones(batch.num_rows, dtype=bool)
    for rule, flags in unusable(kind, mapped, rules).items():
        if flags.any():
            usable &= ~flags
            places = np.flatnonzero(flags)[:SHOWN]
            names = batch.column("id").take(pa.array(places)).to_pylist()
            notes.append(Note(f"goldens left out: {rule}", int(flags.sum()), tuple(names)))
    if not usable.any():
        said = listed([str(one) for one in notes])
        raise DataError(f"{path}: none of the {len(rows):,} records can be scored on: {said}")
    kept = mapped.filter(pa.array(usable))
    records = [TYPES[kind].from_row(row) for row in kept.to_pylist()]
    keys = columns.text_keys(kind, kept)
    return TestSet(family, records, _labels(config, kind, kept), keys), tuple(notes)


def _left_out(before: list[str], after: list[str]) -> list[Note]:
    """What the use case's own functions left out."""
    gone = sorted(set(before) - set(after))
    if not gone:
        return []
    return [Note("goldens left out: source.prepare", len(gone), tuple(gone[:SHOWN]))]


def _refuse_doubled(path: Path, ids: list[str]) -> None:
    doubled = [name for name, count in Counter(ids).items() if count > 1]
    if doubled:
        raise DataError(
            f"{path}: ids that stand twice: {listed(doubled)}; every record needs its own"
        )


def _labels(config: UseCase, kind: str, batch: Any) -> list[str]:
    """As in `Prepared.labels`: those to be learnt, else those that the records have."""
    names = list(config.prepare.keep_labels or columns.count(columns.labels(kind, batch)))
    return [OUTSIDE, *(f"B-{name}" for name in names)] if kind == "tagged_tokens" else names

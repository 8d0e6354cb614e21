"""A fixed test set beside the source: it is judged on whole, and training holds none of its texts."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np

from goldsmith import splits as splitting
from goldsmith.config.sections import Prepare, Splits
from goldsmith.prepare.deciding import Decided, Narrow, decide
from goldsmith.splits import GOLDENS, SPLITS, TEST, TRAIN, VALIDATION


def decide_beside(found: Narrow, splits: Splits, rules: Prepare) -> Decided:
    """`decide`, with records in the split `goldens` kept apart as the only test records.

    They all stay, duplicates and conflicts among them too: the set is fixed. Of the source, every
    copy of one of their texts goes (`text_in_goldens`). What is left is divided into folds; or into
    training and validation, without its own test records (`test_of_source`).

    Raises:
        DataError: a source's split is asked for that it does not have.
    """
    source = np.array(found.source_splits, dtype=object)
    fixed = source == GOLDENS
    if not fixed.any():
        return decide(found, splits, rules)
    out = found.out.astype(object).copy()
    out[np.isin(found.text_key, found.text_key[fixed]) & ~fixed & (out == "")] = "text_in_goldens"
    if splits.by != "hash" and not splits.folds:
        out[(source == TEST) & (out == "")] = "test_of_source"
    rest = _only(found, ~fixed, out)
    without_test = splits.model_copy(update={"test": 0.0})
    decided = decide(rest, without_test, rules, _divided(rest, splits))
    split = np.full(len(fixed), SPLITS.index(TEST), dtype=np.int64)
    fold = np.full(len(fixed), -1, dtype=np.int64)
    split[~fixed], fold[~fixed], out[~fixed] = decided.split, decided.fold, decided.out
    return Decided(split, fold, out)


def _divided(rest: Narrow, splits: Splits) -> np.ndarray | None:
    """(n) the source's own split, where it has one; for this it needs no test records."""
    seen = Counter(rest.source_splits)
    if splits.by == "hash" or seen[""] or not seen[TRAIN]:
        return None
    names = [
        splitting.validation_of_train(group, splits)
        if split == TRAIN and not seen[VALIDATION]
        else split
        for group, split in zip(rest.groups, rest.source_splits, strict=True)
    ]
    return np.array([SPLITS.index(name) for name in names], dtype=np.int64)


def _only(found: Narrow, wanted: np.ndarray, out: np.ndarray) -> Narrow:
    """Some of the records."""
    places = np.flatnonzero(wanted)

    def of(values: Any) -> list[str]:
        return [values[int(place)] for place in places]

    return replace(
        found,
        ids=of(found.ids),
        groups=of(found.groups),
        source_splits=of(found.source_splits),
        text_key=found.text_key[places],
        target_key=found.target_key[places],
        out=out[places],
    )

"""Which records stay and in which split or fold: decided on narrow columns of the whole set."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from goldsmith import splits as splitting
from goldsmith.config.sections import Prepare, Splits
from goldsmith.errors import DataError, listed
from goldsmith.splits import SPLITS, TEST, TRAIN, VALIDATION


@dataclass(frozen=True)
class Narrow:
    """n records as what decides on them.

    Attributes:
        ids: n ids.
        groups: n strings; records of equal ones never part.
        source_splits: n splits as the source says; empty where it does not.
        text_key, target_key: (n) hashes of input and target.
        out: (n) name of the rule that leaves a record out already; empty where none does.
        one_target: whether equal inputs with other targets are in conflict.
    """

    ids: Sequence[str]
    groups: Sequence[str]
    source_splits: Sequence[str]
    text_key: np.ndarray
    target_key: np.ndarray
    out: np.ndarray
    one_target: bool


@dataclass(frozen=True)
class Decided:
    """Where each of n records goes.

    Attributes:
        split: (n) place in SPLITS; with folds all train.
        fold: (n) fold; -1 without folds.
        out: (n) name of the rule that leaves a record out; empty for those that stay.
    """

    split: np.ndarray
    fold: np.ndarray
    out: np.ndarray


def decide(
    found: Narrow, splits: Splits, rules: Prepare, divided: np.ndarray | None = None
) -> Decided:
    """Apply splits, then `on_conflict`, then `on_duplicate`.

    Of equal inputs the copies nearest to test say where all of them belong.

    Args:
        found: n records.
        splits, rules: the use case's sections.
        divided: (n) place in SPLITS, where the splits are known already.

    Raises:
        DataError: a source's split is asked for that it does not have.
    """
    out = found.out.astype(object).copy()
    split = _splits(found, splits) if divided is None else divided.copy()
    fold = _by_group(found.groups, lambda group: splitting.fold(group, splits))
    if splits.folds:
        split[:] = SPLITS.index(TRAIN)
    stays = np.flatnonzero(out == "")
    if found.one_target and rules.on_conflict == "drop":
        out[stays[_conflicting(found, stays)]] = "conflicting_targets"
        stays = np.flatnonzero(out == "")
    own = split.copy()
    _join(found, stays, split, fold)
    if rules.on_duplicate == "keep_first":
        # Held-out sets keep what they have: the training copy is the one that goes.
        order = stays[np.lexsort((stays, -own[stays]))]
        out[order[_repeated(found, order)]] = "duplicates"
    return Decided(split, fold, out)


def _splits(found: Narrow, splits: Splits) -> np.ndarray:
    seen = Counter(found.source_splits)
    use_source, has_validation = _of_source(splits, seen)
    if not use_source:
        return _by_group(found.groups, lambda group: SPLITS.index(splitting.by_hash(group, splits)))
    place = {name: SPLITS.index(name) for name in seen}
    if not seen[TEST]:
        place[VALIDATION] = SPLITS.index(TEST)
    result = np.array([place[name] for name in found.source_splits], dtype=np.int64)
    if not has_validation:
        of_train = np.flatnonzero(result == SPLITS.index(TRAIN))
        result[of_train] = _by_group(
            [found.groups[int(one)] for one in of_train],
            lambda group: SPLITS.index(splitting.validation_of_train(group, splits)),
        )
    return result


def _by_group(groups: Sequence[str], place_of: Callable[[str], int]) -> np.ndarray:
    """(n) a group's place, computed once a group."""
    known = {group: place_of(group) for group in dict.fromkeys(groups)}
    return np.array([known[group] for group in groups], dtype=np.int64)


def _of_source(splits: Splits, seen: Counter[str]) -> tuple[bool, bool]:
    """Whether to use the source's own splits, and whether validation is one of them.

    A source that is asked for its own and has train and validation alone is judged on the latter.
    """
    last = TEST if seen[TEST] or splits.by != "source" else VALIDATION
    complete = seen[""] == 0 and seen[TRAIN] > 0 and seen[last] > 0
    if splits.by == "source" and not complete:
        found = listed([f"{name or '(none)'}: {count}" for name, count in sorted(seen.items())])
        raise DataError(
            f"splits.by is source, but the source's splits are {found}: it needs train and test (or "
            "validation) on every record; use splits.by=hash"
        )
    return complete and splits.by != "hash", seen[VALIDATION] > 0 and seen[TEST] > 0


def _frame(found: Narrow, places: np.ndarray) -> Any:
    import pandas as pd

    return pd.DataFrame({"text": found.text_key[places], "target": found.target_key[places]})


def _conflicting(found: Narrow, places: np.ndarray) -> np.ndarray:
    """Which of some records have a copy with another target."""
    frame = _frame(found, places)
    result = np.zeros(len(frame), dtype=bool)
    some = np.flatnonzero(frame["text"].duplicated(keep=False).to_numpy())
    if len(some):
        several = frame.iloc[some].groupby("text")["target"].transform("nunique") > 1
        result[some] = several.to_numpy()
    return result


def _repeated(found: Narrow, places: np.ndarray) -> np.ndarray:
    """Which of some records are equal to an earlier one of them."""
    repeated: np.ndarray = _frame(found, places).duplicated().to_numpy()
    return repeated


def _join(found: Narrow, places: np.ndarray, split: np.ndarray, fold: np.ndarray) -> None:
    """Put equal inputs into one split, the one nearest to test, and into one fold, the least."""
    frame = _frame(found, places)
    some = np.flatnonzero(frame["text"].duplicated(keep=False).to_numpy())
    if len(some):
        frame = frame.iloc[some].assign(split=split[places[some]], fold=fold[places[some]])
        by_text = frame.groupby("text")
        split[places[some]] = by_text["split"].transform("max").to_numpy()
        fold[places[some]] = by_text["fold"].transform("min").to_numpy()

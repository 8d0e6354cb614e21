"""Label scores: accuracy, F1 by label and macro, and what is right of what is not for a person."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.families.scores import Scores
from goldsmith.records import LabelledText

COUNTS = ("tp", "fp", "fn")
RECORDS = ("records.total", "records.correct", "records.accepted", "records.accepted_correct")
LENGTHS = ((0, 20), (21, 100), (101, None))


class LabelScores(Scores):
    """Columns are `label.tp`, `label.fp`, `label.fn`, and those of RECORDS."""

    @property
    def labels(self) -> list[str]:
        """The labels, in the order of the columns."""
        return [name.removesuffix(".tp") for name in self.columns if name.endswith(".tp")]

    def support(self) -> dict[str, int]:
        """Gold records by label."""
        totals = dict(zip(self.columns, self.counts.sum(axis=0).tolist(), strict=True))
        return {label: totals[f"{label}.tp"] + totals[f"{label}.fn"] for label in self.labels}

    def mistakes(self, totals: np.ndarray) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """Records of a label that got another one, and that got it wrongly."""
        place = {name: column for column, name in enumerate(self.columns)}
        return {
            label: (totals[..., place[f"{label}.fn"]], totals[..., place[f"{label}.fp"]])
            for label in self.labels
        }

    def aggregate(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        """Accuracy, coverage and accuracy of the accepted; precision, recall, F1 per label, macro
        and weighted. (..., c) -> (...).

        Macro is over the labels that occur in gold or prediction, as scikit-learn has it. What has
        no record is 0: nothing accepted is no evidence of accuracy.
        """
        every, right, accepted, accepted_right = (
            totals[..., self.columns.index(name)].astype(float) for name in RECORDS
        )
        metrics = {
            "accuracy": _ratio(right, every),
            "coverage": _ratio(accepted, every),
            "accepted.accuracy": _ratio(accepted_right, accepted),
        }
        labels = self.labels
        tp, fp, fn = (  # each (..., labels)
            totals[..., [self.columns.index(f"{label}.{count}") for label in labels]].astype(float)
            for count in COUNTS
        )
        seen, support = (tp + fp + fn) > 0, tp + fn
        for kind, values in {
            "precision": _ratio(tp, tp + fp),
            "recall": _ratio(tp, tp + fn),
            "f1": _ratio(2 * tp, 2 * tp + fp + fn),
        }.items():
            metrics[f"macro.{kind}"] = _ratio((values * seen).sum(-1), seen.sum(-1))
            metrics[f"weighted.{kind}"] = _ratio((values * support).sum(-1), support.sum(-1))
            metrics |= {f"label:{name}.{kind}": values[..., i] for i, name in enumerate(labels)}
        return metrics


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """part / whole, 0 where whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part, dtype=float), where=np.asarray(whole) > 0)


def score(
    goldens: Sequence[LabelledText], predictions: Sequence[Any], labels: Sequence[str]
) -> LabelScores:
    """Count labels per record.

    Args:
        goldens: n records.
        predictions: n predictions with `label` (empty: none) and `abstain`.
        labels: those that have columns even where nothing carries them.
    """
    pairs = [
        (gold, found.label, not found.abstain)
        for gold, found in zip(goldens, predictions, strict=True)
    ]
    seen = {name for gold, guess, _ in pairs for name in (gold.label, guess)} - {""}
    names = sorted({*labels} | seen)
    columns = [f"{label}.{count}" for label in names for count in COUNTS]
    place = {name: column for column, name in enumerate([*columns, *RECORDS])}
    counts = np.zeros((len(pairs), len(place)), dtype=np.int64)
    for row, (gold, guess, accepted) in enumerate(pairs):
        right = gold.label == guess
        if right:
            counts[row, place[f"{guess}.tp"]] = 1
        else:
            counts[row, place[f"{gold.label}.fn"]] = 1
            if guess:
                counts[row, place[f"{guess}.fp"]] = 1
        counts[row, -len(RECORDS) :] = (1, right, accepted, right and accepted)
    return LabelScores(
        [gold.id for gold, _, _ in pairs],
        [gold.document_id or gold.id for gold, _, _ in pairs],
        list(place),
        counts,
        _slices([len(gold.text.split()) for gold, _, _ in pairs]),
    )


def _slices(words: Sequence[int]) -> dict[str, np.ndarray]:
    sizes = np.array(words, dtype=int)
    slices = {}
    for low, high in LENGTHS:
        name = f"{low}-{high} words" if high else f"{low}+ words"
        slices[name] = (sizes >= low) & (sizes <= (high or sizes.max(initial=low)))
    return slices

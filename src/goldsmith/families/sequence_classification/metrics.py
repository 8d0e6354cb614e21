"""Label scores: accuracy, F1 by label and macro, and what is right of what is not for a person."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.families.scores import COUNTS, LabelCounts, by_length, ratio
from goldsmith.records import LabelledText

RECORDS = ("records.total", "records.correct", "records.accepted", "records.accepted_correct")
LENGTHS = ((0, 20), (21, 100), (101, None))


class LabelScores(LabelCounts):
    """Columns are `label.tp`, `label.fp`, `label.fn`, and those of RECORDS."""

    def aggregate(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        """Accuracy, coverage and accuracy of the accepted; precision, recall, F1 per label, macro
        and weighted. (..., c) -> (...).

        What has no record is 0: nothing accepted is no evidence of accuracy.
        """
        every, right, accepted, accepted_right = (
            totals[..., self.columns.index(name)] for name in RECORDS
        )
        return {
            "accuracy": ratio(right, every),
            "coverage": ratio(accepted, every),
            "accepted.accuracy": ratio(accepted_right, accepted),
            **self.label_metrics(totals),
        }


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
        by_length([len(gold.text.split()) for gold, _, _ in pairs], LENGTHS),
    )

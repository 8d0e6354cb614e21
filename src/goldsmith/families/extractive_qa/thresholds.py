"""When to say that a context has no answer: a threshold on the margin, chosen on validation."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.families.extractive_qa.metrics import figures, is_answerable
from goldsmith.records import Question


def chosen(
    records: Sequence[Question], predictions: Sequence[Any], fallback: float | None
) -> float | None:
    """The threshold with the best F1 on these records.

    Without a question that has no answer among them there is nothing to choose by: `fallback`.
    """
    if all(is_answerable(one) for one in records):
        return fallback
    margins, gains = [], []
    for record, prediction in zip(records, predictions, strict=True):
        if prediction.spans:
            margins.append(prediction.margin)
            answering = figures(record, prediction.spans[0].text)[1]
            gains.append(answering - float(not is_answerable(record)))
    return best_cut(np.array(margins), np.array(gains)) if margins else fallback


def best_cut(margins: np.ndarray, gains: np.ndarray) -> float:
    """The cut t for which the gains of all margins > t sum to the most; of several, nearest 0.

    Args:
        margins: (n) n > 0.
        gains: (n) what answering brings over not answering.
    """
    order = np.argsort(-margins, kind="stable")
    ranked = margins[order]
    totals = np.concatenate([[0.0], np.cumsum(gains[order])])  # with the k greatest answered
    cuts = np.concatenate([[ranked[0] + 1], (ranked[:-1] + ranked[1:]) / 2, [ranked[-1] - 1]])
    apart = np.concatenate([[True], ranked[:-1] > ranked[1:], [True]])
    best = apart & (totals >= totals[apart].max() - 1e-9)
    return float(min(cuts[best], key=abs))

"""What the report shows beside the figures: confusion, errors, coverage by threshold, calibration."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from goldsmith.families.base import Example, Explanation, Table
from goldsmith.families.sequence_classification.calibration import (
    UNATTAINABLE,
    expected_error,
    reliability,
)
from goldsmith.families.sequence_classification.runtime import LabelPrediction
from goldsmith.records import LabelledText

NO_ANSWER = "(no answer)"
THRESHOLDS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
MAX_ERRORS = 40
SHOWN = 2000  # characters of a text; the page shows its beginning and its end


def explain(goldens: Sequence[LabelledText], predictions: Sequence[LabelPrediction]) -> Explanation:
    """Confusion by label, the errors that the model was surest of, and two tables on its scores."""
    pairs = Counter(
        (gold.label, found.label or NO_ANSWER)
        for gold, found in zip(goldens, predictions, strict=True)
    )
    labels = sorted({name for pair in pairs for name in pair})
    confusion = np.array([[pairs[right, guess] for guess in labels] for right in labels], dtype=int)
    wrong = [
        (found.score, Example(gold.id, [(_shown(gold.text), gold.label, found.label or NO_ANSWER)]))
        for gold, found in zip(goldens, predictions, strict=True)
        if gold.label != found.label
    ]
    wrong.sort(key=lambda item: -item[0])
    return Explanation(
        labels,
        confusion.reshape(len(labels), len(labels)),
        [example for _, example in wrong[:MAX_ERRORS]],
        _tables(goldens, predictions),
    )


def _shown(text: str) -> str:
    plain = text.strip()
    return plain if len(plain) <= SHOWN else f"{plain[: SHOWN - 1]}…"


def _tables(goldens: Sequence[LabelledText], predictions: Sequence[LabelPrediction]) -> list[Table]:
    if not predictions:
        return []
    scores = np.array([one.score for one in predictions])
    correct = np.array(
        [gold.label == one.label for gold, one in zip(goldens, predictions, strict=True)]
    )
    accepted = np.array([not one.abstain for one in predictions])
    chosen = sorted({one.threshold for one in predictions})
    empty = np.array([not gold.text.strip() for gold in goldens])  # for a person at every threshold
    answerable = np.where(empty, -np.inf, scores)
    return [_coverage(answerable, correct, accepted, chosen), _calibration(scores, correct)]


def _coverage(
    scores: np.ndarray, correct: np.ndarray, accepted: np.ndarray, chosen: Sequence[float]
) -> Table:
    """Share of the records accepted, and share right of these, by the least score accepted."""
    rows: list[list[str | float | None]] = []
    for threshold in sorted({*THRESHOLDS, *(one for one in chosen if one < UNATTAINABLE)}):
        kept = scores >= threshold
        right = float(correct[kept].mean()) if kept.any() else None
        mark = "chosen" if threshold in chosen else ""
        rows.append([round(threshold, 4), int(kept.sum()), float(kept.mean()), right, mark])
    columns = ("threshold", "records", "coverage", "accuracy of the accepted", "")
    return Table("Sent to a person below a score", columns, rows, _said(correct, accepted, chosen))


def _said(correct: np.ndarray, accepted: np.ndarray, chosen: Sequence[float]) -> str:
    if all(one == 0.0 for one in chosen):
        return "Every text is answered: the threshold is 0 (model.abstain chooses another one)."
    if all(one >= UNATTAINABLE for one in chosen):
        return (
            "Every text is sent to a person: at no threshold were the accepted validation records "
            "as often right as model.abstain asks."
        )
    right = f"{correct[accepted].mean():.1%}" if accepted.any() else "none"
    shown = ", ".join(f"{one:.4f}" for one in chosen)
    return (
        f"Below {shown} a text is sent to a person: {accepted.mean():.1%} of the texts are answered, "
        f"and of these answers {right} are right."
    )


def _calibration(scores: np.ndarray, correct: np.ndarray) -> Table:
    """Whether answers with a score of 0.8 are right eight times of ten."""
    rows: list[list[str | float | None]] = [
        [f"{low:.1f} to {low + 0.1:.1f}", count, score, right]
        for low, count, score, right in reliability(scores, correct)
    ]
    note = f"Expected calibration error {expected_error(scores, correct):.3f}, over ten bins."
    columns = ("score", "records", "mean score", "accuracy")
    return Table("How right answers are by their score", columns, rows, note)

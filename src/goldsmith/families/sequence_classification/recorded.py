"""Labels that any system gave, as a prediction: the inverse of the classifier's own answers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.errors import near
from goldsmith.families.base import Recorded
from goldsmith.families.sequence_classification.runtime import LabelPrediction
from goldsmith.records import LabelledText

NO_LIST = "answers that are no list of labels"
NO_LABEL = "answers whose first item has no `label` (counted as none)"
NO_SCORE = "labels whose `score` is no number from 0 to 1 (read as 1)"
NO_FLAG = "answers whose `abstain` is neither true nor false (read as accepted)"
UNKNOWN = "labels that the goldens do not have (counted as wrong)"

Fault = tuple[str, str]


def read_answer(record: LabelledText, answer: Any, labels: Sequence[str]) -> Recorded:
    """The first of a list of `{label, score, abstain}`; a label alone, as a text, is read too.

    Args:
        record: what was answered.
        answer: the list; None: there is no answer, which is what a person has to decide.
        labels: those that the goldens have.
    """
    faults: list[Fault] = []
    items = [{"label": answer}] if isinstance(answer, str) else answer
    if not isinstance(items, list):
        if items is not None:
            faults.append((NO_LIST, f"{record.id}: {str(answer)[:40]}"))
        items = []
    first: Any = items[0] if items else {}
    label = first.get("label") if isinstance(first, dict) else None
    if not isinstance(label, str) or not label:
        if items:
            faults.append((NO_LABEL, f"{record.id}: {str(first)[:40]}"))
        return Recorded(_prediction("", 0.0, True), tuple(faults))
    if label not in labels:
        faults.append((UNKNOWN, f"{label[:40]} ({near(label, labels)})"))
    score = _score(first.get("score", 1.0), record.id, faults)
    return Recorded(_prediction(label, score, _abstains(first, record.id, faults)), tuple(faults))


def _score(value: Any, name: str, faults: list[Fault]) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0.0 <= value <= 1.0:
        faults.append((NO_SCORE, f"{name}: {str(value)[:40]}"))
        return 1.0
    return float(value)


def _abstains(first: dict[str, Any], name: str, faults: list[Fault]) -> bool:
    value = first.get("abstain", False)
    if not isinstance(value, bool):
        faults.append((NO_FLAG, f"{name}: {str(value)[:40]}"))
        return False
    return value


def _prediction(label: str, score: float, abstain: bool) -> LabelPrediction:
    ranked = ((label, score),) if label else ()
    return LabelPrediction(label, score, abstain, np.zeros(0, dtype=np.float32), ranked)

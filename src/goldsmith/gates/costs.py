"""What mistakes cost: misses and false alarms of each label, weighed by the use case."""

from collections.abc import Iterable, Mapping

import numpy as np

from goldsmith.config.gates import Cost
from goldsmith.errors import near
from goldsmith.families.scores import Scores

COST = "cost.per_100_records"
REST = "*"


def cost_of(costs: Mapping[str, Cost], label: str) -> tuple[float, float]:
    """What a miss and a false alarm of a label cost: its own, else those of `*`, else 1."""
    own, rest = costs.get(label, Cost()), costs.get(REST, Cost())
    return _first(own.miss, rest.miss), _first(own.false_alarm, rest.false_alarm)


def _first(own: float | None, rest: float | None) -> float:
    return own if own is not None else rest if rest is not None else 1.0


def cost_metrics(
    scores: Scores, costs: Mapping[str, Cost], rows: np.ndarray | None = None
) -> dict[str, float]:
    """Mean cost of the mistakes in 100 records, over all records or those of a boolean mask.

    Expected cost under a cost matrix (Elkan 2001), in the unit of `gates.costs`. Empty without
    costs.
    """
    if not costs:
        return {}
    counts = scores.counts if rows is None else scores.counts[rows]
    total = 0.0
    for label, (missed, false) in scores.mistakes(counts.sum(axis=0)).items():
        miss, alarm = cost_of(costs, label)
        total += miss * float(missed) + alarm * float(false)
    return {COST: 100 * total / max(len(counts), 1)}


def unknown_costs(costs: Mapping[str, Cost], labels: Iterable[str]) -> None:
    """Look that every cost is of a label that the data have.

    Raises:
        KeyError: one is not; the message has the near names.
    """
    known = list(labels)
    for label in costs:
        if label != REST and label not in known:
            raise KeyError(f"gates.costs: no label {label!r}: {near(label, known)}")

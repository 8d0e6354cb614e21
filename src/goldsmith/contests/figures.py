"""Metrics with their intervals: overall, by label, by slice."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from goldsmith.families import bootstrap
from goldsmith.families.scores import Scores, split_name

RESAMPLES = 2_000


class Figure(NamedTuple):
    """A metric and its 95 % bootstrap interval over documents."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Figures:
    """What one that answers is worth on some records.

    Attributes:
        overall: every metric that is of no label, by name.
        labels: label -> kind of metric (`f1`) -> figure.
        support: gold mentions by label.
        slices: name -> (records, the primary metric there); slices without a record are left out.
    """

    overall: dict[str, Figure]
    labels: dict[str, dict[str, Figure]]
    support: dict[str, int]
    slices: dict[str, tuple[int, Figure]]

    def names(self) -> list[str]:
        """Of all metrics, as scores call them."""
        own = [f"label:{label}.{kind}" for label, kinds in self.labels.items() for kind in kinds]
        return [*self.overall, *own]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "metrics": {name: one._asdict() for name, one in self.overall.items()},
            "labels": {
                label: {"support": self.support.get(label, 0)}
                | {kind: one._asdict() for kind, one in kinds.items()}
                for label, kinds in self.labels.items()
            },
            "slices": {
                name: {"records": count, **one._asdict()}
                for name, (count, one) in self.slices.items()
            },
        }


def of_scores(scores: Scores, primary: str, seed: int) -> Figures:
    """All figures of scores.

    Args:
        scores: counts by record.
        primary: the metric that slices show.
        seed: of the resampling.
    """
    all_of_them = _figures(scores, seed)
    labels: dict[str, dict[str, Figure]] = {}
    for name, one in all_of_them.items():
        label, kind = split_name(name)
        if label:
            labels.setdefault(label, {})[kind] = one
    slices = {
        name: (int(member.sum()), _figures(scores.only(member), seed)[primary])
        for name, member in scores.slices.items()
        if member.any()
    }
    overall = {name: one for name, one in all_of_them.items() if not split_name(name)[0]}
    return Figures(overall, labels, scores.support(), slices)


def _figures(scores: Scores, seed: int) -> dict[str, Figure]:
    bounds = bootstrap.intervals(scores, RESAMPLES, seed)
    return {name: Figure(value, *bounds[name]) for name, value in scores.metrics().items()}

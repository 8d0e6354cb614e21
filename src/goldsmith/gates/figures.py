"""The figures of a model that gates look at, by name."""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

import numpy as np

from goldsmith.config.gates import Cost
from goldsmith.errors import near
from goldsmith.families.scores import Scores
from goldsmith.gates.costs import cost_metrics
from goldsmith.gates.verdict import Value

LABEL, SLICE = "label:", "slice:"


class Part(Value):
    """Figures on the records of one slice.

    Attributes:
        records: how many.
        metrics: name -> value on them.
        support: their gold mentions by label.
    """

    records: int
    metrics: dict[str, float]
    support: dict[str, int]


class Figures(Value):
    """What the gates look at, for one exported variant.

    Attributes:
        metrics: name -> value on the held-out records.
        reference: the trained model's metrics on the same records.
        support: gold mentions by label on those records; empty where there are no labels.
        records: how many those are.
        slices: figures by named part of those records.
        agreement: share of decisions equal to the trained model's.
        batch_agreement: share of decisions equal in batches of 1 and of 32.
        logit_difference: largest absolute difference of one logit.
        size_mb: size of the file in 10^6 bytes.
        p95_ms: p95 latency in milliseconds by batch size.
    """

    name: str
    sha256: str
    metrics: dict[str, float]
    reference: dict[str, float]
    support: dict[str, int]
    records: int = 0
    slices: dict[str, Part] = {}
    agreement: float
    batch_agreement: float = 1.0
    logit_difference: float
    size_mb: float
    p95_ms: dict[str, float]


class Named(NamedTuple):
    """One figure: its value, what is behind it, and the label or slice that it is of.

    `support` counts gold mentions, or records where a family has no labels: `unit` says which.
    """

    value: float
    support: int
    part: str
    unit: str = "mentions"


def measured(
    scores: Scores, costs: Mapping[str, Cost], rows: np.ndarray | None = None
) -> dict[str, float]:
    """The metrics of scores and, where mistakes have costs, what they cost."""
    return scores.metrics(rows) | cost_metrics(scores, costs, rows)


def slices_of(scores: Scores, costs: Mapping[str, Cost]) -> dict[str, Part]:
    """The figures of every slice of scores."""
    return {
        name: Part(
            records=int(member.sum()),
            metrics=measured(scores, costs, member),
            support=scores.only(member).support(),
        )
        for name, member in scores.slices.items()
    }


def named(figures: Figures) -> dict[str, Named]:
    """Every figure that `gates.metrics` can bound: `micro.f1`, `label:A.f1`, `slice:S.micro.f1`."""
    found = {
        name: Named(value, *_behind(name, figures.support, figures.records, _label(name)))
        for name, value in figures.metrics.items()
    }
    for part, one in figures.slices.items():
        for name, value in one.metrics.items():
            behind = _behind(name, one.support, one.records, part)
            found[f"{SLICE}{part}.{name}"] = Named(value, *behind)
    return found


def metric_names(scores: Scores, costs: Mapping[str, Cost]) -> list[str]:
    """The names of all figures that scores give."""
    names = list(measured(scores, costs))
    return [*names, *(f"{SLICE}{part}.{name}" for part in scores.slices for name in names)]


def metric_bounds(pattern: str, names: Iterable[str]) -> list[str]:
    """The figures that a key of `gates.metrics` bounds; those of slices only if it names a slice.

    Raises:
        KeyError: it bounds none; the message has the near names.
    """
    sliced = pattern.startswith(SLICE)
    known = [name for name in names if name.startswith(SLICE) == sliced]
    found = [name for name in known if name == pattern or fnmatchcase(name, pattern)]
    if not found:
        raise KeyError(f"gates.metrics: no metric {pattern!r}: {near(pattern, known)}")
    return found


def _label(name: str) -> str:
    return name.removeprefix(LABEL).rpartition(".")[0] if name.startswith(LABEL) else ""


def _behind(name: str, support: Mapping[str, int], records: int, part: str) -> tuple[int, str, str]:
    """What is behind a figure, the part that it is of, and what was counted."""
    label = _label(name)
    if label:
        return support.get(label, 0), part, "mentions"
    return (sum(support.values()), part, "mentions") if support else (records, part, "records")

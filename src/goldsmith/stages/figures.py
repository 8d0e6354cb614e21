"""The figures of a report: by label, by slice, and beside the model's yardsticks."""

import re
from collections.abc import Mapping
from pathlib import Path

from goldsmith.config import UseCase
from goldsmith.families import bootstrap
from goldsmith.families.base import Family
from goldsmith.families.scores import Scores, beside, label_kind, split_name
from goldsmith.reporting.data import ConfusedRow, GainRow, LabelRow, SliceRow, YardstickRow
from goldsmith.stages import evaluate

RESAMPLES = 2_000
PICTURED = 25  # labels; a picture of more cannot be read
MOST_CONFUSED = 30


def yardsticks(
    config: UseCase, scores: Scores, figures: Mapping[str, dict[str, float]], folder: Path
) -> tuple[YardstickRow, ...]:
    """What the model is reported beside, in the family's order.

    Args:
        config: the use case.
        scores: of the variant that answers, on the held-out records.
        figures: metrics by name, the model's among them, as evaluate wrote them.
        folder: of evaluate, with the scores of each.
    """
    family = config.model
    assert isinstance(family, Family)
    rows = []
    for name, metrics in figures.items():
        if name != evaluate.MODEL:
            theirs = family.scores.load(folder / evaluate.scores_file(name))
            gain = _gain(config, scores, theirs, family.primary)
            rows.append(YardstickRow(name=name, metrics=metrics, gain=gain))
    return tuple(rows)


def _gain(config: UseCase, ours: Scores, theirs: Scores, metric: str) -> GainRow | None:
    """What the model is better by; None of a single document, which tells nothing."""
    if len(set(ours.documents)) < 2:
        return None
    alpha = config.gates.champion.alpha
    found = bootstrap.paired_bootstrap(ours, theirs, metric, RESAMPLES, config.seed, alpha)
    return GainRow(
        mean=found.mean, low=found.low, high=found.high, better=found.p_value <= alpha
    )  # fmt: skip


def labels(
    scores: Scores, metrics: Mapping[str, float], primary: str, yardstick: YardstickRow | None
) -> tuple[LabelRow, ...]:
    """Every label with its figures, and the yardstick's."""
    kind = label_kind(primary, metrics)
    theirs = yardstick.metrics if yardstick else {}
    found: dict[str, dict[str, float]] = {}
    for name, value in metrics.items():
        label, its_kind = split_name(name)
        if label:
            found.setdefault(label, {})[its_kind] = value
    return tuple(
        LabelRow(
            label=label, support=support, figures=found.get(label, {}),
            yardstick=theirs.get(f"label:{label}.{kind}"),
        )
        for label, support in scores.support().items()
    )  # fmt: skip


def slices(scores: Scores, primary: str) -> tuple[SliceRow, ...]:
    """All records and every named part that has some."""
    rows = []
    parts = sorted(scores.slices.items(), key=lambda part: _by_numbers(part[0]))
    for name, member in [("all", None), *parts]:
        found = scores.metrics(member)
        count = len(scores.ids) if member is None else int(member.sum())
        if count:
            figures = {kind: found[kind] for kind in beside(primary, found)}
            rows.append(SliceRow(name=name, records=count, figures=figures))
    return tuple(rows)


def _by_numbers(name: str) -> list[str | int]:
    """By which 6-10 comes before 11-20."""
    return [int(one) if one.isdecimal() else one for one in re.split(r"(\d+)", name)]


def confused(names: list[str], counts: list[list[int]]) -> tuple[ConfusedRow, ...]:
    """The pairs of labels that were taken for one another, most often first."""
    pairs = [
        ConfusedRow(gold=gold, predicted=guess, count=count, share=count / sum(row))
        for gold, row in zip(names, counts, strict=True)
        for guess, count in zip(names, row, strict=True)
        if count and guess != gold
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair.count)[:MOST_CONFUSED])

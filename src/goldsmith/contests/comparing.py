"""compare: two that answer, on the same records that neither was trained on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from goldsmith.config import UseCase
from goldsmith.contests import figures
from goldsmith.contests.evaluating import Evaluation, Sifted, label_remarks, sift
from goldsmith.contests.figures import RESAMPLES
from goldsmith.contests.sides import Scored, Side, score
from goldsmith.families.bootstrap import Difference, paired_bootstraps
from goldsmith.families.scores import Scores, label_kind, split_name
from goldsmith.stages.contest import TestSet

FlipKind = Literal["right to wrong", "wrong to right", "wrong to otherwise wrong"]
FLIP_KINDS: tuple[FlipKind, ...] = get_args(FlipKind)


class Flip(NamedTuple):
    """A record that the two answer differently, of which one at least is wrong.

    Attributes:
        place: of the record among those that were compared.
        kind: what became of it from the first to the second.
        first, second: wrong decisions of each.
    """

    place: int
    kind: FlipKind
    first: int
    second: int


@dataclass(frozen=True)
class Compared:
    """Two sides on the same records; every difference is the second minus the first.

    Attributes:
        first, second: what each is worth.
        sifted: the records.
        differences: of every overall metric, by name.
        labels: of each label's figure that is looked at first, such as its F1, by label.
        slices: of the primary metric, by slice.
        flips: records that changed, most gained first within the wrong to right, most lost first
            within the others.
        same: records that both answer alike: (right, wrong).
        remarks: what to know, in words.
        label_kind: which of a label's figures that is; empty without labels.
    """

    first: Evaluation
    second: Evaluation
    sifted: Sifted
    primary: str
    alpha: float
    differences: dict[str, Difference]
    labels: dict[str, Difference]
    slices: dict[str, Difference]
    flips: tuple[Flip, ...]
    same: tuple[int, int]
    remarks: tuple[str, ...]
    label_kind: str = ""

    def of_kind(self, kind: FlipKind) -> list[Flip]:
        """The flips of one kind, in their order."""
        return [one for one in self.flips if one.kind == kind]

    @property
    def flip_counts(self) -> dict[FlipKind, int]:
        """How many flips there are of each kind."""
        return {kind: len(self.of_kind(kind)) for kind in FLIP_KINDS}

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        names = [record.id for record in self.sifted.test.records]
        plain = {
            kind: {name: one.model_dump(mode="json") for name, one in found.items()}
            for kind, found in {
                "differences": self.differences, "labels": self.labels, "slices": self.slices
            }.items()
        }  # fmt: skip
        return {
            "primary": self.primary,
            "alpha": self.alpha,
            "first": self.first.as_json(),
            "second": self.second.as_json(),
            **plain,
            "flip_counts": self.flip_counts,
            "flips": [{**one._asdict(), "id": names[one.place]} for one in self.flips],
            "both_right": self.same[0],
            "both_wrong_alike": self.same[1],
            "remarks": list(self.remarks),
        }


def compare(config: UseCase, test: TestSet, sides: tuple[Side, Side]) -> Compared:
    """Score both and compare them record by record.

    Raises:
        DataError: no record to compare on, or recorded answers that are to none of them.
    """
    sifted = sift(test, sides)
    found = [score(side, sifted.test, sifted.left_out) for side in sides]
    first, second = (_evaluation(config, one, sifted) for one in found)
    primary = test.family.primary
    flips, same = find_flips(found[0], found[1], primary)
    return Compared(
        first,
        second,
        sifted,
        primary,
        config.gates.champion.alpha,
        *_differences(config, found[0].scores, found[1].scores, primary),
        flips,
        same,
        (*sifted.remarks, *_remarks(sides, test), *_served(sides)),
        label_kind(primary, first.figures.names()),
    )


def _evaluation(config: UseCase, one: Scored, sifted: Sifted) -> Evaluation:
    primary = sifted.test.family.primary
    return Evaluation(one, sifted, figures.of_scores(one.scores, primary, config.seed), (), ())


Differences = dict[str, Difference]


def _differences(
    config: UseCase, first: Scores, second: Scores, primary: str
) -> tuple[Differences, Differences, Differences]:
    """Overall, by label, by slice; the primary one by as many resamples as promotion takes."""
    rule = config.gates.champion

    def of(one: Scores, other: Scores, names: list[str], resamples: int) -> Differences:
        return paired_bootstraps(other, one, names, resamples, config.seed, rule.alpha)

    columns = list(dict.fromkeys([*first.columns, *second.columns]))
    first, second = first.widened(columns), second.widened(columns)
    names = list(first.metrics())
    found = of(first, second, names, RESAMPLES) | of(first, second, [primary], rule.resamples)
    kind = label_kind(primary, names)
    overall, labels = {}, {}
    for name, change in found.items():
        label, its_kind = split_name(name)
        if not label:
            overall[name] = change
        elif its_kind == kind:
            labels[label] = change
    slices = {
        name: of(first.only(member), second.only(member), [primary], RESAMPLES)[primary]
        for name, member in first.slices.items()
        if member.any()
    }
    return overall, labels, slices


def find_flips(
    first: Scored, second: Scored, primary: str
) -> tuple[tuple[Flip, ...], tuple[int, int]]:
    """The records that changed, and how many did not: (right in both, wrong alike)."""
    wrong = [mistakes(one.scores, primary) for one in (first, second)]
    flips: list[Flip] = []
    right = alike = 0
    for place, (a, b) in enumerate(zip(*(one.tolist() for one in wrong), strict=True)):
        kind = _kind(a, b, _differ(first.predictions[place], second.predictions[place]))
        if kind:
            flips.append(Flip(place, kind, a, b))
        elif a:
            alike += 1
        else:
            right += 1
    flips.sort(key=_urgency)
    return tuple(flips), (right, alike)


def _kind(first: int, second: int, differ: bool) -> FlipKind | None:
    if first and second:
        return "wrong to otherwise wrong" if differ else None
    if first:
        return "wrong to right"
    return "right to wrong" if second else None


def _urgency(one: Flip) -> tuple[int, int, int]:
    """By how much changed: losses by what they lost, gains by what they gained."""
    gain = one.first - one.second
    order = {"right to wrong": 0, "wrong to right": 1, "wrong to otherwise wrong": 2}[one.kind]
    return order, -gain if one.kind == "wrong to right" else gain, one.place


def _differ(first: Any, second: Any) -> bool:
    return list(first.decisions) != list(second.decisions)


def mistakes(scores: Scores, primary: str) -> np.ndarray:
    """(n) wrong decisions of each record; where a family does not count them, 1 for a record whose
    own metric is below 1."""
    by_label = scores.mistakes(scores.counts)
    if by_label:
        found: np.ndarray = sum(
            (miss + false for miss, false in by_label.values()), np.zeros(len(scores.ids), int)
        )
        return found
    return (scores.aggregate(scores.counts)[primary] < 1).astype(int)


def _remarks(sides: Sequence[Side], test: TestSet) -> list[str]:
    """Labels that one has and another has not; the same version twice."""
    first, second = sides
    remarks = [remark for side in sides for remark in label_remarks(side, test)]
    if first.version is not None and second.version is not None:
        if (first.model, first.version) == (second.model, second.version):
            remarks.append(f"{first.name} is compared with itself: every difference is 0")
        for one, other in ((first, second), (second, first)):
            more = sorted(set(one.labels) - set(other.labels))
            if more:
                remarks.append(f"only {one.name} has the labels {', '.join(more[:5])}")
    return remarks


def _served(sides: Sequence[Side]) -> list[str]:
    return [f"{one.name} must not serve: {one.objection}" for one in sides if one.objection]

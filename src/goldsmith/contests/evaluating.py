"""evaluate: one version, or one file of recorded answers, on a set of goldens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from goldsmith import gates
from goldsmith.config import UseCase
from goldsmith.contests import figures
from goldsmith.contests.figures import Figures
from goldsmith.contests.sides import Scored, Side, names_of, score
from goldsmith.errors import DataError, listed
from goldsmith.gates import Gate
from goldsmith.stages.contest import TestSet


@dataclass(frozen=True)
class Sifted:
    """The records of a set that no side was trained on.

    Attributes:
        test: those that are left.
        left_out: ids of the others.
        remarks: what to know about the choice, in words.
    """

    test: TestSet
    left_out: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """What one that answers is worth."""

    scored: Scored
    sifted: Sifted
    figures: Figures
    gates: tuple[Gate, ...]
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "side": self.scored.side.as_json(),
            "records": len(self.sifted.test.records),
            "left_out": len(self.sifted.left_out),
            "documents": len(set(self.scored.scores.documents)),
            "primary": self.sifted.test.family.primary,
            **self.figures.as_json(),
            "gates": [one.model_dump(mode="json") for one in self.gates],
            "notes": [
                {"kind": one.kind, "count": one.count, "named": list(one.named)}
                for one in self.scored.notes
            ],
            "remarks": list(self.remarks),
        }


def sift(test: TestSet, sides: Sequence[Side]) -> Sifted:
    """Leave out the records that a side was trained on, by the hash of their text.

    Raises:
        DataError: there is no record, or none is left.
    """
    if not len(test.records):
        raise DataError(
            "the use case has no test records: with `splits.folds` give it `goldens:`, or name "
            "others with --input"
        )
    known = np.zeros(len(test.records), dtype=bool)
    remarks = []
    for side in sides:
        if side.trained_on is not None:
            seen = test.seen_by(side.trained_on)
            known |= seen
            if seen.any():
                remarks.append(
                    f"{side.name} was trained on {int(seen.sum()):,} of the records: left out"
                )
        elif side.version is not None:
            remarks.append(
                f"{side.name} does not say what it was trained on: nothing is left out for it"
            )
        else:
            remarks.append(f"what {side.name}'s system has seen of the records before is not known")
    if known.all():
        names = listed([side.name for side in sides])
        raise DataError(
            f"{names}: trained on all {len(known):,} records: no one is left to score on"
        )
    if not known.any():
        return Sifted(test, (), tuple(remarks))
    kept, gone = (
        [test.records[int(place)] for place in np.flatnonzero(rows)] for rows in (~known, known)
    )
    left = replace(test, records=kept, keys=test.keys[~known])
    return Sifted(left, tuple(one.id for one in gone), tuple(remarks))


def evaluate(config: UseCase, test: TestSet, side: Side) -> Evaluation:
    """Score a side on a set of records.

    Raises:
        DataError: no record to score on, or recorded answers that are to none of them.
    """
    sifted = sift(test, [side])
    found = score(side, sifted.test, sifted.left_out)
    remarks = [*sifted.remarks, *label_remarks(side, test)]
    if side.objection:
        remarks.append(f"{side.name} must not serve: {side.objection}")
    return Evaluation(
        found,
        sifted,
        figures.of_scores(found.scores, test.family.primary, config.seed),
        tuple(_gates(config, found)),
        tuple(remarks),
    )


def label_remarks(side: Side, test: TestSet) -> list[str]:
    """Labels that only the version or only the goldens have."""
    if side.version is None:
        return []
    goldens = set(names_of(test.family.record.kind, test.labels))
    own = set(side.labels)
    remarks = []
    if goldens - own:
        lacking = listed(sorted(goldens - own))
        remarks.append(f"{side.name} does not know {lacking}: every mention of them is a miss")
    if own - goldens:
        more = listed(sorted(own - goldens))
        remarks.append(
            f"the goldens do not have {more}, which {side.name} may answer: a false alarm"
        )
    return remarks


def _gates(config: UseCase, found: Scored) -> list[Gate]:
    """The absolute bounds on metrics, as information; a bound on what these goldens do not have
    is passed over."""
    scores, costs = found.scores, config.gates.costs
    seen = gates.Figures(
        name="", sha256=found.side.sha256, metrics=gates.measured(scores, costs), reference={},
        support=scores.support(), records=len(scores.ids), slices=gates.slices_of(scores, costs),
        agreement=1.0, logit_difference=0.0, size_mb=0.0, p95_ms={},
    )  # fmt: skip
    names, bounds = gates.metric_names(scores, costs), {}
    for name, bound in config.gates.metrics.items():
        try:
            gates.metric_bounds(name, names)
        except KeyError:
            continue
        bounds[name] = bound
    return gates.metric_gates(seen, config.gates.model_copy(update={"metrics": bounds}))

"""The contest: a challenger and the champion on the same records."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith.artifacts import Artifact
from goldsmith.config import UseCase
from goldsmith.families import base
from goldsmith.families.base import Family, Predictor
from goldsmith.families.scores import Scores
from goldsmith.gates import Comparison, Verdict, champion_gate
from goldsmith.prepared import FINAL, Prepared
from goldsmith.registry import versions
from goldsmith.registry.bundle import open_checked
from goldsmith.registry.promotion import Judge
from goldsmith.registry.versions import Version
from goldsmith.stages import export


@dataclass(frozen=True)
class TestSet:
    """The records that versions of a use case are compared on."""

    family: Family
    records: Any
    labels: list[str]

    @classmethod
    def of(cls, config: UseCase, prepared: Path) -> "TestSet":
        """Of a prepared data set: its test split, with folds the fixed goldens (or nothing)."""
        family = config.model
        assert isinstance(family, Family)
        data = Prepared(prepared)
        return cls(family, data.heldout(FINAL), data.labels)

    def scored(self, predictor: Predictor) -> Scores:
        """A predictor's scores on the records."""
        return self.family.score(self.records, predictor.predict(self.records), self.labels)


def of_run(config: UseCase, made: Mapping[str, Artifact], verdict: Verdict) -> Judge:
    """How the version that a run made is held against a champion."""
    test = TestSet.of(config, made["prepare"].folder)
    exported = made["export"].folder
    if verdict.estimate == "test":
        scores: Scores | None = test.family.scores.load(exported / f"{verdict.chosen}.scores.json")
    elif config.goldens:
        scores = test.scored(base.open(exported / export.MODEL_FOLDER, verdict.chosen))
    else:
        scores = None
    return against(config, test, scores)


def against(config: UseCase, test: TestSet, scores: Scores | None) -> Judge:
    """How scores of a challenger on a test set are held against a champion.

    Args:
        config: the use case.
        test: the records.
        scores: of the challenger; None where no records are left that it was not trained on.
    """

    def compare(champion: Version) -> Comparison:
        if scores is None:
            reason = "estimated by folds and no `goldens:` to compare on: a person decides"
            return Comparison(better=None, reason=reason)
        predictor, _ = open_checked(versions.fetch_bundle(champion))
        gate = champion_gate(
            scores, test.scored(predictor), test.family.primary, config.gates.champion, config.seed
        )
        return Comparison(better=bool(gate.passed), reason=gate.reason, gates=(gate,))

    return compare

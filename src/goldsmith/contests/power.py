"""What a test set can tell apart: the smallest gain of a version that promotion would notice."""

import math

from pydantic import BaseModel, ConfigDict

from goldsmith.config import UseCase
from goldsmith.errors import StoreError, UserError
from goldsmith.families import bootstrap
from goldsmith.families.scores import Scores
from goldsmith.registry import versions
from goldsmith.registry.opening import open_to_compare
from goldsmith.registry.versions import Version
from goldsmith.stages.contest import TestSet, trained_on

ASSUMED_ERRORS = 0.2  # share of mentions that a version gets wrong, where none was measured
RESAMPLES = 5_000
HALF = 4  # errors fall with the root of the number of documents


class Power(BaseModel):
    """What these goldens can detect.

    Attributes:
        metric: the family's primary metric, in points of 1.
        documents, records, mentions: of the test set, as far as it can be judged on.
        version: the champion whose scores the estimate rests on; None: an assumed error rate.
        error: standard error of one version's metric.
        correlation: assumed between two versions over documents.
        alpha, power: of the test that promotion makes, and the share of real gains it must find.
        detectable: smallest gain found with that power.
        documents_for_half: documents like these with which half of it would be found.
        basis: how the variance was estimated, in words.
        notes: what else is to be known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    documents: int
    records: int
    mentions: int
    version: int | None
    error: float
    correlation: float
    alpha: float
    power: float
    detectable: float
    documents_for_half: int
    basis: str
    notes: tuple[str, ...] = ()

    @property
    def more_documents(self) -> int:
        """How many documents more that takes."""
        return self.documents_for_half - self.documents


def estimate(config: UseCase, test: TestSet, correlation: float = bootstrap.CORRELATION) -> Power:
    """What a use case's test records can detect.

    The variance is the champion's own over documents; without a champion that can be asked, that of
    mentions which are right or wrong by themselves, one in five wrong.

    Args:
        config: the use case.
        test: its test records.
        correlation: between two versions' metrics over documents.

    Raises:
        UserError: there are no test records, or no mention in them.
        StoreError: MLflow cannot be reached.
    """
    # With no answer at all: what there is to be found.
    empty = [test.family.recorded(one, None, test.labels).prediction for one in test.records]
    gold = test.family.score(test.records, empty, test.labels)
    if not _targets(gold):
        raise UserError(
            f"{config.name} has no test mentions to compare versions on: with folds, name a fixed "
            "test set (`goldens:`); else look at `goldsmith goldens stats`"
        )
    metric = test.family.primary
    scores, version, basis, spread = gold, None, _assumed(), 0.0
    notes: list[str] = []
    champion = versions.champion(config.model_name)
    if champion is not None:
        try:
            scores, notes = _unseen(test, champion)
            spread = bootstrap.standard_error(scores, metric, RESAMPLES, config.seed)
        except (UserError, StoreError) as error:
            notes = [f"the champion cannot be asked: {error}"]
    if champion is not None and spread > 0:
        version = champion.number
        basis = f"the scores of {config.model_name} version {version}, drawn again by document"
    else:
        spread = math.sqrt(ASSUMED_ERRORS * (1 - ASSUMED_ERRORS) / _targets(scores))
    return _power(config, metric, scores, version, spread, correlation, basis, notes)


def _power(
    config: UseCase,
    metric: str,
    scores: Scores,
    version: int | None,
    spread: float,
    correlation: float,
    basis: str,
    notes: list[str],
) -> Power:
    settings, documents = config.gates.champion, len(set(scores.documents))
    if documents < settings.min_documents:
        notes = [
            *notes,
            f"promotion compares on at least {settings.min_documents} documents "
            "(gates.champion.min_documents): with fewer a person decides",
        ]
    gain = bootstrap.detectable(bootstrap.paired_error(spread, correlation), settings.alpha)
    room = 1 - scores.metrics()[metric] if version is not None else 1.0
    if gain > room:
        notes = [*notes, f"the champion's {metric} leaves room for a gain of {room:.4f} only"]
    return Power(
        metric=metric,
        documents=documents,
        records=len(scores.ids),
        mentions=_targets(scores),
        version=version,
        error=spread,
        correlation=correlation,
        alpha=settings.alpha,
        power=bootstrap.POWER,
        detectable=gain,
        documents_for_half=HALF * documents,
        basis=basis,
        notes=tuple(notes),
    )


def _targets(scores: Scores) -> int:
    """Gold mentions; of a family without labels its records."""
    support = scores.support()
    return sum(support.values()) if support else len(scores.ids)


def _assumed() -> str:
    return f"the number of mentions, {ASSUMED_ERRORS:.0%} of them wrong, each by itself"


def _unseen(test: TestSet, champion: Version) -> tuple[Scores, list[str]]:
    """The champion's scores on the records that it was not trained on.

    Raises:
        UserError: it does not answer, or was trained on all of them.
        StoreError: MLflow cannot give its bundle.
    """
    shown = f"{champion.model} version {champion.number}"
    predictor = open_to_compare(champion).predictor
    seen = trained_on(champion)
    unseen = ~test.seen_by(seen)
    scores = test.scored(predictor).only(unseen)
    if len(set(scores.documents)) < 2:
        raise UserError(f"{shown} was trained on these records")
    if seen is None:
        return scores, [f"{shown} does not say what it was trained on"]
    left_out = int((~unseen).sum())
    return scores, [f"left out {left_out} records that it was trained on"] if left_out else []

"""What the model card says beside the report: intervals, licences, hashes, the use case's own
words."""

from pathlib import Path

from goldsmith.config import UseCase
from goldsmith.families import bootstrap
from goldsmith.families.base import Family
from goldsmith.families.scores import Scores, label_kind
from goldsmith.gates import Verdict
from goldsmith.reporting.card import About

RESAMPLES = 1_000
MOST_INTERVALS = 20  # labels beyond that get none: each is a bootstrap of its own


def about(config: UseCase, verdict: Verdict, exported: Path) -> About:
    """What is known beside the report.

    Args:
        config: the use case.
        verdict: of the model.
        exported: the artifact of export, with the scores of the variant that answers.
    """
    family = config.model
    assert isinstance(family, Family)
    scores = family.scores.load(exported / f"{verdict.chosen}.scores.json")
    return About(
        purpose=config.card.purpose,
        limits=config.card.limits,
        base=str(config.section("model").get("base") or ""),
        base_licence=family.licence(),
        data_licence=config.card.license,
        intervals=_intervals(scores, family.primary, config.seed),
        hashes=_hashes(verdict),
        task=family.task,
    )


def _intervals(scores: Scores, primary: str, seed: int) -> dict[str, tuple[float, float]]:
    known = scores.metrics()
    kind = label_kind(primary, known)
    names = [f"label:{label}.{kind}" for label in scores.support()]
    return {
        name: bootstrap.interval(scores, name, RESAMPLES, seed)
        for name in names[:MOST_INTERVALS]
        if name in known
    }


def _hashes(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    found = [
        ("Data md5", verdict.data_md5),
        ("Goldens md5", verdict.goldens_md5),
        ("Trained weights sha256", verdict.model_sha256),
        *((f"ONNX {one.name} sha256", one.sha256) for one in verdict.variants),
    ]
    return tuple((what, value) for what, value in found if value)

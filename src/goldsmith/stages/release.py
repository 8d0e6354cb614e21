"""register and promote: what only the flow does, after the verdict lies on disk."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from goldsmith import artifacts, storage
from goldsmith.artifacts import Artifact
from goldsmith.config import UseCase
from goldsmith.errors import StoreError
from goldsmith.prepared import FINAL, Prepared
from goldsmith.registry import promotion, registering, versions
from goldsmith.registry.bundle import BUNDLE_FILE
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version
from goldsmith.stages import contest, export, judge, train
from goldsmith.stages import passport as passports
from goldsmith.validation import report as validation


def register(config: UseCase, made: Mapping[str, Artifact], flow_run: str) -> Version:
    """Register the judged model; an equal one that is registered already is returned.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    verdict = judge.read_verdict(made["judge"].folder)
    report = judge.read_report(made["judge"].folder)
    tags = {
        "verdict": "passed" if verdict.passed else "refused",
        "estimate": verdict.estimate,
        "variant": verdict.chosen,
        "data_md5": verdict.data_md5,
        **({"goldens_md5": verdict.goldens_md5} if verdict.goldens_md5 else {}),
        **{
            f"validation.{stage}": validation.tag(validation.read(made[f"validate_{stage}"].folder))
            for stage in ("raw", "prepared")
        },
        "source": "adhoc" if config.adhoc else config.section("source")["kind"],
        "primary": report.primary,
        "primary.value": f"{report.value:.6g}",
        "primary.low": f"{report.interval[0]:.6g}",
        "primary.high": f"{report.interval[1]:.6g}",
    }
    with tempfile.TemporaryDirectory() as scratch:
        seen = Path(scratch) / contest.TRAINED_ON_FILE
        np.save(seen, contest.trained_keys(Prepared(made["prepare"].folder)))
        tags[contest.TRAINED_ON_TAG] = artifacts.file_sha256(seen)
        return registering.register(
            config.model_name,
            made["export"].folder / export.MODEL_FOLDER,
            made["judge"].folder,
            made["train"].folder / FINAL / train.HISTORY_FILE,
            passports.passport(config, made, flow_run),
            report.metrics,
            tags,
            artifacts.digest([config.model_name, made["export"].content, made["judge"].key, tags]),
            files=[seen],
        )


def promote(config: UseCase, made: Mapping[str, Artifact], version: Version) -> Promotion:
    """Compare with the champion on the same records, and move the alias if that was earned.

    Raises:
        StoreError: MLflow cannot be reached or fails; the champion is then as it was.
    """
    verdict = judge.read_verdict(made["judge"].folder)
    against = contest.of_run(config, made, verdict)
    decided = promotion.promote(
        version,
        verdict,
        against,
        adhoc=bool(config.adhoc),
        approval=config.promotion.approval,
    )
    publish(config, version, decided)
    return decided


def publish(config: UseCase, version: Version, decided: Promotion) -> None:
    """Copy the champion's bundle to where the use case says, unless it lies there.

    Raises:
        StoreError: the bucket cannot be reached or refuses.
    """
    target = f"{str(config.publish).rstrip('/')}/{version.model}/{version.number}"
    if config.publish and (decided.outcome in promotion.MOVED or _missing(target, decided)):
        storage.publish(versions.fetch_bundle(version), target, last=BUNDLE_FILE)


def _missing(target: str, decided: Promotion) -> bool:
    """Whether the run that made it champion died before it published it."""
    try:
        return decided.outcome == "champion" and not storage.published(target, BUNDLE_FILE)
    except StoreError:
        return False  # whoever may only write cannot look

"""register and promote: what only the flow does, after the verdict lies on disk."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldsmith import __version__, artifacts, storage, versioning
from goldsmith.artifacts import Artifact
from goldsmith.config import UseCase
from goldsmith.families.base import Family, Predictor
from goldsmith.families.scores import Scores
from goldsmith.prepared import FINAL, Prepared
from goldsmith.registry import promotion, versions
from goldsmith.registry.bundle import BUNDLE_FILE
from goldsmith.registry.promotion import Contest, Promotion
from goldsmith.registry.versions import Version
from goldsmith.stages import export, judge, load, train
from goldsmith.validation import report as validation

LOCK_FILE = "requirements.lock"


def passport(config: UseCase, made: Mapping[str, Artifact], flow_run: str) -> dict[str, Any]:
    """How a version was made, enough to make it again."""
    lock = Path(LOCK_FILE)
    return {
        "use_case": config.name,
        "profile": config.profile,
        "seed": config.seed,
        "goldsmith": __version__,
        "commit": versioning.commit(),
        "data_md5": load.read_facts(made["load"].folder)["md5"],
        "goldens_md5": load.read_facts(made["load"].folder)["goldens_md5"],
        "data_rev": config.data_rev,
        "data": _about(made["raw"]),
        "artifacts": {name: one.key for name, one in made.items()},
        "lock_sha256": artifacts.file_sha256(lock) if lock.is_file() else "",
        "flow_run": flow_run,
        "config": config.model_dump(mode="json"),
    }


def _about(raw: Artifact) -> dict[str, Any]:
    """Where the raw data came from: a path, and a pointer's md5 or a hub's commit."""
    manifest = artifacts.read_manifest(raw.folder)
    return dict(manifest["about"]) if manifest else {}


def register(config: UseCase, made: Mapping[str, Artifact], flow_run: str) -> Version:
    """Register the judged model; an equal one that is registered already is returned.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    verdict = judge.read_verdict(made["judge"].folder)
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
    }
    report = judge.read_report(made["judge"].folder)
    return versions.register(
        config.model_name,
        made["export"].folder / export.MODEL_FOLDER,
        made["judge"].folder,
        made["train"].folder / FINAL / train.HISTORY_FILE,
        passport(config, made, flow_run),
        report.metrics,
        tags,
        artifacts.digest([config.model_name, made["export"].content, made["judge"].key, tags]),
    )


def promote(config: UseCase, made: Mapping[str, Artifact], version: Version) -> Promotion:
    """Compare with the champion on the same records, and move the alias if that was earned.

    Raises:
        StoreError: MLflow cannot be reached or fails; the champion is then as it was.
    """
    verdict = judge.read_verdict(made["judge"].folder)
    contest = _contest(config, made, verdict.estimate, verdict.chosen)
    decided = promotion.promote(
        version, verdict, contest, config.gates.champion, config.seed, bool(config.adhoc)
    )
    if decided.outcome == "promoted" and config.publish:
        target = f"{config.publish.rstrip('/')}/{version.model}/{version.number}"
        storage.publish(versions.fetch_bundle(version), target, last=BUNDLE_FILE)
    return decided


def _contest(config: UseCase, made: Mapping[str, Artifact], estimate: str, chosen: str) -> Contest:
    family = config.model
    assert isinstance(family, Family)
    data = Prepared(made["prepare"].folder)
    # With folds these are the fixed test set, if the use case has one.
    records: Any = data.heldout(FINAL)
    if estimate == "test":
        scores: Scores | None = family.scores.load(made["export"].folder / f"{chosen}.scores.json")
    elif config.goldens:
        from goldsmith.families import base

        model = made["export"].folder / export.MODEL_FOLDER
        scores = family.score(records, base.open(model, chosen).predict(records), data.labels)
    else:
        scores = None

    def rescore(predictor: Predictor) -> Scores:
        return family.score(records, predictor.predict(records), data.labels)

    return Contest(family.primary, scores, rescore)

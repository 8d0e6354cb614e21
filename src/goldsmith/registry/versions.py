"""Versions of a registered model: registering a judged bundle, finding and fetching versions."""

import csv
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldsmith.artifacts import Store, digest
from goldsmith.errors import UserError, listed, near
from goldsmith.registry import bundle as bundles
from goldsmith.registry import store
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities.model_registry import ModelVersion

CHAMPION, CANDIDATE = "champion", "candidate"
IDENTITY_TAG = "goldsmith.identity"


@dataclass(frozen=True)
class Version:
    """One registered version; `new` says whether this call registered it."""

    model: str
    number: int
    run_id: str
    tags: Mapping[str, str]
    aliases: tuple[str, ...]
    new: bool = False


def register(
    model: str,
    export: Path,
    judged: Path,
    history: Path,
    passport: Mapping[str, Any],
    figures: Mapping[str, float],
    tags: Mapping[str, str],
    identity: str,
) -> Version:
    """Register a judged model once: an equal one that is registered already is returned.

    Args:
        model: registered model's name.
        export, judged: folders of the final model's export and of its verdict.
        history: CSV of the training curve.
        passport: how to rebuild it.
        figures: metrics for the run.
        tags: for the version.
        identity: digest of what makes two versions equal.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with Store(Settings().artifacts).lock(f"register-{model}"), store.reaching():
        found = _by_identity(client, model, identity)
        if found:
            return found
        run_id = _log_run(client, passport, figures, history, judged)
        number = _log_bundle(model, run_id, export, judged, passport)
        for name, value in {**tags, IDENTITY_TAG: identity}.items():
            client.set_model_version_tag(model, str(number), name, value)
        return _version(client.get_model_version(model, str(number)), new=True)


def _by_identity(client: "MlflowClient", model: str, identity: str) -> Version | None:
    for found in client.search_model_versions(f"name='{model}'"):
        if found.tags.get(IDENTITY_TAG) == identity:
            return _version(client.get_model_version(model, str(found.version)))
    return None


def _version(found: "ModelVersion", new: bool = False) -> Version:
    return Version(
        found.name,
        int(found.version),
        found.run_id or "",
        dict(found.tags),
        tuple(found.aliases),
        new,
    )


def _log_run(
    client: "MlflowClient",
    passport: Mapping[str, Any],
    figures: Mapping[str, float],
    history: Path,
    judged: Path,
) -> str:
    from mlflow.entities import Metric, Param, RunTag

    experiment = store.experiment_id(client, str(passport["use_case"]))
    run = client.create_run(experiment, run_name=f"{passport['profile']} seed {passport['seed']}")
    now = run.info.start_time
    metrics = [Metric(_metric_name(name), value, now, 0) for name, value in figures.items()]
    with history.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            name = f"train.{row['phase']}.loss".replace("..", ".")
            metrics.append(Metric(name, float(row["loss"]), now, int(row["step"])))
    params = [
        Param(key, str(value)[:500]) for key, value in _flat(passport["config"]["model"]).items()
    ]
    tags = [RunTag("goldsmith.passport", json.dumps(passport)[:5000])]
    for start in range(0, len(metrics), 1000):
        client.log_batch(run.info.run_id, metrics=metrics[start : start + 1000])
    client.log_batch(run.info.run_id, params=params, tags=tags)
    client.log_artifact(run.info.run_id, str(judged / "report.html"))
    client.set_terminated(run.info.run_id)
    return str(run.info.run_id)


def _metric_name(name: str) -> str:
    return name.replace(":", "/")


def _flat(value: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, inner in value.items():
        flat |= (
            _flat(inner, f"{prefix}{key}.")
            if isinstance(inner, dict)
            else {f"{prefix}{key}": inner}
        )
    return flat


def _log_bundle(
    model: str,
    run_id: str,
    export: Path,
    judged: Path,
    passport: Mapping[str, Any],
) -> int:
    import mlflow

    with tempfile.TemporaryDirectory(dir=Settings().home.absolute()) as scratch:
        folder = Path(scratch) / "bundle"
        bundles.build(export, judged, passport, folder)
        with mlflow.start_run(run_id=run_id):
            logged = mlflow.pyfunc.log_model(
                name="bundle",
                python_model=str(Path(__file__).with_name("pyfunc.py")),
                artifacts={"bundle": str(folder)},
                registered_model_name=model,
                pip_requirements=["goldsmith[serve]", "mlflow-skinny"],
            )
    return int(logged.registered_model_version)


def all_versions(model: str) -> list[Version]:
    """All versions, newest first; empty for a model that was never registered."""
    client = store.client()
    with store.reaching():
        found = [_version(one) for one in client.search_model_versions(f"name='{model}'")]
        return [
            _version(client.get_model_version(model, str(one.number)))
            for one in sorted(found, key=lambda one: -one.number)
        ]


def find(model: str, wanted: str = CHAMPION) -> Version:
    """A version by number or alias.

    Raises:
        UserError: there is none; says which there are.
    """
    versions = all_versions(model)
    for one in versions:
        if wanted == str(one.number) or wanted in one.aliases:
            return one
    if not versions:
        raise UserError(
            f"{model} has no version yet: run `goldsmith run {model.partition('.')[0]}` first"
        )
    if wanted == CHAMPION:
        latest = versions[0]
        raise UserError(
            f"{model} has no champion: version {latest.number} was {latest.tags.get('verdict', 'not judged')}; "
            f"see `goldsmith show {model.partition('.')[0]}@{latest.number}`"
        )
    known = [str(one.number) for one in versions] + [
        alias for one in versions for alias in one.aliases
    ]
    raise UserError(
        f"{model} has no version {wanted!r}: {near(wanted, known)}; it has {listed(known)}"
    )


def champion(model: str) -> Version | None:
    """The champion, None if there is none."""
    return next((one for one in all_versions(model) if CHAMPION in one.aliases), None)


def fetch_bundle(version: Version) -> Path:
    """The version's bundle in a local folder, kept for the next time.

    Raises:
        StoreError: MLflow cannot give it.
    """
    import mlflow

    store.client()

    def download(out: Path) -> None:
        uri = f"models:/{version.model}/{version.number}"
        with store.reaching(), tempfile.TemporaryDirectory(dir=out.parent) as scratch:
            found = Path(
                mlflow.artifacts.download_artifacts(f"{uri}/artifacts/bundle", dst_path=scratch)
            )
            shutil.copytree(found, out, dirs_exist_ok=True)

    key = digest([Settings().tracking_uri, version.model, version.number, version.run_id])
    return Store(Settings().artifacts).ensure("bundle", key, download).folder

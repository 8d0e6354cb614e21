"""Registering a judged bundle as a version of a registered model, once."""

import csv
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goldsmith.artifacts import Store
from goldsmith.registry import bundle as bundles
from goldsmith.registry import store
from goldsmith.registry.versions import Version, version_of
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow import MlflowClient

IDENTITY_TAG = "goldsmith.identity"


def register(
    model: str,
    export: Path,
    judged: Path,
    history: Path,
    passport: Mapping[str, Any],
    figures: Mapping[str, float],
    tags: Mapping[str, str],
    identity: str,
    files: Sequence[Path] = (),
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
        files: more files to keep with the version's run.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with Store(Settings().artifacts).lock(f"register-{model}"), store.reaching():
        found = _by_identity(client, model, identity)
        if found:
            return found
        run_id = _log_run(client, passport, figures, history, [judged / "report.html", *files])
        number = _log_bundle(model, run_id, export, judged, passport)
        for name, value in {**tags, IDENTITY_TAG: identity}.items():
            client.set_model_version_tag(model, str(number), name, value)
        return version_of(client.get_model_version(model, str(number)), new=True)


def _by_identity(client: "MlflowClient", model: str, identity: str) -> Version | None:
    for found in client.search_model_versions(f"name='{model}'"):
        if found.tags.get(IDENTITY_TAG) == identity:
            return version_of(client.get_model_version(model, str(found.version)))
    return None


def _log_run(
    client: "MlflowClient",
    passport: Mapping[str, Any],
    figures: Mapping[str, float],
    history: Path,
    files: Sequence[Path],
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
    for file in files:
        client.log_artifact(run.info.run_id, str(file))
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

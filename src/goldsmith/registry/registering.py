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
from goldsmith.registry.creating import by_identity, create_once, ensure_model
from goldsmith.registry.versions import Version
from goldsmith.reporting.data import ReportData
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow import MlflowClient

REPORT_PAGE, REPORT_DATA = "report.html", "report.json"
CURVES = "train."  # before the names of losses by step
DESCRIPTION_CHARACTERS = 5000  # of MLflow's databases


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
        found = by_identity(client, model, identity)
        if found:
            return found
        report = ReportData.model_validate_json((judged / REPORT_DATA).read_text(encoding="utf-8"))
        ensure_model(
            client,
            model,
            f"{report.title}: a model that Goldsmith trains, judges and registers. Alias `champion` is "
            "the version that answers; each version's description is its model card.",
        )
        shown = {**tags, **_findable(passport)}
        run_id = _log_run(client, passport, figures, history, [judged / REPORT_PAGE, *files], shown)
        model_id, anchors = _log_bundle(run_id, export, judged, passport)
        # Tags and card in one call with the version: no kill leaves one without them.
        made = create_once(
            client,
            model,
            f"models:/{model_id}",
            run_id,
            identity,
            {**shown, **anchors},
            _bounded((judged / bundles.CARD_FILE).read_text(encoding="utf-8")),
            model_id,
        )
        # By it MLflow's page of the run links to the version.
        link = [{"name": model, "version": str(made.number)}]
        client.set_logged_model_tags(model_id, {"mlflow.modelVersions": json.dumps(link)})
        return made


def _findable(passport: Mapping[str, Any]) -> dict[str, str]:
    """The tags by which a person finds a version in MLflow's pages, beside the caller's own."""
    found = {
        "commit": passport["commit"],
        "seed": passport["seed"],
        "base": passport["base"]["name"],
    }
    return {name: str(value) for name, value in found.items() if value not in (None, "")}


def _bounded(card: str) -> str:
    """As much of a card as MLflow keeps of a description."""
    if len(card) <= DESCRIPTION_CHARACTERS:
        return card
    tail = f"\n\n... the rest is in the version's {bundles.CARD_FILE}\n"
    kept = card[: DESCRIPTION_CHARACTERS - len(tail)]
    return kept.rpartition("\n")[0] + tail


def _log_run(
    client: "MlflowClient",
    passport: Mapping[str, Any],
    figures: Mapping[str, float],
    history: Path,
    files: Sequence[Path],
    tags: Mapping[str, str],
) -> str:
    from mlflow.entities import Metric, Param, RunTag

    experiment = store.experiment_id(client, str(passport["use_case"]))
    run = client.create_run(experiment, run_name=f"{passport['profile']} seed {passport['seed']}")
    now = run.info.start_time
    metrics = [Metric(metric_name(name), value, now, 0) for name, value in figures.items()]
    with history.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            name = f"{CURVES}{row['phase']}.loss".replace("..", ".")
            metrics.append(Metric(name, float(row["loss"]), now, int(row["step"])))
    params = [
        Param(key, str(value)[:500]) for key, value in _flat(passport["config"]["model"]).items()
    ]
    shown = [RunTag(key, value) for key, value in tags.items()]
    for start in range(0, len(metrics), 1000):
        client.log_batch(run.info.run_id, metrics=metrics[start : start + 1000])
    client.log_batch(run.info.run_id, params=params, tags=shown)
    for file in files:
        client.log_artifact(run.info.run_id, str(file))
    client.set_terminated(run.info.run_id)
    return str(run.info.run_id)


def metric_name(name: str) -> str:
    """A figure's name in MLflow, which takes no colon."""
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
    run_id: str,
    export: Path,
    judged: Path,
    passport: Mapping[str, Any],
) -> tuple[str, dict[str, str]]:
    """Log the bundle as a model of MLflow's; returns its id there and the tags that hold it."""
    import mlflow

    with tempfile.TemporaryDirectory(dir=Settings().home.absolute()) as scratch:
        folder = Path(scratch) / "bundle"
        bundles.build(export, judged, passport, folder)
        with mlflow.start_run(run_id=run_id):
            logged = mlflow.pyfunc.log_model(
                name="bundle",
                python_model=str(Path(__file__).with_name("pyfunc.py")),
                artifacts={"bundle": str(folder)},
                pip_requirements=["goldsmith[serve]", "mlflow-skinny"],
                model_config={"without_verdict": False},  # what is not here cannot be set later
            )
        return str(logged.model_id), bundles.anchors(folder)

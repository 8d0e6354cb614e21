"""Registering judged results of a system that is not ours as a version, once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldsmith.artifacts import Store, file_sha256
from goldsmith.errors import DataError
from goldsmith.gates import Verdict
from goldsmith.registry import store
from goldsmith.registry.bundle import VERDICT_FILE, read_verdict
from goldsmith.registry.creating import by_identity, create_once, ensure_model
from goldsmith.registry.files import fetch_file
from goldsmith.registry.registering import metric_name
from goldsmith.registry.versions import Version
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow import MlflowClient


RESULTS_FILE = "records.parquet"


def looked_at(version: Version) -> tuple[str, Verdict | None]:
    """Why judged results must not be accepted, in words (empty: they may), and their verdict if any.

    Raises:
        StoreError: MLflow cannot be reached or fails: then nobody knows.
    """
    found, results = (fetch_file(version, name) for name in (VERDICT_FILE, RESULTS_FILE))
    if found is None or results is None:
        lost = VERDICT_FILE if found is None else RESULTS_FILE
        return f"MLflow's store has no {lost} of it", None
    try:
        verdict = read_verdict(found.parent)
    except DataError as error:
        return str(error), None
    if file_sha256(results) != verdict.model_sha256:
        return f"{RESULTS_FILE} was changed since it was judged", verdict
    if not verdict.passed:
        failed = verdict.failed[0].reason if verdict.failed else "not every gate"
        return f"it has no passing verdict: {failed}", verdict
    return "", verdict


def register(
    model: str,
    title: str,
    use_case: str,
    files: Sequence[Path],
    figures: Mapping[str, float],
    tags: Mapping[str, str],
    identity: str,
) -> Version:
    """Register results once: equal ones that are registered already are returned.

    Args:
        model: registered model's name.
        title: of the use case.
        use_case: whose experiment the run is in.
        files: what is kept with the version's run: results, scores, verdict, report.
        figures: metrics for the run.
        tags: for the version.
        identity: digest of what makes two versions equal.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    with Store(Settings().artifacts).lock(f"register-{model}"), store.reaching():
        found = by_identity(client, model, identity)
        if found:
            return found
        ensure_model(
            client,
            model,
            f"{title}: results of a system that is not Goldsmith's, judged against goldens. Alias "
            "`accepted` is the version that later results are held against.",
        )
        run_id = _log_run(client, use_case, files, figures, tags)
        uri = client.get_run(run_id).info.artifact_uri
        return create_once(client, model, uri, run_id, identity, tags)


def _log_run(
    client: "MlflowClient",
    use_case: str,
    files: Sequence[Path],
    figures: Mapping[str, float],
    tags: Mapping[str, str],
) -> str:
    from mlflow.entities import Metric, RunTag

    run = client.create_run(store.experiment_id(client, use_case), run_name="results")
    now = run.info.start_time
    metrics = [Metric(metric_name(name), value, now, 0) for name, value in figures.items()]
    for start in range(0, len(metrics), 1000):
        client.log_batch(run.info.run_id, metrics=metrics[start : start + 1000])
    client.log_batch(run.info.run_id, tags=[RunTag(name, value) for name, value in tags.items()])
    for file in files:
        client.log_artifact(run.info.run_id, str(file))
    client.set_terminated(run.info.run_id)
    return str(run.info.run_id)

"""What MLflow stores of a version, fetched anew: for checking, never from a copy kept here."""

import json
import tempfile
from pathlib import Path
from typing import Any

from goldsmith.artifacts import Artifact, Store
from goldsmith.registry import store
from goldsmith.registry.bundle import PASSPORT_FILE
from goldsmith.registry.registering import CURVES
from goldsmith.registry.versions import Version, bundle_key
from goldsmith.settings import Settings


def file(version: Version, name: str, out: Path) -> Path | None:
    """A file of the version's run, downloaded into a folder; None if it is not there.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    client = store.client()
    folder = name.rpartition("/")[0] or None
    with store.reaching():
        if name not in {item.path for item in client.list_artifacts(version.run_id, folder)}:
            return None
        return Path(client.download_artifacts(version.run_id, name, str(out)))


def passport(version: Version) -> dict[str, Any] | None:
    """The version's passport, fetched alone; None where MLflow has none that can be read.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    import mlflow
    from mlflow.exceptions import MlflowException

    store.client()
    uri = f"models:/{version.model}/{version.number}/artifacts/bundle/{PASSPORT_FILE}"
    with store.reaching(), tempfile.TemporaryDirectory() as scratch:
        try:
            file = Path(mlflow.artifacts.download_artifacts(uri, dst_path=scratch))
            found = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        except MlflowException:
            beside = mlflow.artifacts.list_artifacts(artifact_uri=uri.rpartition("/")[0])
            if any(Path(one.path).name == PASSPORT_FILE for one in beside):
                raise
            return None
    return found if isinstance(found, dict) else None


def results_passport(version: Version) -> dict[str, Any] | None:
    """The passport of judged results, which have no bundle; None where there is none to be read.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    with tempfile.TemporaryDirectory() as scratch:
        path = file(version, PASSPORT_FILE, Path(scratch))
        try:
            found = json.loads(path.read_text(encoding="utf-8")) if path else None
        except (OSError, ValueError):
            return None
    return found if isinstance(found, dict) else None


def kept_bundle(version: Version) -> Artifact | None:
    """The copy of the version's bundle that this machine answers from; None before the first."""
    return Store(Settings().artifacts).find("bundle", bundle_key(version))


def figures(version: Version) -> dict[str, float]:
    """The figures that were logged with the version, without the curves of its training.

    Names are as `registering.metric_name` writes them. Empty where MLflow has its run no more.

    Raises:
        StoreError: MLflow cannot be reached or fails.
    """
    from mlflow.exceptions import MlflowException

    client = store.client()
    with store.reaching():
        try:
            found: dict[str, float] = client.get_run(version.run_id).data.metrics
        except MlflowException as error:
            if error.error_code == "RESOURCE_DOES_NOT_EXIST":
                return {}
            raise
    return {name: value for name, value in found.items() if not name.startswith(CURVES)}

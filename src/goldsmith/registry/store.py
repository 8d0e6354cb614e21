"""The connection to MLflow: checked without importing it, opened once."""

import contextlib
import logging
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from goldsmith.errors import StoreError
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow import MlflowClient

TIMEOUT_SECONDS = 5.0
PORTS = {"http": 80, "https": 443, "postgresql": 5432, "mysql": 3306}


def check(uri: str | None = None) -> None:
    """Refuse an MLflow store that cannot be reached, before any work starts.

    Raises:
        StoreError: nothing listens there, or the SQLite file's folder cannot be written.
    """
    uri = uri or Settings().tracking_uri
    parts = urlsplit(uri)
    scheme = parts.scheme.partition("+")[0]
    if scheme == "sqlite":
        _check_folder(Path(uri.partition("///")[2]).parent, uri)
    elif scheme in PORTS:
        port = parts.port or PORTS[scheme]
        try:
            socket.create_connection((parts.hostname or "localhost", port), TIMEOUT_SECONDS).close()
        except OSError as error:
            raise StoreError(
                f"MLflow's store {_without_password(uri)} cannot be reached: {error.strerror or error}; start it, "
                "or set MLFLOW_TRACKING_URI (unset it for SQLite in GOLDSMITH_HOME)"
            ) from None


def _check_folder(folder: Path, uri: str) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StoreError(
            f"MLflow's store {uri}: {folder} cannot be written: {error.strerror}; set GOLDSMITH_HOME "
            "(or MLFLOW_TRACKING_URI) to a place that can be written"
        ) from None


def _without_password(uri: str) -> str:
    password = urlsplit(uri).password
    return uri.replace(f":{password}@", ":***@") if password else uri


def client() -> "MlflowClient":
    """MLflow's client on our store; a new SQLite store is made in the home."""
    uri = Settings().tracking_uri
    check(uri)
    _quieten()
    import mlflow

    mlflow.set_tracking_uri(uri)
    mlflow.set_registry_uri(uri)
    return mlflow.MlflowClient(uri, uri)


def experiment_id(found: "MlflowClient", name: str) -> str:
    """The experiment of a use case, made on first use; artifacts of a local store lie beside it."""
    from mlflow.exceptions import MlflowException

    existing = found.get_experiment_by_name(name)
    if existing is not None:
        return str(existing.experiment_id)
    uri = Settings().tracking_uri
    folder = (
        Path(uri.partition("///")[2]).parent / "artifacts" if uri.startswith("sqlite") else None
    )
    location = (folder / name).as_uri() if folder else None
    try:
        return str(found.create_experiment(name, artifact_location=location))
    except MlflowException:
        existing = found.get_experiment_by_name(name)  # another process was faster
        if existing is None:
            raise
        return str(existing.experiment_id)


@contextlib.contextmanager
def reaching() -> Iterator[None]:
    """Turn MLflow's failures into a StoreError."""
    from mlflow.exceptions import MlflowException

    try:
        yield
    except MlflowException as error:
        uri = _without_password(Settings().tracking_uri)
        raise StoreError(f"MLflow's store {uri} failed: {str(error)[:300]}") from error


def _quieten() -> None:
    for name in ("mlflow", "alembic", "mlflow.store.db.utils"):
        logging.getLogger(name).setLevel(logging.ERROR)

"""The connection to MLflow: checked without importing it, opened once."""

import contextlib
import fcntl
import logging
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from goldsmith.errors import StoreError
from goldsmith.settings import Settings

if TYPE_CHECKING:
    from mlflow import MlflowClient

TIMEOUT_SECONDS = 5.0
PORTS = {"http": 80, "https": 443, "postgresql": 5432, "mysql": 3306}
TRIES = 5

Made = TypeVar("Made")


def check(uri: str | None = None) -> None:
    """Refuse an MLflow store that cannot be reached, before any work starts.

    Raises:
        StoreError: nothing listens there, the SQLite file's folder cannot be written, or it is a
            store of plain files.
    """
    uri = uri or Settings().tracking_uri
    parts = urlsplit(uri)
    scheme = parts.scheme.partition("+")[0]
    if scheme in ("", "file"):
        raise StoreError(
            f"MLflow's store {uri} is a folder of plain files, where two runs at once can both "
            "write what may be written once: no champion is safe there. Set MLFLOW_TRACKING_URI to "
            "sqlite:///FILE, postgresql://... or a server's http://... (unset: SQLite in GOLDSMITH_HOME)"
        )
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
        tempfile.TemporaryFile(dir=folder).close()  # of its own name: others probe at the same time
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

    if uri.startswith("sqlite"):
        _make_once(Path(uri.partition("///")[2]))
    mlflow.set_tracking_uri(uri)
    mlflow.set_registry_uri(uri)
    return mlflow.MlflowClient(uri, uri)


def _make_once(path: Path) -> None:
    """Make a new SQLite store whole, beside its place, and put it there.

    MLflow builds its tables in dozens of steps that SQLite does not take back: of two processes
    that begin at once one fails, and one that is killed on the way leaves a store that no later
    one can finish.
    """
    if path.exists():
        return
    from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

    with path.with_name(f"{path.name}.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        if path.exists():
            return
        partial = path.with_name(f".{path.name}.partial")
        for left in path.parent.glob(f"{partial.name}*"):
            left.unlink()
        made = SqlAlchemyStore(f"sqlite:///{partial}", artifact_location("Default"))
        made.engine.dispose()
        partial.replace(path)


def experiment_id(found: "MlflowClient", name: str) -> str:
    """The experiment of a use case, made on first use; artifacts of a local store lie beside it."""
    from mlflow.exceptions import MlflowException

    existing = found.get_experiment_by_name(name)
    if existing is not None:
        return str(existing.experiment_id)
    try:
        return str(found.create_experiment(name, artifact_location=artifact_location(name)))
    except MlflowException:
        existing = found.get_experiment_by_name(name)  # another process was faster
        if existing is None:
            raise
        return str(existing.experiment_id)


def artifact_location(experiment: str) -> str | None:
    """Where a new experiment's artifacts lie: beside a SQLite store, with another database in the
    home (MLflow's own choice is the working directory), else where the server says."""
    uri = Settings().tracking_uri
    if uri.startswith("http"):
        return None
    sqlite = uri.startswith("sqlite")
    folder = Path(uri.partition("///")[2]).parent if sqlite else Settings().home / "mlflow"
    return (folder.absolute() / "artifacts" / experiment).as_uri()


def again(change: Callable[[], Made]) -> Made:
    """Make a change that may be made twice.

    Of two that set one tag or alias at once, the database refuses one; it succeeds the next time.
    """
    from mlflow.exceptions import MlflowException

    for _ in range(TRIES - 1):
        try:
            return change()
        except MlflowException as error:
            if error.error_code not in ("BAD_REQUEST", "TEMPORARILY_UNAVAILABLE"):
                raise
    return change()


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

"""The three stores that a race is run on."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from tests import mlflow_server, postgres

NAMES = ("sqlite", "postgresql", "server")


@contextlib.contextmanager
def running(name: str, place: Path) -> Iterator[dict[str, str]]:
    """The environment variables that name a new, empty store of this kind."""
    variables = own(place)
    if name == "sqlite":
        yield {**variables, "MLFLOW_TRACKING_URI": ""}
    elif name == "postgresql":
        with postgres.running() as server:
            yield {**variables, **on_postgres(server, "races")}
    else:
        with mlflow_server.running(place / "server", workers=2) as url:
            yield {**variables, "MLFLOW_TRACKING_URI": url}


def own(place: Path) -> dict[str, str]:
    """The variables for a home in a folder."""
    (place / "home").mkdir(parents=True)
    return {"GOLDSMITH_HOME": str(place / "home"), "OMP_NUM_THREADS": "1"}


def on_postgres(server: str, database: str) -> dict[str, str]:
    """The variables for a new database of a server that runs."""
    return {"MLFLOW_TRACKING_URI": postgres.new_database(server, database)}

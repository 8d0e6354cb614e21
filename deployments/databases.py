"""Where the stack's servers keep their state: SQLite in the home, or databases of a PostgreSQL."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from goldsmith.errors import StoreError, UserError

NAMES = ("goldsmith_prefect", "goldsmith_mlflow")  # both keep their schema's version in one table


class Databases(NamedTuple):
    """Environment variables that name the databases; on a command line everyone could read them."""

    for_prefect: Mapping[str, str]
    for_mlflow: Mapping[str, str]


def sqlite(home: Path) -> Databases:
    """Files in the home, where runs without a stack keep theirs too."""
    folder = home / "mlflow"
    folder.mkdir(parents=True, exist_ok=True)
    return Databases({}, {"MLFLOW_BACKEND_STORE_URI": f"sqlite:///{folder}/mlflow.db"})


def postgres(url: str) -> Databases:
    """Two databases on a PostgreSQL server, made where they lack.

    Args:
        url: `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`; the database is only connected to.

    Raises:
        UserError: no such URL.
        StoreError: the server cannot be reached, or the user may not make databases.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.hostname:
        raise UserError(
            "--postgres wants postgresql://USER:PASSWORD@HOST:PORT/DATABASE"
            f"; {parts.scheme or 'this'} is none"
        )
    _make(url)
    place = f"{parts.netloc}"
    prefect, mlflow = (f"{place}/{name}" for name in NAMES)
    return Databases(
        {"PREFECT_API_DATABASE_CONNECTION_URL": f"postgresql+asyncpg://{prefect}"},
        {"MLFLOW_BACKEND_STORE_URI": f"postgresql+psycopg2://{mlflow}"},
    )


def _make(url: str) -> None:
    import psycopg2
    from psycopg2 import errors

    parts = urlsplit(url)
    where = f"{parts.hostname}:{parts.port or 5432}"
    database = parts.path.strip("/") or "postgres"
    try:
        connection = psycopg2.connect(f"postgresql://{parts.netloc}/{database}")
    except psycopg2.OperationalError as error:
        reason = str(error).strip().splitlines()[-1].replace(parts.password or "\0", "***")
        raise StoreError(f"PostgreSQL at {where} cannot be reached: {reason}") from None
    connection.autocommit = True
    try:
        for name in NAMES:
            try:
                connection.cursor().execute(f'CREATE DATABASE "{name}"')
            except errors.DuplicateDatabase:
                continue
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise StoreError(
            f"PostgreSQL at {where}: {reason}; make the databases {' and '.join(NAMES)} for this user"
        ) from None
    finally:
        connection.close()

"""Connections that only read: from the URL in an environment variable to a transaction."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, NullPool, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from goldsmith.errors import ConfigError, near

CONNECT_SECONDS = 10
SILENT_SECONDS = 900  # without a byte, after which MariaDB counts as gone
EXAMPLE = "postgresql://USER:PASSWORD@HOST/DATABASE"
DRIVERS = {
    "postgresql": "postgresql+psycopg2",
    "postgres": "postgresql+psycopg2",
    "mariadb": "mariadb+pymysql",
    "mysql": "mysql+pymysql",
    "sqlite": "sqlite",
}


def address(variable: str) -> URL:
    """The URL that an environment variable holds, with the driver that we bring.

    Raises:
        ConfigError: it is not set, holds no URL, or that of an unknown kind of database.
    """
    given = os.environ.get(variable, "").strip()
    if not given:
        raise ConfigError(
            f"source.url_env: {variable} is not set: put the database's URL into it, such as "
            f"{EXAMPLE}, where the run works"
        )
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        url = None
    if url is None:
        raise ConfigError(
            f"source.url_env: what {variable} holds is no URL (it is not shown): write it as {EXAMPLE}, "
            "with signs such as @ / : in a password as %40 %2F %3A"
        )
    kind = url.drivername.partition("+")[0]
    if kind not in DRIVERS:
        raise ConfigError(
            f"source.url_env: {variable} names an unknown kind of database: "
            f"{near('', [name for name in DRIVERS if name != 'postgres'])}"
        )
    return url.set(drivername=DRIVERS[kind])


@contextmanager
def connected(url: URL) -> Iterator[Connection]:
    """A transaction that sees one state of the database and can change nothing.

    Raises:
        ConfigError: no driver, or no such file.
        SQLAlchemyError: the database cannot be reached, or refuses.
    """
    kind = url.get_backend_name()
    options = _OPTIONS[kind](url)
    try:
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True, **options)
    except ModuleNotFoundError:
        engine = None
    if engine is None:
        raise ConfigError(f"no driver for {kind} is installed: pip install 'goldsmith[sql]'")
    try:
        with engine.connect() as connection:
            if kind in ("mariadb", "mysql"):
                connection.exec_driver_sql("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
            yield connection
    finally:
        engine.dispose()


def _postgresql(url: URL) -> dict[str, Any]:
    return {
        "isolation_level": "REPEATABLE READ",
        "execution_options": {"postgresql_readonly": True},
        "connect_args": {
            "connect_timeout": CONNECT_SECONDS,
            "keepalives_idle": 60,
            "client_encoding": "utf8",
        },
    }


def _mariadb(url: URL) -> dict[str, Any]:
    return {
        "isolation_level": "REPEATABLE READ",
        "connect_args": {
            "connect_timeout": CONNECT_SECONDS,
            "read_timeout": SILENT_SECONDS,
            "password": str(url.password or "").encode(),  # else the driver takes Latin-1
        },
    }


def _sqlite(url: URL) -> dict[str, Any]:
    """SQLite would make a file that is not there."""
    file = Path(url.database or "")
    if not file.is_file():
        raise ConfigError(f"source.url_env: there is no SQLite file {file}")
    place = f"{file.absolute().as_uri()}?mode=ro"
    return {"creator": lambda: sqlite3.connect(place, uri=True)}


_OPTIONS: dict[str, Callable[[URL], dict[str, Any]]] = {
    "postgresql": _postgresql,
    "mariadb": _mariadb,
    "mysql": _mariadb,
    "sqlite": _sqlite,
}

"""What a database refuses, in words: which mistake is the user's, and which failure may pass.

Of a failed connection nothing of the driver's own words is shown: they quote the URL. Of a refused
query they are, without anything of the URL.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, quote_plus

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from goldsmith.errors import ConfigError, DataError, GoldsmithError, StoreError
from goldsmith.sources.sql import SqlSource

LONGEST = 300
# SQLSTATE of PostgreSQL, numbers of MariaDB and MySQL, names of SQLite's result codes.
LOGIN = ("28P01", "28000", 1045, 1698, 1251, 2059)
DATABASE = ("3D000", 1049, 1044)
RIGHTS = ("42501", 1142, 1143, 1227, 1370)
WRITES = ("25006", 1792, 1290, "SQLITE_READONLY")
QUERY = (1054, 1146, 1064, 1060, 1052, 1248, 1305, "SQLITE_ERROR")
FILE = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_CANTOPEN")
# PostgreSQL's client library gives no SQLSTATE for a connection that was refused.
_LOGIN = re.compile(
    r"password authentication failed|no password supplied|role .* does not exist|"
    r"no pg_hba\.conf entry|(?:peer|ident) authentication failed|not permitted to log in",
    re.IGNORECASE,
)
_DATABASE = re.compile(r'database ".*" does not exist')


@dataclass
class Progress:
    """How far a reading came.

    Attributes:
        reached: whether the server let us in.
        rows: that were read.
    """

    reached: bool = False
    rows: int = 0


def in_words(error: Exception, url: URL, source: SqlSource, progress: Progress) -> GoldsmithError:
    """The error to raise for one of SQLAlchemy's or a driver's."""
    name = source.url_env
    if isinstance(error, UnicodeDecodeError):
        return DataError(
            f"{source.path}: row {progress.rows + 1:,} holds bytes that are not UTF-8: mend them in the "
            "table"
        )
    cause: Any = error.orig if isinstance(error, DBAPIError) else error
    code, text = _code(cause), _text(cause)
    if code in LOGIN or (not progress.reached and _LOGIN.search(text)):
        return ConfigError(
            f"the database of {name} refuses the user or the password: check both in {name} (signs such "
            "as @ / : are written %40 %2F %3A), and that the server lets this machine in"
        )
    if code in DATABASE or (not progress.reached and _DATABASE.search(text)):
        return ConfigError(
            f"the server of {name} has no such database, or the user may not use it: check what follows "
            f"the last / in {name}"
        )
    if code in FILE:
        return ConfigError(f"source.url_env: {name} names a file that is no sound SQLite database")
    said = _without_secrets(text, url)
    if code in RIGHTS:
        return ConfigError(f"{source.path}: not allowed ({said}): grant the user SELECT on it")
    if code in WRITES:
        return ConfigError(
            f"{source.path}: it writes, and a source only reads ({said}): nothing was changed"
        )
    if code in QUERY or (isinstance(code, str) and re.fullmatch(r"42\w{3}", code)):
        return ConfigError(f"{source.path}: the database refuses the query: {said}")
    if isinstance(code, str) and re.fullmatch(r"22\w{3}", code):
        return DataError(f"{source.path}: row {progress.rows + 1:,}: {said}")
    return _away(source, progress)


def _away(source: SqlSource, progress: Progress) -> StoreError:
    name = source.url_env
    if not progress.reached:
        return StoreError(
            f"the database of {name} cannot be reached: check that its server runs, and host and port "
            f"in {name}"
        )
    return StoreError(
        f"the database of {name} went away while {source.shown} was read, after {progress.rows:,} rows: "
        "nothing of it is kept; run again when its server is back"
    )


def _code(cause: Any) -> str | int | None:
    """What the database says the fault is."""
    for name in ("pgcode", "sqlite_errorname"):
        if found := getattr(cause, name, None):
            return str(found)
    first = cause.args[0] if getattr(cause, "args", ()) else None
    return first if isinstance(first, int) else None


def _text(cause: Any) -> str:
    """The database's own sentence, without the statement that it answers."""
    primary = getattr(getattr(cause, "diag", None), "message_primary", None)
    texts = [one for one in getattr(cause, "args", ()) if isinstance(one, str)]
    return str(primary or (texts[-1] if texts else type(cause).__name__)).strip()


def _without_secrets(text: str, url: URL) -> str:
    """A sentence without password, or whatever else of the URL a driver may quote."""
    secrets = {url.render_as_string(hide_password=False)}
    if password := url.password:
        secrets |= {str(password), quote(str(password), safe=""), quote_plus(str(password))}
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return " ".join(text.split())[:LONGEST]

"""Goldens in a table of a database, or in what a query of it gives: PostgreSQL, MariaDB, SQLite.

The use case names the environment variable that holds the database's URL. User and password stand
in that variable alone: in no file, log, parameter or message.
"""

import re
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from goldsmith.sources import AnyReader, Report, Source

ROWS_FILE = "rows.jsonl"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_COMMENTS = re.compile(r"--[^\n]*\n|/\*.*?\*/", re.DOTALL)
_READS = re.compile(r"\s*(?:\(\s*)*(?:select|with|values|table)\b", re.IGNORECASE)
_SECRETS = ("url", "uri", "dsn", "user", "username", "password", "host")


class SqlSource(Source):
    """Rows of a table or a query, read in one read-only transaction, in an order that is theirs."""

    kind: Literal["sql"] = Field(description="sql")
    url_env: str = Field(
        description="Name of the environment variable that holds the database's URL, such as "
        "`postgresql://USER:PASSWORD@HOST/DATABASE`; also `mariadb:`, `mysql:`, `sqlite:`."
    )
    table: str | None = Field(
        None, min_length=1, description="Table or view, `schema.table` in another schema."
    )
    query: str | None = Field(
        None, min_length=1, description="One SELECT in the table's place; needs `order_by`."
    )
    order_by: tuple[str, ...] = Field(
        (),
        description="Columns that together are unique: equal rows then have equal bytes. Empty: "
        "the table's primary key.",
    )
    reader: AnyReader = Field(
        description="How rows become records: `{format: texts, columns: {...}}`. Only the columns "
        "that it names are read."
    )

    @model_validator(mode="before")
    @classmethod
    def _no_credentials(cls, value: Any) -> Any:
        # Before the fields' own checks: their messages quote what was given.
        given = value if isinstance(value, dict) else {}
        for key in _SECRETS:
            if key in given:
                raise ValueError(
                    f"a use case holds no {key} of a database: put the whole URL into an environment "
                    "variable, and its name into url_env"
                )
        name = given.get("url_env", "NAME")
        if not isinstance(name, str) or not _VARIABLE.fullmatch(name):
            raise ValueError(
                "url_env is the name of an environment variable, such as MAILS_DATABASE, and what was "
                "given is none (not shown: it may hold a password). The URL itself belongs into that "
                "variable"
            )
        return value

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.table is None) == (self.query is None):
            raise ValueError("name a table or a query, one of them")
        if self.query is not None:
            if not _READS.match(_COMMENTS.sub(" ", f"{self.query}\n")):
                raise ValueError("query: one SELECT is needed: a source only reads")
            if not self.order_by:
                raise ValueError(
                    "a query needs order_by: columns of it that together are unique, else the same "
                    "rows may come in another order each time"
                )
        if ".jsonl" not in getattr(self.reader, "suffixes", ()):
            raise ValueError(f"reader: format {self.reader.format} reads no rows of a table")
        return self

    @property
    def path(self) -> str:
        """What messages call the place."""
        return f"{self.shown} of ${self.url_env}"

    @property
    def shown(self) -> str:
        """The table's name, or `source.query`."""
        return self.table or "source.query"

    @property
    def location(self) -> Path:
        """What messages call the rows' folder."""
        return Path(self.shown)

    @property
    def remote(self) -> bool:
        """Always."""
        return True

    @property
    def without_revisions(self) -> str:
        """A table has no revisions."""
        return (
            f"{self.path} is in a database, which has no revisions in git: the rows of each run are "
            "kept in its snapshot"
        )

    def fetch(self, out: Path, report: Report) -> None:
        """Write the rows as JSON lines.

        Raises:
            ConfigError: the variable is not set, or the database refuses user, table or query.
            DataError: no rows, no such table or column, or values that no record holds.
            StoreError: the server is away, or goes away meanwhile.
        """
        from goldsmith.sources.sql import reading

        count = reading.copy(self, out / ROWS_FILE)
        report({"type": "note", "text": f"read {count:,} rows of {self.path}"})

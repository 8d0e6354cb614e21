"""Rows of a database as JSON lines: one read-only transaction, one query, batch by batch."""

import contextlib
import datetime
import json
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, inspect
from sqlalchemy.engine.reflection import Inspector
from sqlalchemy.exc import NoSuchTableError, SQLAlchemyError

from goldsmith.errors import DataError, listed, near
from goldsmith.sources.sql import ROWS_FILE, SqlSource, failures
from goldsmith.sources.sql.connecting import address, connected

BATCH = 2000  # rows in memory at a time


class Selection(NamedTuple):
    """What is asked of the database.

    Attributes:
        columns: to write.
        order_by: columns that say in which order.
        place: table or query, as it stands after FROM.
    """

    columns: tuple[str, ...]
    order_by: tuple[str, ...]
    place: str


def copy(source: SqlSource, file: Path) -> int:
    """Write the rows to a file; returns their number.

    Raises:
        GoldsmithError: as `SqlSource.fetch` says.
    """
    url = address(source.url_env)
    progress = failures.Progress()
    try:
        with connected(url) as connection:
            progress.reached = True
            return _copy(connection, source, file, progress)
    except (SQLAlchemyError, UnicodeDecodeError) as error:
        fault = failures.in_words(error, url, source, progress)
    raise fault  # here, where the driver's own error, which may quote the URL, is no context of it


def _copy(
    connection: Connection, source: SqlSource, file: Path, progress: failures.Progress
) -> int:
    place = _place(connection, source)
    wanted = _selection(connection, source, place)
    _try_first_row(connection, source, wanted)
    before: tuple[Any, ...] | None = None
    with file.open("w", encoding="utf-8") as stream:
        for row in _rows(connection, wanted):
            key = tuple(row[len(wanted.columns) :])
            if key == before:
                raise DataError(_not_unique(source, wanted, key))
            before = key
            progress.rows += 1
            values = zip(wanted.columns, row, strict=False)
            line = {name: _plain(value, name, source.shown) for name, value in values}
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    return progress.rows


def _place(connection: Connection, source: SqlSource) -> str:
    """What stands after FROM.

    Raises:
        DataError: no such table.
    """
    quoted = connection.dialect.identifier_preparer.quote_identifier
    if source.query is not None:
        return f"({source.query.strip().rstrip(';')}\n) AS {quoted('goldens')}"
    schema, table = _named(inspect(connection), source.table or "", source)
    return ".".join(quoted(part) for part in (schema, table) if part)


def _named(found: Inspector, name: str, source: SqlSource) -> tuple[str | None, str]:
    """Schema and table of a name that has a dot between them, or is a table's alone."""
    here = _tables(found, None)
    if name in here:
        return None, name
    schema, dot, table = name.partition(".")
    if not dot:
        raise DataError(f"source.table: {source.path}: no such table: {near(name, here)}")
    schemas = found.get_schema_names()
    if schema not in schemas:
        raise DataError(f"source.table: {source.path}: no such schema: {near(schema, schemas)}")
    there = _tables(found, schema)
    if table not in there:
        raise DataError(f"source.table: {source.path}: no such table: {near(table, there)}")
    return schema, table


def _tables(found: Inspector, schema: str | None) -> list[str]:
    names = [*found.get_table_names(schema), *found.get_view_names(schema)]
    with contextlib.suppress(NotImplementedError):  # only some databases have them
        names += found.get_materialized_view_names(schema)
    return names


def _selection(connection: Connection, source: SqlSource, place: str) -> Selection:
    """The columns to read, and their order.

    Raises:
        DataError: a column that is not there, or no order.
    """
    with _execute(connection, f"SELECT * FROM {place} LIMIT 1") as result:
        have = list(result.keys())
    order = source.order_by or _primary_key(connection, source)
    for name in order:
        if name not in have:
            raise DataError(
                f"source.order_by: {source.shown} has no column {name!r}: {near(name, have)}"
            )
    return Selection(_mapped(source, have), order, place)


def _mapped(source: SqlSource, have: Sequence[str]) -> tuple[str, ...]:
    """The columns that the reader maps; all where it maps none."""
    mapping = getattr(source.reader, "columns", None)
    if mapping is None:
        return tuple(have)
    found: dict[str, None] = {}
    for key in type(mapping).model_fields:
        value = getattr(mapping, key)
        for name in (value,) if isinstance(value, str) else value or ():
            if name in have:
                found[name] = None
            elif key in mapping.model_fields_set:
                raise DataError(
                    f"source.reader.columns.{key}: {source.shown} has no column {name!r}: "
                    f"{near(name, have)}"
                )
    return tuple(found)


def _primary_key(connection: Connection, source: SqlSource) -> tuple[str, ...]:
    found = inspect(connection)
    schema, table = _named(found, source.table or "", source)
    with contextlib.suppress(NoSuchTableError):
        if names := found.get_pk_constraint(table, schema)["constrained_columns"]:
            return tuple(names)
    raise DataError(
        f"source.order_by: {source.shown} has no primary key: name columns that together are unique, "
        "else the same rows may come in another order each time"
    )


def _try_first_row(connection: Connection, source: SqlSource, wanted: Selection) -> None:
    """Let the reader read one row, before a million are fetched that it then refuses.

    Raises:
        DataError: what the reader says, or no row.
    """
    with _execute(connection, f"SELECT * FROM {wanted.place} LIMIT 1") as result:
        row = result.mappings().first()
    if row is None:
        raise DataError(f"{source.path}: it has no row: the data set is empty")
    line = {
        name: _plain(value, name, source.shown) if name in wanted.columns else None
        for name, value in row.items()
    }
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / ROWS_FILE
        file.write_text(json.dumps(line) + "\n", encoding="utf-8")
        next(iter(source.reader.read([file], source.location)), None)


def _rows(connection: Connection, wanted: Selection) -> Iterator[Sequence[Any]]:
    """The columns of each row, then those that it is ordered by."""
    quoted = connection.dialect.identifier_preparer.quote_identifier
    columns = ", ".join(quoted(name) for name in (*wanted.columns, *wanted.order_by))
    order = ", ".join(quoted(name) for name in wanted.order_by)
    with _execute(
        connection, f"SELECT {columns} FROM {wanted.place} ORDER BY {order}", BATCH
    ) as result:
        cursor = result.cursor
        try:
            for part in result.partitions():
                yield from part
        except BaseException:
            _let_go(connection, cursor)
            raise


def _let_go(connection: Connection, cursor: Any) -> None:
    """Close at once: MariaDB's driver would first read all that is left, or stumble over a server
    that is gone."""
    unread: Any = getattr(cursor, "_result", None)
    if unread is not None and hasattr(unread, "unbuffered_active"):
        unread.unbuffered_active = False
    connection.invalidate()


@contextlib.contextmanager
def _execute(connection: Connection, text: str, batch: int | None = None) -> Iterator[Any]:
    """A statement's result; with a batch size the server keeps it and hands out so much at a time.

    The driver gets no parameters: a % in a query stays one.
    """
    options: dict[str, Any] = {"no_parameters": True}
    if batch is not None:
        options |= {"stream_results": True, "yield_per": batch}
    result = connection.exec_driver_sql(text, execution_options=options)
    try:
        yield result
    finally:
        if not connection.invalidated:
            result.close()


def _not_unique(source: SqlSource, wanted: Selection, key: Sequence[Any]) -> str:
    values = listed([str(value)[:80] for value in key])
    return (
        f"source.order_by: two rows of {source.shown} have the same {listed(wanted.order_by)} "
        f"({values}): name columns that together are unique, else such rows may come in another "
        "order each time"
    )


def _plain(value: Any, column: str, shown: str) -> Any:
    """A value as JSON has it; times as ISO 8601, exact numbers as numbers.

    Raises:
        DataError: bytes.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, column, shown) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, column, shown) for inner in value]
    if isinstance(value, bytes | bytearray | memoryview):
        raise DataError(
            f"{shown}: column {column!r} holds bytes: read it as text by a query, such as "
            "convert_from(column, 'UTF8') or CONVERT(column USING utf8mb4)"
        )
    return str(value)


def _number(value: float | Decimal) -> Any:
    if not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value

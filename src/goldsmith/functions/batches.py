"""Calling a user's function with a batch of records, and holding what it returns to the records.

All are called with a pyarrow RecordBatch of `records.arrow_schema(kind)`, of some thousand rows; how
rows are cut into batches says nothing.
"""

from collections import Counter
from typing import Any

from goldsmith.errors import DataError, listed, near
from goldsmith.foreign import said, shown_at
from goldsmith.functions.finding import Function, find

Batch = Any  # pyarrow.RecordBatch: pyarrow is imported where it is used
SPLITS = ("train", "validation", "test")


class RawFunctions:
    """`source.label`, then `source.prepare`, on batches of raw records.

    Attributes:
        left_out: how many records each left out.
    """

    def __init__(self, label: str | None, prepare: str | None) -> None:
        """Find them.

        Raises:
            ConfigError: no such function, or its module does not import.
        """
        self._steps = [
            (find(field, name), call)
            for field, name, call in (
                ("source.label", label, labelled),
                ("source.prepare", prepare, prepared),
            )
            if name
        ]
        self.left_out: Counter[str] = Counter()

    @property
    def names(self) -> list[str]:
        """Those that there are."""
        return [str(function) for function, _ in self._steps]

    def __call__(self, batch: Batch, where: str) -> Batch:
        """A batch as they make it.

        Args:
            batch: n records.
            where: what they are of, for messages.

        Raises:
            DataError: one of them fails, or returns what it may not.
        """
        for function, call in self._steps:
            if not batch.num_rows:
                return batch
            before = batch.num_rows
            batch = call(function, batch, where)
            if batch.num_rows < before:
                self.left_out[str(function)] += before - batch.num_rows
        return batch


def prepared(function: Function, batch: Batch, where: str) -> Batch:
    """What `source.prepare` makes of a batch: the same columns, some of its records, changed or not.

    Args:
        function: returns a RecordBatch or Table of the batch's schema.
        batch: n records.
        where: what they are of, for messages.

    Raises:
        DataError: it raises; or returns something else, other columns or types, a null, an id that
            the batch does not have or has fewer times, or an unknown split.
    """
    import pyarrow as pa

    found = _called(function, batch, where)
    at = _at(function, batch, where)
    if not isinstance(found, pa.RecordBatch | pa.Table):
        raise DataError(
            f"{function} returned {type(found).__name__}, not a pyarrow RecordBatch {at}"
        )
    _check_columns(found, batch.schema, f"{function} returned", at)
    found = found.select(batch.schema.names)
    whole = pa.Table.from_batches([found]) if isinstance(found, pa.RecordBatch) else found
    whole = whole.combine_chunks()
    batches = whole.to_batches()
    result = batches[0] if batches else pa.RecordBatch.from_pylist([], batch.schema)
    result = pa.RecordBatch.from_arrays(result.columns, schema=batch.schema)
    _check_nulls(result, f"{function} returned", at)
    _check_ids(result, batch, f"{function} returned", at)
    _check_splits(result.column("split"), ("", *SPLITS), f"{function} returned", at)
    return result


def labelled(function: Function, batch: Batch, where: str) -> Batch:
    """A batch of labelled texts with the labels of `source.label`; one that is null takes its record
    along.

    Args:
        function: returns n strings or nulls: an Arrow array, a list, a numpy or pandas column.
        batch: n records.
        where: what they are of, for messages.

    Raises:
        DataError: it raises, or returns something else.
    """
    labels = _strings(function, batch, where)
    place = batch.schema.get_field_index("label")
    found = batch.set_column(place, batch.schema.field(place), labels)
    return found.filter(labels.is_valid()) if labels.null_count else found


def assigned(function: Function, batch: Batch, where: str) -> list[str]:
    """The split of each record by `splits.assign`.

    Args:
        function: returns n of train, validation and test.
        batch: n records.
        where: what they are of, for messages.

    Raises:
        DataError: it raises, or returns something else.
    """
    names = _strings(function, batch, where)
    at = _at(function, batch, where)
    if names.null_count:
        place = names.is_null().index(True).as_py()
        raise DataError(
            f"{function} returned no split for record {batch.column('id')[place].as_py()!r} {at}: "
            "every record needs one; source.prepare may leave records out"
        )
    _check_splits(names, SPLITS, f"{function} returned", at)
    found: list[str] = names.to_pylist()
    return found


def _called(function: Function, batch: Batch, where: str) -> Any:
    try:
        return function.call(batch)
    except (Exception, SystemExit) as error:
        raise DataError(
            f"{function} raised {said(error, function.call)}, {_of(batch, where)}"
        ) from None


def _of(batch: Batch, where: str) -> str:
    first = batch.column("id")[0].as_py()
    return f"in the batch of {where} that begins with record {first!r}"


def _at(function: Function, batch: Batch, where: str) -> str:
    return f"({shown_at(function.call)}) {_of(batch, where)}"


def _check_columns(found: Any, schema: Any, what: str, at: str) -> None:
    names = found.schema.names
    doubled = [name for name, count in Counter(names).items() if count > 1]
    missing = [name for name in schema.names if name not in names]
    other = [name for name in names if name not in schema.names]
    faults = [f"{name} twice" for name in doubled]
    faults += [f"no column {name}" for name in missing]
    faults += [f"a column {name} ({near(name, schema.names)})" for name in other]
    if not faults:
        faults = [
            f"{name} as {found.schema.field(name).type}, not {schema.field(name).type}"
            for name in schema.names
            if found.schema.field(name).type != schema.field(name).type
        ]
    if faults:
        raise DataError(
            f"{what} {listed(faults)} {at}: the columns are {listed(schema.names, 12)}, "
            "with the types of batch.schema"
        )


def _check_nulls(found: Batch, what: str, at: str) -> None:
    for name in found.schema.names:
        column = found.column(name)
        if column.null_count:
            place = column.is_null().index(True).as_py()
            record = found.column("id")[place].as_py()
            raise DataError(f"{what} a null in {name} of record {record!r} {at}")


def _check_ids(found: Batch, batch: Batch, what: str, at: str) -> None:
    if found.column("id").equals(batch.column("id")):
        return
    more = Counter(found.column("id").to_pylist()) - Counter(batch.column("id").to_pylist())
    if more:
        known = set(batch.column("id").to_pylist())
        wrong = [f"{one!r} ({'twice' if one in known else 'new'})" for one in more]
        raise DataError(
            f"{what} ids that the batch does not have: {listed(wrong)} {at}: records may be changed "
            "and left out, but keep their ids, by which they are reported and forgotten"
        )


def _check_splits(names: Any, known: tuple[str, ...], what: str, at: str) -> None:
    import pyarrow.compute as pc

    for name in pc.unique(names).to_pylist():
        if name not in known:
            raise DataError(f"{what} an unknown split {name!r} {at}: {near(name, SPLITS)}")


def _strings(function: Function, batch: Batch, where: str) -> Any:
    """n strings or nulls as one Arrow array."""
    import pyarrow as pa

    found = _called(function, batch, where)
    at = _at(function, batch, where)
    try:
        column = found if isinstance(found, pa.Array | pa.ChunkedArray) else pa.array(found)
    except (pa.ArrowException, TypeError, ValueError):
        raise DataError(
            f"{function} returned {type(found).__name__}, not a column of strings {at}"
        ) from None
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
        raise DataError(f"{function} returned a column of {column.type}, not of strings {at}")
    if len(column) != batch.num_rows:
        raise DataError(
            f"{function} returned {len(column):,} values for {batch.num_rows:,} records {at}"
        )
    return column.cast(pa.string())

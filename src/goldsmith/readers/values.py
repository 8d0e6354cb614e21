"""Values of a row as what a record needs: text, ids, labels, numbers, lists.

What a record can hold is handed on, however wrong, for the data contract to name by id; only
what fits no record is an error here.
"""

import ast
import json
import re
import warnings
from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel

from goldsmith.errors import DataError, near
from goldsmith.readers.finding import split_name
from goldsmith.readers.lines import has_surrogate
from goldsmith.readers.tables import Row

_LARGEST = 2**31  # what the records' columns hold
_WHOLE = re.compile(r"\s*[+-]?[0-9]{1,18}(?:\.0+)?\s*")
_STRING = r"(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_ITEM = rf"(?:{_STRING}|-?\d+)"
_PYTHON_LIST = re.compile(rf"[\[(]\s*(?:{_ITEM}(?:\s*,\s*{_ITEM})*\s*,?)?\s*[\])]", re.DOTALL)


def required(row: Row, name: str) -> Any:
    """The value of a column that must be there.

    Raises:
        DataError: no such column; says the near ones.
    """
    try:
        return row.values[name]
    except KeyError:
        raise _missing(row, name) from None


def optional(row: Row, columns: BaseModel, key: str) -> Any:
    """The value of a column that may be absent, None if it is.

    Raises:
        DataError: the use case names the column, and the table's header does not.
    """
    name = getattr(columns, key)
    if name in row.values:
        return row.values[name]
    if key in columns.model_fields_set and row.header != row.place:
        raise _missing(row, name)
    return None


def _missing(row: Row, name: str) -> DataError:
    names = [str(one) for one in row.values]
    hint = ""
    if len(names) == 1 and (found := next((one for one in ";\t|," if one in names[0]), "")):
        hint = f"; is {found!r} the delimiter? Then set source.reader.delimiter"
    return DataError(
        f"{row.header}: column {name!r} is missing: {near(name, names)}"
        f" (source.reader.columns names the columns){hint}"
    )


def is_absent(value: Any) -> bool:
    """Whether a value stands for none: null, or the NaN that pandas writes for it."""
    return value is None or (isinstance(value, float) and value != value)


def text_of(row: Row, name: str) -> str:
    """A column of text; empty where it is null.

    Raises:
        DataError: no such column, or something that is not text.
    """
    value = required(row, name)
    if isinstance(value, str):
        return value
    if is_absent(value):
        return ""
    raise _wrong(row, name, value, "text")


def word_of(row: Row, name: str, value: Any) -> str:
    """An id or a label: text, a number or a truth value as text; empty where it is null.

    A float without a fraction is the integer that it was before a column with gaps made it one.

    Raises:
        DataError: a list, an object, bytes.
    """
    if isinstance(value, str):
        return value
    if is_absent(value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    raise _wrong(row, name, value, "text or a number")


def needed(row: Row, name: str) -> str:
    """A column as `word_of` without which a record cannot be told from another.

    Raises:
        DataError: no such column, or nothing in it.
    """
    value = word_of(row, name, required(row, name))
    if not value:
        raise DataError(f"{row.place}: column {name!r} is empty")
    return value


def id_of(row: Row, columns: BaseModel, key: str = "id") -> str:
    """The record's own id, else one of file and line."""
    return word_at(row, columns, key) or row.default_id


def word_at(row: Row, columns: BaseModel, key: str) -> str:
    """An optional column as `word_of`; empty where it is absent."""
    value = optional(row, columns, key)
    if value is None:
        return ""
    return value if type(value) is str else word_of(row, getattr(columns, key), value)


def split_of(row: Row, columns: BaseModel) -> str:
    """The split that the row names, else its file.

    Raises:
        DataError: no name of a split.
    """
    value = word_at(row, columns, "split")
    return split_name(value, row.place) if value else row.split


def number_of(row: Row, name: str, value: Any) -> int:
    """A whole number of 32 bits, as number or as text.

    Raises:
        DataError: it is none.
    """
    found = None
    if isinstance(value, int) and not isinstance(value, bool):
        found = value
    elif isinstance(value, float) and value.is_integer():
        found = int(value)
    elif isinstance(value, str) and _WHOLE.fullmatch(value):
        found = int(value.partition(".")[0])
    if found is None or not -_LARGEST <= found < _LARGEST:
        raise _wrong(row, name, value, "a whole number (of 32 bits)")
    return found


def list_of(row: Row, name: str) -> list[Any]:
    """A column of lists, also where they are written as JSON or as Python prints them.

    Raises:
        DataError: no such column, or not a list.
    """
    value = required(row, name)
    if isinstance(value, list):
        return value
    found = _parsed(value, _as_list) if isinstance(value, str) else None
    if isinstance(found, list):
        return found
    hint = "; write it as JSON" if isinstance(value, str) and value.startswith(("[", "(")) else ""
    raise DataError(
        f"{row.place}: column {name!r} is not a list but {_shown(value)}{hint}"
        " (source.reader.columns names the columns)"
    )


def structure_of(value: Any) -> Any:
    """A list or an object, also where it is written as JSON or as Python prints it; else None."""
    if isinstance(value, list | dict):
        return value
    return _parsed(value, _literal) if isinstance(value, str) else None


def _parsed(text: str, python: Callable[[str], Any]) -> Any:
    for parse in (json.loads, python):
        try:
            value = parse(text)
            return None if "\\" in text and has_surrogate(value) else value
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            continue
    return None


def _as_list(text: str) -> Any:
    # "['O' 'B-X']", as numpy prints, is Python too, but of one string: the commas are looked at.
    return list(_literal(text)) if _PYTHON_LIST.fullmatch(text.strip()) else None


def _literal(text: str) -> Any:
    # Python has opinions on "\\d" in a string; nobody asked for them here.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.literal_eval(text)


def _wrong(row: Row, name: str, value: Any, wanted: str) -> DataError:
    return DataError(f"{row.place}: column {name!r} is not {wanted} but {_shown(value)}")


def _shown(value: Any) -> str:
    name = type(value).__name__
    kind = {"NoneType": "null", "dict": "object", "str": "text"}.get(name, name)
    if value is None or isinstance(value, list | dict | bytes):
        return kind
    return f"{kind} {str(value)[:40]!r}"


def all_text(row: Row, name: str, values: Iterable[Any]) -> tuple[str, ...]:
    """A list as words.

    Raises:
        DataError: one of them is not text.
    """
    found = tuple(values)
    for kind in set(map(type, found)):
        if kind is not str:
            wrong = next(value for value in found if type(value) is kind)
            raise DataError(
                f"{row.place}: column {name!r} holds something that is not text: {_shown(wrong)}"
            )
    return found

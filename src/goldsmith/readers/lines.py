"""Reading JSON and JSON lines so that every fault is named by file and line. Knows no record
type."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from goldsmith.errors import DataError
from goldsmith.readers.opening import each_text_line, whole_text


class _StandsTwice(Exception):
    """A key stands twice in one JSON object."""


def json_lines(
    file: Path, shown: str, encoding: str | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number from 1, object) of a JSON-lines file; blank lines are passed over.

    Raises:
        DataError: wrong bytes, not JSON, a key twice, or not an object; with file and line.
    """
    for number, value in each_line(file, shown, encoding):
        if isinstance(value, DataError):
            raise value
        yield number, value


def each_line(
    file: Path, shown: str, encoding: str | None = None
) -> Iterator[tuple[int, dict[str, Any] | DataError]]:
    """As `json_lines`, but a line at fault is handed over as its error and stops nothing."""
    for number, line in each_text_line(file, shown, encoding):
        if isinstance(line, DataError):
            yield number, line
        elif line.strip():
            yield number, _object_or_fault(line, f"{shown}:{number}")


def json_file(file: Path, shown: str, encoding: str) -> Any:
    """The one value of a JSON file; of JSON lines under that name, the list of their objects.

    Raises:
        DataError: wrong bytes, not JSON, or a key twice; with file and line.
    """
    text = whole_text(file, shown, encoding)
    try:
        return _parse(text, shown)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and error.lineno > 1:
            return [value for _, value in json_lines(file, shown, encoding)]
        raise _not_json(error, f"{shown}:{error.lineno}") from None


def _object_or_fault(line: str, place: str) -> dict[str, Any] | DataError:
    try:
        value = _parse(line, place)
    except json.JSONDecodeError as error:
        return _not_json(error, place)
    except DataError as fault:
        return fault
    if isinstance(value, dict):
        return value
    return DataError(f"{place}: a JSON object is needed, not {type(value).__name__}")


def _not_json(error: json.JSONDecodeError, place: str) -> DataError:
    return DataError(f"{place}:{error.colno}: not JSON: {error.msg}")


def _parse(text: str, place: str) -> Any:
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise DataError(f"{place}: nested too deeply to be a record") from None
    except _StandsTwice as error:
        raise DataError(f"{place}: key {str(error)!r} stands twice in one object") from None
    except ValueError as error:
        if isinstance(error, json.JSONDecodeError):
            raise
        raise DataError(f"{place}: {error}") from None  # a number of thousands of digits
    if "\\u" in text and has_surrogate(value):
        raise DataError(
            f"{place}: half of a surrogate pair (\\ud800 to \\udfff) is no text: write it out"
        )
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _StandsTwice(next(name for name in names if names.count(name) > 1))
    return found


# `json.loads` would make one for every line.
_DECODER = json.JSONDecoder(object_pairs_hook=_once)


def has_surrogate(value: Any) -> bool:
    """Whether text somewhere in a value holds half of a surrogate pair, which no file can hold."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False

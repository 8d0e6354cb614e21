"""Reading JSON lines so that every fault is named by file and line. Knows no record type."""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from goldsmith.errors import DataError, listed


def find_files(path: Path, suffix: str) -> list[Path]:
    """A file, or the files with a suffix directly in a folder, sorted by name.

    Raises:
        DataError: no such path, not readable, or a folder without such files.
    """
    try:
        if path.is_file():
            return [path]
        if not path.is_dir():
            raise DataError(
                f"{path}: no such file or folder: check the path (source.path or --path)"
            )
        found = sorted(file for file in path.iterdir() if file.suffix == suffix and file.is_file())
        others = sorted(file.name for file in path.iterdir())
    except PermissionError:
        raise DataError(f"{path}: not readable by this user: check its permissions") from None
    if not found:
        holds = f"it holds {listed(others)}" if others else "it is empty"
        raise DataError(f"{path}: a folder without a *{suffix} file; {holds}")
    return found


def json_lines(file: Path, shown: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number from 1, object) of a JSON-lines file; blank lines are passed over.

    Raises:
        DataError: not UTF-8, not JSON, or not an object; with file and line.
    """
    for number, value in each_line(file, shown):
        if isinstance(value, DataError):
            raise value
        yield number, value


def each_line(file: Path, shown: str) -> Iterator[tuple[int, dict[str, Any] | DataError]]:
    """As `json_lines`, but a line at fault is handed over as its error and stops nothing."""
    try:
        with file.open("rb") as stream:
            for number, raw in enumerate(stream, start=1):
                if number == 1:
                    raw = raw.removeprefix(codecs.BOM_UTF8)
                if raw.strip():
                    yield number, _parse_or_fault(raw, f"{shown}:{number}")
    except PermissionError:
        raise DataError(f"{shown}: not readable by this user: check its permissions") from None


def _parse_or_fault(raw: bytes, place: str) -> dict[str, Any] | DataError:
    try:
        return _parse(raw, place)
    except DataError as fault:
        return fault


def _parse(raw: bytes, place: str) -> dict[str, Any]:
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DataError(
            f"{place}: byte {error.start + 1} of the line is not UTF-8: convert the file to UTF-8"
        ) from None
    except json.JSONDecodeError as error:
        raise DataError(f"{place}:{error.colno}: not JSON: {error.msg}") from None
    except RecursionError:
        raise DataError(f"{place}: nested too deeply to be a record") from None
    if not isinstance(value, dict):
        raise DataError(f"{place}: a JSON object is needed, not {type(value).__name__}")
    if b"\\u" in raw and _has_surrogate(value):
        raise DataError(
            f"{place}: half of a surrogate pair (\\ud800 to \\udfff) is no text: write it out"
        )
    return value


def _has_surrogate(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False

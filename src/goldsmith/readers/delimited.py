"""CSV and TSV, so that every fault is named by the line where it began."""

import csv
from collections.abc import Iterator
from pathlib import Path

from goldsmith.errors import DataError, listed
from goldsmith.readers.opening import text_lines

LARGEST = 1 << 26  # characters of one value; above it a quote has surely never been closed
_UNQUOTED = "or set source.reader.quotes: false if quote signs are plain text here"


class _Lines:
    """The lines of a file, with those of the row being read kept for messages."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self._lines = lines
        self.kept: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[str]:
        for number, line in self._lines:
            self.kept.append((number, line))
            yield line

    @property
    def first(self) -> int:
        """Number of the line on which the row begins."""
        return self.kept[0][0] if self.kept else 1

    @property
    def last(self) -> int:
        """Number of the line on which the row ends."""
        return self.kept[-1][0] if self.kept else 1


def delimited_rows(
    file: Path, shown: str, encoding: str, delimiter: str, quotes: bool
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the row's first line, values by column); blank lines are passed over.

    Raises:
        DataError: no header, a column twice, a row of another length, a quote that never closes.
    """
    # The limit is the process's; Python's own, 131,072, is less than a long document.
    csv.field_size_limit(LARGEST)
    lines = _Lines(text_lines(file, shown, encoding))
    rows = csv.reader(
        lines,
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
        strict=True,
    )
    header: list[str] = []
    while True:
        lines.kept.clear()
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise _fault(error, lines, shown, delimiter) from None
        if row is None:
            break
        if not row:
            continue
        if not header:
            header = _checked(row, f"{shown}:{lines.first}")
            continue
        if len(row) != len(header):
            raise DataError(_other_length(len(row), len(header), lines, shown))
        yield lines.first, dict(zip(header, row, strict=True))


def _checked(header: list[str], place: str) -> list[str]:
    doubled = sorted({name for name in header if header.count(name) > 1})
    if doubled:
        names = listed([repr(name) for name in doubled])
        raise DataError(f"{place}: the header names a column twice: {names}")
    return header


def _other_length(found: int, wanted: int, lines: _Lines, shown: str) -> str:
    said = f"{shown}:{lines.first}: {found} columns where the header has {wanted}"
    if lines.first == lines.last:
        return f"{said}: is the delimiter part of a value? Then quote the value"
    return f"{said}; the row goes on to line {lines.last}: does a quote on it never close?"


def _fault(error: csv.Error, lines: _Lines, shown: str, delimiter: str) -> DataError:
    message = str(error)
    opened = f"{shown}:{_opened(lines.kept, delimiter)}"
    if "unexpected end of data" in message or "field limit" in message:
        return DataError(f"{opened}: the quote that opens here never closes: mend it, {_UNQUOTED}")
    if "expected after" in message:
        return DataError(
            f"{opened}: the quote that opens here closes on line {lines.last} before more text: "
            f"write a quote inside a value twice, {_UNQUOTED}"
        )
    return DataError(f"{shown}:{lines.first}: not CSV: {message}")


def _opened(kept: list[tuple[int, str]], delimiter: str) -> int:
    """Number of the line that opens the quote at fault in a row."""
    opened, quoted, inside, fresh = kept[0][0], False, False, True
    for number, line in kept:
        for character in line:
            if character == '"' and fresh:
                opened, quoted, inside, fresh = number, True, True, False
            elif character == '"' and quoted:
                inside = not inside
            elif inside:
                continue
            elif character in (delimiter, "\r", "\n"):
                quoted, fresh = False, True
            elif quoted:
                return opened
            else:
                fresh = False
    return opened

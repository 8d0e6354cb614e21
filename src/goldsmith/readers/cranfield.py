"""Cranfield's own form: documents and queries in `.I .T .W` sections, judgements as numbers."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

from pydantic import Field

from goldsmith.errors import DataError
from goldsmith.readers.finding import Found, holds, named
from goldsmith.readers.opening import text_lines
from goldsmith.readers.queries import judge, query_records
from goldsmith.readers.tables import FileReader
from goldsmith.records import Passage, Query

SECTIONS = (".T", ".A", ".B", ".W")  # title, authors, source, text


class _Entry(NamedTuple):
    """A document or a query: its number and the lines of its sections."""

    number: str
    sections: dict[str, list[str]]


class Cranfield(FileReader):
    """Reads a folder with a file of documents, one of queries and one of judgements."""

    record: ClassVar[type[Query]] = Query

    format: Literal["cranfield"] = Field("cranfield", description="cranfield")
    documents: str = Field("cran.all*", description="Name or glob of the file of documents.")
    queries: str = Field("*.qry", description="Name or glob of the file of queries.")
    judgements: str = Field(
        "*qrel*", description="Name or glob of the file of judgements: query, 0, document, grade."
    )
    query_numbers: Literal["as_written", "in_order", "odd", "even"] = Field(
        "in_order",
        description="The number of the k-th query: what `.I` says, k, 2k-1 or 2k. In the original, k.",
    )
    unjudged: Literal["keep", "drop"] = Field("keep", description="A query without a judgement.")

    def files(self, path: Path) -> list[Path]:
        """The three files, in the order documents, queries, judgements.

        Raises:
            DataError: no such folder, or one of the three is not, or more than once, in it.
        """
        if not path.is_dir():
            raise DataError(f"{path}: no such folder: this collection is read from a folder")
        found = []
        for wanted in (self.documents, self.queries, self.judgements):
            matches = sorted(file for file in path.glob(wanted) if file.is_file())
            if len(matches) != 1:
                raise DataError(
                    f"{path}: {len(matches)} files are named {wanted!r}, one is needed; it "
                    f"{holds(path)}"
                )
            found += matches
        return found

    def read(self, files: list[Path], shown: Path) -> Iterator[Query]:
        """Yield a record a query."""
        _, queries, judgements = named(files, shown)
        asked = (
            (self._number(place, one.number), "\n".join(one.sections.get(".W", [])), "")
            for place, one in enumerate(_entries(queries, self.encoding), start=1)
        )
        grades = _grades(judgements, self.encoding)
        yield from query_records(asked, grades, self.unjudged, judgements.name)

    def corpus(self, files: list[Path], shown: Path) -> Iterator[Passage]:
        """Yield the documents; two of the original have no text."""
        for one in _entries(next(named(files, shown)), self.encoding):
            title = " ".join(one.sections.get(".T", []))
            yield Passage(one.number, title, "\n".join(one.sections.get(".W", [])))

    def _number(self, place: int, written: str) -> str:
        numbers = {"in_order": place, "odd": 2 * place - 1, "even": 2 * place}
        return str(numbers.get(self.query_numbers, written))


def _entries(found: Found, encoding: str) -> Iterator[_Entry]:
    entry: _Entry | None = None
    lines: list[str] | None = None
    for number, raw in text_lines(found.file, found.name, encoding):
        line = raw.rstrip()
        if line.startswith(".I ") and line[3:].strip().isdecimal():
            if entry:
                yield entry
            entry, lines = _Entry(str(int(line[3:])), {}), None
        elif entry and line in SECTIONS:
            lines = entry.sections.setdefault(line, [])
        elif lines is not None:
            lines.append(line)
        elif line:
            raise DataError(
                f"{found.name}:{number}: a line `.I NUMBER` or one of {' '.join(SECTIONS)} is "
                f"needed here, not {line[:40]!r}"
            )
    if entry:
        yield entry


def _grades(found: Found, encoding: str) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for number, line in text_lines(found.file, found.name, encoding):
        parts = line.split()
        place = f"{found.name}:{number}"
        if parts:
            if len(parts) != 4 or not all(part.lstrip("-").isdecimal() for part in parts):
                raise DataError(
                    f"{place}: four numbers are needed (query, 0, document, grade), not "
                    f"{line.strip()[:40]!r}"
                )
            judge(grades, str(int(parts[0])), str(int(parts[2])), int(parts[3]), place)
    return grades

"""Queries, the documents they are asked of, and judgements of which answer which, as BEIR has
them."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from goldsmith.config.sections import Section
from goldsmith.errors import DataError, listed, near
from goldsmith.readers.finding import holds, named, suffix
from goldsmith.readers.tables import TABLES, Row, TableReader, rows_of
from goldsmith.readers.values import (
    needed,
    number_of,
    optional,
    required,
    split_of,
    text_of,
    word_of,
)
from goldsmith.records import Judgement, Passage, Query

CORPUS, QUERIES, QRELS = "corpus", "queries", "qrels"
ID_NAMES = ("_id", "id", "query_id", "document_id")


class Columns(Section):
    """Which column holds what, in each of the three tables."""

    id: str | None = Field(
        None, description="Id of a query or a document; by itself _id, id, query_id, document_id."
    )
    title: str = Field("title", description="Title of a document; may be absent.")
    text: str = Field("text", description="Text of a query or a document.")
    query_id: str = Field("query-id", description="Query of a judgement.")
    corpus_id: str = Field("corpus-id", description="Document of a judgement.")
    score: str = Field("score", description="Grade of a judgement; 0: does not answer.")
    split: str = Field("split", description="train, validation or test; may be absent.")


class Queries(TableReader):
    """Reads a folder with `corpus.*`, `queries.*` and `qrels.*` or `qrels/<split>.*`; the name of
    a judgements' file gives its queries' split."""

    record: ClassVar[type[Query]] = Query

    format: Literal["queries"] = Field("queries", description="queries")
    columns: Columns = Field(default_factory=Columns, description="Which column holds what.")
    unjudged: Literal["keep", "drop"] = Field(
        "keep", description="A query without a judgement: drop, where only one split is here."
    )

    def files(self, path: Path) -> list[Path]:
        """The tables of a folder.

        Raises:
            DataError: no such folder, or one of the three is not in it.
        """
        if not path.is_dir():
            raise DataError(f"{path}: no such folder: queries are read from a folder")
        try:
            inside = sorted([*path.iterdir(), *(path / QRELS).glob("*")])
        except PermissionError:
            raise DataError(f"{path}: not readable by this user: check its permissions") from None
        found = [
            file for file in inside if file.is_file() and suffix(file) in TABLES and _role(file)
        ]
        missing = {CORPUS, QUERIES, QRELS} - {_role(file) for file in found}
        if missing:
            wanted = " and no ".join(f"{name}.*" for name in sorted(missing))
            raise DataError(f"{path}: there is no {wanted}; it {holds(path)}")
        return found

    def read(self, files: list[Path], shown: Path) -> Iterator[Query]:
        """Yield a record a query."""
        grades, splits = self._judgements(files, shown)
        columns = self.columns
        asked = (
            (query, text_of(row, columns.text), splits.get(query) or split_of(row, columns))
            for row in self._rows(files, shown, QUERIES)
            for query in [_id(row, columns)]
        )
        yield from query_records(asked, grades, self.unjudged, str(shown))

    def corpus(self, files: list[Path], shown: Path) -> Iterator[Passage]:
        """Yield the documents."""
        columns = self.columns
        for row in self._rows(files, shown, CORPUS):
            title = optional(row, columns, "title")
            yield Passage(
                document_id=_id(row, columns),
                title=word_of(row, columns.title, title),
                text=text_of(row, columns.text),
            )

    def _rows(self, files: list[Path], shown: Path, role: str) -> Iterator[Row]:
        for found in named(files, shown):
            if _role(found.file) == role:
                yield from rows_of(found, self)

    def _judgements(
        self, files: list[Path], shown: Path
    ) -> tuple[dict[str, dict[str, int]], dict[str, str]]:
        """Grades by query and document, and the split of each query."""
        columns = self.columns
        grades: dict[str, dict[str, int]] = {}
        splits: dict[str, str] = {}
        for row in self._rows(files, shown, QRELS):
            query, document = needed(row, columns.query_id), needed(row, columns.corpus_id)
            grade = number_of(row, columns.score, required(row, columns.score))
            judge(grades, query, document, grade, row.place)
            split = split_of(row, columns)
            if splits.setdefault(query, split) != split:
                raise DataError(
                    f"{row.place}: query {query!r} is judged for {split!r} and for "
                    f"{splits[query]!r}: a query belongs to one split"
                )
        return grades, splits


def judge(
    grades: dict[str, dict[str, int]], query: str, document: str, grade: int, place: str
) -> None:
    """Note a judgement; one that stands twice counts once.

    Raises:
        DataError: it stands twice, with two grades.
    """
    known = grades.setdefault(query, {}).setdefault(document, grade)
    if known != grade:
        raise DataError(
            f"{place}: document {document!r} is judged {grade} for query {query!r}, "
            f"but {known} further up"
        )


def query_records(
    queries: Iterable[tuple[str, str, str]],
    grades: dict[str, dict[str, int]],
    unjudged: str,
    place: str,
) -> Iterator[Query]:
    """Queries with their judgements.

    Args:
        queries: id, text and split of each.
        grades: by query and document.
        unjudged: keep or drop.
        place: where the judgements are, for messages.

    Raises:
        DataError: a judgement of a query that is not there.
    """
    left = dict.fromkeys(grades)
    for query, text, split in queries:
        left.pop(query, None)
        relevant = tuple(Judgement(*one) for one in grades.get(query, {}).items())
        if relevant or unjudged == "keep":
            yield Query(query, text, relevant, split)
    if left:
        raise DataError(
            f"{place}: {len(left):,} judged queries are not among the queries: {listed(list(left))}"
        )


def _role(file: Path) -> str:
    """corpus, queries or qrels; empty for a file that is none of them."""
    for role in (CORPUS, QUERIES, QRELS):
        if file.name.partition(".")[0] == role:
            return role
    return QRELS if file.parent.name == QRELS else ""


def _id(row: Row, columns: Columns) -> str:
    if columns.id is not None:
        return needed(row, columns.id)
    for name in ID_NAMES:
        if name in row.values:
            return needed(row, name)
    raise DataError(
        f"{row.header}: no column of ids ({listed(ID_NAMES)}): {near('id', map(str, row.values))} "
        "(source.reader.columns.id names it)"
    )

"""Tagged sentences as CoNLL: a word a line, its columns apart by tabs or white space."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from goldsmith.config.sections import Section
from goldsmith.errors import DataError
from goldsmith.readers import schemes
from goldsmith.readers.finding import Found, find_files, named
from goldsmith.readers.schemes import Scheme
from goldsmith.readers.sentences import Sentence, has_documents, sentences
from goldsmith.readers.tables import FileReader
from goldsmith.readers.tokens import SCHEME
from goldsmith.records import TaggedTokens

SUFFIXES = (".conll", ".conllu", ".bio", ".iob", ".iob2", ".txt")
ID_COMMENTS = ("id", "sent_id", "guid")
DOCUMENT_COMMENTS = ("document_id", "doc_id")
# Not str.split(): a no-break space may be a word.
_SPACES = re.compile(r"[ \t]+")
# CoNLL-U: words that are written as one (3-4), words that are not written at all (8.1).
_NO_WORD = re.compile(r"\d+[-.]\d+")


class Columns(Section):
    """Where on a line what stands."""

    number: int | None = Field(
        None,
        description="Place of the word's number in its sentence, as in CoNLL-U; then it is checked, and "
        "lines of ranges (3-4) and of words that are not written (8.1) are passed over.",
    )
    token: int = Field(0, description="Place of the word, from 0; -1 is the last.")
    tag: int = Field(-1, description="Place of the tag, from 0; -1 is the last.")


class Conll(FileReader):
    """Reads CoNLL-2003 and its kin: a blank line ends a sentence, `-DOCSTART-` a document."""

    record: ClassVar[type[TaggedTokens]] = TaggedTokens

    format: Literal["conll"] = Field("conll", description="conll")
    columns: Columns = Field(default_factory=Columns, description="Where on a line what stands.")
    separator: Literal["auto", "tab", "whitespace"] = Field(
        "auto", description="Between columns; auto: tabs on lines that hold one."
    )
    scheme: Scheme = Field("auto", description=SCHEME)

    def files(self, path: Path) -> list[Path]:
        """The file, the CoNLL files of a folder, or what a glob matches.

        Raises:
            DataError: no such path, or nothing there of that name.
        """
        return find_files(path, SUFFIXES)

    def read(self, files: list[Path], shown: Path) -> Iterator[TaggedTokens]:
        """Yield a record a sentence; ids from comments `# id = ...`, else of file and line."""
        scheme = self.scheme
        if scheme == "auto":
            scheme = schemes.detect(one.tags for one in self._records(files, shown))
        as_bio = schemes.converter(scheme)
        for one in self._records(files, shown):
            yield TaggedTokens(one.id, one.document_id, one.tokens, as_bio(one.tags), one.split)

    def _records(self, files: list[Path], shown: Path) -> Iterator[TaggedTokens]:
        token, tag = self.columns.token, self.columns.tag
        for found in named(files, shown):
            width, marked = 0, False
            for one in sentences(found.file, found.name, self.encoding):
                cells = [self._cells(line) for _, line in one.words]
                if not width:
                    width = len(cells[0])
                    # Marks may stand behind documents: then those before the first are one too.
                    marked = bool(one.document) or self._has_marks(found)
                self._check(cells, width, one, found.name)
                if self.columns.number is not None:
                    cells = _numbered(cells, self.columns.number, one, found.name)
                made = f"{found.prefix}:{one.document}" if marked else ""
                yield TaggedTokens(
                    id=_comment(one, ID_COMMENTS) or f"{found.prefix}:{one.line}",
                    document_id=_comment(one, DOCUMENT_COMMENTS) or one.document_name or made,
                    tokens=tuple([row[token] for row in cells]),
                    tags=tuple([row[tag] for row in cells]),
                    split=found.split,
                )

    def _has_marks(self, found: Found) -> bool:
        return has_documents(found.file, found.name, self.encoding)

    def _cells(self, line: str) -> list[str]:
        if self.separator == "tab" or (self.separator == "auto" and "\t" in line):
            return line.split("\t")
        return _SPACES.split(line.strip(" \t"))

    def _check(self, cells: list[list[str]], width: int, one: Sentence, name: str) -> None:
        for (number, line), row in zip(one.words, cells, strict=True):
            if len(row) != width:
                raise DataError(
                    f"{name}:{number}: {len(row)} columns where the file's first word has {width}:"
                    f" {line[:60]!r} (source.reader.separator and columns say how lines are read)"
                )
        for key, place in self.columns:
            if place is not None and not -width <= place < width:
                raise DataError(
                    f"{name}:{one.line}: there is no column {place} for the {key}, only {width}: "
                    "see source.reader.columns and separator"
                )
        if self.columns.token % width == self.columns.tag % width:
            raise DataError(
                f"{name}:{one.line}: the token and the tag are both column "
                f"{self.columns.token % width}: {one.words[0][1][:60]!r}; see "
                "source.reader.columns and separator"
            )


def _comment(one: Sentence, keys: tuple[str, ...]) -> str:
    return next((one.comments[key] for key in keys if key in one.comments), "")


def _numbered(rows: list[list[str]], column: int, one: Sentence, name: str) -> list[list[str]]:
    """The rows of words, whose numbers must rise by one from 1: a lost line or blank line shows."""
    words: list[list[str]] = []
    for (line, _), row in zip(one.words, rows, strict=True):
        if _NO_WORD.fullmatch(row[column]):
            continue
        words.append(row)
        if row[column] != str(len(words)):
            raise DataError(
                f"{name}:{line}: column {column} says {row[column][:40]!r} where word "
                f"{len(words)} of the sentence stands: a line is missing, or the blank line between "
                "two sentences; or source.reader.columns.number names another column"
            )
    return words

"""Readers turn raw files into records, one file per format, found by entry point."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Protocol

from goldsmith.records import Passage, Record


class Reader(Protocol):
    """What every reader's config class is."""

    record: ClassVar[type[Record]]

    def files(self, path: Path) -> list[Path]:
        """The files that make up the data set at a path: a file, a folder or a glob.

        Of a snapshot it is every file: those that were found where the user has them.

        Raises:
            DataError: nothing there, unreadable, or a folder of something else.
        """

    def read(self, files: list[Path], shown: Path) -> Iterator[Record]:
        """Yield the records; errors name the file as below `shown`, its line and its record id.

        Raises:
            DataError: a file that is not what the format says.
        """


class QueryReader(Reader, Protocol):
    """A reader of queries, which are asked of documents."""

    def corpus(self, files: list[Path], shown: Path) -> Iterator[Passage]:
        """Yield the documents.

        Raises:
            DataError: a file that is not what the format says.
        """

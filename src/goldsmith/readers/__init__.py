"""Readers turn raw files into records, one file per format, found by entry point."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, Protocol

from goldsmith.records import Record


class Reader(Protocol):
    """What every reader's config class is."""

    record: ClassVar[type[Record]]

    def files(self, path: Path) -> list[Path]:
        """The files that make up the data set at a path.

        Raises:
            DataError: nothing there, unreadable, or a folder of something else.
        """

    def read(self, files: list[Path], shown: Path) -> Iterator[Record]:
        """Yield the records; errors name the file below `shown`, its line and its record id.

        Raises:
            DataError: a file that is not what the format says.
        """

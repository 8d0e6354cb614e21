"""Sources say where raw goldens come from; found by entry point, named by `source.kind`."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

from pydantic import Field

from goldsmith.config.functions import FunctionName
from goldsmith.config.readers import AnyReader
from goldsmith.config.sections import Section
from goldsmith.records import Record

__all__ = ["AnyReader", "Report", "Source"]

Report = Callable[[dict[str, Any]], None]


class Source(Section):
    """What every source's config class is; one that is not `remote` lies at its `location`."""

    prepare: FunctionName | None = Field(
        None,
        description="Function of yours, module:function, that changes or leaves out raw records: "
        "called with Arrow batches of them, it returns such batches.",
    )
    label: FunctionName | None = Field(
        None,
        description="Function of yours that gives labelled texts their labels: called with Arrow "
        "batches of them before `prepare`, it returns the column; null leaves a record out.",
    )

    @property
    def remote(self) -> bool:
        """Whether the files have to be fetched from elsewhere."""
        return False

    @property
    def facts(self) -> dict[str, Any] | None:
        """What names the fetched bytes exactly, such as a commit; None where only they can tell."""
        return None

    @property
    def without_revisions(self) -> str:
        """Why its data have no git revisions, and what to use instead; empty where they have."""
        return ""

    def pinned(self) -> Self:
        """This source with a name that moves, such as a branch, replaced by what it is now.

        Raises:
            ConfigError: there is no such data set, revision or subset.
            StoreError: where it is cannot be reached.
        """
        return self

    def fetch(self, out: Path, report: Report) -> None:
        """Put the files into a folder, without folders of their own.

        Raises:
            DataError: nothing there that the reader reads.
            StoreError: where they are cannot be reached.
        """
        raise NotImplementedError

    def read(self, files: list[Path], shown: Path) -> Iterator[Record]:
        """The records of fetched files, by the reader."""
        source: Any = self
        yield from source.reader.read(files, shown)

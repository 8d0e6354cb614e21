"""A source that fetches: goldens packed in a ZIP file."""

import shutil
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from pydantic import Field

from goldsmith.errors import DataError, StoreError
from goldsmith.sources import AnyReader, Report, Source


class ArchiveSource(Source):
    """The files of a ZIP archive, without its folders."""

    kind: Literal["archive"] = Field(description="archive")
    path: str = Field(description="The ZIP file.")
    reader: AnyReader = Field(description="The format and its settings.")

    @property
    def location(self) -> Path:
        """What messages call the files' folder."""
        return Path(self.path)

    @property
    def remote(self) -> bool:
        """They are not at a path."""
        return True

    @property
    def without_revisions(self) -> str:
        """Archives have none."""
        return f"{self.path} is an archive: unpack it and `goldsmith data add` the files"

    def fetch(self, out: Path, report: Report) -> None:
        """Unpack.

        Raises:
            StoreError: no such archive.
            DataError: it is no archive.
        """
        try:
            with zipfile.ZipFile(self.path) as archive:
                for name in archive.namelist():
                    if not name.endswith("/"):
                        with archive.open(name) as packed, self._at(out, name) as unpacked:
                            shutil.copyfileobj(packed, unpacked)
        except FileNotFoundError:
            raise StoreError(f"{self.path}: no such archive: check source.path") from None
        except zipfile.BadZipFile:
            raise DataError(f"{self.path}: not a ZIP archive") from None
        report({"type": "note", "text": f"unpacked {self.path}"})

    @staticmethod
    def _at(out: Path, name: str) -> Any:
        return (out / PurePosixPath(name).name).open("wb")

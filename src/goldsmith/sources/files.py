"""Goldens in files: a file, a folder or a glob on this machine, behind a DVC pointer, or in S3."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from goldsmith import storage
from goldsmith.sources import AnyReader, Report, Source


class FilesSource(Source):
    """Raw goldens at a path, in the format of a reader."""

    kind: Literal["files"] = Field(description="files")
    path: str = Field(description="File, folder or glob, or s3://bucket/prefix; `--path` sets it.")
    reader: AnyReader = Field(description="The format and its settings: `{format: tokens, ...}`.")

    @property
    def location(self) -> Path:
        """The path as given; relative paths are relative to the working directory."""
        return Path(self.path).expanduser()

    @property
    def remote(self) -> bool:
        """Whether the path is in S3."""
        return storage.is_remote(self.path)

    @property
    def without_revisions(self) -> str:
        """Data in S3 have no pointer in git."""
        if not self.remote:
            return ""
        return (
            f"{self.path} is in S3, where git has no pointer: download it, `goldsmith data add` it, "
            "and let source.path name the folder in the repository"
        )

    def fetch(self, out: Path, report: Report) -> None:
        """Download from S3."""
        storage.fetch(self.path, out)

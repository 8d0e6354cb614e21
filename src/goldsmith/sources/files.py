"""Goldens in files: a file or a folder on this machine, or behind a DVC pointer in the
repository."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SerializeAsAny, ValidationError, field_validator

from goldsmith.config import plugins
from goldsmith.config.problems import first_finding
from goldsmith.config.sections import Section
from goldsmith.errors import ConfigError, near


class FilesSource(Section):
    """Raw goldens at a path, in the format of a reader."""

    kind: Literal["files"] = Field(description="files")
    path: str = Field(description="File or folder, or s3://bucket/prefix; `--path` sets it.")
    reader: SerializeAsAny[Any] = Field(
        description="The format and its settings: `{format: tokens_jsonl, ...}`."
    )

    @field_validator("reader", mode="before")
    @classmethod
    def _build_reader(cls, value: Any) -> Any:
        if not isinstance(value, dict) or "format" not in value:
            raise ValueError(f"needs a format; {near('', plugins.names('readers'))}")
        try:
            kind = plugins.load("readers", str(value["format"]))
            return kind.model_validate(value)
        except ConfigError as error:
            raise ValueError(str(error)) from None
        except ValidationError as error:
            raise ValueError(first_finding(error, kind)) from None

    @property
    def location(self) -> Path:
        """The path as given; relative paths are relative to the working directory."""
        return Path(self.path).expanduser()

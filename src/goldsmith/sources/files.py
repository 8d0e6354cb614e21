"""Goldens in files: a file or a folder on this machine, or behind a DVC pointer in the repository."""

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SerializeAsAny, ValidationError, field_validator

from goldsmith.config import plugins
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
            return plugins.load("readers", str(value["format"])).model_validate(value)
        except ConfigError as error:
            raise ValueError(str(error)) from None
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise ValueError(f"{where}: {first['msg']}") from None

    @property
    def location(self) -> Path:
        """The path as given; relative paths are relative to the working directory."""
        return Path(self.path).expanduser()

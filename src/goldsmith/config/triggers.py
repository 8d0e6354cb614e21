"""The sections that start a run without a person: what is watched, and what triggers training."""

from glob import has_magic
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator

from goldsmith.config.sections import Section

S3 = "s3://"
DAY_MINUTES = 24 * 60


class Watch(Section):
    """Where new goldens arrive; the deployment `watch` looks there; no part of any stage's key."""

    path: str = Field(
        min_length=1,
        description="Folder, or s3://bucket/prefix, whose new and replaced files are taken into "
        "the goldens; those of folders below it are not.",
    )
    every: int = Field(
        15, ge=1, le=DAY_MINUTES, description="Minutes between two looks at what arrived."
    )

    @field_validator("path")
    @classmethod
    def _bucket_is_named(cls, value: str) -> str:
        if value.startswith(S3) and not value.removeprefix(S3).strip("/").split("/")[0]:
            raise ValueError("write it as s3://bucket/prefix")
        return value

    @property
    def in_s3(self) -> bool:
        """Whether the path is in S3."""
        return self.path.startswith(S3)

    @property
    def location(self) -> Path:
        """The folder; relative ones are relative to the working directory."""
        return Path(self.path).expanduser()


class Triggers(Section):
    """Which events start a training, and how often; no part of any stage's key."""

    new_data: bool = Field(
        True, description="A new revision of the goldens starts a training at that revision."
    )
    degraded: bool = Field(
        True, description="The event goldsmith.model.degraded starts a training."
    )
    cool_down: float = Field(
        6.0,
        ge=0.0,
        le=24.0 * 366,
        description="Hours from the start of a triggered training until goldsmith.model.degraded "
        "may start another.",
    )
    daily: int = Field(
        2,
        ge=1,
        description="Most trainings that goldsmith.model.degraded starts within 24 hours.",
    )
    data_cool_down: float = Field(
        0.0,
        ge=0.0,
        le=24.0 * 366,
        description="Hours from the start of a triggered training until new data may start another; "
        "data that came meanwhile wait for the next run.",
    )


def watch_fault(watch: Watch, source: Any) -> str:
    """Why a source cannot take in what a watched place holds; empty if it can."""
    instead = getattr(source, "without_revisions", "")
    if instead:
        return f"watch.path: its files go into source.path, and source.kind is {source.kind}: {instead}"
    location: Path = source.location
    if location.is_absolute():
        return (
            f"watch.path: its files go into source.path of a clone, and {source.path} is absolute: "
            "give it relative to the project's folder"
        )
    if location.suffix and not has_magic(source.path) and not location.is_dir():
        return f"watch.path: its files go into source.path, and {source.path} is one file: name a folder"
    if watch.in_s3:
        return ""
    watched, own = watch.location.absolute(), location.absolute()
    if watched == own or watched in own.parents or own in watched.parents:
        return f"watch.path: {watch.path} and source.path {source.path} lie in one another: watch a folder apart"
    return ""

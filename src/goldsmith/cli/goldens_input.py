"""Which goldens a verb of `goldsmith goldens` was given: a use case's, or a file's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from goldsmith import config
from goldsmith.cli import instead
from goldsmith.config import plugins
from goldsmith.errors import UserError, near
from goldsmith.readers.finding import fixed_part
from goldsmith.records import Record


class Part(StrEnum):
    """Which of a use case's goldens."""

    SOURCE = "source"
    GOLDENS = "goldens"


@dataclass(frozen=True)
class Goldens:
    """Records to work on.

    Attributes:
        name: as a person would call them.
        kind: their record type.
        read: gives a fresh iterator over them at every call.
        inputs: the files or folders on this machine that they come from; of a glob its folder.
    """

    name: str
    kind: str
    read: Callable[[], Iterator[Record]]
    inputs: tuple[Path, ...]

    def refuse(self, kinds: Sequence[str], reason: str) -> None:
        """Refuse record types that a verb is not for.

        Raises:
            UserError: it is one of them.
        """
        if self.kind in kinds:
            raise UserError(f"{self.name}: not for records of type {self.kind}: {reason}")


def given(
    use_case: str | None,
    profile: str | None,
    part: Part,
    paths: Sequence[Path] | None,
    form: str | None,
) -> Goldens:
    """The goldens that the options name.

    Raises:
        UserError: neither a use case nor a path, or a path whose format nobody named.
    """
    if not paths and not use_case:
        raise UserError("give a use case, or --path FILE --format FORMAT")
    if paths and len(paths) > 1:
        raise UserError("give one --path; `goldsmith goldens merge` takes several")
    loaded = config.load(use_case, profile, instead=instead.FILES) if use_case else None
    if paths:
        return _of_path(paths[0], form, loaded)
    assert loaded is not None
    if form:
        raise UserError("--format goes with --path: a use case names its own reader")
    return _of_goldens(loaded) if part is Part.GOLDENS else _of_source(loaded)


def _of_path(path: Path, form: str | None, loaded: Any) -> Goldens:
    if form is None and loaded is None:
        raise UserError(
            f"--path {path} needs --format, one of {', '.join(plugins.names('readers'))}"
        )
    reader = _reader(form) if form else loaded.source.reader
    return _of_files(str(path), reader, path)


def _of_files(name: str, reader: Any, path: Path) -> Goldens:
    from goldsmith.curation.files import checked

    files = reader.files(path)
    return Goldens(
        name,
        reader.record.kind,
        checked(lambda: reader.read(files, path), str(path)),
        (fixed_part(path),),
    )


def _reader(form: str) -> Any:
    """A reader from its name or its section."""
    from pydantic import ValidationError

    from goldsmith.config.problems import first_finding

    try:
        value = yaml.safe_load(form)
    except yaml.YAMLError:
        value = form
    section = value if isinstance(value, dict) else {"format": str(form)}
    if "format" not in section:
        raise UserError(f"--format {form}: format is missing: {near('', plugins.names('readers'))}")
    kind = plugins.load("readers", str(section["format"]))
    try:
        return kind.model_validate(section)
    except ValidationError as error:
        raise UserError(f"--format {form}: {first_finding(error, kind)}") from None


def _of_source(loaded: Any) -> Goldens:
    from goldsmith import pipeline
    from goldsmith.curation.files import checked

    source = loaded.source
    folder = pipeline.raw(loaded).folder
    shown = getattr(source, "location", folder)
    files = source.reader.files(folder)
    local = source.kind != "generated" and not source.remote
    return Goldens(
        loaded.name,
        source.reader.record.kind,
        checked(lambda: source.read(files, shown), str(shown)),
        (fixed_part(shown),) if local else (),
    )


def _of_goldens(loaded: Any) -> Goldens:
    if loaded.goldens is None:
        raise UserError(f"{loaded.name} has no `goldens:` section: leave --part out")
    from goldsmith.curation import fixed

    fixed.files(loaded)
    found = _of_files(loaded.goldens.path, fixed.reader(loaded), loaded.goldens.location)
    return replace(found, name=f"{loaded.name} (goldens)")

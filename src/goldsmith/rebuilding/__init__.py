"""Making a registered version again from its passport, and comparing the two."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from goldsmith.errors import GoldsmithError, listed
from goldsmith.rebuilding import (
    base_model,
    clones,
    comparing,
    gathering,
    place,
    record,
    running,
    surroundings,
)
from goldsmith.rebuilding.comparing import DIFFERS, Figure, Row, Tolerance
from goldsmith.rebuilding.place import Place
from goldsmith.rebuilding.record import Record
from goldsmith.registry.versions import Version

__all__ = ["Figure", "Prepared", "Rebuilt", "Row", "UnobtainableError", "prepare", "rebuild"]

Say = Callable[[str, str], None]
Got = TypeVar("Got")
MOST_LIBRARIES = 8


class UnobtainableError(GoldsmithError):
    """Something that the version was made of cannot be had; nothing was run.

    Attributes:
        missing: what, and why not, in words.
    """

    def __init__(self, message: str, missing: list[str]) -> None:
        super().__init__(message)
        self.missing = missing


@dataclass(frozen=True)
class Prepared:
    """All that the run needs, laid out."""

    record: Record
    place: Place
    code: clones.Laid
    project: Path
    elsewhere: str
    libraries: tuple[str, ...]


@dataclass(frozen=True)
class Rebuilt:
    """What came of it.

    Attributes:
        record: the version.
        folder: where it was made again.
        rows: hashes and settings then and now.
        figures: figures then and now.
        tolerance: how near they must be.
        libraries: those that are others than then, in words.
    """

    record: Record
    folder: Path
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]
    tolerance: Tolerance
    libraries: tuple[str, ...]

    @property
    def reproduced(self) -> bool:
        """Whether everything that must be the same is."""
        return DIFFERS not in {*(one.result for one in self.rows), *(one.result for one in self.figures)}  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "model": self.record.version.model,
            "version": self.record.version.number,
            "reproduced": self.reproduced,
            "tolerance": self.tolerance._asdict(),
            "libraries": list(self.libraries),
            "items": [one._asdict() for one in self.rows],
            "figures": [one.as_json() for one in self.figures],
        }


class _Gathering:
    """Gets one thing after the other; what cannot be had is told at the end, all of it."""

    def __init__(self, say: Say) -> None:
        self.say, self.missing = say, list[str]()

    def have(self, what: str, get: Callable[[], Got]) -> Got | None:
        """One thing; None where it cannot be had."""
        try:
            found = get()
        except GoldsmithError as error:
            self.missing.append(f"{what}: {error}")
            return None
        self.say(what, getattr(found, "said", found))  # type: ignore[arg-type]
        return found


def prepare(version: Version, root: Path, say: Say) -> Prepared:
    """Get everything that the version was made of, before anything runs.

    Args:
        version: which.
        root: a folder to do it in.
        say: told of each thing and where it came from.

    Raises:
        UnobtainableError: something cannot be had; names all of it.
        UserError: the folder holds something else.
        StoreError: MLflow cannot be reached or fails.
    """
    known = record.read(version)
    where, passport, have = place.prepare(root, known), known.passport, _Gathering(say)
    code = have.have("code", lambda: clones.lay_code(passport, where))
    project = have.have("project", lambda: clones.lay_project(passport, where, code))
    folder = project.folder if project else None
    have.have("machine", lambda: surroundings.require_device(passport))
    have.have("forgotten", lambda: gathering.refuse_forgotten(passport))
    data = have.have("data", lambda: gathering.data(passport, where, folder, partial(say, "data")))
    goldens = have.have(
        "goldens", lambda: gathering.goldens(passport, where, folder, partial(say, "goldens"))
    )
    if folder is not None:
        have.have("base model", lambda: base_model.find(passport, where, folder))
    if have.missing or not (code and data and goldens and folder):
        raise UnobtainableError(_unobtainable(known, have.missing), have.missing)
    place.write_use_case(where, passport, data.path, goldens.path)
    folders = tuple(filter(None, (folder, code.folder)))
    libraries = surroundings.other_libraries(passport, folders)
    shown = f"others than then: {listed(libraries, MOST_LIBRARIES)}" if libraries else "as then"
    say("libraries", f"{shown}; compared {surroundings.lock_said(passport, folders)}")
    elsewhere = surroundings.other_machine(passport)
    if not elsewhere and libraries:
        elsewhere = f"{len(libraries)} libraries are others than then"
    return Prepared(known, where, code, folder, elsewhere, tuple(libraries))


def _unobtainable(known: Record, missing: list[str]) -> str:
    lines = "".join(f"\n  {one}" for one in missing)
    return f"{known.shown} cannot be made again here; nothing was run:{lines}"


def rebuild(prepared: Prepared, tolerance: float | None = None) -> Rebuilt:
    """Run the version's code on the version's data, and compare.

    Args:
        prepared: what `prepare` laid out.
        tolerance: how near the primary metric must be; None: equal on an equal machine, else
            within half of the version's own 95 % interval.

    Raises:
        GoldsmithError: the run failed.
    """
    known, where = prepared.record, prepared.place
    threads = surroundings.threads(known.passport)
    answer = running.run(known.passport, where, prepared.code, prepared.project, threads)
    bounds = comparing.tolerance(known, prepared.elsewhere, tolerance)
    return Rebuilt(
        known,
        where.root,
        tuple(comparing.rows(known, answer["folders"])),
        tuple(comparing.figures(known, answer["folders"], bounds)),
        bounds,
        prepared.libraries,
    )

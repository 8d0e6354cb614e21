"""add: new files into a use case's goldens, refused before anything changes if they are bad."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith import pipeline, snapshots
from goldsmith.config import UseCase
from goldsmith.errors import DataError, UserError, listed
from goldsmith.readers.opening import watched
from goldsmith.revisions import rewriting, workplace
from goldsmith.revisions.workplace import Say, Workplace
from goldsmith.stages import load
from goldsmith.versioning import objects, pointers, swapping, tombstones
from goldsmith.versioning.pointers import Pointer


@dataclass(frozen=True)
class Added:
    """What `add` did.

    Attributes:
        pointer: of the goldens as they are now.
        records: that they hold.
        forgotten: records with a tombstone that were left out.
        new: whether the goldens differ from those of the pointer that was there.
        commands: what to type so that git has the new revision.
    """

    pointer: Pointer
    records: int
    forgotten: int
    new: bool
    commands: tuple[str, ...]


def add(config: UseCase, files: Sequence[Path], say: Say) -> Added:
    """Take files into the goldens of a use case, after they passed load and raw validation.

    A file of a name that is there already takes its place. Without files, what lies in the
    working tree is checked and taken.

    Raises:
        ConfigError: the use case does not read files of the working tree.
        UserError: no such file, or two of one name.
        DataError: the goldens would break the data contract; nothing is changed then.
        StoreError: the disk or DVC refuses.
    """
    place = workplace.find(config)
    _check(files)
    with place.locked(say) as found:
        place.refuse_git()
        before = pointers.read(place.path)
        if before is not None and not place.path.exists():
            objects.check_out(found, before, say)
        with place.scratch() as scratch:
            copy = place.copy_to(scratch)
            names = _lay(place, files, copy)
            forgotten = rewriting.leave_out(place, copy, tombstones.read(config.name))
            records = _hold_to_contract(place, copy, names, say)
            swapping.replace(copy, place.path)
        after = found.add(place.path)
    new = before is None or before.md5 != after.md5
    return Added(after, records, forgotten, new, tuple(place.to_commit()))


def _check(files: Sequence[Path]) -> None:
    for file in files:
        if not file.is_file():
            what = "a folder; name the files in it" if file.is_dir() else "no such file"
            raise UserError(f"{file}: {what}")
    names = [file.name for file in files]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise UserError(f"two files of one name: {listed(doubled)}; give one of them another name")


def _lay(place: Workplace, files: Sequence[Path], copy: Path) -> list[str]:
    """Put the files into the copy of the goldens; returns their names there."""
    single = place.path.is_file() or (not place.path.exists() and bool(place.path.suffix))
    if single and len(files) > 1:
        raise UserError(
            f"{place.path} is one file and cannot take {len(files)}: let source.path name a folder"
        )
    for file in files:
        target = copy if single else copy / file.name
        if single and file.suffix != place.path.suffix:
            raise UserError(f"{file}: {place.path} takes a {place.path.suffix} file")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        with watched(file, str(file)):
            shutil.copyfile(file, target)
    return [] if single else [file.name for file in files]


def _hold_to_contract(place: Workplace, copy: Path, names: Sequence[str], say: Say) -> int:
    """Load and validate the copy as a run would; returns how many records it has."""

    def report(event: dict[str, Any]) -> None:
        if event["type"] == "note":
            say(event["text"])

    try:
        files = place.files(copy)
        unread = sorted(set(names) - {file.name for file in files})
        if unread:
            raise DataError(
                f"{listed(unread)}: format {place.reader.format} does not read it from "
                f"{place.path}: check the name's suffix and source.path"
            )
        raw = snapshots.snapshot(files, str(place.path), report)
        loaded = pipeline.run_stage("load", place.config, {"raw": raw.folder}, report)
        pipeline.run_stage("validate_raw", place.config, {"load": loaded.folder}, report)
    except DataError as error:
        raise DataError(f"nothing was changed: {error}") from None
    return int(load.read_facts(loaded.folder)["records"])

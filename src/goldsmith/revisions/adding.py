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
from goldsmith.versioning import checking_out, pointers, swapping, tombstones
from goldsmith.versioning.objects import Objects
from goldsmith.versioning.pointers import Pointer


class Rejected(DataError):
    """Files that would break the data contract.

    Attributes:
        report: the folder of the validation that they failed; None where they cannot be read.
    """

    def __init__(self, text: str, report: Path | None = None) -> None:
        super().__init__(text)
        self.report = report


class UnreadName(DataError):
    """A file of a name that the source's format does not read."""


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
    check(files)
    with place.locked(say) as found:
        return take(place, found, files, say)


def take(place: Workplace, found: Objects, files: Sequence[Path], say: Say) -> Added:
    """As `add`, of files that were looked at, for whoever holds the lock."""
    before = _present(place, found, say)
    with place.scratch() as scratch:
        copy, forgotten, records = _judged(place, files, scratch, say)
        swapping.replace(copy, place.path)
    after = found.add(place.path, say)
    new = before is None or before.md5 != after.md5
    return Added(after, records, forgotten, new, tuple(place.to_commit()))


def sift(
    config: UseCase, files: Sequence[Path], say: Say
) -> tuple[list[Path], dict[Path, Rejected]]:
    """The files that can be taken together, and why each of the others cannot; changes nothing.

    Raises:
        StoreError: the disk or DVC refuses.
    """
    place = workplace.find(config)
    with place.locked(say) as found:
        _present(place, found, say)
        good: list[Path] = []
        bad: dict[Path, Rejected] = {}
        _divide(place, files, good, bad, say)
    return good, bad


def _divide(
    place: Workplace,
    files: Sequence[Path],
    good: list[Path],
    bad: dict[Path, Rejected],
    say: Say,
) -> None:
    """Sort files into good and bad ones, halving them: of many files few are bad."""
    try:
        _try(place, [*good, *files], say)
    except DataError as error:
        if len(files) == 1:
            bad[files[0]] = error if isinstance(error, Rejected) else Rejected(str(error))
            return
        half = len(files) // 2
        _divide(place, files[:half], good, bad, say)
        _divide(place, files[half:], good, bad, say)
    else:
        good.extend(files)


def _try(place: Workplace, files: Sequence[Path], say: Say) -> None:
    with place.scratch() as scratch:
        _judged(place, files, scratch, say)


def _present(place: Workplace, found: Objects, say: Say) -> Pointer | None:
    """The pointer as it is, with its data in the working tree if there were none."""
    place.refuse_git()
    before = pointers.read(place.path)
    if before is not None and not place.path.exists():
        checking_out.check_out(found, before, say)
    return before


def _judged(
    place: Workplace, files: Sequence[Path], scratch: Path, say: Say
) -> tuple[Path, int, int]:
    """A copy of the goldens with the files in it that keeps the contract; forgotten ones; records."""
    copy = place.copy_to(scratch)
    names = _lay(place, files, copy)
    forgotten = rewriting.leave_out(place, copy, tombstones.read(place.config.name))
    return copy, forgotten, _hold_to_contract(place, copy, names, say)


def check(files: Sequence[Path]) -> None:
    """Look that there are such files.

    Raises:
        UserError: no such file, or two of one name.
    """
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

    found = None
    try:
        files = place.files(copy)
        unread = sorted(set(names) - {file.name for file in files})
        if unread:
            raise UnreadName(
                f"nothing was changed: {listed(unread)}: format {place.reader.format} does not read "
                f"it from {place.path}: check the name's suffix and source.path"
            )
        raw = snapshots.snapshot(files, str(place.path), report)
        loaded = pipeline.run_stage("load", place.config, {"raw": raw.folder}, report)
        found = pipeline.make_stage("validate_raw", place.config, {"load": loaded.folder}, report)
        pipeline.accept("validate_raw", place.config, found.folder, report)
    except UnreadName:
        raise
    except DataError as error:
        raise Rejected(f"nothing was changed: {error}", found.folder if found else None) from None
    return int(load.read_facts(loaded.folder)["records"])

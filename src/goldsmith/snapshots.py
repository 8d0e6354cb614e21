"""Snapshots: the raw goldens of a run, copied into the artifact store under what they are."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from goldsmith import artifacts, mirrored, versioning
from goldsmith.artifacts import Artifact, Store
from goldsmith.config import UseCase
from goldsmith.errors import StoreError
from goldsmith.readers.finding import relative_names
from goldsmith.readers.opening import ChangedError, watched
from goldsmith.versioning import Pointer, pointers, tombstones

Report = Callable[[dict[str, Any]], None]
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)  # seconds before goldens that changed are read again


@dataclass(frozen=True)
class Seen:
    """What a snapshot would be, seen without taking it.

    Attributes:
        content: content digest of the snapshot; None where only taking it would tell.
        files: sha256 by name, where the files were looked at.
        facts: what else is known: a hub's commit, a pointer's md5.
        held: whether the store has the snapshot already.
    """

    content: str | None
    files: dict[str, str] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    held: bool = False


def look(config: UseCase) -> Seen:
    """What `take` would find, without copying, pulling or downloading anything.

    Raises:
        UserError: `data_rev` is no revision, or has no pointer to the source's data.
        DataError: no such path, or not what the reader reads.
        StoreError: a hub that is away.
    """
    source: Any = config.source.pinned()  # type: ignore[attr-defined]
    if config.data_rev is not None:
        pointer = versioning.find_pointer(source.location, config.data_rev)
        whole = {} if pointer.inner else {"md5": pointer.md5}
        return _held(_revision_key(config, pointer), whole)
    if source.remote:
        return _held(artifacts.digest(source.facts), source.facts) if source.facts else Seen(None)
    pointer_here = pointers.read(source.location)
    if pointer_here is not None and not source.location.exists():
        return Seen(None, facts={"md5": pointer_here.md5})
    files = _hashes(source.reader.files(source.location))
    held = mirrored.store().content("snapshot", artifacts.digest(files)) is not None
    return Seen(artifacts.content_of_files(files), files, {}, held)


def _held(key: str, facts: Mapping[str, Any]) -> Seen:
    found = mirrored.store().content("snapshot", key)
    return Seen(found, None, facts, found is not None)


def _hashes(files: Sequence[Path]) -> dict[str, str]:
    names = zip(relative_names(files), files, strict=True)
    return {name: artifacts.file_sha256(file) for name, file in names}


def take(config: UseCase, report: Report) -> Artifact:
    """A snapshot of what a source that is not generated holds, at `data_rev` where that is set.

    Raises:
        UserError: `data_rev` is no revision, or has no pointer to the source's data.
        DataError: no such path, or not what the reader reads.
        StoreError: a DVC pointer whose data cannot be pulled, or a hub that is away.
    """
    source: Any = config.source
    if config.data_rev is not None:
        return _at_revision(config, config.data_rev, report)
    source = source.pinned()
    if not source.remote:
        versioning.pull_if_pointer(source.location)
        return _of_working_tree(source, report)
    if source.facts is None:
        with tempfile.TemporaryDirectory() as scratch:
            source.fetch(Path(scratch), report)
            return snapshot(source.reader.files(Path(scratch)), source.path, report)
    key = artifacts.digest(source.facts)
    return _store(report).ensure(
        "snapshot", key, lambda out: source.fetch(out, report), source.facts
    )


def _of_working_tree(source: Any, report: Report) -> Artifact:
    """A snapshot of files that another command may be putting others in the place of.

    Raises:
        DataError: they change all the time.
    """
    for pause in PAUSES:
        with contextlib.suppress(ChangedError):
            files = source.reader.files(source.location)
            found = snapshot(files, source.path, report)
            # A list made while the old folder was being deleted may lack some of its files.
            if source.reader.files(source.location) == files:
                return found
        _note(report, f"{source.path} changed while it was read: it is read again")
        time.sleep(pause)
    return snapshot(source.reader.files(source.location), source.path, report)


def _at_revision(config: UseCase, rev: str, report: Report) -> Artifact:
    """The source's files as a git revision has them, under the md5 of its pointer."""
    source: Any = config.source
    pointer = versioning.find_pointer(source.location, rev)
    facts = {"path": source.path, "md5": pointer.md5}

    def copy(out: Path) -> None:
        with tempfile.TemporaryDirectory(dir=out.parent) as scratch:
            try:
                found = versioning.copy_out(pointer, Path(scratch), partial(_note, report))
            except StoreError as error:
                remark = tombstones.remark(config.name, pointer.md5)
                raise StoreError(f"{error}; {remark}" if remark else str(error)) from error
            _copy(source.reader.files(found), out)

    return _store(report).ensure("snapshot", _revision_key(config, pointer), copy, facts)


def _revision_key(config: UseCase, pointer: Pointer) -> str:
    facts = {"path": config.section("source")["path"], "md5": pointer.md5}
    return artifacts.digest(facts | {"reader": config.section("source")["reader"]})


def _note(report: Report, text: str) -> None:
    report({"type": "note", "text": text})


def _store(report: Report) -> Store:
    return mirrored.store(partial(_note, report))


def snapshot(files: Sequence[Path], path: str, report: Report) -> Artifact:
    """Copy files into the store under the hash of their bytes.

    Args:
        files: of a data set.
        path: where they come from, in the user's words.
        report: takes progress events.

    Raises:
        DataError: a file changed meanwhile.
    """

    def copy(out: Path) -> None:
        try:
            _copy(files, out)
        finally:
            for check in checks:  # what was copied must be what was hashed for the key
                check()
        report({"type": "note", "text": f"copied {len(files)} file(s) of {path}"})

    store = _store(report)
    with contextlib.ExitStack() as stack:
        checks = [stack.enter_context(watched(file, str(file))) for file in files]
        return store.ensure("snapshot", artifacts.digest(_hashes(files)), copy, {"path": path})


def _copy(files: Sequence[Path], out: Path) -> None:
    for name, path in zip(relative_names(files), files, strict=True):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, out / name)

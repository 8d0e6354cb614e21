"""What lies in a watched place, which of it is new and complete, and copies of it."""

import json
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldsmith import storage
from goldsmith.artifacts import PARTIAL, writing
from goldsmith.config.triggers import Watch
from goldsmith.errors import DataError, StoreError
from goldsmith.readers.opening import watched

SCHEMA = 1
SETTLED_SECONDS = 60.0  # without a change, after which a file in a folder counts as complete
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", "~")
Say = Callable[[str], None]


@dataclass(frozen=True)
class Arrival:
    """A file or an object in the watched place.

    Attributes:
        name: its file name, in the goldens too.
        tag: another one means other bytes: an ETag, or a file's size and time.
        where: it lies.
        size: in bytes.
        settled: whether it is complete by what the place alone tells.
    """

    name: str
    tag: str
    where: str
    size: int
    settled: bool = True


@dataclass
class Seen:
    """What was taken or refused before, and what was not complete at the last look.

    Attributes:
        file: it is kept in.
        done: by name: tag, outcome (taken, quarantined, passed) and where it went.
        waiting: tag by name.
    """

    file: Path
    done: dict[str, dict[str, str]] = field(default_factory=dict)
    waiting: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path, where: str) -> "Seen":
        """The state of a watched place; empty where there is none, or it is of another place.

        Raises:
            StoreError: a file that is no such state.
        """
        if not file.is_file():
            return cls(file)
        try:
            value: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            if value["schema"] == SCHEMA and value["where"] != where:
                return cls(file)
            return cls(file, dict(value["done"]), dict(value["waiting"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{file} cannot be read ({type(error).__name__}): delete it; every file is then "
                "looked at again, and what the goldens hold already changes nothing"
            ) from None

    def write(self, where: str) -> None:
        """Keep the state, whole or not at all.

        Raises:
            StoreError: the disk refuses.
        """
        value = {"schema": SCHEMA, "where": where, "done": self.done, "waiting": self.waiting}
        partial = self.file.with_name(f"{PARTIAL}{self.file.name}")
        with writing(self.file):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("w", encoding="utf-8") as stream:
                json.dump(value, stream, indent=1, sort_keys=True)
                stream.flush()
                os.fsync(stream.fileno())
            partial.replace(self.file)

    def new(self, found: Sequence[Arrival]) -> list[Arrival]:
        """What is complete and was not done before; remembers what is not complete yet."""
        fresh = [one for one in found if self.done.get(one.name, {}).get("tag") != one.tag]
        ready = [one for one in fresh if one.settled or self.waiting.get(one.name) == one.tag]
        self.waiting = {one.name: one.tag for one in fresh if one not in ready}
        return ready

    def mark(self, found: Sequence[Arrival], outcome: str, went: Mapping[str, str]) -> None:
        """Remember what became of some arrivals."""
        for one in found:
            self.done[one.name] = {
                "tag": one.tag, "outcome": outcome, "went": went.get(one.name, ""),
            }  # fmt: skip

    def forget_but(self, found: Sequence[Arrival]) -> None:
        """Forget what is no longer there: it would change nothing if it came again."""
        names = {one.name for one in found}
        self.done = {name: what for name, what in self.done.items() if name in names}


def look(watch: Watch) -> list[Arrival]:
    """What lies directly in the watched place, by name; hidden and unfinished files are not seen.

    Raises:
        StoreError: the place cannot be reached or read.
    """
    found = _in_bucket(watch.path) if watch.in_s3 else _in_folder(watch.location)
    return sorted((one for one in found if _counts(one.name)), key=lambda one: one.name)


def _counts(name: str) -> bool:
    return bool(name) and not name.startswith((".", "~")) and not name.lower().endswith(UNFINISHED)


def _in_bucket(uri: str) -> list[Arrival]:
    _, prefix = storage.split(uri)
    start = len(prefix) + 1 if prefix else 0
    return [
        Arrival(
            stored.key[start:], stored.etag, f"{uri.rstrip('/')}/{stored.key[start:]}", stored.size
        )
        for stored in storage.listing(uri)
        if "/" not in stored.key[start:]
    ]


def _in_folder(folder: Path) -> list[Arrival]:
    try:
        with os.scandir(folder) as entries:
            states = [(one.name, one.path, one.stat()) for one in entries if one.is_file()]
    except OSError as error:
        raise StoreError(f"watch.path {folder} cannot be read: {error.strerror}") from None
    now = time.time()
    return [
        Arrival(name, _tag(state), path, state.st_size, now - state.st_mtime >= SETTLED_SECONDS)
        for name, path, state in states
    ]


def _tag(state: os.stat_result) -> str:
    return f"{state.st_size}-{state.st_mtime_ns}"


def bring(watch: Watch, found: Sequence[Arrival], folder: Path, say: Say) -> list[Arrival]:
    """Copy arrivals into a folder under their names; those that are others by now are left out.

    Raises:
        StoreError: the place cannot be reached, or the disk refuses.
    """
    brought = []
    for one in found:
        target = folder / one.name
        with writing(target):
            same = _download(watch.path, one, target) if watch.in_s3 else _copy(one, target)
        if same:
            brought.append(one)
        else:
            target.unlink(missing_ok=True)
            say(f"{one.where} changed while it was fetched: it is taken at the next look")
    return brought


def _download(uri: str, one: Arrival, target: Path) -> bool:
    _, prefix = storage.split(uri)
    key = f"{prefix}/{one.name}" if prefix else one.name
    return storage.download(uri, storage.Stored(key, one.tag, one.size), target)


def _copy(one: Arrival, target: Path) -> bool:
    source = Path(one.where)
    try:
        with watched(source, one.where):
            shutil.copyfile(source, target)
        return _tag(source.stat()) == one.tag
    except (DataError, FileNotFoundError):
        return False

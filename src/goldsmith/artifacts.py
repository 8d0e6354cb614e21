"""The artifact store: finished folders under the key of all that went into them.

An artifact is a folder that describes itself: its files plus `artifact.json`, written last, inside
a
temporary folder that is renamed as a whole. So whoever sees an artifact sees a complete one, and
"nothing new", resuming, waiting for an equal run and reproducing are one function: `Store.ensure`.
Knows no stage and no use case.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from goldsmith.artifact_leases import Leases
from goldsmith.errors import StoreError

MANIFEST = "artifact.json"
VOLATILE = "timing.json"  # measured times: kept, but two equal runs differ in them
SCHEMA = 1
PARTIAL = ".partial-"


@dataclass(frozen=True)
class Artifact:
    """A complete artifact.

    Attributes:
        folder: where its files lie.
        stage: what made it.
        key: hex digest of all that went into it.
        content: hex digest of its files; equal content means equal files.
        cached: whether it was there before.
        seconds: time that making it took, when it was made.
    """

    folder: Path
    stage: str
    key: str
    content: str
    cached: bool
    seconds: float


def digest(value: Any) -> str:
    """Hex digest of plain values, equal for equal values."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """Hex sha256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def file_hashes(folder: Path) -> dict[str, str]:
    """sha256 of every file below a folder but its manifest, by relative path, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = ((path.relative_to(folder).as_posix(), path) for path in files)
    return {name: file_sha256(path) for name, path in names if name != MANIFEST}


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of an artifact folder; None if there is none that can be read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and manifest.get("schema") == SCHEMA else None


def content_of(folder: Path) -> str:
    """Content digest of an artifact folder that may lie outside the store.

    The manifest's word is taken only where sizes agree with it; else the files are hashed.
    """
    manifest = read_manifest(folder)
    if manifest is not None and _sizes(folder) == manifest["sizes"]:
        return str(manifest["content"])
    return content_of_files(file_hashes(folder))


def content_of_files(files: Mapping[str, str]) -> str:
    """Content digest of files, from their sha256 by name."""
    return digest({name: found for name, found in files.items() if Path(name).name != VOLATILE})


def _sizes(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file())
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in files}
    sizes.pop(MANIFEST, None)
    return dict(sorted(sizes.items()))


class Store:
    """The artifacts of one machine: `<root>/<stage>/<key>/`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.leases = Leases(root.parent / "leases")

    def ensure(
        self,
        stage: str,
        key: str,
        make: Callable[[Path], None],
        about: Mapping[str, Any] | None = None,
        on_wait: Callable[[], None] | None = None,
    ) -> Artifact:
        """Return the complete artifact under a key, or make it, one maker at a time.

        Args:
            stage: name of what makes it, the first folder below the root.
            key: digest of everything that determines the result.
            make: fills an empty folder.
            about: plain facts for the manifest; no part of the key or the content.
            on_wait: called once if another process is making the same artifact.

        Raises:
            StoreError: the disk is full or cannot be written.
        """
        found = self._use(stage, key)
        if found:
            return found
        with self.lock(f"{stage}-{key[:24]}", on_wait):
            found = self._use(stage, key)
            return found or self._make(stage, key, make, dict(about or {}))

    def _use(self, stage: str, key: str) -> Artifact | None:
        """`find`, for use: while this process lives, and days after it, `discard` leaves it alone."""
        with self.leases.taking(f"{stage}/{key}"):
            found = self.find(stage, key)
            if found:
                with contextlib.suppress(
                    OSError
                ):  # a home that cannot be written is nobody's to clear
                    os.utime(found.folder / MANIFEST)
            return found

    def find(self, stage: str, key: str) -> Artifact | None:
        """The complete artifact under a key, None if there is none or it is damaged."""
        folder = self.root / stage / key
        manifest = read_manifest(folder)
        if manifest is None or _sizes(folder) != manifest["sizes"]:
            return None
        return Artifact(folder, stage, key, manifest["content"], True, manifest["seconds"])

    def content(self, stage: str, key: str) -> str | None:
        """Content digest of the complete artifact under a key, None if there is none."""
        found = self.find(stage, key)
        return found.content if found else None

    def all(self, stage: str) -> list[Artifact]:
        """The complete artifacts of a stage."""
        found = (self.find(stage, folder.name) for folder in (self.root / stage).glob("[!.]*"))
        return sorted((one for one in found if one), key=lambda one: one.key)

    def delete(self, stage: str, key: str) -> None:
        """Delete an artifact for good, once nobody is making it.

        Raises:
            StoreError: the disk refuses.
        """
        folder = self.root / stage / key
        gone = folder.with_name(f"{PARTIAL}{key}")
        with self.lock(f"{stage}-{key[:24]}"), writing(folder):
            shutil.rmtree(gone, ignore_errors=True)
            if folder.exists():
                folder.rename(gone)  # so that nobody sees half of it
                shutil.rmtree(gone)

    def discard(self, stage: str, key: str) -> bool:
        """Delete an artifact, or what a dead maker left of it, unless a process makes or uses it.

        Returns:
            Whether it is gone.

        Raises:
            StoreError: the disk refuses.
        """
        folder = self.root / stage / key
        gone = folder.with_name(f"{PARTIAL}{key}")
        with self.try_lock(f"{stage}-{key[:24]}") as free, writing(folder):
            if not free:
                return False
            with self.leases.freed(f"{stage}/{key}") as unused:
                if folder.exists():
                    if not unused:
                        return False
                    shutil.rmtree(gone, ignore_errors=True)
                    folder.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
            return True

    def _make(
        self, stage: str, key: str, make: Callable[[Path], None], about: dict[str, Any]
    ) -> Artifact:
        folder = self.root / stage / key
        partial = folder.with_name(f"{PARTIAL}{key}")
        started = time.monotonic()
        with writing(folder):
            # Under the key's lock nobody else writes here: what lies there is a dead maker's.
            for left_over in (partial, folder):
                shutil.rmtree(left_over, ignore_errors=True)
            partial.mkdir(parents=True)
            try:
                make(partial)
                seconds = round(time.monotonic() - started, 3)
                content = self._seal(partial, stage, key, seconds, about)
                partial.rename(folder)
            except BaseException:
                shutil.rmtree(partial, ignore_errors=True)
                raise
        return Artifact(folder, stage, key, content, False, seconds)

    @staticmethod
    def _seal(folder: Path, stage: str, key: str, seconds: float, about: dict[str, Any]) -> str:
        files = file_hashes(folder)
        content = content_of_files(files)
        manifest = {
            "schema": SCHEMA,
            "stage": stage,
            "key": key,
            "content": content,
            "files": files,
            "sizes": _sizes(folder),
            "seconds": seconds,
            "about": about,
        }
        with (folder / MANIFEST).open("w", encoding="utf-8") as stream:
            json.dump(manifest, stream, indent=1, sort_keys=True)
            stream.flush()
            os.fsync(stream.fileno())
        return content

    @contextlib.contextmanager
    def lock(self, name: str, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
        """Hold a lock that the system frees at once when its holder dies."""
        with self._lock_file(name) as stream:
            if not _locked(stream):
                if on_wait:
                    on_wait()
                fcntl.flock(stream, fcntl.LOCK_EX)
            yield

    @contextlib.contextmanager
    def try_lock(self, name: str) -> Iterator[bool]:
        """Hold a lock for the block if nobody else holds it; says whether it does."""
        with self._lock_file(name) as stream:
            yield _locked(stream)

    def _lock_file(self, name: str) -> IO[str]:
        path = self.root.parent / "locks" / f"{name}.lock"
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            return path.open("w")


def _locked(stream: IO[str]) -> bool:
    """Take a lock, unless somebody else holds it."""
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn a failing disk into a StoreError that says where and what to do."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        remedy = "free some space or set" if full else "look at it, or set"
        raise StoreError(
            f"cannot write {error.filename or path}: {error.strerror}; {remedy} GOLDSMITH_HOME to a "
            "folder with room, and run again: finished stages are kept"
        ) from error


def place(artifact: Artifact, target: Path) -> None:
    """Put a copy of an artifact at a path; what lay there before goes once the copy is whole."""
    partial = target.with_name(f"{PARTIAL}{target.name}")
    old = target.with_name(f"{PARTIAL}old-{target.name}")
    with writing(target):
        for left_over in (partial, old):
            _remove(left_over)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(artifact.folder, partial)
        if target.exists() or target.is_symlink():
            target.rename(old)
        partial.rename(target)
        _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)

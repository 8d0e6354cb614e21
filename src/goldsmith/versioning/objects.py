"""What lies behind a pointer: objects in DVC's cache and remotes, by md5.

Objects are read, fetched and sent by their hash, without any lock: each is written beside its name
and renamed, and a second copy of one is the same.
"""

import contextlib
import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from goldsmith.errors import GoldsmithError, StoreError, UserError, listed
from goldsmith.readers.finding import fixed_part
from goldsmith.versioning import git, locking, pointers
from goldsmith.versioning.hashing import file_md5, hashes
from goldsmith.versioning.pointers import Pointer

BATCH = 64  # objects between two lines of progress
PARTIAL = ".partial-"
PAUSES = (0.1, 0.4, 1.0, 2.0)  # seconds; DVC needs milliseconds for what may look damaged
Say = Callable[[str], None]
Made = TypeVar("Made")


def _quiet(text: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Objects:
    """DVC's cache and remotes of one repository; made by `opened`."""

    repo: Any

    @property
    def cache(self) -> Any:
        """The local object store."""
        return self.repo.cache.local

    def remotes(self) -> list[str]:
        """The names of the configured remotes."""
        return sorted(self.repo.config["remote"])

    def has_remote(self, pointer: Pointer) -> bool:
        """Whether there is a remote for what a pointer names: its own, or the default one."""
        return bool(pointer.remote or self.repo.config["core"].get("remote"))

    def remote(self, name: str | None) -> Any:
        """The object store of a remote, of the default one if None.

        Raises:
            UserError: there is none, or it is not one of plain objects.
        """
        from dvc.config import RemoteConfigError

        try:
            return self.repo.cloud.get_remote_odb(name)
        except RemoteConfigError as error:
            known = listed(self.remotes())
            remedy = (
                f"configured are {known}; `dvc remote default NAME` chooses ({_first_line(error)})"
                if known
                else "none is configured; `dvc remote add -d NAME s3://bucket/prefix` adds one"
            )
            raise UserError(f"no DVC remote to use: {remedy}") from None

    def files(self, pointer: Pointer, say: Say = _quiet) -> list[tuple[str, str]]:
        """(relative path, md5) of every file behind a pointer; the listing of a folder is fetched.

        Raises:
            StoreError: the listing is neither in the cache nor in the remote.
        """
        if not pointer.is_folder:
            return [("", pointer.md5)]
        return _settled(lambda: self._listing(pointer), say)

    def _listing(self, pointer: Pointer) -> list[tuple[str, str]]:
        from dvc_data.hashfile.hash_info import HashInfo
        from dvc_data.hashfile.tree import Tree
        from dvc_objects.errors import ObjectFormatError

        self._fetch(pointer, [pointer.md5], _quiet)
        what = f"{pointer.file}: the listing of its files"
        with _reaching(what):
            try:
                tree = Tree.load(self.cache, HashInfo("md5", pointer.md5))
            except (ObjectFormatError, FileNotFoundError) as error:
                raise _UnsettledError(
                    f"{what}, {self.cache.oid_to_path(pointer.md5)}, is damaged ({error}); delete it "
                    "and fetch it again with `dvc fetch`"
                ) from error
        return sorted(("/".join(parts), found.value) for parts, _, found in tree)

    def fetch(self, pointer: Pointer, say: Say = _quiet) -> int:
        """Bring all that a pointer names into the cache; returns how many objects were fetched.

        Raises:
            StoreError: something is neither in the cache nor in the remote.
        """
        listing = self._fetch(pointer, [pointer.md5], _quiet) if pointer.is_folder else 0
        return listing + self._fetch(pointer, [md5 for _, md5 in self.files(pointer, say)], say)

    def _fetch(self, pointer: Pointer, wanted: list[str], say: Say) -> int:
        lacking = self.missing(self.cache, wanted)
        if not lacking:
            return 0
        try:
            source = self.remote(pointer.remote)
        except UserError as error:
            raise StoreError(
                f"{pointer.file} ({pointer.md5}): {len(lacking)} object(s) are not in DVC's cache, "
                f"and there is no remote to fetch them from: {error}"
            ) from None
        where = location(source)
        gone = self.missing(source, lacking)
        if gone:
            raise StoreError(
                f"{pointer.file} ({pointer.md5}): {len(gone)} of its objects are neither in DVC's "
                f"cache nor in {where} ({listed(gone, 2)}): push them from a machine that has them "
                "(`dvc push`), or restore them from a backup"
            )
        self._transfer(source, self.cache, lacking, f"fetched from {where}", say)
        return len(lacking)

    def push(self, pointer: Pointer, say: Say = _quiet) -> int:
        """Bring all that a pointer names to its remote; returns how many objects were sent.

        Raises:
            UserError: no remote.
            StoreError: the cache lacks something, or the remote fails.
        """
        target = self.remote(pointer.remote)
        where = location(target)
        names = sorted({md5 for _, md5 in self.files(pointer)})
        absent = self.missing(self.cache, names)
        if absent:
            raise StoreError(
                f"{pointer.file}: {len(absent)} object(s) are not in DVC's cache "
                f"({listed(absent, 2)}): run `goldsmith data pull` or `dvc add {pointer.path}` first"
            )
        with _reaching(where):
            lacking = self.missing(target, names)
            self._transfer(self.cache, target, lacking, f"sent to {where}", say)
            # The listing goes last, so that a listing in the remote means that its files are there.
            if pointer.is_folder and self.missing(target, [pointer.md5]):
                self._transfer(self.cache, target, [pointer.md5], "", _quiet)
                lacking.append(pointer.md5)
        return len(lacking)

    @staticmethod
    def missing(store: Any, names: Iterable[str]) -> list[str]:
        """Those objects that a store does not have.

        Raises:
            StoreError: it cannot be asked.
        """
        wanted = sorted(set(names))
        with _reaching(location(store)):
            having = set(store.oids_exist(wanted)) if wanted else set()
        return [name for name in wanted if name not in having]

    @staticmethod
    def _transfer(source: Any, target: Any, names: list[str], what: str, say: Say) -> None:
        with _reaching(f"{location(source)} to {location(target)}"):
            for start in range(0, len(names), BATCH):
                batch = names[start : start + BATCH]
                paths = [source.oid_to_path(name) for name in batch]
                target.add(paths, source.fs, batch, check_exists=False)
                say(f"{start + len(batch)} of {len(names)} object(s) {what}")

    def copy_out(self, pointer: Pointer, out: Path, say: Say = _quiet) -> Path:
        """Write what a pointer names to a path that does not exist yet, checking every hash.

        Returns:
            The part of it that the pointer was asked for.

        Raises:
            StoreError: something is in neither cache nor remote, or damaged in the cache.
        """
        self.fetch(pointer, say)
        for name, md5 in self.files(pointer):
            target = out / name if name else out
            target.parent.mkdir(parents=True, exist_ok=True)
            _settled(partial(self._copy, pointer, md5, target), say)
        return out / pointer.inner if pointer.inner else out

    def _copy(self, pointer: Pointer, md5: str, target: Path) -> None:
        self._fetch(pointer, [md5], _quiet)
        kept = Path(self.cache.oid_to_path(md5))
        try:
            shutil.copyfile(kept, target)
        except FileNotFoundError as error:
            if kept.exists():
                raise  # it is the target's folder that is gone
            raise _UnsettledError(f"{kept} went away while it was read") from error
        if file_md5(target) != md5:
            raise _UnsettledError(
                f"{kept} is damaged: its bytes do not have the hash in its name; delete it and "
                "fetch it again with `dvc fetch`"
            )

    def changed(self, pointer: Pointer) -> bool:
        """Whether the data in the working tree differ from their pointer there."""
        with _reaching(str(pointer.file)):
            out: Any = self.repo.stage.load_one(str(pointer.file.absolute())).outs[0]
            return bool(out.changed_checksum())

    def holds(self, path: Path) -> bool:
        """Whether the cache has all that lies at a path, so that it can be had again."""
        whole, parts = hashes(path)
        return not self.missing(self.cache, [whole, *parts])

    def add(self, path: Path, say: Say = _quiet) -> Pointer:
        """`dvc add`: take a path's data into the cache and write its pointer.

        Waits for other DVC commands.

        Raises:
            StoreError: DVC refuses.
        """
        with _reaching(f"`dvc add {path}`"):
            self.repo.scm_context.quiet = True
            locking.patiently(self.repo, lambda: self.repo.add([str(path)]), say)
        found = pointers.read(path)
        if found is None:
            raise StoreError(f"`dvc add {path}` wrote no pointer")
        return found

    def delete(self, store: Any, names: Iterable[str]) -> list[str]:
        """Delete objects from a store for good; returns those that were there."""
        from dvc_data.hashfile.db import get_index

        with _reaching(location(store)):
            wanted = set(names)
            present = sorted(wanted - set(self.missing(store, wanted)))
            for name in present:
                store.fs.remove(store.oid_to_path(name))
            # DVC remembers what a remote has: that would be wrong now.
            get_index(store).clear()
        return present


class _UnsettledError(StoreError):
    """An object in the cache is not what its name says; perhaps it is just being written."""


def _settled(read: Callable[[], Made], say: Say) -> Made:
    """What a reading of the cache gives once nobody writes there.

    `dvc add` may make an object as an empty file first, and check away one that another is writing.

    Raises:
        StoreError: it stays so.
    """
    for pause in PAUSES:
        try:
            return read()
        except _UnsettledError as error:
            say(f"{error}: perhaps another DVC command is writing it: looking again in {pause} s")
            time.sleep(pause)
    return read()


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Objects]:
    """The object stores of the DVC repository that a path lies in.

    Raises:
        UserError: it lies in none.
    """
    from dvc.exceptions import DvcException, NotDvcRepoError
    from dvc.repo import Repo

    for name in ("dvc", "dvc_data", "dvc_objects"):  # what goes wrong is raised, and said by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        repo = Repo(str(git.existing(path)))
    except NotDvcRepoError:
        raise UserError(
            f"{path} lies in no DVC repository: run `git init` (where there is none) and `dvc init` "
            "in the project's folder first"
        ) from None
    except DvcException as error:
        raise StoreError(f"DVC's repository around {path}: {_first_line(error)}") from error
    with repo:
        yield Objects(repo)


def location(store: Any) -> str:
    """Where an object store lies, as a URL or a path."""
    text = str(store.fs.unstrip_protocol(store.path))
    return text.removeprefix("file://").removesuffix("/files/md5")


@contextlib.contextmanager
def _reaching(where: str) -> Iterator[None]:
    """Turn the many ways in which a remote fails into a StoreError."""
    try:
        yield
    except (GoldsmithError, KeyboardInterrupt):
        raise
    except Exception as error:
        raise StoreError(
            f"{where}: {type(error).__name__}: {_first_line(error)}; check `dvc remote list`, the "
            "credentials (AWS_*) and that no other dvc command is at work"
        ) from error


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:300]


def pull_if_pointer(path: Path) -> None:
    """Fetch data that are not in the working tree but have a `.dvc` pointer beside them.

    Raises:
        StoreError: the pointer's data cannot be had from the cache or the remote.
    """
    place = fixed_part(path)
    pointer = _pointer_above(place)
    if pointer is None:
        return
    try:
        with opened(path) as objects, locking.held(Path(objects.repo.tmp_dir) / "goldsmith.pull"):
            if _pointer_above(place) is not None:  # else an equal run has pulled them meanwhile
                check_out(objects, pointer)
    except GoldsmithError as error:
        raise StoreError(f"{pointer.file}: its data cannot be pulled: {error}") from error


def _pointer_above(path: Path) -> Pointer | None:
    """The pointer of a path that is missing, or of the missing folder that it should lie in."""
    for place in (path, *path.parents):
        if place.exists():
            return None
        found = pointers.read(place)
        if found is not None:
            return found
    return None


def check_out(objects: Objects, pointer: Pointer, say: Say = _quiet) -> None:
    """Put a pointer's data where they belong in the working tree; what lay there before goes.

    Raises:
        StoreError: the data cannot be had from the cache or the remote.
    """
    from goldsmith.versioning.swapping import replace

    parent = git.existing(pointer.path.parent)
    with tempfile.TemporaryDirectory(dir=parent, prefix=f"{PARTIAL}pull-") as folder:
        found = objects.copy_out(pointer, Path(folder) / pointer.path.name, say)
        replace(found, pointer.path)


def copy_out(pointer: Pointer, folder: Path, say: Say = _quiet) -> Path:
    """Write the data behind a pointer into a folder; returns the part that was asked for.

    Raises:
        UserError: not in a DVC repository.
        StoreError: data that are neither in the cache nor in the remote.
    """
    with opened(pointer.path) as objects:
        return objects.copy_out(pointer, folder / pointer.path.name, say)

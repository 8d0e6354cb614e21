"""What lies behind a pointer: objects in DVC's cache and remotes, by md5.

Objects are read, fetched and sent by their hash, without any lock: each is written beside its name
and renamed, and a second copy of one is the same.
"""

import contextlib
import logging
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from goldsmith.errors import StoreError, UserError, listed
from goldsmith.versioning import git, locking, pointers
from goldsmith.versioning.hashing import file_md5, hashes
from goldsmith.versioning.pointers import Pointer
from goldsmith.versioning.stores import (
    Say,
    UnsettledError,
    first_line,
    location,
    quiet,
    reaching,
    settled,
)

BATCH = 64  # objects between two lines of progress


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
                f"configured are {known}; `dvc remote default NAME` chooses ({first_line(error)})"
                if known
                else "none is configured; `dvc remote add -d NAME s3://bucket/prefix` adds one"
            )
            raise UserError(f"no DVC remote to use: {remedy}") from None

    def files(self, pointer: Pointer, say: Say = quiet) -> list[tuple[str, str]]:
        """(relative path, md5) of every file behind a pointer; the listing of a folder is fetched.

        Raises:
            StoreError: the listing is neither in the cache nor in the remote.
        """
        if not pointer.is_folder:
            return [("", pointer.md5)]
        return settled(lambda: self._listing(pointer), say)

    def _listing(self, pointer: Pointer) -> list[tuple[str, str]]:
        from dvc_data.hashfile.hash_info import HashInfo
        from dvc_data.hashfile.tree import Tree
        from dvc_objects.errors import ObjectFormatError

        self._fetch(pointer, [pointer.md5], quiet)
        what = f"{pointer.file}: the listing of its files"
        with reaching(what):
            try:
                tree = Tree.load(self.cache, HashInfo("md5", pointer.md5))
            except (ObjectFormatError, FileNotFoundError) as error:
                raise UnsettledError(
                    f"{what}, {self.cache.oid_to_path(pointer.md5)}, is damaged ({error}); delete it "
                    "and fetch it again with `dvc fetch`"
                ) from error
        return sorted(("/".join(parts), found.value) for parts, _, found in tree)

    def fetch(self, pointer: Pointer, say: Say = quiet) -> int:
        """Bring all that a pointer names into the cache; returns how many objects were fetched.

        Raises:
            StoreError: something is neither in the cache nor in the remote.
        """
        listing = self._fetch(pointer, [pointer.md5], quiet) if pointer.is_folder else 0
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

    def push(self, pointer: Pointer, say: Say = quiet) -> int:
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
        with reaching(where):
            lacking = self.missing(target, names)
            self._transfer(self.cache, target, lacking, f"sent to {where}", say)
            # The listing goes last, so that a listing in the remote means that its files are there.
            if pointer.is_folder and self.missing(target, [pointer.md5]):
                self._transfer(self.cache, target, [pointer.md5], "", quiet)
                lacking.append(pointer.md5)
        return len(lacking)

    @staticmethod
    def missing(store: Any, names: Iterable[str]) -> list[str]:
        """Those objects that a store does not have.

        Raises:
            StoreError: it cannot be asked.
        """
        wanted = sorted(set(names))
        with reaching(location(store)):
            having = set(store.oids_exist(wanted)) if wanted else set()
        return [name for name in wanted if name not in having]

    @staticmethod
    def _transfer(source: Any, target: Any, names: list[str], what: str, say: Say) -> None:
        with reaching(f"{location(source)} to {location(target)}"):
            for start in range(0, len(names), BATCH):
                batch = names[start : start + BATCH]
                paths = [source.oid_to_path(name) for name in batch]
                target.add(paths, source.fs, batch, check_exists=False)
                say(f"{start + len(batch)} of {len(names)} object(s) {what}")

    def copy_out(self, pointer: Pointer, out: Path, say: Say = quiet) -> Path:
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
            settled(partial(self._copy, pointer, md5, target), say)
        return out / pointer.inner if pointer.inner else out

    def _copy(self, pointer: Pointer, md5: str, target: Path) -> None:
        self._fetch(pointer, [md5], quiet)
        kept = Path(self.cache.oid_to_path(md5))
        try:
            shutil.copyfile(kept, target)
        except FileNotFoundError as error:
            if kept.exists():
                raise  # it is the target's folder that is gone
            raise UnsettledError(f"{kept} went away while it was read") from error
        if file_md5(target) != md5:
            raise UnsettledError(
                f"{kept} is damaged: its bytes do not have the hash in its name; delete it and "
                "fetch it again with `dvc fetch`"
            )

    def changed(self, pointer: Pointer) -> bool:
        """Whether the data in the working tree differ from their pointer there."""
        with reaching(str(pointer.file)):
            out: Any = self.repo.stage.load_one(str(pointer.file.absolute())).outs[0]
            return bool(out.changed_checksum())

    def holds(self, path: Path) -> bool:
        """Whether the cache has all that lies at a path, so that it can be had again."""
        whole, parts = hashes(path)
        return not self.missing(self.cache, [whole, *parts])

    def add(self, path: Path, say: Say = quiet) -> Pointer:
        """`dvc add`: take a path's data into the cache and write its pointer.

        Waits for other DVC commands.

        Raises:
            StoreError: DVC refuses.
        """
        with reaching(f"`dvc add {path}`"):
            self.repo.scm_context.quiet = True
            locking.patiently(self.repo, lambda: self.repo.add([str(path)]), say)
        found = pointers.read(path)
        if found is None:
            raise StoreError(f"`dvc add {path}` wrote no pointer")
        return found

    def delete(self, store: Any, names: Iterable[str]) -> list[str]:
        """Delete objects from a store for good; returns those that were there."""
        from dvc_data.hashfile.db import get_index

        with reaching(location(store)):
            wanted = set(names)
            present = sorted(wanted - set(self.missing(store, wanted)))
            for name in present:
                store.fs.remove(store.oid_to_path(name))
            # DVC remembers what a remote has: that would be wrong now.
            get_index(store).clear()
        return present


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
        raise StoreError(f"DVC's repository around {path}: {first_line(error)}") from error
    with repo:
        yield Objects(repo)

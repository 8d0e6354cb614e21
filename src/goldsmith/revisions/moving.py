"""status, push and pull: where the goldens of a use case are, and moving them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from goldsmith.config import UseCase
from goldsmith.errors import GoldsmithError, StoreError, UserError
from goldsmith.revisions import workplace
from goldsmith.revisions.workplace import Say, Workplace
from goldsmith.versioning import checking_out, git, objects, pointers, stores, swapping, tombstones
from goldsmith.versioning.objects import Objects
from goldsmith.versioning.pointers import Pointer


@dataclass(frozen=True)
class Status:
    """Where the goldens of a use case are.

    Attributes:
        use_case: whose.
        path: in the working tree.
        pointer: its file; None if the goldens have none.
        md5: DVC's hash that the pointer names.
        size: in bytes, as the pointer says.
        objects: how many objects that are: the files, and a folder's listing.
        in_cache, in_remote: how many of them are there; None where it cannot be told.
        remote: where the remote is, or why it cannot be asked.
        committed: whether git has the pointer as it is.
        changed: whether the working data differ from the pointer; None where there are none.
        records: in the working data; None where there are none, or they cannot be read.
        tombstones: how many records are forgotten.
    """

    use_case: str
    path: str
    pointer: str | None
    md5: str = ""
    size: int = 0
    objects: int | None = None
    in_cache: int | None = None
    in_remote: int | None = None
    remote: str = ""
    committed: bool = False
    changed: bool | None = None
    records: int | None = None
    tombstones: int = 0

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


def status(config: UseCase) -> Status:
    """Look at the goldens of a use case; changes nothing but DVC's own notes of hashes.

    Raises:
        ConfigError: the use case does not read files of the working tree.
        UserError: not in a DVC repository.
    """
    place = workplace.find(config)
    with objects.opened(place.path) as found:
        pointer = pointers.read(place.path)
        about: dict[str, Any] = {
            "use_case": config.name,
            "path": str(place.path),
            "pointer": str(pointer.file) if pointer else None,
            "records": _count(place),
            "tombstones": len(tombstones.read(config.name)),
        }
        if pointer is None:
            return Status(**about)
        changed = found.changed(pointer) if place.path.exists() else None
        return Status(
            **about,
            md5=pointer.md5,
            size=pointer.size,
            committed=_committed(pointer),
            changed=changed,
            **_whereabouts(found, pointer),
        )


def _count(place: Workplace) -> int | None:
    try:
        return sum(1 for _ in place.records())
    except GoldsmithError:
        return None


def _committed(pointer: Pointer) -> bool:
    top = git.root(pointer.file)
    text = git.text_at("HEAD", git.relative(pointer.file, top), top)
    return text == pointer.file.read_text(encoding="utf-8", errors="replace")


def _whereabouts(found: Objects, pointer: Pointer) -> dict[str, Any]:
    try:
        names: Sequence[str] = [md5 for _, md5 in found.files(pointer)]
    except StoreError as error:
        return {"in_cache": 0, "remote": str(error)}
    wanted = sorted({*names, pointer.md5})
    about: dict[str, Any] = {
        "objects": len(wanted),
        "in_cache": len(wanted) - len(found.missing(found.cache, wanted)),
    }
    try:
        remote = found.remote(pointer.remote)
        return about | {
            "remote": stores.location(remote),
            "in_remote": len(wanted) - len(found.missing(remote, wanted)),
        }
    except GoldsmithError as error:
        return about | {"remote": str(error)}


def push(config: UseCase, say: Say) -> int:
    """Send what the pointer names to the remote; returns how many objects were sent.

    Raises:
        ConfigError: the use case does not read files of the working tree.
        UserError: no pointer, or no remote.
        StoreError: the cache lacks something, or the remote fails.
    """
    place = workplace.find(config)
    with place.locked(say) as found:
        pointer = place.pointer()
        if place.path.exists() and found.changed(pointer):
            say(
                f"{place.path} differs from its pointer: what the pointer names is sent; "
                f"`goldsmith data add {config.name}` takes the changes in first"
            )
        return found.push(pointer, say)


def pull(config: UseCase, say: Say) -> Path:
    """Bring what the pointer names into the working tree; returns where it lies.

    Raises:
        ConfigError: the use case does not read files of the working tree.
        UserError: no pointer, or working data that would be lost.
        StoreError: data that are neither in the cache nor in the remote.
    """
    place = workplace.find(config)
    with place.locked(say) as found:
        pointer = place.pointer()
        found.fetch(pointer, say)
        if place.path.exists() and not found.changed(pointer):
            return place.path
        # What DVC's cache holds is not lost: an older revision, after `git pull`.
        if place.path.exists() and not found.holds(place.path):
            raise UserError(
                f"{place.path} differs from its pointer and would be lost: `goldsmith data add "
                f"{config.name}` keeps it as a new revision; or move it away, and pull again"
            )
        checking_out.check_out(found, pointer, say)
    return place.path


def restore(config: UseCase, say: Say) -> None:
    """Bring what the pointer names into the working tree, whatever lies there; none: clear it.

    For a clone that nobody works in.

    Raises:
        ConfigError: the use case does not read files of the working tree.
        StoreError: data that are neither in the cache nor in the remote, or a disk that refuses.
    """
    place = workplace.find(config)
    with place.locked(say) as found:
        pointer = pointers.read(place.path)
        if pointer is None:
            if place.path.exists() and not git.tracks(place.path):
                swapping.remove(place.path)
            return
        found.fetch(pointer, say)
        if not place.path.exists() or found.changed(pointer):
            checking_out.check_out(found, pointer, say)

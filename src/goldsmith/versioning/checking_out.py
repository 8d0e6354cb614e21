"""Data behind a pointer, put where they belong in the working tree, or somewhere else."""

import tempfile
from pathlib import Path

from goldsmith.errors import GoldsmithError, StoreError
from goldsmith.readers.finding import fixed_part
from goldsmith.versioning import git, locking, pointers
from goldsmith.versioning.objects import Objects, opened
from goldsmith.versioning.pointers import Pointer
from goldsmith.versioning.stores import Say, quiet

PARTIAL = ".partial-"


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


def check_out(objects: Objects, pointer: Pointer, say: Say = quiet) -> None:
    """Put a pointer's data where they belong in the working tree; what lay there before goes.

    Raises:
        StoreError: the data cannot be had from the cache or the remote.
    """
    from goldsmith.versioning.swapping import replace

    parent = git.existing(pointer.path.parent)
    with tempfile.TemporaryDirectory(dir=parent, prefix=f"{PARTIAL}pull-") as folder:
        found = objects.copy_out(pointer, Path(folder) / pointer.path.name, say)
        replace(found, pointer.path)


def copy_out(pointer: Pointer, folder: Path, say: Say = quiet) -> Path:
    """Write the data behind a pointer into a folder; returns the part that was asked for.

    Raises:
        UserError: not in a DVC repository.
        StoreError: data that are neither in the cache nor in the remote.
    """
    with opened(pointer.path) as objects:
        return objects.copy_out(pointer, folder / pointer.path.name, say)

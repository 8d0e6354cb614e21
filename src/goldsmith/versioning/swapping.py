"""Putting a finished file or folder in the place of another, so that no one sees half of it."""

import ctypes
import errno
import os
import shutil
from pathlib import Path

from goldsmith.errors import StoreError

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NOT_HERE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)
OLD = ".partial-old-"


def replace(new: Path, target: Path) -> None:
    """Put `new` (on the same file system) at `target`; what lay there before is deleted.

    On Linux the two change places in one step. Where a file system cannot do that, a kill between
    the two renames leaves the old data beside the target, and `recover` puts them back.

    Raises:
        StoreError: the disk refuses.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (target.exists() or target.is_symlink()):
            new.rename(target)
        elif target.is_file() and new.is_file():
            new.replace(target)
        elif not _exchange(new, target):
            target.rename(_old(target))
            new.rename(target)
            remove(_old(target))
        else:
            remove(new)
    except OSError as error:
        raise StoreError(f"{target} cannot be replaced: {error.strerror}") from error


def recover(target: Path) -> None:
    """Put back the old data of a `replace` that was killed half way, and clear its left-overs."""
    old = _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    remove(old)


def _old(target: Path) -> Path:
    return target.with_name(f"{OLD}{target.name}")


def _exchange(one: Path, other: Path) -> bool:
    """Swap two paths in one step; False where this system cannot."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    if call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_HERE:
        return False
    raise OSError(number, os.strerror(number), str(other))


def remove(path: Path) -> None:
    """Delete a file or a folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)

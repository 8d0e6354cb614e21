"""DVC's locks: waiting for those of live processes, clearing what dead ones left behind.

Reading takes none of them: see `objects`.
"""

import contextlib
import fcntl
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from goldsmith.errors import StoreError, listed

T = TypeVar("T")
PAUSE_SECONDS = 0.3
Say = Callable[[str], None]


def patiently(repo: Any, act: Callable[[], T], say: Say) -> T:
    """Do what takes DVC's locks, as soon as no other process holds them.

    Args:
        repo: a dvc.repo.Repo.
        act: the command; it is called again after each refusal, which comes before any change.
        say: is told once whom it waits for.
    """
    from dvc.lock import LockError

    told = ""
    while True:
        clear_stale(repo)
        try:
            return act()
        except LockError as error:
            who = _holders(repo, error)
            text = f"waiting for DVC's lock: another dvc command is at work{who}"
        if text != told:
            say(text)
            told = text
        time.sleep(PAUSE_SECONDS)


def clear_stale(repo: Any) -> None:
    """Take the entries of dead processes out of DVC's file `rwlock`.

    DVC itself clears only those that are in its way, and does not see that a process's number
    belongs to another one by now, or that a kill has left half of the file.
    """
    from dvc.lock import LockError, make_lock
    from dvc.rwlock import RWLOCK_FILE, RWLOCK_LOCK

    path = Path(repo.tmp_dir) / RWLOCK_FILE
    if not path.is_file():
        return
    hardlink = repo.config["core"].get("hardlink_lock", False)
    guard = make_lock(str(path.with_name(RWLOCK_LOCK)), repo.tmp_dir, hardlink_lock=hardlink)
    with contextlib.suppress(LockError), guard:
        before = _read(path)
        after = _living(before or {"read": {}, "write": {}}, path)
        if after != before:
            partial = path.with_name(f".partial-{RWLOCK_FILE}")
            partial.write_text(json.dumps(after), encoding="utf-8")
            partial.replace(path)


def _read(path: Path) -> dict[str, Any] | None:
    """Entries by `read` (path -> several) and `write` (path -> one); None of a damaged file."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {name: dict(found.get(name, {})) for name in ("read", "write")}
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def _living(entries: dict[str, Any], path: Path) -> dict[str, Any]:
    readers = {
        name: [one for one in some if _lives(one, path)] for name, some in entries["read"].items()
    }
    return {
        "read": {name: some for name, some in readers.items() if some},
        "write": {name: one for name, one in entries["write"].items() if _lives(one, path)},
    }


def _lives(info: dict[str, Any], path: Path) -> bool:
    """Whether the process that made an entry is alive: one that began later is another."""
    import psutil

    try:
        began = psutil.Process(int(info["pid"])).create_time()
    except (psutil.NoSuchProcess, KeyError, TypeError, ValueError):
        return False
    except psutil.AccessDenied:
        return True
    return began <= path.stat().st_mtime + 1.0  # a second for the clocks' resolution


def _holders(repo: Any, error: Exception) -> str:
    """The processes that are in the way: those that DVC names, else the one in its lock's file."""
    found = re.findall(r"\(PID (\d+)\)", str(error))
    if not found:
        with contextlib.suppress(OSError):
            found = (Path(repo.tmp_dir) / "lock").read_text(encoding="utf-8").split()[:1]
    return f" (process {listed(sorted(set(found)))})" if found else ""


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock of our own, which the system frees at once when its holder dies.

    Raises:
        StoreError: its file cannot be made.
    """
    try:
        stream = path.open("w")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error
    with stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield

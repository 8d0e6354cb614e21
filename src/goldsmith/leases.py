"""Devices that the processes of one machine share: first come, first served, all or nothing.

A held device is a lock (flock) on its file, and so is a place in the queue on a numbered ticket: the
system frees both at once when their process ends, whatever ended it. Whoever waits looks at the queue
five times a second and takes what the tickets before its own leave free.
"""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from goldsmith.errors import StoreError, listed

POLL_SECONDS = 0.2
_SHARED_FOLDER, _SHARED_FILE = 0o1777, 0o666  # every user of the machine takes part


class _Ticket(NamedTuple):
    """A place in the queue: its file, and what is asked for."""

    path: Path
    devices: tuple[str, ...]
    need: int


class Lease:
    """Devices that are held until `close`, or until this process ends.

    Attributes:
        devices: those that were taken, as `take` was told they are called.
    """

    def __init__(self, files: Mapping[str, int]) -> None:
        self._files = dict(files)
        self.devices = tuple(files)
        # A child of a fork (a loader of data, say) may outlive us, and the lock with it.
        os.register_at_fork(after_in_child=self.close)

    def close(self) -> None:
        """Let the devices go."""
        for file in self._files.values():
            with suppress(OSError):
                os.close(file)
        self._files.clear()

    def to_successor(self) -> str:
        """Let the program that this process turns into (`os.exec`) keep the devices.

        Returns:
            What it gives to `inherited`.
        """
        for file in self._files.values():
            os.set_inheritable(file, True)
        return json.dumps(self._files)


def inherited(text: str) -> Lease:
    """The lease of the program that this process was before; see `Lease.to_successor`."""
    files: dict[str, int] = json.loads(text)
    for file in files.values():
        os.set_inheritable(file, False)
    return Lease(files)


def take(
    folder: Path,
    devices: Mapping[str, str],
    count: int,
    what: str,
    on_wait: Callable[[str], None] = lambda text: None,
) -> Lease:
    """Wait for some of several devices, in order of arrival, and hold them.

    Who comes later is never served before, unless with devices that nobody before it asks for.

    Args:
        folder: where all processes of the machine find the locks.
        devices: what each is called here, and its one name on the machine.
        count: how many of them are needed; all are taken at once.
        what: for people: what they are taken for.
        on_wait: told whom we wait for, each time that changes.

    Raises:
        StoreError: the folder cannot be used.
    """
    try:
        return _wait(folder, devices, count, what, on_wait)
    except OSError as error:
        raise StoreError(
            f"{error.filename or folder}: {error.strerror}: processes that share GPUs keep their "
            "locks there; set GOLDSMITH_GPU_LOCKS to a folder that all users of the machine can write"
        ) from None


def _wait(
    folder: Path, devices: Mapping[str, str], count: int, what: str, on_wait: Callable[[str], None]
) -> Lease:
    names = {name: label for label, name in devices.items()}
    about = {"pid": os.getpid(), "what": what, "since": time.time()}
    with suppress(FileExistsError):
        folder.mkdir(parents=True)
        folder.chmod(_SHARED_FOLDER)
    ticket, place = _draw(folder, tuple(names), count, about)
    said = ""
    try:
        while True:
            with _queue(folder):
                found, text = _served(folder, ticket, about, names)
                if found is not None:
                    ticket.path.unlink()
            if found is not None:
                return Lease({names[name]: file for name, file in found.items()})
            if text != said:
                said = text
                on_wait(text)
            time.sleep(POLL_SECONDS)
    finally:
        with _queue(folder):
            ticket.path.unlink(missing_ok=True)
            os.close(place)


@contextmanager
def _queue(folder: Path) -> Iterator[None]:
    """Nobody else looks at the queue or changes it."""
    file = _open(folder / "queue.lock")
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _draw(
    folder: Path, names: tuple[str, ...], count: int, about: Mapping[str, Any]
) -> tuple[_Ticket, int]:
    """A ticket behind all others, and the open file that is locked while we wait."""
    with _queue(folder):
        last = max((_number(path) for path in folder.glob("*.ticket")), default=0)
        path = folder / f"{last + 1:09}.ticket"
        place = _open(path)
        _write(place, {**about, "devices": names, "count": count})
        fcntl.flock(place, fcntl.LOCK_EX)
    return _Ticket(path, names, count), place


def _served(
    folder: Path, mine: _Ticket, about: Mapping[str, Any], names: Mapping[str, str]
) -> tuple[dict[str, int] | None, str]:
    """The locked files of our devices, if it is our turn; else whom we wait for.

    Those before us that can be served will be, in a moment: what they take is not free. What the
    others before us ask for is kept for them, or a small request after the other would overtake
    them for ever.
    """
    free: dict[str, int | None] = {}  # by device: its file, locked by us for now; None: held
    spoken_for: set[str] = set()
    ahead = 0
    try:
        for ticket in _tickets(folder, mine):
            for name in ticket.devices:
                if name not in free:
                    free[name] = _try_lock(_device(folder, name))
            left = [
                one for one in ticket.devices if one not in spoken_for and free[one] is not None
            ]
            can = len(left) >= ticket.need
            chosen = left[: ticket.need] if can else list(ticket.devices)
            if ticket.path != mine.path:
                ahead += 1
                spoken_for.update(chosen)
            elif can:
                return {name: _held(free, name, about) for name in chosen}, ""
        holders = {names[name]: _who(folder, name) for name in names if free[name] is None}
    finally:
        for file in free.values():
            if file is not None:
                os.close(file)
    return None, _words(list(names.values()), mine.need, holders, ahead)


def _held(free: dict[str, int | None], name: str, about: Mapping[str, Any]) -> int:
    """Keep a device's locked file, with our name in it."""
    file = free.pop(name)
    assert file is not None
    _write(file, about)
    return file


def _tickets(folder: Path, mine: _Ticket) -> Iterator[_Ticket]:
    """Everybody in the queue up to us, in order; a dead process's ticket is thrown away."""
    for path in sorted(folder.glob("*.ticket"), key=_number):
        if path == mine.path:
            yield mine
            return
        file = _try_lock(path)
        if file is not None:
            with suppress(OSError):  # another user's: theirs to remove, and as good as gone
                path.unlink()
            os.close(file)
            continue
        asked = _read(path)
        yield _Ticket(path, tuple(asked.get("devices", ())), int(asked.get("count", 1)))


def _device(folder: Path, name: str) -> Path:
    return folder / f"{name.replace('/', '_')}.device"


def _number(path: Path) -> int:
    return int(path.stem) if path.stem.isdigit() else 0


def _open(path: Path) -> int:
    """Open a file for everybody, made if need be.

    In a folder like /tmp Linux lets nobody open another user's file with O_CREAT, and a link there
    may lead anywhere.
    """
    flags = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        with suppress(FileExistsError):
            file = os.open(path, flags | os.O_CREAT | os.O_EXCL, _SHARED_FILE)
            os.fchmod(file, _SHARED_FILE)
            return file
        return os.open(path, flags)


def _try_lock(path: Path) -> int | None:
    file = _open(path)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return file


def _write(file: int, value: Mapping[str, Any]) -> None:
    os.ftruncate(file, 0)
    os.pwrite(file, json.dumps(value).encode(), 0)


def _read(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def _who(folder: Path, name: str) -> str:
    holder = _read(_device(folder, name))
    since = time.strftime("%d %b %H:%M:%S", time.localtime(holder.get("since", 0)))
    what, pid = str(holder.get("what", "unknown"))[:80], holder.get("pid", "?")
    return f"held by process {pid} ({what}) since {since}"


def _words(labels: list[str], count: int, holders: Mapping[str, str], ahead: int) -> str:
    alone = len(labels) == 1
    wanted = f"GPU {labels[0]}" if alone else f"{count} of the GPUs {listed(labels, 8)}"
    parts = [text if alone else f"{label} {text}" for label, text in holders.items()]
    queue = [f"{ahead} before us in the queue"] if ahead else []
    return f"waits for {wanted}: {'; '.join([*parts[:4], *queue])}"

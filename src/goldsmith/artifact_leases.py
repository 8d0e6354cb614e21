"""Which artifacts the processes of this machine are using: what `goldsmith gc` must not delete.

Each process writes the artifacts that it was given into a file of its own and holds a flock on it,
which the system takes away when the process dies, however it dies. Looking an artifact up and
writing it down is one step against looking who uses it and moving it away.
"""

import atexit
import contextlib
import fcntl
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

SUFFIX = ".lease"
_GUARD = threading.Lock()  # a flow's tasks run in threads
_OURS: dict[tuple[Path, int], IO[str]] = {}  # by folder and process: a fork has none of its own


class Leases:
    """The leases of one home: `<home>/leases/<process>.lease`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextlib.contextmanager
    def taking(self, name: str) -> Iterator[None]:
        """Write down that this process uses something, and look it up within the block.

        In a home that cannot be written nothing is written down, and nothing is deleted either.
        """
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                stack.enter_context(self._turn(fcntl.LOCK_SH))
                with _GUARD:
                    stream = self._own()
                    stream.write(f"{name}\n")
                    stream.flush()
            yield

    @contextlib.contextmanager
    def freed(self, name: str) -> Iterator[bool]:
        """Whether nobody uses something; for as long as the block lasts nobody begins to."""
        with self._turn(fcntl.LOCK_EX):
            yield name not in self._held()

    def held(self) -> set[str]:
        """All that is in use now; what dead processes left behind is cleared away."""
        with self._turn(fcntl.LOCK_EX):
            return self._held()

    @contextlib.contextmanager
    def _turn(self, how: int) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "turn.lock").open("w") as stream:
            fcntl.flock(stream, how)
            yield

    def _own(self) -> IO[str]:
        key = (self.folder.absolute(), os.getpid())
        found = _OURS.get(key)
        if found is None or not Path(found.name).exists():
            path = key[0] / f"{key[1]}-{secrets.token_hex(4)}{SUFFIX}"
            found = _OURS[key] = path.open("w", encoding="utf-8")
            fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
            atexit.register(_end, path, key[1])
        return found

    def _held(self) -> set[str]:
        found: set[str] = set()
        for path in self.folder.glob(f"*{SUFFIX}"):
            with path.open(encoding="utf-8") as stream:
                try:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    found.update(stream.read().split())
                else:
                    path.unlink()
        return found


def _end(path: Path, process: int) -> None:
    """A process that ends by itself leaves nothing behind; its forks leave its lease alone."""
    if os.getpid() == process:
        path.unlink(missing_ok=True)

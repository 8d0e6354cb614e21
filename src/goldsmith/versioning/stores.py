"""DVC's object stores, cache and remotes: where they lie, and what fails there, in words."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from goldsmith.errors import GoldsmithError, StoreError

PAUSES = (0.1, 0.4, 1.0, 2.0)  # seconds; DVC needs milliseconds for what may look damaged
Say = Callable[[str], None]
Made = TypeVar("Made")


def quiet(text: str) -> None:
    """Say nothing."""


class UnsettledError(StoreError):
    """An object in the cache is not what its name says; perhaps it is just being written."""


def settled(read: Callable[[], Made], say: Say) -> Made:
    """What a reading of the cache gives once nobody writes there.

    `dvc add` may make an object as an empty file first, and check away one that another is writing.

    Raises:
        StoreError: it stays so.
    """
    for pause in PAUSES:
        try:
            return read()
        except UnsettledError as error:
            say(f"{error}: perhaps another DVC command is writing it: looking again in {pause} s")
            time.sleep(pause)
    return read()


def location(store: Any) -> str:
    """Where an object store lies, as a URL or a path."""
    text = str(store.fs.unstrip_protocol(store.path))
    return text.removeprefix("file://").removesuffix("/files/md5")


@contextlib.contextmanager
def reaching(where: str) -> Iterator[None]:
    """Turn the many ways in which a remote fails into a StoreError."""
    try:
        yield
    except (GoldsmithError, KeyboardInterrupt):
        raise
    except Exception as error:
        raise StoreError(
            f"{where}: {type(error).__name__}: {first_line(error)}; check `dvc remote list`, the "
            "credentials (AWS_*) and that no other dvc command is at work"
        ) from error


def first_line(error: BaseException) -> str:
    """What an error says in a line, or its name."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:300]

"""The errors a user meets, each with the exit status of the command.

GoldsmithError            1  something failed: a store, a training run, the machine
├── StoreError            1  a store or source cannot be reached, read or written
├── OutOfMemoryError      1  a training batch does not fit into memory
├── KilledError           1  a process of ours was killed from outside: it can be started again
├── CollapseError         1  training ended in a model no better than a constant answer
└── UserError             2  bad usage: the user can mend it
    ├── ConfigError       2  a use case, a key or a value that is not right
    └── DataError         2  goldens that cannot be read or that break the data contract
"""

import difflib
from collections.abc import Iterable, Sequence

MAX_LISTED = 5


class GoldsmithError(Exception):
    """Base of all expected errors; the message is shown to the user without a traceback."""

    exit_status = 1


class StoreError(GoldsmithError):
    """A store, a server or a source cannot be reached, read or written."""


class OutOfMemoryError(GoldsmithError):
    """A training batch does not fit into the memory of the machine or GPU."""


class KilledError(GoldsmithError):
    """A process of ours was killed from outside; started again it goes on where it was."""


class CollapseError(GoldsmithError):
    """Training ended in a model that is no better than a constant answer."""


class UserError(GoldsmithError):
    """Bad usage, configuration or data."""

    exit_status = 2


class ConfigError(UserError):
    """A use case, a key or a value that is not right."""


class DataError(UserError):
    """Goldens that cannot be read, or that break the data contract."""


def near(name: str, valid: Iterable[str]) -> str:
    """Say which valid names are nearest to a wrong one.

    >>> near("epochz", ["epochs", "seed"])
    'did you mean epochs?'
    >>> near("zzz", ["epochs", "seed"])
    'valid: epochs, seed'
    """
    names = sorted(valid)
    found = difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    if found:
        return f"did you mean {' or '.join(found)}?"
    return f"valid: {listed(names, 12)}" if names else "there are none"


def listed(items: Sequence[object], limit: int = MAX_LISTED) -> str:
    """Join items with commas, at most `limit` of them, and count the rest.

    >>> listed(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    shown = ", ".join(str(item) for item in items[:limit])
    return shown if len(items) <= limit else f"{shown} and {len(items) - limit} more"

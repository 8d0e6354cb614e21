"""What may be kept or go, and by what rule."""

from typing import Literal, NamedTuple

DAY = 86400.0  # seconds
LEAST_DAYS = 1.0  # of what a run, on another machine even, may be about to register or promote

Kind = Literal["version", "run", "artifact", "checkpoints", "left over", "mirrored"]


class Policy(NamedTuple):
    """How long things stay that nothing needs.

    Attributes:
        days: since they were made or used last.
        versions: of each registered model that stay, the newest ones.
    """

    days: float = 30.0
    versions: int = 10


class Item(NamedTuple):
    """One thing, and what becomes of it.

    Attributes:
        kind: what it is.
        name: which.
        size: in bytes; 0 for a version, whose files are its run's.
        goes: whether it goes.
        why: why it goes, or why it is kept, in words.
    """

    kind: Kind
    name: str
    size: int
    goes: bool
    why: str


def aged(days: float) -> str:
    """An age in words."""
    return f"{days:.0f} days old" if days >= 2 else f"{days * 24:.0f} hours old"

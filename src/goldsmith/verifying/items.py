"""What was looked at, and what became of it."""

from typing import Literal, NamedTuple

State = Literal["holds", "changed", "missing", "cannot be checked here"]
HOLDS: State = "holds"
CHANGED: State = "changed"
MISSING: State = "missing"
UNCHECKED: State = "cannot be checked here"


class Item(NamedTuple):
    """One thing of a passport.

    Attributes:
        what: its name.
        state: what became of it.
        detail: by what it was checked, or what is wrong, or why it cannot be checked.
    """

    what: str
    state: State
    detail: str

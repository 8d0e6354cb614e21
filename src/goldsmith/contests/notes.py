"""What to know about answers or goldens that are not as they should be: counted, and named."""

from dataclasses import dataclass, field

from goldsmith.errors import listed

SHOWN = 5


@dataclass(frozen=True)
class Note:
    """One kind of thing to know.

    Attributes:
        kind: what, in words.
        count: how often.
        named: the first of them.
    """

    kind: str
    count: int
    named: tuple[str, ...]

    def __str__(self) -> str:
        rest = self.count - SHOWN if len(self.named) == SHOWN else 0
        return f"{self.count:,} {self.kind}: {listed([*self.named, *([''] * rest)], SHOWN)}"


@dataclass
class Tally:
    """Counts by kind, with the first few names of each."""

    counts: dict[str, int] = field(default_factory=dict)
    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, name: str) -> None:
        """Count one."""
        names = self.found.setdefault(kind, [])
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if len(names) < SHOWN and name not in names:
            names.append(name)

    def notes(self) -> tuple[Note, ...]:
        """All of them, in the order in which their kinds came."""
        return tuple(Note(k, self.counts[k], tuple(names)) for k, names in self.found.items())

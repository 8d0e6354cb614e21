"""What a fault injector is."""

from collections.abc import Callable, Iterable
from copy import deepcopy as copy_of
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Literal

from tests.faults.goldens import Goldens, Row

How = Literal["error", "warning", "count", "harmless"]
Named = list[set[str]]
"""What must be named: one set for each injected fault, of ids (or labels, or `file:line`) of which
any one will do: of two equal records it is the same to say that either is a copy of the other."""


@dataclass(frozen=True)
class Fault:
    """One way in which goldens go wrong, and how the pipeline must say so.

    Attributes:
        name: in the table.
        into: makes the clean goldens that it is put into.
        does: what it does, in a few words.
        caught_by: the check, rule of prepare (`prepare.RULE`) or reader (`load`) that must say so,
            with the right names; empty where nothing may be said.
        how: `error`: the run stops; `warning`: it goes on and the report says so; `count`:
            prepare says what it left out; `harmless`: nothing may be said.
        rows: changes the rows before they are written; returns what must be named.
        files: changes the raw files of a folder; returns what must be named.
        form: the format that the goldens are written in; see `tests.faults.forms`.
        names: what the names are, `ids`, `labels`, `places` (file and line), or `documents`.
        sections: settings of the use case that the fault needs, such as declared labels.
        after_clean: the clean goldens were accepted before.
        by_chance: some injected rows come out as good as before (a shuffled tag may fall on
            another number), so not all of them can be named.
    """

    name: str
    into: Callable[[], Goldens]
    does: str
    caught_by: str
    how: How
    rows: Callable[[Goldens, Random], Named] | None = None
    files: Callable[[Path, Random], Named] | None = None
    form: str = ""
    names: Literal["ids", "labels", "places", "documents"] = "ids"
    sections: dict[str, Any] = field(default_factory=dict)
    after_clean: bool = False
    by_chance: bool = False


def ids(rows: Iterable[Row], key: str = "id") -> Named:
    """Each row by its own id."""
    return [{row[key]} for row in rows]


def pairs(first: Iterable[Row], second: Iterable[Row]) -> Named:
    """Two rows each of which may stand for both."""
    return [{one["id"], other["id"]} for one, other in zip(first, second, strict=True)]


def copied(
    goldens: Goldens, draw: Random, count: int, change: Callable[[Row, Random], Row] | None = None
) -> Named:
    """Put records of test into train again, under ids and documents of their own."""
    chosen = draw.sample(goldens.part("test"), count)
    copies = []
    for row in chosen:
        copy = copy_of(row) | {"id": f"copy-{row['id']}", "split": "train"}
        if "document_id" in copy:
            copy["document_id"] = f"copy-{row['id']}"
        copies.append(change(copy, draw) if change else copy)
    goldens.rows += copies
    return pairs(chosen, copies)


def each(
    change: Callable[[Row, Random], None],
    count: int = 12,
    where: Callable[[Row], bool] = lambda row: True,
) -> Callable[[Goldens, Random], Named]:
    """A fault that changes `count` rows that fulfil a condition, one by one."""

    def inject(goldens: Goldens, draw: Random) -> Named:
        fitting = [row for row in goldens.rows if where(row)]
        chosen = draw.sample(fitting, min(count, len(fitting)))
        for row in chosen:
            change(row, draw)
        return ids(chosen)

    return inject

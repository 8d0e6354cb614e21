"""What policy wordings are made of: the types, the blocks they are written in, numbers and names.

A block has one wording a line; an indented line continues the one before. `<period|...>` marks
an answer to the questions on `period`, a second one inside it a shorter form that is accepted
too. `{key}` is what the clause is about, `{reason}` and the like are words of the pool or
numbers, and `keep~` agrees with the company's name for itself: "we keep", "the Company keeps".
"""

from collections.abc import Callable, Mapping
from inspect import cleandoc
from random import Random
from typing import NamedTuple


class Key(NamedTuple):
    """A thing that clauses are about: as policies call it, and as readers ask for it."""

    written: tuple[str, ...]
    asked: tuple[str, ...]


class Topic(NamedTuple):
    """Clauses that say the same sort of thing of keys of one kind, and questions by answer."""

    kind: str
    clauses: tuple[str, ...]
    asks: Mapping[str, tuple[str, ...]]


class Words(NamedTuple):
    """The words of one pool: keys by kind, values by slot."""

    keys: Mapping[str, tuple[Key, ...]]
    values: Mapping[str, tuple[str, ...]]


class Wordings(NamedTuple):
    """One pool of a field: topics, headings by kind of key, and sentences that answer nothing."""

    topics: Mapping[str, Topic]
    headings: Mapping[str, tuple[str, ...]]
    fillers: tuple[str, ...]


class Pool(NamedTuple):
    """All that a section is written from, and the openings of its questions."""

    wordings: Wordings
    words: Words
    openings: tuple[str, ...]


class Style(NamedTuple):
    """What stays the same throughout one document."""

    company: str
    subject: str  # how the document calls the company: "we", "the Company" or its name
    currency: str
    straight: bool  # whether its quotes are typewriter quotes
    layout: str


def lines(block: str) -> tuple[str, ...]:
    """Return the wordings of a block.

    >>> lines("one\\n  and more\\ntwo")
    ('one and more', 'two')
    """
    found: list[str] = []
    for line in cleandoc(block).splitlines():
        if line.startswith(" "):
            found[-1] += f" {line.strip()}"
        elif line:
            found.append(line)
    return tuple(found)


def topic(kind: str, clauses: str, **asks: str) -> Topic:
    """Return a topic from its blocks; the questions by the name of the answer."""
    return Topic(kind, lines(clauses), {name: lines(block) for name, block in asks.items()})


def keys(block: str) -> tuple[Key, ...]:
    """Return the keys of a block: `written | written = asked | asked` a line."""
    sides = [line.partition(" = ") for line in lines(block)]
    return tuple(Key(_options(written), _options(asked)) for written, _, asked in sides)


def values(block: str) -> dict[str, tuple[str, ...]]:
    """Return the values of a block: `slot: value | value` a line."""
    sides = [line.partition(": ") for line in lines(block)]
    return {slot: _options(written) for slot, _, written in sides}


def _options(text: str) -> tuple[str, ...]:
    return tuple(option.strip() for option in text.split("|"))


_FIGURES = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _figure(number: int, draw: Random) -> str:
    return _FIGURES[number - 2] if number <= 10 and draw.random() < 0.6 else str(number)


def duration(draw: Random, style: Style) -> str:
    """Make a long time: "24 months"."""
    months = _figure(draw.choice((3, 4, 6, 8, 9, 15, 18, 24, 30, 36, 48)), draw)
    weeks = _figure(draw.choice((3, 4, 5, 6, 8, 10)), draw)
    years = _figure(draw.randint(2, 12), draw)
    days = draw.choice((30, 45, 60, 90, 100, 120, 180))
    return draw.choice((f"{months} months", f"{years} years", f"{weeks} weeks", f"{days} days"))


def days(draw: Random, style: Style) -> str:
    """Make a deadline: "ten working days"."""
    number = _figure(draw.randint(2, 21), draw)
    hours = draw.choice((24, 36, 48, 72, 96))
    weeks = _figure(draw.randint(2, 9), draw)
    unit = draw.choice(("days", "days", "working days", "calendar days"))
    return draw.choice((f"{number} {unit}", f"{number} {unit}", f"{hours} hours", f"{weeks} weeks"))


def leave(draw: Random, style: Style) -> str:
    """Make a length of absence: "12 working days"."""
    number = _figure(draw.randint(2, 30), draw)
    weeks = _figure(draw.randint(2, 20), draw)
    months = _figure(draw.randint(2, 9), draw)
    unit = draw.choice(("days", "working days", "shifts"))
    return draw.choice(
        (f"{number} {unit}", f"{number} {unit}", f"{weeks} weeks", f"{months} months")
    )


def amount(draw: Random, style: Style) -> str:
    """Make a sum insured: "£12,500"."""
    return f"{style.currency}{draw.randint(3, 160) * draw.choice((100, 250, 500)):,}"


def small(draw: Random, style: Style) -> str:
    """Make a small sum: "£75"."""
    return f"{style.currency}{draw.randint(4, 180) * 5}"


def percent(draw: Random, style: Style) -> str:
    """Make a share: "15 %" or "15 per cent"."""
    return f"{draw.randint(2, 19) * 5}{draw.choice((' %', '%', ' per cent'))}"


def date(draw: Random, style: Style) -> str:
    """Make a date: "1 March 2023"."""
    months = ("January", "March", "April", "May", "July", "September", "October", "December")
    return f"{draw.randint(1, 28)} {draw.choice(months)} {draw.randint(2017, 2024)}"


def email(draw: Random, style: Style) -> str:
    """Make an address of the company that no one can have."""
    desk = draw.choice(("privacy", "data", "hello", "requests", "care", "office"))
    return f"{desk}@{style.company.replace(' ', '').lower()}.example"


NUMBERS: Mapping[str, Callable[[Random, Style], str]] = {
    "duration": duration,
    "days": days,
    "leave": leave,
    "amount": amount,
    "small": small,
    "percent": percent,
    "date": date,
    "email": email,
}

"""Makes persons from parts of names."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from goldsmith.sources.generators._person_cultures import Culture

_SUFFIXES = ("Jr.", "Sr.", "III")
_NICKNAMES = ("Duke", "Red", "Lefty", "Bud", "Doc", "Ace", "Tiny", "Sparky")
_PARTICLE_SHARE = 0.45


class Person(NamedTuple):
    """The ways in which one person is named, each in tokens."""

    full: tuple[str, ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    plain: tuple[str, ...]  # given and family name, in the order of the culture
    formal: tuple[str, ...]  # with an initial for the given name
    he: str
    his: str
    him: str


def make_person(cultures: Sequence[Culture], draw: Random) -> Person:
    """Return a person of one of the cultures; a title is no part of a name, a suffix is one."""
    culture = draw.choice(cultures)
    man = draw.random() < 0.5
    given = draw.choice(culture.men if man else culture.women)
    last: tuple[str, ...] = (_family(culture, draw),)
    if culture.particles and draw.random() < _PARTICLE_SHARE:
        last = (*draw.choice(culture.particles).split(), *last)
    initial = f"{given[0]}."
    if culture.family_first:
        full, plain, formal = (*last, given), (*last, given), (*last, initial)
    else:
        full = _western(given, last, culture, draw)
        plain, formal = (given, *last), (initial, *last)
    pronouns = ("he", "his", "him") if man else ("she", "her", "her")
    return Person(full, (given,), last, plain, formal, *pronouns)


def _family(culture: Culture, draw: Random) -> str:
    one, other = draw.choice(culture.families), draw.choice(culture.families)
    return f"{one}-{other}" if one != other and draw.random() < 0.06 else one


def _western(given: str, last: tuple[str, ...], culture: Culture, draw: Random) -> tuple[str, ...]:
    """A name with the given name first, now and then with more to it."""
    form = draw.random()
    if not culture.initials or form < 0.5:
        second = (draw.choice((*culture.men, *culture.women)),) if form > 0.9 else ()
        return (given, *second, *last)
    middle = f"{draw.choice('ABCDEFGHJLMPRSTW')}."
    if form < 0.68:
        return (given, middle, *last)
    if form < 0.78:
        return (f"{given[0]}.", middle, *last)
    if form < 0.88:
        return (given, *last, draw.choice(_SUFFIXES))
    return (given, "“", draw.choice(_NICKNAMES), "”", *last)

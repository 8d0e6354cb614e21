"""Writes single messages to the company: a request, its details and the background around it."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from goldsmith.sources.generators._email_lexicon import DANISH, ENGLISH, Lexicon, Pool

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_ARTICLE = re.compile(r"\ba (?=[aeio])")
_SLOT = re.compile(r"\{(\w+)\}")
_OPENING_SLOT = re.compile(r"(?:^|[.?!] )\{\w+\}")
_KEPT = ("relative", "rival")  # the same ones in all that one person writes
_TOLD = "{told}"  # where a report has the request
_REPORTED_SHARE = 0.2
_FIRST_DAY = datetime(2023, 1, 2)
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "da": ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august",
           "september", "oktober", "november", "december"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December"),
}  # fmt: skip
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Person(NamedTuple):
    """A customer, the same one throughout a thread."""

    language: str
    name: str
    customer_no: str
    street: str
    city: str
    phone: str
    email: str


class Body(NamedTuple):
    """A message: its paragraphs, and the other topics that it mentions."""

    paragraphs: tuple[str, ...]
    mentioned: tuple[str, ...]


def person(lexicon: Lexicon, language: str, draw: Random) -> Person:
    """Return a customer who lives in the lexicon."""
    first, last = draw.choice(lexicon.first_names), draw.choice(lexicon.last_names)
    plain = f"{first}.{last}".lower()
    for letter, ascii_letters in (("æ", "ae"), ("ø", "oe"), ("å", "aa")):
        plain = plain.replace(letter, ascii_letters)
    digits = f"{draw.randint(20, 99)} {draw.randint(10, 99)} {draw.randint(10, 99)}"
    return Person(
        language,
        f"{first} {last}",
        str(draw.randint(200000, 989999)),
        _house(draw.choice(lexicon.streets), language, draw),
        draw.choice(lexicon.words["city"]),
        f"{digits} {draw.randint(10, 99)}",
        f"{plain}@{draw.choice(('mail', 'post', 'privat', 'online'))}.example",
    )


class Writer:
    """Writes messages of one person in the wordings of one pool."""

    def __init__(self, pool: Pool, writes: Person, draw: Random) -> None:
        self.pool, self.person, self._draw = pool, writes, draw
        self._own = {
            "customer_no": writes.customer_no,
            "street": writes.street,
            **{name: draw.choice(pool.lexicon.words[name]) for name in _KEPT},
        }

    def body(self, topic: str, background: float) -> Body:
        """Return a message that asks the topic's department for something.

        Args:
            topic: the department.
            background: share of messages that speak of other departments' business, too.
        """
        draw, wordings = self._draw, self.pool.topics[topic]
        mentioned: list[str] = []
        if draw.random() < background:
            others = [name for name in self.pool.topics if name != topic]
            mentioned = draw.sample(others, draw.choice((1, 1, 1, 2, 2, 3)))
        asked = [self.pick(wordings.requests)]
        details = draw.choice((0, 0, 1, 1, 2))
        asked += map(self.say, draw.sample(wordings.details, min(details, len(wordings.details))))
        beside = [self._mention(name) for name in mentioned]
        fillers = self.pool.phrases.fillers
        count = min(draw.choice((0, 0, 1, 1, 2, 3)), len(fillers))
        small_talk = [self.say(wording) for wording in draw.sample(fillers, count)]
        return Body(self._order(asked, beside, small_talk), tuple(mentioned))

    def _mention(self, topic: str) -> str:
        """Return background on the topic: as a statement, or as a request that is settled."""
        wordings = self.pool.topics[topic]
        if self._draw.random() >= _REPORTED_SHARE:
            return self.pick(wordings.mentions)
        return self.pick(self.pool.phrases.reports).replace(_TOLD, self.pick(wordings.requests))

    def pick(self, wordings: tuple[str, ...]) -> str:
        """Return one of the wordings, filled."""
        return self.say(self._draw.choice(wordings))

    def say(self, wording: str) -> str:
        """Return the wording with its choices taken and its slots filled."""
        while choice := _CHOICE.search(wording):
            taken = self._draw.choice(choice[1].split("|"))
            wording = wording[: choice.start()] + taken + wording[choice.end() :]
        openings = {found.end() for found in _OPENING_SLOT.finditer(wording)}
        text = _SLOT.sub(lambda slot: self._word(slot[1], slot.end() in openings), wording)
        if self.person.language == ENGLISH:
            text = _ARTICLE.sub("an ", text)
        return text.replace("..", ".")  # "1. tv." may end a sentence

    def _order(self, asked: list[str], beside: list[str], small_talk: list[str]) -> tuple[str, ...]:
        """Return the paragraphs; what decides may stand at the beginning or at the end."""
        draw, phrases = self._draw, self.pool.phrases
        before = small_talk[: draw.randint(0, len(small_talk))]
        after = small_talk[len(before) :]
        if beside and draw.random() < 0.4:
            aside = self.pick(phrases.asides)
            parts = [before + asked, [f"{aside} {beside[0]}", *beside[1:]], after]
        else:
            turn = [self.pick(phrases.turns)] if beside and draw.random() < 0.5 else []
            if draw.random() < 0.3:
                asked = asked[1:] + asked[:1]
            parts = [before, beside, [*turn, *asked], after]
        if draw.random() < 0.5:
            parts = [[sentence for part in parts for sentence in part]]
        return tuple(" ".join(part) for part in parts if part)

    def _word(self, name: str, opens: bool) -> str:
        lexicon = self.pool.lexicon
        if name == "told":
            return _TOLD
        if name in self._own:
            word = self._own[name]
        elif name in lexicon.words:
            word = self._draw.choice(lexicon.words[name])
        else:
            word = _MAKERS[name](self._draw, lexicon, self.person.language)
        return word[0].upper() + word[1:] if opens else word


def moment(draw: Random) -> datetime:
    """Return a moment of the years in which mails are written."""
    return _FIRST_DAY + timedelta(days=draw.randint(0, 1000), minutes=draw.randint(360, 1300))


def stamp(when: datetime, language: str) -> str:
    """Return a date as mail programs write it above what they quote."""
    month = _MONTHS[language][when.month - 1]
    if language == DANISH:
        short = month if len(month) == 3 else f"{month[:3]}."
        return f"{when.day}. {short} {when.year} kl. {when:%H.%M}"
    return f"{_WEEKDAYS[when.weekday()]}, {when.day} {month[:3]} {when.year} at {when:%H:%M}"


def _house(street: str, language: str, draw: Random) -> str:
    number = draw.randint(1, 148)
    if language == DANISH:
        floor = draw.choice(("", "", "", ", 1. tv.", ", 2. th.", " B"))
        return f"{street} {number}{floor}"
    return f"{number} {street}"


def _address(draw: Random, lexicon: Lexicon, language: str) -> str:
    street = _house(draw.choice(lexicon.streets), language, draw)
    return f"{street}, {draw.choice(lexicon.words['city'])}"


def _date(draw: Random, lexicon: Lexicon, language: str) -> str:
    when = moment(draw)
    month = _MONTHS[language][when.month - 1]
    if language == DANISH:
        return draw.choice((f"{when.day}. {month}", f"{when.day}/{when.month}"))
    return draw.choice((f"{when.day} {month}", f"{month} {when.day}", f"{when.day}/{when.month}"))


def _money(low: int, high: int) -> Callable[[Random, Lexicon, str], str]:
    def make(draw: Random, lexicon: Lexicon, language: str) -> str:
        value, cents = draw.randint(low, high), draw.choice(("", "", f"{draw.randint(1, 99):02d}"))
        if language == DANISH:
            whole = f"{value:,}".replace(",", draw.choice((".", "")))
            return f"{whole},{cents} kr" if cents else f"{whole} {draw.choice(('kr', 'kroner'))}"
        whole = f"{value:,}.{cents}" if cents else f"{value:,}"
        return draw.choice((f"DKK {whole}", f"{whole} kr", f"{whole} DKK"))

    return make


def _days(draw: Random, lexicon: Lexicon, language: str) -> str:
    number = draw.choice((8, 10, 14, 21, 30))
    return f"{number} dage" if language == DANISH else f"{number} days"


_MAKERS: Mapping[str, Callable[[Random, Lexicon, str], str]] = {
    "amount": _money(400, 18000),
    "small": _money(75, 950),
    "month": lambda draw, lexicon, language: draw.choice(_MONTHS[language]),
    "date": _date,
    "days": _days,
    "hour": lambda draw, lexicon, language: str(draw.randint(6, 22)),
    "n": lambda draw, lexicon, language: str(draw.randint(2, 9)),
    "sqm": lambda draw, lexicon, language: str(draw.randint(48, 240)),
    "address": _address,
    "agent": lambda draw, lexicon, language: draw.choice(lexicon.first_names),
    "invoice_no": lambda draw, lexicon, language: str(draw.randint(10**7, 10**8 - 1)),
    "claim_no": lambda draw, lexicon, language: f"S-{draw.randint(10**5, 10**6 - 1)}",
    "meter_no": lambda draw, lexicon, language: f"57{draw.randint(10**6, 10**7 - 1)}",
    "reading": lambda draw, lexicon, language: str(draw.randint(1200, 48000)),
}

"""Turns wordings into clauses and questions whose answers are known by their offsets."""

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from goldsmith.sources.generators._deck import Deck
from goldsmith.sources.generators._policy_lexicon import NUMBERS, Key, Pool, Style

_SLOT = re.compile(r"\{(\w+)\}")
_VERB = re.compile(r"(\w+)~")
_MARK = re.compile(r"<(\w+)\||>")
_FIRST_LETTER = re.compile(r"(?:^|[.!?] )(?:<\w+\|)*[“]?[a-z]")
_IRREGULAR = {"have": "has", "do": "does", "are": "is"}
_STRAIGHT = str.maketrans("“”’–", '""\'-')
_OWN_WORDS_SHARE = 0.65  # of questions that call the key as policies do
_OPENED_SHARE = 0.12
_SLOPPY_SHARE = 0.08


class Span(NamedTuple):
    """A slice [start, end) of a text, in code points."""

    start: int
    end: int


class Clause(NamedTuple):
    """A clause of one topic on one key, and its answers by name, the longest form first."""

    topic: str
    key: Key | None  # None: it answers nothing
    text: str
    answers: Mapping[str, tuple[Span, ...]]


class Writer:
    """Writes clauses and questions of one field from one pool."""

    def __init__(self, pool: Pool, draw: Random) -> None:
        self.pool, self._draw = pool, draw
        topics = pool.wordings.topics
        self._clauses = {name: Deck(topic.clauses, draw) for name, topic in topics.items()}
        self._asks = {
            (name, answer): Deck(wordings, draw)
            for name, topic in topics.items()
            for answer, wordings in topic.asks.items()
        }
        self._fillers = Deck(pool.wordings.fillers, draw)
        self._openings = Deck(pool.openings, draw)

    def clause(self, topic: str, key: Key, style: Style, used: set[str]) -> Clause:
        """Return a clause on a key; words in `used` are avoided, and the new ones are put there."""
        return self._spelt(topic, key, self._clauses[topic].deal(), style, used)

    def filler(self, style: Style) -> Clause:
        """Return a clause that answers no question."""
        return self._spelt("", None, self._fillers.deal(), style, set())

    def heading(self, kind: str, style: Style) -> str:
        """Return the heading of a section on keys of a kind."""
        wording = self._draw.choice(self.pool.wordings.headings[kind])
        return self._spelt("", None, wording, style, set()).text

    def question(self, topic: str, key: Key, answer: str, style: Style) -> str:
        """Return a reader's question for an answer, in his own words for the key."""
        draw = self._draw
        company = draw.choice((style.company, "your company", "the company"))
        wording = self._asks[topic, answer].deal()
        as_policies_do = draw.random() < _OWN_WORDS_SHARE
        called = _asked_by_reader(draw.choice(key.written)) if as_policies_do else ""
        text = wording.replace("{key}", called or draw.choice(key.asked)).replace("{co}", company)
        if draw.random() < _OPENED_SHARE:
            text = f"{self._openings.deal()} {text}"
        elif draw.random() < _SLOPPY_SHARE:
            text = text[0].lower() + text[1:].rstrip("?")
        return text.translate(_STRAIGHT) if style.straight else text

    def _spelt(
        self, topic: str, key: Key | None, wording: str, style: Style, used: set[str]
    ) -> Clause:
        text = wording
        own: list[str] = []
        while slot := _SLOT.search(text):
            own.append(self._word(slot[1], key, style, used, own))
            text = text[: slot.start()] + own[-1] + text[slot.end() :]
        used.update(own)
        text = _VERB.sub(lambda verb: _agreeing(verb[1], style.subject), text)
        text = _FIRST_LETTER.sub(lambda found: found[0][:-1] + found[0][-1].upper(), text)
        if style.straight:
            text = text.translate(_STRAIGHT)
        plain, answers = _unmarked(text)
        return Clause(topic, key, plain, answers)

    def _word(
        self, slot: str, key: Key | None, style: Style, used: set[str], own: Sequence[str]
    ) -> str:
        draw = self._draw
        if slot == "key" and key:
            return draw.choice(key.written)
        if slot in _PRONOUNS:
            return _PRONOUNS[slot](style)
        if slot in NUMBERS:
            return NUMBERS[slot](draw, style)
        words = self.pool.words.values[slot]
        free = [word for word in words if word not in used and word not in own]
        return draw.choice(free or [word for word in words if word not in own])


_PRONOUNS: Mapping[str, Callable[[Style], str]] = {
    "co": lambda style: style.company,
    "we": lambda style: style.subject,
    "us": lambda style: "us" if style.subject == "we" else style.subject,
    "our": lambda style: "our" if style.subject == "we" else f"{style.subject}’s",
}


def _asked_by_reader(written: str) -> str:
    """A policy's words for a key as the reader says them, who is the "you" of the policy.

    >>> _asked_by_reader("chats about you with {our} helpdesk that you began")
    'chats about me with your helpdesk that I began'
    """
    text = re.sub(r"\b(for|about|to|of|with|under) you\b", r"\1 me", written)
    text = re.sub(r"\byou\b", "I", re.sub(r"\byour\b", "my", text))
    return text.replace("{our}", "your").replace("{us}", "you").replace("{we}", "you")


def _agreeing(verb: str, subject: str) -> str:
    """The verb as the subject wants it.

    >>> _agreeing("pass", "the Company")
    'passes'
    """
    if subject == "we":
        return verb
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"


def _unmarked(text: str) -> tuple[str, dict[str, tuple[Span, ...]]]:
    """The text without marks, and the spans that they enclosed, by name, the longest first."""
    plain, place = "", 0
    opened: list[tuple[str, int]] = []
    found: dict[str, list[Span]] = {}
    for mark in _MARK.finditer(text):
        plain += text[place : mark.start()]
        place = mark.end()
        if mark[1]:
            opened.append((mark[1], len(plain)))
        else:
            name, start = opened.pop()
            found.setdefault(name, []).append(Span(start, len(plain)))
    plain += text[place:]
    return plain, {name: tuple(reversed(spans)) for name, spans in found.items()}

"""Turns wordings into tokenised sentences whose numbers know their tags."""

import re
from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from goldsmith.sources.generators._deck import Deck
from goldsmith.sources.generators._financial_lexicon import (
    NUMBERS,
    Lexicon,
    Style,
    Wordings,
    day,
    when,
)

SPREAD = "DebtInstrumentBasisSpreadOnVariableRate1"
STATED = "DebtInstrumentInterestRateStatedPercentage"
EFFECTIVE = "DebtInstrumentInterestRateEffectivePercentage"
CAPACITY = "LineOfCreditFacilityMaximumBorrowingCapacity"

_SLOT = re.compile(r"\{(\w+)('s)?(?::(\w+))?\}")
_SLOT_TAGS: Mapping[str, str] = {
    "SPREAD": SPREAD,
    "SPREAD_LOW": SPREAD,
    "SPREAD_HIGH": SPREAD,
    "COUPON": STATED,
    "COUPON_LOW": STATED,
    "COUPON_HIGH": STATED,
    "EFFECTIVE": EFFECTIVE,
    "CAPACITY": CAPACITY,
}
_TAIL_SHARE = 0.3
_CONTRAST_SHARE = 0.15
_OWN_OPENING_SHARE = 0.1
_DEBTS = ("facility", "agreement", "loan", "notes")  # slots that can say whose debt it is


class Span(NamedTuple):
    """A number in a sentence: its tokens [start, end) and its tag, "" for none."""

    start: int
    end: int
    tag: str


class Sentence(NamedTuple):
    """Tokens and every number among them that fills a slot, tagged or not, in order."""

    tokens: tuple[str, ...]
    numbers: tuple[Span, ...]


class _Cast(NamedTuple):
    """Who is who in one part of a sentence."""

    filer: str
    subject: str  # whose debt is spoken of, as that part calls it: {co}
    peer: str  # a company outside the filer's group
    role: str  # of the peer: "a tenant"
    theirs: bool = False  # whether that part is about the peer's debt


class Writer:
    """Writes sentences from one pool of wordings and words."""

    def __init__(self, wordings: Wordings, lexicon: Lexicon, others: float, draw: Random) -> None:
        self._lexicon, self._draw = lexicon, draw
        self._others_share = others
        self._cores = {topic: Deck(texts, draw) for topic, texts in wordings.cores.items()}
        self._tails = {topic: Deck(texts, draw) for topic, texts in wordings.tails.items()}
        self._contrasts = Deck(wordings.contrasts, draw)
        self._own, self._others = Deck(wordings.own, draw), Deck(wordings.others, draw)
        self._of_others = Deck(tuple(wordings.tails), draw)

    def write(self, topic: str, style: Style) -> Sentence:
        """Return one sentence on the topic, in the style of its filing."""
        role = self._draw.choice(self._lexicon.words["outsider"])
        filer = _Cast(style.name, style.subject, self._stranger(style.name), role)
        others = topic == "none" and self._draw.random() < self._others_share
        wording = self._wording(self._of_others.deal() if others else topic)
        debtor, opening = filer, ""
        if others:
            debtor = filer._replace(subject=role, theirs=True)
            # Where the wording names no debt, only an opening can say whose debt it is.
            if not any(f"{{{debt}}}" in wording for debt in _DEBTS):
                opening = self._others.deal()
        elif topic != "none" and self._draw.random() < _OWN_OPENING_SHARE:
            opening = self._own.deal()
        tokens: list[str] = []
        numbers: list[Span] = []
        for text, cast in ((opening, filer), (wording, debtor), (".", filer)):
            self._fill(text, cast, style, tokens, numbers)
        tokens[0] = tokens[0][0].upper() + tokens[0][1:]
        if others:
            numbers = [span._replace(tag="") for span in numbers]
        return Sentence(tuple(tokens), tuple(numbers))

    def _wording(self, topic: str) -> str:
        wording = self._cores[topic].deal()
        if topic not in self._tails:
            return wording
        ending = self._draw.random()
        if ending < _TAIL_SHARE:
            return f"{wording} {self._tails[topic].deal()}"
        if ending < _TAIL_SHARE + _CONTRAST_SHARE:
            return f"{wording} {self._contrasts.deal()}"
        return wording

    def _fill(
        self, text: str, cast: _Cast, style: Style, tokens: list[str], numbers: list[Span]
    ) -> None:
        """Append the text to the tokens, its slots filled, and its numbers to the numbers."""
        for piece in text.split():  # a slot has no blank in it and stays whole
            slot = _SLOT.fullmatch(piece)
            if slot is None:
                tokens.append(piece)
            elif slot[1] == "again":
                start, end, _ = numbers[-1]
                numbers.append(Span(len(tokens), len(tokens) + end - start, ""))
                tokens += [*tokens[start:end], style.percent]
            elif slot[1].lower() in NUMBERS:
                phrase, length = NUMBERS[slot[1].lower()](self._draw, style)
                start = len(tokens) + (phrase[0] == "$")
                tag = _SLOT_TAGS.get(slot[1], slot[3] or "")
                numbers.append(Span(start, start + length, tag))
                tokens += phrase
            else:
                tokens += self._word(slot[1], cast, possessive=bool(slot[2])).split()

    def _word(self, name: str, cast: _Cast, *, possessive: bool) -> str:
        if name == "co" and cast.subject == "we":
            return "our" if possessive else "we"
        if name == "co":
            word = cast.subject
        elif name == "peer":
            word = cast.peer
        elif name == "sub":
            word = self._stranger(cast.filer, cast.peer)
        elif name == "outsider":
            word = cast.role
        elif name == "date":
            word = day(self._draw)
        elif name == "when":
            word = when(self._draw)
        elif name == "year":
            word = str(self._draw.randint(2014, 2023))
        elif name == "due":
            word = str(self._draw.randint(2021, 2034))
        else:
            word = self._draw.choice(self._lexicon.words[name])
            if cast.theirs and name in _DEBTS:
                word = f"{word} of {cast.role}"
        return f"{word} 's" if possessive else word

    def _stranger(self, *known: str) -> str:
        return self._draw.choice([name for name in self._lexicon.names if name not in known])

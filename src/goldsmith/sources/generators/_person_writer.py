"""Turns wordings into tokenised sentences whose names know their tags."""

import re
from random import Random
from typing import NamedTuple

from goldsmith.sources.generators._deck import Deck
from goldsmith.sources.generators._person_cultures import Culture
from goldsmith.sources.generators._person_names import Person, make_person
from goldsmith.sources.generators._person_wordings import Wordings
from goldsmith.sources.generators._person_words import LOC, MISC, ORG, PER, Words
from goldsmith.sources.generators._tagged import Sentence, Span

_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}|([^{}]+)")
_PATTERN_SLOT = re.compile(r"\{(\w+)\}")
_PRONOUNS = ("he", "his", "him")
_OTHER_NAMES = {"org": ORG, "org2": ORG, "loc": LOC, "loc2": LOC, "misc": MISC, "nation": MISC}
_BARE_TAGS = (PER, PER, ORG, LOC)
_CAST = 6
_CONSONANTS = "BCDFGHKLMNPRSTVW"  # of acronyms: no word is spelt by them


class Pool(NamedTuple):
    """Everything that names and sentences are made of; held-out pools share no wording."""

    wordings: Wordings
    words: Words
    cultures: tuple[Culture, ...]


class Cast:
    """The persons of one article; short forms are for those who have been introduced."""

    def __init__(self, cultures: tuple[Culture, ...], draw: Random) -> None:
        self._draw = draw
        self._waiting: list[Person] = []
        while len(self._waiting) < _CAST:
            person = make_person(cultures, draw)
            if person not in self._waiting:
                self._waiting.append(person)
        self._introduced: list[Person] = []

    def introduce(self) -> tuple[Person, Person]:
        """Two persons to be named in full, new ones as long as there are any."""
        while len(self._introduced) < 2:
            self._introduced.append(self._waiting.pop())
        if self._waiting:
            self._introduced.append(self._waiting.pop())
        one = self._introduced[-1]
        return one, self._draw.choice([person for person in self._introduced if person != one])

    def recall(self) -> tuple[Person, Person]:
        """Two persons whom the reader knows."""
        while len(self._introduced) < 2:
            self._introduced.append(self._waiting.pop())
        one, other = self._draw.sample(self._introduced, 2)
        return one, other


class Writer:
    """Writes sentences from one pool."""

    def __init__(self, pool: Pool, draw: Random) -> None:
        self._words, self._cultures, self._draw = pool.words, pool.cultures, draw
        wordings = pool.wordings
        self._decks = {
            topic: Deck(getattr(wordings, topic), draw)
            for topic in ("first", "again", "none", "lists", "starts", "chats")
        }
        self._rests = {tag: Deck(texts, draw) for tag, texts in wordings.rests.items()}
        self._patterns = {tag: Deck(texts, draw) for tag, texts in pool.words.patterns.items()}

    def cast(self) -> Cast:
        """Return the persons of a new article."""
        return Cast(self._cultures, self._draw)

    def write(self, topic: str, cast: Cast) -> Sentence:
        """Return one sentence on the topic about persons of the cast."""
        bare = self._draw.choice(_BARE_TAGS)
        if topic == "bare":
            text = f"{self._decks['starts'].deal()} {self._rests[bare].deal()}"
        else:
            text = self._decks[topic].deal()
        one, other = cast.introduce() if topic == "first" else cast.recall()
        people = {"P": one, "Q": other, "R": self._stranger(), "S": self._stranger()}
        tokens: list[str] = []
        names: list[Span] = []
        for piece in text.split():
            slots = list(_SLOT.finditer(piece))  # "@{Q.first}" has a sign before its slot
            for slot in slots:
                filled, tag = self._fill(slot, people, bare)
                if tag:
                    names.append(Span(len(tokens), len(tokens) + len(filled), tag))
                tokens += filled
        if topic != "chats":
            tokens[0] = tokens[0][0].upper() + tokens[0][1:]
        return Sentence(tuple(tokens), tuple(names))

    def _stranger(self) -> Person:
        return make_person(self._cultures, self._draw)

    def _fill(
        self, slot: re.Match[str], people: dict[str, Person], bare: str
    ) -> tuple[list[str], str]:
        """Return the tokens of a piece of a wording, and its tag, "" for none."""
        name, part, literal = slot.groups()
        if literal:
            return [literal], ""
        if name in people:
            named = getattr(people[name], part or "full")
            return ([named], "") if part in _PRONOUNS else (list(named), PER)
        if name == "bare":
            return [self._draw.choice(self._words.bare)], bare
        if name in _OTHER_NAMES:
            tag = _OTHER_NAMES[name]
            pattern = "{nation}" if name == "nation" else self._patterns[tag].deal()
            return self._other_name(pattern).split(), tag
        return self._word(name).split(), ""

    def _other_name(self, pattern: str) -> str:
        person, partner = self._stranger(), self._stranger()
        values = {
            "given": " ".join(person.first),
            "family": person.last[-1],
            "family2": partner.last[-1],
            "full": " ".join((*person.first, person.last[-1])),
            "place": self._draw.choice(self._words.places),
            "nation": self._word("nation"),
            "acronym": "".join(self._draw.sample(_CONSONANTS, self._draw.randint(3, 4))),
        }
        return _PATTERN_SLOT.sub(lambda found: values[found[1]], pattern)

    def _word(self, name: str) -> str:
        if name == "year":
            return str(self._draw.randint(1931, 2024))
        if name in ("n", "n2"):
            return str(self._draw.randint(2, 96))
        return self._draw.choice(self._words.plain[name])

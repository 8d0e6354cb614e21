"""Seeded goldens for company names: sentences of business news and of everyday life.

No sentence is taken from anywhere, and the companies are invented. The difficulty is that their
names are borrowed: a founder's family name, a town, an ordinary word, and that products, streets,
lakes and novels go by the same ones. Part of the validation and test articles has wordings and
names that training never shows, and the annotator errs in every split, as real ones do.

A legal form is a part of the name (`[Velmora Inc.]`); the article and a possessive are not.
"""

import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from pydantic import BaseModel, Field

from goldsmith.sources.generators._company_wordings import TEST as TEST_WORDINGS
from goldsmith.sources.generators._company_wordings import TRAIN as TRAIN_WORDINGS
from goldsmith.sources.generators._company_wordings import VALIDATION as VALIDATION_WORDINGS
from goldsmith.sources.generators._company_wordings import Wordings
from goldsmith.sources.generators._company_words import (
    SUFFIXES,
    TEST_WORDS,
    TRAIN_WORDS,
    VALIDATION_WORDS,
    Words,
)
from goldsmith.sources.generators._deck import Deck
from goldsmith.sources.generators._tagged import Sentence, Span, bio, forms
from goldsmith.text import split_words

ORG, PER, LOC, MISC = "ORG", "PER", "LOC", "MISC"
TAGS: tuple[str, ...] = (ORG, PER, LOC, MISC)
"""All tags; a use case on companies keeps the first."""

_SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
_TOPICS = ("companies",) * 9 + ("shorts",) * 5 + ("none",) * 6
_CASES = (str,) * 93 + (str.upper,) * 4 + (str.lower,) * 3
_TITLES = ("Mr.", "Mrs.", "Dr.", "Professor", "Judge", "Mayor")
_MONTHS = ("January", "March", "April", "June", "July", "September", "October", "December")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_PLACES = ("Street", "Lake", "School", "Bridge", "County", "Park", "Hill", "Square")
_TAKEN_FOR = {ORG: (PER, LOC, MISC), PER: (ORG,), LOC: (ORG,), MISC: (ORG,)}


class Options(BaseModel, frozen=True, extra="forbid"):
    """How many records to make, how new they are and how noisy their tags."""

    train: int = Field(1500, ge=1, description="records in train")
    validation: int = Field(300, ge=0, description="records in validation")
    test: int = Field(800, ge=0, description="records in test")
    unseen: float = Field(
        0.35, ge=0, le=1, description="share of validation and test articles in held-out wordings"
    )
    noise: float = Field(0.03, ge=0, le=1, description="share of names the annotator gets wrong")


class _Split(NamedTuple):
    name: str
    records: int
    wordings: Wordings
    words: Words
    unseen: float


class _Company(NamedTuple):
    full: str
    short: str


def generate(seed: int, options: Options | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of train, validation and test, the same ones for the same arguments.

    One row:
    {"id": "gen-13-train-000042", "document_id": "article-0009", "split": "train",
     "tokens": ["Tarvik", "Inc", ".", "was", "founded", "in", "1987", "."],
     "ner_tags": ["B-ORG", "I-ORG", "I-ORG", "O", "O", "O", "O", "O"]}
    """
    options = options or Options()
    unseen = options.unseen
    splits = (
        _Split("train", options.train, TRAIN_WORDINGS, TRAIN_WORDS, 0.0),
        _Split("validation", options.validation, VALIDATION_WORDINGS, VALIDATION_WORDS, unseen),
        _Split("test", options.test, TEST_WORDINGS, TEST_WORDS, unseen),
    )
    seen: set[str] = set()
    document = 0
    for split in splits:
        # Noise has its own stream: another rate changes the tags and leaves the tokens alone.
        slips = Random(f"{seed}-{split.name}-noise")
        number = 0
        for article in _articles(split, seen, Random(f"{seed}-{split.name}")):
            document += 1
            for record in article:
                yield {
                    "id": f"gen-{seed}-{split.name}-{number:06d}",
                    "document_id": f"article-{document:04d}",
                    "tokens": list(record.tokens),
                    "ner_tags": bio(len(record.tokens), _annotate(record, options.noise, slips)),
                    "split": split.name,
                }
                number += 1


def _articles(split: _Split, seen: set[str], draw: Random) -> Iterator[list[Sentence]]:
    """Yield the records of one article after another; `seen` holds the forms of their sentences."""
    known = _Writer(TRAIN_WORDINGS, TRAIN_WORDS, draw)
    held_out = _Writer(split.wordings, split.words, draw)
    left = split.records
    while left > 0:
        writer = held_out if draw.random() < split.unseen else known
        sentences = _sentences(writer, seen, draw)
        length = min(draw.randint(2, 6), left)
        yield [next(sentences) for _ in range(length)]
        left -= length


def _sentences(writer: "_Writer", seen: set[str], draw: Random) -> Iterator[Sentence]:
    """Yield new sentences of one article without end."""
    cast = writer.cast()
    change = draw.choice(_CASES)
    while True:
        sentence = writer.write(draw.choice(_TOPICS), cast)
        alike = forms(sentence)
        if seen.isdisjoint(alike):
            seen.update(alike)
            # The word splitter knows a possessive in lower case alone.
            cased = (token if token == "'s" else change(token) for token in sentence.tokens)
            yield sentence._replace(tokens=tuple(cased))


class _Writer:
    """Writes sentences from one pool."""

    def __init__(self, wordings: Wordings, words: Words, draw: Random) -> None:
        self._words, self._draw = words, draw
        self._decks = {topic: Deck(getattr(wordings, topic), draw) for topic in wordings._fields}

    def cast(self) -> tuple[_Company, _Company]:
        """The two companies of an article."""
        return self._company(), self._company()

    def write(self, topic: str, cast: tuple[_Company, _Company]) -> Sentence:
        """Return one sentence on the topic about companies of the cast."""
        companies = dict(zip("CD", self._draw.sample(cast, 2), strict=True))
        tokens: list[str] = []
        names: list[Span] = []
        for piece in self._decks[topic].deal().split():
            slot = _SLOT.fullmatch(piece)
            text, tag = self._fill(slot[1], slot[2], companies) if slot else (piece, "")
            # As a service splits what it is asked: `Inc.` is two words.
            filled = [text[start:end] for start, end in split_words(text)]
            if tag:
                names.append(Span(len(tokens), len(tokens) + len(filled), tag))
            tokens += filled
        return Sentence(tuple(tokens), tuple(names))

    def _company(self) -> _Company:
        draw, words = self._draw, self._words
        stem, one, other = draw.choice(words.stems), *draw.sample(words.families, 2)
        trade, suffix = draw.choice(words.trades), draw.choice(SUFFIXES)
        full, short = draw.choice(
            (
                (f"{stem} {suffix}", stem),
                (f"{stem} {suffix}", stem),
                (stem, stem),
                (f"{stem} {trade}", stem),
                (f"{one} {trade}", f"{one} {trade}"),
                (f"{one} {trade} {suffix}", one),
                (f"{one} & {other}", f"{one} & {other}"),
                (f"{one} , {other} & {draw.choice(words.families)} LLP", one),
                (f"{draw.choice(words.places)} {trade}", trade),
            )
        )
        # A trade by itself is no name: what stands for it is the whole.
        return _Company(full, full if short == trade else short)

    def _fill(self, name: str, part: str | None, companies: dict[str, _Company]) -> tuple[str, str]:
        """Return the text of a slot, and its tag, "" for none."""
        draw, words = self._draw, self._words
        if name in companies:
            return getattr(companies[name], part or "full"), ORG
        borrowed = draw.choice((draw.choice(words.stems), draw.choice(words.families)))
        if name == "person":
            return f"{draw.choice(words.given)} {draw.choice(words.families)}", PER
        if name == "place":
            return draw.choice(words.places), LOC
        if name == "named":
            kind = draw.choice(_PLACES)
            return f"Lake {borrowed}" if kind == "Lake" else f"{borrowed} {kind}", LOC
        if name == "product":
            number = str(draw.randint(2, 9) * 100)
            noun = draw.choice(words.products)
            return draw.choice((f"{draw.choice(words.stems)} {number}", f"{borrowed} {noun}")), MISC
        if name == "stem":
            return draw.choice(words.stems), MISC
        return self._word(name), ""

    def _word(self, name: str) -> str:
        if name == "year":
            return str(self._draw.randint(1931, 2024))
        if name == "n":
            return str(self._draw.randint(2, 960))
        return self._draw.choice({"title": _TITLES, "month": _MONTHS, "day": _DAYS}[name])


def _annotate(record: Sentence, noise: float, draw: Random) -> list[Span]:
    """Return the names as an annotator tags them who errs on a share `noise` of them."""
    spans: list[Span] = []
    for span in record.names:
        spans += _slip(span, draw) if draw.random() < noise else [span]
    return spans


def _slip(span: Span, draw: Random) -> Sequence[Span]:
    """Return what a tired annotator makes of a name: nothing, another tag, a word too few."""
    kinds = ["missed", "confused"] + ["cut"] * (span.end - span.start > 1)
    slip = draw.choice(kinds)
    if slip == "missed":
        return []
    if slip == "confused":
        return [span._replace(tag=draw.choice(_TAKEN_FOR[span.tag]))]
    return [span._replace(end=span.end - 1)]

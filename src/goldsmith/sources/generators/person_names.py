"""Seeded goldens for person names: sentences of news, encyclopaedias and chats with their names.

No sentence is taken from anywhere. The difficulty is the kind of a name: places, organisations
and ordinary words go by names of persons, and what tells them apart may stand far behind. Part
of the validation and test sentences has wordings and parts of names that training never shows,
some records are as long as an article, and the annotator errs in every split, as real ones do.

A title is no part of a name (`Dr. [Rose]`); particles, initials, nicknames and suffixes are.
"""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, NamedTuple

from pydantic import BaseModel, Field

from goldsmith.sources.generators._deck import Deck
from goldsmith.sources.generators._person_cultures import (
    TEST_CULTURES,
    TRAIN_CULTURES,
    VALIDATION_CULTURES,
)
from goldsmith.sources.generators._person_wordings import TRAIN as TRAIN_WORDINGS
from goldsmith.sources.generators._person_wordings_heldout import TEST as TEST_WORDINGS
from goldsmith.sources.generators._person_wordings_heldout import (
    VALIDATION as VALIDATION_WORDINGS,
)
from goldsmith.sources.generators._person_words import (
    LOC,
    MISC,
    ORG,
    PER,
    TEST_WORDS,
    TRAIN_WORDS,
    VALIDATION_WORDS,
)
from goldsmith.sources.generators._person_writer import Pool, Writer
from goldsmith.sources.generators._tagged import Sentence, Span, bio, forms

TAGS: tuple[str, ...] = (PER, ORG, LOC, MISC)
"""All tags; a use case on persons keeps the first."""

TRAIN = Pool(TRAIN_WORDINGS, TRAIN_WORDS, TRAIN_CULTURES)
VALIDATION = Pool(VALIDATION_WORDINGS, VALIDATION_WORDS, VALIDATION_CULTURES)
TEST = Pool(TEST_WORDINGS, TEST_WORDS, TEST_CULTURES)

_TOPICS = {
    "article": {"first": 20, "again": 24, "none": 26, "bare": 24, "lists": 6},
    "chat": {"chats": 80, "bare": 20},
}
_CASES = {
    "article": ("plain",) * 94 + ("capitals",) * 6,
    "chat": ("plain",) * 35 + ("lower",) * 55 + ("capitals",) * 10,
}
_CHANGES: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "lower": str.lower,
    "capitals": str.upper,
}
_LONG = (300, 860)  # words after which a long record ends; its last sentence may go beyond
_TAKEN_FOR = {PER: (ORG, LOC), ORG: (PER, LOC), LOC: (PER, ORG), MISC: (ORG, LOC)}
_TITLES = tuple(title for pool in (TRAIN, VALIDATION, TEST) for title in pool.words.plain["title"])


class Options(BaseModel, frozen=True, extra="forbid"):
    """How many records to make, how new and how long they are and how noisy their tags."""

    train: int = Field(1500, ge=1, description="records in train")
    validation: int = Field(300, ge=0, description="records in validation")
    test: int = Field(800, ge=0, description="records in test")
    unseen: float = Field(
        0.35, ge=0, le=1, description="share of validation and test articles in held-out wordings"
    )
    long: float = Field(
        0.03, ge=0, le=1, description="share of records that are articles of 300 to 900 words"
    )
    chats: float = Field(
        0.2, ge=0, le=1, description="share of short documents that are chats, mostly in lower case"
    )
    noise: float = Field(0.03, ge=0, le=1, description="share of names the annotator gets wrong")
    missed: float = Field(3, gt=0, description="weight of a slip: the name is left out")
    confused: float = Field(3, ge=0, description="weight of a slip: another tag")
    boundary: float = Field(
        2, ge=0, description="weight of a slip: a title is tagged, or a first word is not"
    )


class _Split(NamedTuple):
    name: str
    records: int
    pool: Pool
    unseen: float


def generate(seed: int, options: Options | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of train, validation and test, the same ones for the same arguments.

    One row (tokens and tags cut short here):
    {"id": "gen-13-train-000042", "document_id": "article-0009", "split": "train",
     "tokens": ["Dr.", "van", "der", "Laan", "denied", "it", "."],
     "ner_tags": ["O", "B-PER", "I-PER", "I-PER", "O", "O", "O"]}
    """
    options = options or Options()
    splits = (
        _Split("train", options.train, TRAIN, 0.0),
        _Split("validation", options.validation, VALIDATION, options.unseen),
        _Split("test", options.test, TEST, options.unseen),
    )
    seen: set[str] = set()
    document = 0
    for split in splits:
        # Noise has its own stream: another rate changes the tags and leaves the tokens alone.
        slips = Random(f"{seed}-{split.name}-noise")
        number = 0
        for article in _articles(split, options, seen, Random(f"{seed}-{split.name}")):
            document += 1
            for record in article:
                yield {
                    "id": f"gen-{seed}-{split.name}-{number:06d}",
                    "document_id": f"article-{document:04d}",
                    "tokens": list(record.tokens),
                    "ner_tags": bio(len(record.tokens), _annotate(record, options, slips)),
                    "split": split.name,
                }
                number += 1


def _articles(
    split: _Split, options: Options, seen: set[str], draw: Random
) -> Iterator[list[Sentence]]:
    """Yield the records of one article or chat after another; `seen` holds their sentences."""
    known, held_out = Writer(TRAIN, draw), Writer(split.pool, draw)
    topics = {
        kind: Deck(tuple(topic for topic, share in shares.items() for _ in range(share)), draw)
        for kind, shares in _TOPICS.items()
    }
    for length in _lengths(split.records, options.long, draw):
        writer = held_out if draw.random() < split.unseen else known
        kind = "chat" if length and draw.random() < options.chats else "article"
        sentences = _sentences(writer, topics[kind], draw.choice(_CASES[kind]), seen)
        if length:
            yield [next(sentences) for _ in range(length)]
        else:
            yield [_joined(sentences, draw.randint(*_LONG))]


def _lengths(records: int, long: float, draw: Random) -> list[int]:
    """How many records each document has: 2 to 6, fewer in the last; 0 stands for a long one."""
    lengths = [0] * round(long * records)
    left = records - len(lengths)
    while left > 0:
        lengths.append(min(draw.randint(2, 6), left))
        left -= lengths[-1]
    draw.shuffle(lengths)
    return lengths


def _sentences(writer: Writer, topics: Deck, case: str, seen: set[str]) -> Iterator[Sentence]:
    """Yield new sentences of one article without end."""
    cast = writer.cast()
    change = _CHANGES[case]
    while True:
        sentence = writer.write(topics.deal(), cast)
        alike = forms(sentence)
        if seen.isdisjoint(alike):
            seen.update(alike)
            yield sentence._replace(tokens=tuple(change(token) for token in sentence.tokens))


def _joined(sentences: Iterator[Sentence], words: int) -> Sentence:
    """One record of sentences, as many as it takes to have so many words."""
    tokens: list[str] = []
    names: list[Span] = []
    while len(tokens) < words:
        sentence = next(sentences)
        names += [
            Span(start + len(tokens), end + len(tokens), tag) for start, end, tag in sentence.names
        ]
        tokens += sentence.tokens
    return Sentence(tuple(tokens), tuple(names))


def _annotate(record: Sentence, options: Options, draw: Random) -> list[Span]:
    """Return the names as an annotator tags them who errs on a share `noise` of them."""
    spans: list[Span] = []
    for span in record.names:
        if draw.random() < options.noise:
            spans += _slip(span, record, options, draw)
        else:
            spans.append(span)
    return spans


def _slip(span: Span, record: Sentence, options: Options, draw: Random) -> list[Span]:
    """Return what a tired annotator makes of a name: nothing, or another span."""
    before = record.tokens[span.start - 1] if span.start else ""
    titled = before.casefold() in {title.casefold() for title in _TITLES}
    cut = span.end - span.start > 1
    weights = {
        "missed": options.missed,
        "confused": options.confused,
        "boundary": options.boundary * (titled or cut),
    }
    slip = draw.choices(list(weights), list(weights.values()))[0]
    if slip == "missed":
        return []
    if slip == "confused":
        return [span._replace(tag=draw.choice(_TAKEN_FOR[span.tag]))]
    return [span._replace(start=span.start - 1 if titled else span.start + 1)]

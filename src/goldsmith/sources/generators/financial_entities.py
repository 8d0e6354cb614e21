"""Seeded goldens for the use case financial-entities: filing-like sentences with tagged numbers.

No sentence is taken from a filing. The difficulty is the choice of the number: nearly every
sentence has several of one size and form, and part of the validation and test sentences is
worded in ways that training never shows. The annotator errs in every split, as real ones do.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from pydantic import BaseModel, Field

from goldsmith.sources.generators._deck import Deck
from goldsmith.sources.generators._financial_heldout import TEST, VALIDATION
from goldsmith.sources.generators._financial_lexicon import (
    TEST_LEXICON,
    TRAIN_LEXICON,
    VALIDATION_LEXICON,
    Lexicon,
    Style,
    Wordings,
)
from goldsmith.sources.generators._financial_train import TRAIN
from goldsmith.sources.generators._financial_writer import (
    CAPACITY,
    EFFECTIVE,
    SPREAD,
    STATED,
    Sentence,
    Span,
    Writer,
)

TAGS: tuple[str, ...] = (SPREAD, STATED, EFFECTIVE, CAPACITY)
"""The four tags that the use case keeps; the pipeline maps all others to O."""

# Of a hundred sentences; those on "none" have no kept tag.
_TOPICS = {"none": 44, "capacity": 15, "spread": 14, "coupon": 14, "effective": 13}
_CONFUSED_WITH = {STATED: EFFECTIVE, EFFECTIVE: STATED}


class Options(BaseModel, frozen=True, extra="forbid"):
    """How many sentences to make, how new their wordings are and how noisy their tags."""

    train: int = Field(1200, ge=1, description="sentences in train")
    validation: int = Field(250, ge=0, description="sentences in validation")
    test: int = Field(800, ge=0, description="sentences in test")
    unseen: float = Field(
        0.35, ge=0, le=1, description="share of validation and test sentences in held-out wordings"
    )
    others: float = Field(
        0.85, ge=0, le=1, description="share of untagged sentences on the debt of third parties"
    )
    noise: float = Field(0.04, ge=0, le=1, description="share of entities the annotator gets wrong")
    missed: float = Field(3, gt=0, description="weight of a slip: the entity is left out")
    confused: float = Field(3, ge=0, description="weight of a slip: stated taken for effective")
    neighbour: float = Field(2, ge=0, description="weight of a slip: a nearby number is tagged")
    boundary: float = Field(2, ge=0, description="weight of a slip: wrong on the scale word")


class _Split(NamedTuple):
    name: str
    sentences: int
    wordings: Wordings
    lexicon: Lexicon
    unseen: float
    others: float


def generate(seed: int, options: Options | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of train, validation and test, the same ones for the same arguments.

    One row (tokens and tags cut short here):
    {"id": "gen-13-train-000042", "document_id": "10-K-0009", "split": "train",
     "tokens": ["Borrowings", ..., "LIBOR", "plus", "2.25", "%", "."],
     "ner_tags": ["O", ..., "O", "O", "B-DebtInstrumentBasisSpreadOnVariableRate1", "O", "O"]}
    """
    options = options or Options()
    seen: set[tuple[str, ...]] = set()
    document = 0
    for split in _splits(options):
        # Noise has its own stream: another rate changes the tags and leaves the tokens alone.
        slips = Random(f"{seed}-{split.name}-noise")
        number = 0
        for filing in _filings(split, seen, Random(f"{seed}-{split.name}")):
            document += 1
            for sentence in filing:
                yield {
                    "id": f"gen-{seed}-{split.name}-{number:06d}",
                    "document_id": f"10-K-{document:04d}",
                    "tokens": list(sentence.tokens),
                    "ner_tags": _bio(len(sentence.tokens), _annotate(sentence, options, slips)),
                    "split": split.name,
                }
                number += 1


def _splits(options: Options) -> tuple[_Split, ...]:
    return (
        _Split("train", options.train, TRAIN, TRAIN_LEXICON, 0.0, options.others),
        _Split(
            "validation",
            options.validation,
            VALIDATION,
            VALIDATION_LEXICON,
            options.unseen,
            options.others,
        ),
        _Split("test", options.test, TEST, TEST_LEXICON, options.unseen, options.others),
    )


def _filings(split: _Split, seen: set[tuple[str, ...]], draw: Random) -> Iterator[list[Sentence]]:
    """Yield the sentences of one filing after another; none of them is in `seen` yet."""
    names = split.lexicon.names
    topics = Deck(tuple(topic for topic, share in _TOPICS.items() for _ in range(share)), draw)
    # Known wordings, but still the split's own companies: no company is in two splits.
    known = Writer(TRAIN, TRAIN_LEXICON._replace(names=names), split.others, draw)
    held_out = Writer(split.wordings, split.lexicon, split.others, draw)
    for length in _lengths(split.sentences, draw):
        style = _style(names, draw)
        filing: list[Sentence] = []
        while len(filing) < length:
            writer = held_out if draw.random() < split.unseen else known
            sentence = writer.write(topics.deal(), style)
            if sentence.tokens not in seen:
                seen.add(sentence.tokens)
                filing.append(sentence)
        yield filing


def _lengths(left: int, draw: Random) -> Iterator[int]:
    """Yield how many sentences each filing has: 3 to 8, `left` in all (fewer than 3 if need be)."""
    while left > 8:
        length = min(draw.randint(3, 8), left - 3)
        yield length
        left -= length
    if left:
        yield left


def _style(names: Sequence[str], draw: Random) -> Style:
    name = draw.choice(names)
    return Style(
        name=name,
        subject=draw.choice(("the Company", "the Company", "we", name)),
        unit=draw.choice(("millions", "millions", "millions", "thousands", "full")),
        percent=draw.choice(("%", "%", "%", "percent")),
    )


def _annotate(sentence: Sentence, options: Options, draw: Random) -> list[Span]:
    """Return the spans as an annotator tags them who errs on a share `noise` of the entities."""
    spans = list(sentence.numbers)
    for place, span in enumerate(sentence.numbers):
        if span.tag in TAGS and draw.random() < options.noise:
            _slip(place, spans, sentence, options, draw)
    return [span for span in spans if span.tag]


def _slip(
    place: int, spans: list[Span], sentence: Sentence, options: Options, draw: Random
) -> None:
    """Replace the entity at `place` by what a tired annotator makes of it."""
    span = spans[place]
    neighbours = [
        near
        for near in (place - 1, place + 1)
        if 0 <= near < len(spans) and spans[near].tag not in TAGS
    ]
    before_scale = sentence.tokens[span.end] in ("million", "billion")
    two_tokens = span.end - span.start == 2
    weights = {
        "missed": options.missed,
        "confused": options.confused * (span.tag in _CONFUSED_WITH),
        "neighbour": options.neighbour * bool(neighbours),
        "boundary": options.boundary * (two_tokens or before_scale),
    }
    slip = draw.choices(list(weights), list(weights.values()))[0]
    if slip == "confused":
        spans[place] = span._replace(tag=_CONFUSED_WITH[span.tag])
    elif slip == "boundary":
        spans[place] = span._replace(end=span.end - 1 if two_tokens else span.end + 1)
    else:
        spans[place] = span._replace(tag="")
    if slip == "neighbour":
        near = draw.choice(neighbours)
        spans[near] = spans[near]._replace(tag=span.tag)


def _bio(length: int, spans: Sequence[Span]) -> list[str]:
    tags = ["O"] * length
    for span in spans:
        tags[span.start : span.end] = [f"B-{span.tag}"] + [f"I-{span.tag}"] * (
            span.end - span.start - 1
        )
    return tags

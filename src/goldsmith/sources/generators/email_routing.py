"""Seeded goldens for routing customer mail: which of eight departments a mail is meant for.

No mail was ever sent by anybody. Half of them are Danish, half English, and all go to one company
that sells energy and insurance. The label is what the newest message asks for. The difficulty is
what stands around that: background on other departments' business as settled, quoted history on
another topic, old subjects. Part of validation and test is worded in ways that training never
shows, and in every split the person who sorted the mails now and then misread one.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, NamedTuple

from pydantic import BaseModel, Field, model_validator

from goldsmith.records import LabelledText
from goldsmith.sources.generators._deck import Deck
from goldsmith.sources.generators._email_lexicon import (
    DANISH,
    ENGLISH,
    TEST_LEXICON,
    TRAIN_LEXICON,
    VALIDATION_LEXICON,
    Pool,
)
from goldsmith.sources.generators._email_phrases import (
    TEST_PHRASES,
    TRAIN_PHRASES,
    VALIDATION_PHRASES,
)
from goldsmith.sources.generators._email_test_danish import TEST as TEST_DANISH
from goldsmith.sources.generators._email_test_english import TEST as TEST_ENGLISH
from goldsmith.sources.generators._email_thread import Mail, Rates, Thread
from goldsmith.sources.generators._email_train_danish import TRAIN as TRAIN_DANISH
from goldsmith.sources.generators._email_train_english import TRAIN as TRAIN_ENGLISH
from goldsmith.sources.generators._email_validation import DANISH_VALIDATION, ENGLISH_VALIDATION

RECORD = LabelledText

# Of a hundred mails.
SHARES = {
    "billing": 21,
    "technical": 15,
    "claims": 15,
    "address_change": 12,
    "cancellation": 11,
    "new_contract": 11,
    "payment_plan": 8,
    "complaint": 7,
}
"""The eight departments and how many of a hundred mails are meant for each."""

_TAKEN_FOR = {
    "billing": "payment_plan",
    "technical": "billing",
    "claims": "complaint",
    "address_change": "cancellation",
    "cancellation": "address_change",
    "new_contract": "cancellation",
    "payment_plan": "billing",
    "complaint": "claims",
}

POOLS: Mapping[str, Mapping[str, Pool]] = {
    "train": {
        DANISH: Pool(TRAIN_DANISH, TRAIN_PHRASES[DANISH], TRAIN_LEXICON[DANISH]),
        ENGLISH: Pool(TRAIN_ENGLISH, TRAIN_PHRASES[ENGLISH], TRAIN_LEXICON[ENGLISH]),
    },
    "validation": {
        DANISH: Pool(DANISH_VALIDATION, VALIDATION_PHRASES[DANISH], VALIDATION_LEXICON[DANISH]),
        ENGLISH: Pool(ENGLISH_VALIDATION, VALIDATION_PHRASES[ENGLISH], VALIDATION_LEXICON[ENGLISH]),
    },
    "test": {
        DANISH: Pool(TEST_DANISH, TEST_PHRASES[DANISH], TEST_LEXICON[DANISH]),
        ENGLISH: Pool(TEST_ENGLISH, TEST_PHRASES[ENGLISH], TEST_LEXICON[ENGLISH]),
    },
}
"""By split, then language: the wordings and words that are the split's own."""


class Options(BaseModel, frozen=True, extra="forbid"):
    """How many mails to make, how new their wordings are, what misleads in them, and the noise."""

    train: int = Field(2000, ge=1, description="mails in train")
    validation: int = Field(300, ge=0, description="mails in validation")
    test: int = Field(800, ge=0, description="mails in test")
    unseen: float = Field(
        0.35, ge=0, le=1, description="share of validation and test threads in held-out wordings"
    )
    noise: float = Field(0.03, ge=0, le=1, description="share of mails that were sorted wrongly")
    danish: float = Field(0.5, ge=0, le=1, description="share of threads in Danish, not English")
    background: float = Field(
        0.4, ge=0, le=1, description="share of messages that mention other departments' business"
    )
    quoted: float = Field(
        0.25, ge=0, le=1, description="share of mails that quote earlier ones, the long included"
    )
    forwarded: float = Field(0.06, ge=0, le=1, description="share of mails somebody passed on")
    short: float = Field(0.1, ge=0, le=1, description="share of mails that are a bare request")
    long: float = Field(0.02, ge=0, le=1, description="share of mails of 600 words and more")
    typos: float = Field(0.35, ge=0, le=1, description="share of customers who mistype words")

    @model_validator(mode="after")
    def _shares_add_up(self) -> "Options":
        if max(self.quoted, self.long) + self.forwarded + self.short > 1:
            raise ValueError("quoted (or long), forwarded and short are more than 1 together")
        return self


class _Split(NamedTuple):
    name: str
    mails: int
    unseen: float


def generate(seed: int, options: Options | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of train, validation and test, the same ones for the same arguments.

    One row (text cut short here):
    {"id": "gen-13-train-000042", "document_id": "thread-00019", "split": "train",
     "text": "Emne: SV: Flytning ...", "label": "billing"}
    """
    options = options or Options()
    seen: set[str] = set()
    thread = 0
    for split in (
        _Split("train", options.train, 0.0),
        _Split("validation", options.validation, options.unseen),
        _Split("test", options.test, options.unseen),
    ):
        # Noise has its own stream: another rate changes the labels and leaves the texts alone.
        slips = Random(f"{seed}-{split.name}-noise")
        number = 0
        for mails in _threads(split, options, seen, Random(f"{seed}-{split.name}")):
            thread += 1
            for mail in mails:
                yield {
                    "id": f"gen-{seed}-{split.name}-{number:06d}",
                    "document_id": f"thread-{thread:05d}",
                    "text": mail.text,
                    "label": _sorted(mail, options.noise, slips),
                    "split": split.name,
                }
                number += 1


def _threads(split: _Split, options: Options, seen: set[str], draw: Random) -> Iterator[list[Mail]]:
    """Yield the mails of one thread after another; none of them is in `seen` yet."""
    topics = Deck(tuple(topic for topic, share in SHARES.items() for _ in range(share)), draw)
    rates = Rates(
        options.background,
        options.quoted,
        options.forwarded,
        options.short,
        options.long,
        options.typos,
    )
    for length in _lengths(split.mails, draw):
        language = DANISH if draw.random() < options.danish else ENGLISH
        own = POOLS[split.name][language]
        # Known wordings, but still the split's own customers: nobody writes in two splits.
        known = POOLS["train"][language]
        pool = own if draw.random() < split.unseen else known
        thread = Thread(pool, own.lexicon, language, rates, draw)
        mails: list[Mail] = []
        while len(mails) < length:
            topic = topics.deal()
            mail = thread.mail(topic)
            while (core := " ".join(mail.core.casefold().split())) in seen:
                mail = thread.mail(topic)
            seen.add(core)
            mails.append(mail)
        yield mails


def _lengths(left: int, draw: Random) -> Iterator[int]:
    """Yield how many mails each thread has: one to four, `left` in all."""
    while left:
        length = min(draw.choice((1, 1, 1, 2, 2, 3, 4)), left)
        yield length
        left -= length


def _sorted(mail: Mail, noise: float, draw: Random) -> str:
    """Return the label that somebody gave who errs on a share `noise` of the mails."""
    wrong, which = draw.random() < noise, draw.random()
    if not wrong:
        return mail.topic
    if mail.misleading and which < 0.7:
        return mail.misleading[int(which / 0.7 * len(mail.misleading))]
    return _TAKEN_FOR[mail.topic]

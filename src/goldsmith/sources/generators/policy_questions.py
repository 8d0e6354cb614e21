"""Seeded goldens for questions on policies: sections of invented privacy policies, insurance terms
and staff handbooks, and readers' questions whose answer is a slice of the section.

No sentence is taken from a policy. The difficulty is the choice of the clause: a section says
the same sort of thing of several keys (data, losses, absences), the reader asks for one of them in
words of his own, and about a quarter of the questions the section does not answer. Part of the
validation and test sections is worded in ways that training never shows. The annotator errs in
every split, as real ones do.
"""

from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, Field, model_validator

from goldsmith.records import Question
from goldsmith.sources.generators import (
    _policy_annotator,
    _policy_hr,
    _policy_hr_heldout,
    _policy_hr_validation,
    _policy_hr_words,
    _policy_insurance,
    _policy_insurance_heldout,
    _policy_insurance_validation,
    _policy_insurance_words,
    _policy_names,
    _policy_privacy,
    _policy_privacy_heldout,
    _policy_privacy_validation,
    _policy_privacy_words,
    _policy_sections,
)
from goldsmith.sources.generators._policy_lexicon import Pool, Style, Wordings
from goldsmith.sources.generators._policy_sections import LONG, Section
from goldsmith.sources.generators._policy_writer import Writer

RECORD = Question
"""The record type of the rows."""

_WORDS: Mapping[str, Any] = {
    "privacy": _policy_privacy_words,
    "insurance": _policy_insurance_words,
    "hr": _policy_hr_words,
}
_WORDINGS: Mapping[str, Mapping[str, Wordings]] = {
    "train": {
        "privacy": _policy_privacy.TRAIN,
        "insurance": _policy_insurance.TRAIN,
        "hr": _policy_hr.TRAIN,
    },
    "validation": {
        "privacy": _policy_privacy_validation.VALIDATION,
        "insurance": _policy_insurance_validation.VALIDATION,
        "hr": _policy_hr_validation.VALIDATION,
    },
    "test": {
        "privacy": _policy_privacy_heldout.TEST,
        "insurance": _policy_insurance_heldout.TEST,
        "hr": _policy_hr_heldout.TEST,
    },
}
_OPENINGS = {
    "train": _policy_names.TRAIN_OPENINGS,
    "validation": _policy_names.VALIDATION_OPENINGS,
    "test": _policy_names.TEST_OPENINGS,
}
_LAYOUTS = ("prose", "prose", "prose", "numbered", "lettered", "bullets")


class Options(BaseModel, frozen=True, extra="forbid"):
    """How many questions to make, how long and new their contexts are, how noisy the answers."""

    train: int = Field(1800, ge=1, description="questions in train")
    validation: int = Field(300, ge=0, description="questions in validation")
    test: int = Field(800, ge=0, description="questions in test")
    unseen: float = Field(
        0.35, ge=0, le=1, description="share of validation and test sections in held-out wordings"
    )
    shortest: int = Field(80, ge=30, le=200, description="fewest words of a usual context")
    longest: int = Field(300, ge=70, le=480, description="most words of a usual context")
    long: float = Field(
        0.06,
        ge=0,
        le=1,
        description="share of contexts of 500 to 900 words, which have more questions",
    )
    impossible: float = Field(
        0.25, ge=0, le=1, description="share of questions that the context does not answer"
    )
    noise: float = Field(
        0.04, ge=0, le=1, description="share of questions the annotator gets wrong"
    )
    missed: float = Field(2, gt=0, description="weight of a slip: no answer is seen")
    neighbour: float = Field(4, ge=0, description="weight of a slip: the answer of another clause")
    boundary: float = Field(4, ge=0, description="weight of a slip: a word too few or too many")

    @model_validator(mode="after")
    def _room_between(self) -> Self:
        if self.longest < self.shortest + 40:
            raise ValueError(
                f"longest: {self.longest} is less than 40 words over shortest, {self.shortest}"
            )
        return self


class _Split(NamedTuple):
    name: str
    questions: int
    unseen: float


def generate(seed: int, options: Options | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of train, validation and test, the same ones for the same arguments.

    One row (cut short here):
    {"id": "gen-13-train-000042", "document_id": "policy-0003", "split": "train",
     "title": "Privacy policy of Halbrook Travel", "context": "2. Your data\\n2.1 We keep ...",
     "question": "How long do you hold on to my searches?",
     "answers": [{"text": "for nine months after your last visit", "answer_start": 131},
                 {"text": "nine months after your last visit", "answer_start": 135}],
     "is_impossible": False}
    """
    options = options or Options()
    seen: set[str] = set()
    document = 0
    for split in (
        _Split("train", options.train, 0.0),
        _Split("validation", options.validation, options.unseen),
        _Split("test", options.test, options.unseen),
    ):
        # Noise has its own stream: another rate changes the answers and leaves the texts alone.
        slips = Random(f"{seed}-{split.name}-noise")
        number = 0
        for title, sections in _documents(split, options, seen, Random(f"{seed}-{split.name}")):
            document += 1
            for section in sections:
                for row in _rows(section, options, slips):
                    yield {
                        "id": f"gen-{seed}-{split.name}-{number:06d}",
                        "document_id": f"policy-{document:04d}",
                        "title": title,
                        **row,
                        "split": split.name,
                    }
                    number += 1


def _documents(
    split: _Split, options: Options, seen: set[str], draw: Random
) -> Iterator[tuple[str, list[Section]]]:
    """Yield title and sections of documents until they have the questions of the split."""
    writers = {
        (field, held_out): Writer(_pool(field, split.name if held_out else "train"), draw)
        for field in _WORDS
        for held_out in (False, True)
    }
    left = split.questions
    while left:
        field = draw.choice(list(_WORDS))
        style = _style(field, split.name, draw)
        title = draw.choice(_policy_names.TITLES[field]).format(company=style.company)
        sections = []
        for _ in range(draw.randint(2, 4)):
            writer = writers[field, draw.random() < split.unseen]
            section = _section(writer, style, options, seen, draw)
            section = section._replace(questions=section.questions[:left])
            left -= len(section.questions)
            if section.questions:
                sections.append(section)
        yield title, sections


def _pool(field: str, split: str) -> Pool:
    words = getattr(_WORDS[field], split.upper())
    return Pool(_WORDINGS[split][field], words, _OPENINGS[split])


def _style(field: str, split: str, draw: Random) -> Style:
    stem = draw.choice(_policy_names.STEMS[split])
    company = f"{stem} {draw.choice(_policy_names.TRADES[field])}"
    return Style(
        company=company,
        subject=draw.choice(("we", "we", "we", "the Company", company)),
        currency=draw.choice("££$€"),
        straight=draw.random() < 0.3,
        layout=draw.choice(_LAYOUTS),
    )


def _section(
    writer: Writer, style: Style, options: Options, seen: set[str], draw: Random
) -> Section:
    """A section of the wanted length whose context is not in `seen` yet."""
    while True:
        bounds = LONG if draw.random() < options.long else (options.shortest, options.longest)
        section = _policy_sections.write(writer, style, bounds, options.impossible, draw)
        if len(section.context.split()) >= bounds[0] and section.context not in seen:
            seen.add(section.context)
            return section


def _rows(section: Section, options: Options, slips: Random) -> Iterator[dict[str, Any]]:
    weights = options.model_dump(include={"missed", "neighbour", "boundary"})
    for asked in section.questions:
        answers = _policy_annotator.answers(asked, section.context, options.noise, weights, slips)
        yield {
            "context": section.context,
            "question": asked.question,
            "answers": answers,
            "is_impossible": not answers,
        }

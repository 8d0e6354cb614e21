"""Seeded goldens for scientific topics: titles and abstracts of invented papers with their field.

No abstract is taken from anywhere. Neighbouring fields share objects, data and methods: what a
paper asks decides its field, and many papers also name a question of another field that they do
not ask. Part of the validation and test abstracts is worded in ways that training never shows,
and the annotator errs in every split, as real ones do.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic import Field as Described

from goldsmith.records import LabelledText
from goldsmith.sources.generators._deck import Deck
from goldsmith.sources.generators._science_fields import FIELDS, RARE_FIELDS
from goldsmith.sources.generators._science_frames import TRAIN_FRAMES
from goldsmith.sources.generators._science_frames_heldout import TEST_FRAMES, VALIDATION_FRAMES
from goldsmith.sources.generators._science_speech import TRAIN_SPEECH
from goldsmith.sources.generators._science_speech_heldout import TEST_SPEECH, VALIDATION_SPEECH
from goldsmith.sources.generators._science_themes import (
    TEST_THEMES,
    TRAIN_THEMES,
    VALIDATION_THEMES,
)
from goldsmith.sources.generators._science_tools import TEST_TOOLS, TRAIN_TOOLS, VALIDATION_TOOLS
from goldsmith.sources.generators._science_writer import Paper, Pool, Writer

RECORD = LabelledText

LABELS: tuple[str, ...] = (*FIELDS, *RARE_FIELDS)
"""Every label: the ten fields, then the two that hardly any paper is of."""

TRAIN = Pool(TRAIN_FRAMES, TRAIN_THEMES, TRAIN_TOOLS, TRAIN_SPEECH)
VALIDATION = Pool(VALIDATION_FRAMES, VALIDATION_THEMES, VALIDATION_TOOLS, VALIDATION_SPEECH)
TEST = Pool(TEST_FRAMES, TEST_THEMES, TEST_TOOLS, TEST_SPEECH)

_THEMES_OF = {name: each.themes for name, each in {**FIELDS, **RARE_FIELDS}.items()}
_CONSONANTS, _VOWELS = "BCDFGHKLMNPRSTVZ", "AEIO"
_LOOK_AHEAD = 40  # labels among which a project finds its next paper


class Options(BaseModel, frozen=True, extra="forbid"):
    """How many papers to make, how new their wordings are and how noisy their labels."""

    train: int = Described(2000, ge=1, description="papers in train")
    validation: int = Described(300, ge=0, description="papers in validation")
    test: int = Described(800, ge=0, description="papers in test")
    unseen: float = Described(
        0.35, ge=0, le=1, description="share of validation and test papers in held-out wordings"
    )
    contrast: float = Described(
        0.5, ge=0, le=1, description="share of papers that also name a question they do not ask"
    )
    rare: float = Described(
        0.004, ge=0, le=0.1, description="share of the papers of each of the two rare fields"
    )
    noise: float = Described(
        0.03, ge=0, le=1, description="share of papers that the annotator gets wrong"
    )
    by_tool: float = Described(2, ge=0, description="weight of a slip: the field of the method")
    by_contrast: float = Described(
        2, ge=0, description="weight of a slip: the field of a question that is not asked"
    )
    by_object: float = Described(
        1, gt=0, description="weight of a slip: another field that looks at the same objects"
    )


class _Split(NamedTuple):
    name: str
    papers: int
    pool: Pool
    unseen: float


def generate(seed: int, options: Options | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of train, validation and test, the same ones for the same arguments.

    One row (text cut short here):
    {"id": "gen-13-train-000042", "document_id": "project-0017", "split": "train",
     "text": "Optimal transport for cichlid lineages\\n\\nIn this paper we study ...",
     "label": "q-bio"}
    """
    options = options or Options()
    splits = (
        _Split("train", options.train, TRAIN, 0.0),
        _Split("validation", options.validation, VALIDATION, options.unseen),
        _Split("test", options.test, TEST, options.unseen),
    )
    seen: set[str] = set()
    project = 0
    for split in splits:
        # Noise has its own stream: another rate changes the labels and leaves the texts alone.
        slips = Random(f"{seed}-{split.name}-noise")
        number = 0
        for theme, papers in _projects(split, options, seen, Random(f"{seed}-{split.name}")):
            project += 1
            for paper in papers:
                yield {
                    "id": f"gen-{seed}-{split.name}-{number:06d}",
                    "document_id": f"project-{project:04d}",
                    "text": f"{paper.title}\n\n{paper.abstract}",
                    "label": _annotate(paper, theme, options, slips),
                    "split": split.name,
                }
                number += 1


def _projects(
    split: _Split, options: Options, seen: set[str], draw: Random
) -> Iterator[tuple[str, list[Paper]]]:
    """Yield the theme and the papers of one project after another; `seen` holds their names."""
    known = Writer(TRAIN, options.contrast, draw)
    held_out = Writer(split.pool, options.contrast, draw)
    labels = _labels(split.papers, options.rare, draw)
    while labels:
        theme = draw.choice(_THEMES_OF[labels[0]])
        name = _project_name(seen, draw)
        papers = []
        for field in _members(labels, theme, draw.randint(1, 4)):
            writer = held_out if draw.random() < split.unseen else known
            papers.append(writer.write(field, theme, name))
        yield theme, papers


def _labels(papers: int, rare: float, draw: Random) -> list[str]:
    """As many labels as papers, the rare ones in their exact share, in random order."""
    each = round(rare * papers)
    deck = Deck(tuple(name for name, field in FIELDS.items() for _ in range(field.share)), draw)
    labels = [name for name in RARE_FIELDS for _ in range(each)][:papers]
    labels += [deck.deal() for _ in range(papers - len(labels))]
    draw.shuffle(labels)
    return labels


def _members(labels: list[str], theme: str, size: int) -> list[str]:
    """Take the first labels that look at the theme, `size` at most, out of the list."""
    places = [
        place for place, label in enumerate(labels[:_LOOK_AHEAD]) if theme in _THEMES_OF[label]
    ][:size]
    members = [labels[place] for place in places]
    for place in reversed(places):
        del labels[place]
    return members


def _project_name(seen: set[str], draw: Random) -> str:
    while True:
        syllables = range(draw.randint(2, 3))
        name = "".join(draw.choice(_CONSONANTS) + draw.choice(_VOWELS) for _ in syllables)
        name += draw.choice(("", draw.choice(_CONSONANTS), f"-{draw.randint(2, 9)}"))
        if name not in seen:
            seen.add(name)
            return name


def _annotate(paper: Paper, theme: str, options: Options, draw: Random) -> str:
    """Return the label as an annotator gives it who errs on a share `noise` of the papers."""
    if draw.random() >= options.noise:
        return paper.field
    candidates: dict[str, Sequence[str]] = {
        "by_tool": [paper.tool_field],
        "by_contrast": [paper.other_field] if paper.other_field else [],
        "by_object": [name for name, each in FIELDS.items() if theme in each.themes],
    }
    wrong = {
        why: [name for name in names if name != paper.field] for why, names in candidates.items()
    }
    weights = [getattr(options, why) * bool(names) for why, names in wrong.items()]
    return draw.choice(wrong[draw.choices(list(wrong), weights)[0]])

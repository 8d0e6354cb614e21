"""Seeded goldens for finding help pages: an invented company's pages, and what its people ask.

A page is on one task in one system, and says neither the way people do: systems have names of their
own (the flight booking site is Halyard), tasks headings of their own. So every page has neighbours
that share its system or its task, and words alone do not find it. The page asked for has grade 2; the
general page of its task has grade 1. Part of the validation and test queries is worded in ways that
training never shows.
"""

from collections.abc import Iterator
from itertools import product
from random import Random
from typing import Any

from pydantic import BaseModel, Field

from goldsmith.records import Query
from goldsmith.sources.generators._document_words import SYSTEMS, TASKS, System, Task

RECORD = Query
"""The record type of the rows."""

_OPENINGS = ("", "", "", "Hi, ", "Quick question: ", "Please help: ")
_ENDINGS = ("", "", "", "?", " please", ", thanks")
EXACT, GENERAL = 2, 1  # grades
LONGEST = 20  # words of a query


class Options(BaseModel, frozen=True, extra="forbid"):
    """How many queries to make, and how new their wordings are."""

    train: int = Field(360, ge=1, description="queries in train")
    validation: int = Field(90, ge=0, description="queries in validation")
    test: int = Field(180, ge=0, description="queries in test")
    unseen: float = Field(
        0.35, ge=0, le=1, description="share of validation and test queries in held-out wordings"
    )


def generate(seed: int, options: Options | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of corpus, queries and judgements, the same ones for the same arguments.

    `split` names the table that a row belongs to:
    {"split": "corpus", "_id": "halyard-4", "title": "Halyard: Second factor", "text": "..."}
    {"split": "queries", "_id": "gen-13-train-0007", "text": "how do I enable MFA for the travel tool"}
    {"split": "qrels/train", "query-id": "gen-13-train-0007", "corpus-id": "halyard-4", "score": 2}
    """
    chosen = options or Options()
    yield from _corpus(Random(f"{seed}/corpus"))
    seen: set[str] = set()
    for split in ("train", "validation", "test"):
        draw = Random(f"{seed}/{split}")
        unseen = 0.0 if split == "train" else chosen.unseen
        for number in range(getattr(chosen, split)):
            system, task = draw.choice(SYSTEMS), draw.choice(TASKS)
            text = _fresh(system, task, draw, unseen, seen)
            name = f"gen-{seed}-{split}-{number:04}"
            yield {"split": "queries", "_id": name, "text": text}
            for page, grade in ((_page(system, task), EXACT), (_general(task), GENERAL)):
                judged = {"query-id": name, "corpus-id": page, "score": grade}
                yield {"split": f"qrels/{split}", **judged}


def _page(system: System, task: Task) -> str:
    return f"{system.name.lower()}-{TASKS.index(task)}"


def _general(task: Task) -> str:
    return f"general-{TASKS.index(task)}"


def _corpus(draw: Random) -> Iterator[dict[str, Any]]:
    for system, task in product(SYSTEMS, TASKS):
        steps = list(task.steps)
        draw.shuffle(steps)
        text = f"{system.name} {system.what}. {' '.join(steps)}"
        title = f"{system.name}: {task.heading}"
        yield {"split": "corpus", "_id": _page(system, task), "title": title, "text": text}
    for task in TASKS:
        text = f"What holds in every system unless its own page says otherwise. {task.steps[-1]}"
        yield {"split": "corpus", "_id": _general(task), "title": task.heading, "text": text}
    for system in SYSTEMS:
        text = f"{system.name} {system.what}. It is run by the platform team and open to all staff."
        name = f"{system.name.lower()}-about"
        yield {"split": "corpus", "_id": name, "title": f"About {system.name}", "text": text}


def _fresh(system: System, task: Task, draw: Random, unseen: float, seen: set[str]) -> str:
    """A query that was not made before, in any split; after many tries it is numbered."""
    for _ in range(50):
        text = _query(system, task, draw, unseen)
        if text.lower() not in seen:
            break
    else:
        text = f"{text} (request {len(seen)})"
    seen.add(text.lower())
    return text


def _query(system: System, task: Task, draw: Random, unseen: float) -> str:
    called = system.asked_heldout if draw.random() < unseen else (*system.asked, system.name)
    asked = task.asked_heldout if draw.random() < unseen else task.asked
    text = draw.choice(asked).format(s=draw.choice(called))
    whole = f"{draw.choice(_OPENINGS)}{text}{draw.choice(_ENDINGS)}"
    # The few longest would be a range of lengths of their own, too few to compare variants on.
    return whole if len(whole.split()) <= LONGEST else text

"""A race: models one after the other, each with its versions and some promotions at once."""

import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from unittest import mock

from tests.races import contestants
from tests.races.checks import check
from tests.races.crew import Crew
from tests.races.worker import STEPS, Task

VERSIONS = 12
A_MODEL = 25  # promotions of one model
BEGINNING = ("begun", "anchored", "stored", "written")
# Most promotions come no further than the verdict: the steps behind it are aimed at more often.
WEIGHTS = (1, 1, 2, 2, 4, 6, 5, 4)
EQUAL_EVERY = 5  # every fifth model's versions are all of one quality


@dataclass
class Total:
    """The row of a race in the table."""

    promotions: int = 0
    seconds: float = 0.0
    models: int = 0
    champions: int = 0
    late: int = 0
    rounds: int = 0
    replayed: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)


def race(promotions: int, variables: dict[str, str], seed: int, say: object = None) -> Total:
    """Run so many promotions on a store, and check after each model.

    Args:
        promotions: how many, over all models.
        variables: the environment that names the store.
        seed: of qualities, order and faults.
        say: called with the total after each model.

    Raises:
        AssertionError: something that must hold does not.
    """
    rng, total, started = random.Random(seed), Total(), time.monotonic()
    with mock.patch.dict(os.environ, variables), Crew(variables) as crew:
        while total.promotions < promotions:
            many = min(A_MODEL, promotions - total.promotions)
            _one(crew, many, rng, total)
            total.seconds = time.monotonic() - started
            if callable(say):
                say(total)
    return total


def _one(crew: Crew, many: int, rng: random.Random, total: Total) -> None:
    model, equal = f"race-{total.models}", total.models % EQUAL_EVERY == EQUAL_EVERY - 1
    qualities = [
        contestants.QUALITIES[4] if equal else rng.choice(contestants.QUALITIES)
        for _ in range(VERSIONS)
    ]
    contestants.register(model, sorted(qualities))
    story = crew.run([_task(model, place / many, rng) for place in range(many)])
    found = check(model, story)
    if equal:
        assert found.champions == 1, "a tie keeps the champion"
    total.promotions += many
    total.models += 1
    total.champions += found.champions
    total.late += found.late
    total.rounds += story.rounds
    total.replayed += found.replayed
    total.outcomes += story.outcomes
    total.faults += story.faults


def _task(model: str, progress: float, rng: random.Random) -> Task:
    """Better versions come later, as in life, so that the champion changes often."""
    version = min(max(round(progress * VERSIONS + rng.uniform(-2, 4)), 1), VERSIONS)
    fault = rng.choices(("", "kill", "stop"), (2, 4, 4))[0]
    early = progress < 0.1 and rng.random() < 0.6
    step = rng.choice(BEGINNING) if early else rng.choices(STEPS, WEIGHTS)[0]
    return Task(model, version, fault, step, rng.randint(1, 4))

"""gc while a training is at work, and gc that is killed itself."""

import os
import random
import signal
import sqlite3
import threading
from contextlib import closing

import pytest

from tests.cli.here import here
from tests.cli.test_clearing import STRICT
from tests.cli.test_passport import SAMPLE, states
from tests.command import World, finish, until
from tests.misuse.test_kills import LONG, checkpoint

SETTINGS = tuple(f"card.purpose=No. {place}" for place in range(2, 6))


def works(world: World) -> None:
    """Whoever is champion answers, and all that its passport names holds."""
    assert here(world, "predict", "toy", "--text", SAMPLE).status == 0
    champion = world.aliases()["champion"]
    assert states(world, f"toy@{champion}")["artifacts"].startswith("holds: 9 of 9")
    assert here(world, "show", f"toy@{champion}").status == 0


def aged(world: World) -> None:
    """As if all that is registered were a year old."""
    year = 365 * 86_400_000
    with closing(sqlite3.connect(world.home / "mlflow" / "mlflow.db")) as found, found:
        for table, column in (("model_versions", "creation_time"), ("runs", "start_time")):
            found.execute(f"update {table} set {column} = {column} - {year}")


@pytest.mark.slow
def test_a_training_that_is_at_work_ends_as_if_nobody_had_cleared(champion: World) -> None:
    process = champion.start("run", "toy", *LONG)
    until("a checkpoint", lambda: checkpoint(champion))
    sweeps = 0
    while process.poll() is None:
        done = here(champion, "gc", *STRICT)
        assert done.status == 0, done.text
        sweeps += 1
    ended = finish(process)
    assert ended.status == 0, ended.text
    assert sweeps and champion.versions() == [1, 2]
    works(champion)
    back = here(champion, "rollback", "toy", "--reason", "to see it work")
    assert back.status == (0 if champion.aliases()["champion"] == 1 else 3), back.text


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_moments_the_last_gc_ends_it(champion: World, seed: int) -> None:
    for text in SETTINGS:
        champion.train("--set", text)  # judged and registered anew, nothing is trained
    assert champion.versions() == [1, 2, 3, 4, 5]
    rng, pause = random.Random(seed), threading.Event()
    aged(champion)
    before = champion.aliases()["champion"]
    for _ in range(8):
        process = champion.start("gc", *STRICT)
        pause.wait(rng.uniform(2, 8))  # anywhere in it: no step is waited for
        os.killpg(process.pid, signal.SIGKILL)
        finish(process)
        assert champion.aliases()["champion"] == before
    assert here(champion, "gc", *STRICT).status == 0
    assert "Nothing to delete" in here(champion, "gc", *STRICT).out
    assert champion.versions() == [before]
    works(champion)

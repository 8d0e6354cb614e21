"""`python -m tests.chaos [--only TARGET ...] [--after STAGE ...] [--jobs N]`: kill everything everywhere.

Each line of the table is a run of the toy use case on a stack of its own (`goldsmith up`): a real
process is killed once a stage is finished, or at a random step of training, and the run is left
alone. It must end with the metrics of an undisturbed run, with one version, one champion, no process
and no held slot. A cell has the seconds from the kill to the run's end, and how often the run was
started. Whoever has no supervisor in the stack (the whole stack, the database) is started
again by the test, as a machine's service manager would.
"""

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests import postgres
from tests.chaos import points
from tests.command import World, until
from tests.stack.running import Stack, up
from tests.toys import write_goldens, write_tiny_base

SEED = "seed=7"
STAGES = ("load", "prepare", "train", "evaluate", "export", "judge", "register")
STEP = "a step of training"
FAILED = "FAILED"


def all_of_it(stack: Stack) -> None:
    """Every process of the stack at once, then the stack again."""
    stack.kill_all()
    stack.start()


def database(stack: Stack) -> None:
    """PostgreSQL, then PostgreSQL again."""
    points.kill(points.database(stack))
    assert stack.database
    stack.database.start()


TARGETS: dict[str, Callable[[Stack], object]] = {
    "training process": lambda stack: points.kill(points.trainer(stack)),
    "flow": lambda stack: points.kill(points.flow(stack)),
    "worker": lambda stack: points.kill(points.worker(stack)),
    "worker and flow": lambda stack: points.kill(points.worker_and_flow(stack)),
    "Prefect's server": lambda stack: points.kill(points.prefect(stack)),
    "MLflow's server": lambda stack: points.kill(points.mlflow(stack)),
    "the database": database,
    "all of it": all_of_it,
}


@dataclass(frozen=True)
class Toy:
    """What every run learns from, and what an undisturbed one came to."""

    base: Path
    goldens: Path
    wanted: dict[str, Any]

    @classmethod
    def make(cls, at: Path) -> "Toy":
        base, goldens = write_tiny_base(at / "base"), write_goldens(at / "goldens")
        alone = World.make(at / "alone", base, goldens)
        return cls(base, goldens, points.undisturbed(alone, points.LONG, SEED))


def random_step(stack: Stack) -> None:
    """Wait until a training has kept a random number of checkpoints; old ones go meanwhile."""
    wanted, seen = random.randint(1, 4), set[str]()

    def enough() -> bool:
        for folder in stack.world.working():
            seen.update(path.name for path in folder.glob("checkpoints/**/checkpoint-*"))
        return len(seen) >= wanted

    until("checkpoints", enough)


def one(toy: Toy, target: str, moment: str) -> str:
    """Kill one thing at one moment; the table's cell.

    Raises:
        AssertionError: the run did not end as an undisturbed one.
    """
    with contextlib.ExitStack() as opened:
        scratch = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        kept = opened.enter_context(postgres.server()) if target == "the database" else None
        world = World.make(scratch, toy.base, toy.goldens)
        stack = opened.enter_context(up(world, database=kept))
        identity = stack.start_run(points.LONG, SEED)
        (random_step if moment == STEP else points.after(moment))(stack)
        killed = time.monotonic()
        TARGETS[target](stack)
        run = stack.ended(identity)
        took = time.monotonic() - killed
        assert run["state"]["type"] == "COMPLETED", (run["state"], stack.said()[-2000:])
        (folder,) = world.made("evaluate")
        assert points.metrics(folder) == toy.wanted, "other metrics"
        assert points.registered(stack) == ([1], {"champion": 1})
        points.nothing_is_left(stack)
        return f"{took:.0f} s, {run['run_count']}"


def cell(toy: Toy, target: str, moment: str) -> str:
    """The table's cell, FAILED where it did not hold; why goes to stderr."""
    # A training process is there only while it trains.
    if target == "training process" and moment != STEP:
        return ""
    try:
        said = one(toy, target, moment)
    except (AssertionError, OSError):
        said = FAILED
        traceback.print_exc()
    print(f"{target}, after {moment}: {said}", file=sys.stderr, flush=True)
    return said


def main() -> None:
    """Print the table; status 1 where a line did not hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=list(TARGETS), default=list(TARGETS))
    parser.add_argument("--after", nargs="+", choices=[STEP, *STAGES], default=[STEP, *STAGES])
    parser.add_argument("--jobs", type=int, default=1, help="Stacks at once.")
    parser.add_argument("--seed", type=int, default=0, help="Of the random step.")
    chosen = parser.parse_args()
    random.seed(chosen.seed)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    print(f"{datetime.now(UTC):%Y-%m-%d}, commit {commit.stdout.strip() or 'unknown'}\n")
    todo = [(target, moment) for target in chosen.only for moment in chosen.after]
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(chosen.jobs) as running:
        toy = Toy.make(Path(scratch))
        cells = dict(zip(todo, running.map(lambda each: cell(toy, *each), todo), strict=True))
    print("| killed after | " + " | ".join(chosen.after) + " |")
    print("|---" * (len(chosen.after) + 1) + "|")
    for target in chosen.only:
        row = [cells[target, moment] for moment in chosen.after]
        print(f"| {target} | " + " | ".join(row) + " |")
    sys.exit(1 if FAILED in cells.values() else 0)


if __name__ == "__main__":
    main()

"""`python -m tests.races [--rounds N] [--store sqlite|postgresql|server|all] [--seed S]`."""

import argparse
import logging
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from goldsmith.settings import quiet_environment
from tests import postgres
from tests.races import stores
from tests.races.racing import Total, race
from tests.races.worker import STEPS

ROW = "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {:.0f} s |"
HEAD = (
    "| store | promotions | models | killed | stopped | champions | late wakers | refused and judged "
    "again | replays | time |\n|---|---|---|---|---|---|---|---|---|---|"
)


def row(name: str, total: Total) -> str:
    """A line of the table."""
    by_fault = {fault: sum(n for (one, _), n in total.faults.items() if one == fault) for fault in ("kill", "stop")}  # fmt: skip
    return ROW.format(
        name, total.promotions, total.models, by_fault["kill"], by_fault["stop"], total.champions,
        total.late, total.rounds, total.replayed, total.seconds,
    )  # fmt: skip


def by_step(total: Total) -> str:
    """How often each step was hit."""
    return ", ".join(f"{step} {total.faults['kill', step]}/{total.faults['stop', step]}" for step in STEPS)  # fmt: skip


def _say(name: str, total: Total) -> None:
    print(row(name, total), file=sys.stderr, flush=True)


def main() -> int:
    """Returns the exit status: 1 where something that must hold does not."""
    parser = argparse.ArgumentParser(prog="python -m tests.races", description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000, help="promotions on each store")
    parser.add_argument("--store", choices=(*stores.NAMES, "all"), default="all")
    parser.add_argument("--seed", type=int, default=13)
    given = parser.parse_args()
    quiet_environment()
    logging.getLogger("goldsmith").setLevel(logging.ERROR)
    lines, steps = [], []
    for name in stores.NAMES if given.store == "all" else (given.store,):
        if name == "postgresql" and postgres.binaries() is None:
            print("postgresql: not installed: left out", file=sys.stderr)
            continue
        place, say = Path(tempfile.mkdtemp()), partial(_say, name)
        try:
            with stores.running(name, place / name) as variables:
                total = race(given.rounds, variables, given.seed, say)
        finally:
            shutil.rmtree(place, ignore_errors=True)
        lines.append(row(name, total))
        steps.append(f"{name}: {by_step(total)}")
    about = postgres.version() if postgres.binaries() else "no PostgreSQL"
    print(f"{datetime.now(UTC):%Y-%m-%d}, MLflow {version('mlflow')}, {about}\n")
    print(HEAD, *lines, "", "Faults by step, killed/stopped:", "", *steps, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

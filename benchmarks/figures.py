"""How well the families do on public data, as a table.

    python -m benchmarks.figures [--data NAME ...] [--seeds 13 14 15] [--jobs N]
                                 [--set section.key=value ...]

Protocol: a second shared file is the test (WNUT17's dev), else 20 % by document where there are over
3,000 records, else five folds by document, pooled. Each seed trains anew, every part in a process of
its own on one core, as many at once as there are jobs; the figure is the mean over seeds, the
interval a bootstrap over documents of the first seed's answers. The yardstick learns from the same
parts. Finished parts stay in the home, so that a run that was stopped goes on where it was.
"""

import argparse
import os
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import public
from goldsmith.artifacts import digest
from goldsmith.families import bootstrap
from goldsmith.families.scores import Scores
from goldsmith.prepared import Prepared
from goldsmith.settings import Settings, cores, quiet_environment
from goldsmith.stages.evaluate import MODEL

NAMES = tuple(sorted(path.stem for path in public.USE_CASES.glob("*.yaml")))


class Row(NamedTuple):
    """What is measured of one set: scores by seed and name, and what training cost."""

    metric: str
    how: str
    scores: list[dict[str, Scores]]
    seconds: float
    memory: int


def measure(name: str, seeds: list[int], overrides: list[str], jobs: int) -> Row:
    """Train and score every part for every seed."""
    loaded, data = public.prepared(name, overrides)
    family: Any = loaded.model
    parts = {seed: _folders(name, loaded, data, seed) for seed in seeds}
    with ThreadPoolExecutor(jobs) as running:
        todo = [(seed, one) for seed in seeds for one in parts[seed]]
        list(running.map(lambda each: _in_a_process(name, overrides, *each), todo))
    found = [public.read(loaded, parts[seed]) for seed in seeds]
    costs = [public.cost(parts[seed]) for seed in seeds]
    for seed, scores in zip(seeds, found, strict=True):
        print(f"  {name}, seed {seed}: {_by_name(scores, family.primary)}", file=sys.stderr, flush=True)  # fmt: skip
    trained = len(data.training(data.judged_parts[0]))
    records = len(found[0][MODEL].ids)
    how = f"{data.folds} folds" if data.folds else f"{trained:,} to train"
    return Row(
        family.primary,
        f"{how}, {records:,} judged",
        found,
        statistics.median(took / len(parts[seeds[0]]) for took, _ in costs),
        max(peak for _, peak in costs),
    )


def _folders(name: str, loaded: Any, data: Prepared, seed: int) -> list[Path]:
    key = digest([data.folder.name, loaded.section("model"), seed])[:16]
    root = Settings().home / "benchmarks" / f"{name}-{key}"
    return [root / part for part in data.judged_parts if len(data.heldout(part))]


def _in_a_process(name: str, overrides: list[str], seed: int, out: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.figures", "--part", str(out), "--data", name]
    settings = [text for one in overrides for text in ("--set", one)]
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run(
        [*command, "--seeds", str(seed), *settings], check=True, cwd=root, env=environment
    )


def _by_name(scores: dict[str, Scores], metric: str) -> str:
    return ", ".join(f"{name} {one.metrics()[metric]:.4f}" for name, one in scores.items())


def print_row(name: str, row: Row) -> None:
    """One line for each thing that was scored."""
    first = row.scores[0]
    low, high = bootstrap.interval(first[MODEL], row.metric)
    for what in first:
        values = [one[what].metrics()[row.metric] for one in row.scores]
        spread = f"{min(values):.3f} to {max(values):.3f}"
        line = f"| {name} | {row.how} | {what} | {row.metric} | {statistics.mean(values):.4f} | {spread} |"
        if what == MODEL:
            print(f"{line} {low:.3f} to {high:.3f} | {row.seconds:.0f} | {row.memory:,} |")
        else:
            gain = bootstrap.paired_bootstrap(first[MODEL], first[what], row.metric)
            print(f"{line} model {gain.mean:+.4f}, {gain.low:+.4f} to {gain.high:+.4f} | | |")


def main() -> None:
    """Measure what is not measured yet, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[13, 14, 15])
    parser.add_argument("--jobs", type=int, default=cores(), help="Parts at once, a core each.")
    parser.add_argument("--set", action="append", default=[], dest="overrides")
    parser.add_argument("--part", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    quiet_environment()
    public.enter()
    if chosen.part:
        loaded, data = public.prepared(chosen.data[0], chosen.overrides)
        public.train(loaded, data, chosen.part.name, chosen.part, chosen.seeds[0])
        return
    print(
        "| data | parts | what | metric | mean | over seeds | 95 % by document | train s a part | MiB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for name in chosen.data:
        print_row(name, measure(name, chosen.seeds, chosen.overrides, chosen.jobs))


if __name__ == "__main__":
    main()

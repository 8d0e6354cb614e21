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
from collections.abc import Sequence
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


class Parts(NamedTuple):
    """A set as it was prepared, and the folders of its parts by seed."""

    name: str
    loaded: Any
    data: Prepared
    folders: dict[int, list[Path]]


def train(sets: Sequence[Parts], overrides: list[str], jobs: int) -> None:
    """Train and score what is not finished of every part of every set, `jobs` at once."""
    seeds = sets[0].folders
    todo = [(one.name, seed, out) for seed in seeds for one in sets for out in one.folders[seed]]
    with ThreadPoolExecutor(jobs) as running:
        list(running.map(lambda each: _in_a_process(overrides, *each), todo))


def measure(parts: Parts) -> Row:
    """What the trained parts of a set say together."""
    _, loaded, data, folders = parts
    found = [public.read(loaded, one) for one in folders.values()]
    costs = [public.cost(one) for one in folders.values()]
    records = len(found[0][MODEL].ids)
    trained = len(data.training(data.judged_parts[0]))
    how = f"{data.folds} folds" if data.folds else f"{trained:,} to train"
    return Row(
        loaded.model.primary,
        f"{how}, {records:,} judged",
        found,
        statistics.median(seconds for seconds, _ in costs) / len(next(iter(folders.values()))),
        max(peak for _, peak in costs),
    )


def _folders(name: str, loaded: Any, data: Prepared, seed: int) -> list[Path]:
    key = digest([data.folder.name, loaded.section("model"), seed])[:16]
    root = Settings().home / "benchmarks" / f"{name}-{key}"
    return [root / part for part in data.judged_parts if len(data.heldout(part))]


def _in_a_process(overrides: list[str], name: str, seed: int, out: Path) -> None:
    if (out / "cost").is_file():
        return
    command = [sys.executable, "-m", "benchmarks.figures", "--part", str(out), "--data", name]
    settings = [text for one in overrides for text in ("--set", one)]
    subprocess.run(
        [*command, "--seeds", str(seed), *settings],
        check=True,
        cwd=Path(__file__).resolve().parents[1],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    seconds, peak = public.cost([out])
    print(f"  {name}, seed {seed}, {out.name}: {seconds:.0f} s, {peak} MiB", file=sys.stderr, flush=True)  # fmt: skip


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
    sets = []
    for name in chosen.data:
        loaded, data = public.prepared(name, chosen.overrides)
        folders = {seed: _folders(name, loaded, data, seed) for seed in chosen.seeds}
        sets.append(Parts(name, loaded, data, folders))
    train(sets, chosen.overrides, chosen.jobs)
    print(
        "| data | parts | what | metric | mean | over seeds | 95 % by document | CPU s a part | MiB |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for one in sets:
        print_row(one.name, measure(one))


if __name__ == "__main__":
    main()

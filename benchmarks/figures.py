"""How well the families do on public data, as a table.

    python -m benchmarks.figures [--data NAME ...] [--seeds 13 14 15] [--jobs N] [--kept]

Protocol: a second shared file is the test (WNUT17's dev), else 20 % by document where there are over
3,000 records, else five folds by document, pooled. Each seed trains anew, every part in a process of
its own on one core, as many at once as there are jobs; the figure is the mean over seeds, the
interval a bootstrap over documents of the first seed's answers. The yardstick learns from the same
parts; the margin over it is the mean over seeds, beside it each seed's interval by a paired bootstrap
over documents. Finished parts stay in the home, so that a run that was stopped goes on where it was;
what a seed came to is kept in benchmarks/figures.jsonl and not measured again.
"""

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import kept, public
from benchmarks.kept import Figure
from goldsmith.artifacts import digest, read_manifest
from goldsmith.families import bootstrap
from goldsmith.prepared import Prepared
from goldsmith.settings import Settings, cores, quiet_environment
from goldsmith.stages.evaluate import MODEL
from goldsmith.stages.train import ENVIRONMENT

NAMES = tuple(sorted(path.stem for path in public.USE_CASES.glob("*.yaml")))


class Parts(NamedTuple):
    """A set as it was prepared, and the folders of one seed's parts."""

    name: str
    seed: int
    key: str
    loaded: Any
    data: Prepared

    @property
    def folders(self) -> list[Path]:
        """Of each part that is trained and judged."""
        root = Settings().home / "benchmarks" / f"{self.name}-{self.key}-{self.seed}"
        return [root / part for part in self.data.judged_parts if len(self.data.heldout(part))]


def prepared(name: str, seeds: list[int]) -> Iterator[Parts]:
    """A set for each seed."""
    loaded, data = public.prepared(name)
    content = (read_manifest(data.folder) or {})["content"]
    # Without defaults: a setting that did not exist yet changes nothing.
    settings = loaded.model.model_dump(mode="json", exclude_unset=True)
    key = digest([content, settings])[:16]
    yield from (Parts(name, seed, key, loaded, data) for seed in seeds)


def measure(parts: Parts) -> Figure:
    """What the trained parts of a set came to."""
    scores = public.read(parts.loaded, parts.folders)
    seconds, memory = public.cost(parts.folders)
    model, metric = scores[MODEL], parts.loaded.model.primary
    trained = len(parts.data.training(parts.data.judged_parts[0]))
    how = f"{parts.data.folds} folds" if parts.data.folds else f"{trained:,} to train"
    gains = {
        name: bootstrap.paired_bootstrap(model, one, metric)
        for name, one in scores.items()
        if name != MODEL
    }
    return Figure(
        parts.name,
        parts.seed,
        parts.key,
        metric,
        f"{how}, {len(model.ids):,} judged",
        {name: float(one.metrics()[metric]) for name, one in scores.items()},
        tuple(map(float, bootstrap.interval(model, metric))),
        {name: (float(one.mean), float(one.low), float(one.high)) for name, one in gains.items()},
        round(seconds / len(parts.folders), 1),
        memory,
    )


def _in_a_process(parts: Parts, out: Path) -> None:
    if (out / "cost").is_file():
        return
    command = [sys.executable, "-m", "benchmarks.figures", "--part", str(out)]
    subprocess.run(
        [*command, "--data", parts.name, "--seeds", str(parts.seed)],
        check=True,
        cwd=Path(__file__).resolve().parents[1],
        env={**ENVIRONMENT, **os.environ, "OMP_NUM_THREADS": "1"},
    )
    seconds, peak = public.cost([out])
    what = f"{parts.name}, seed {parts.seed}, {out.name}"
    print(f"  {what}: {seconds:.0f} s, {peak} MiB", file=sys.stderr, flush=True)


def train(todo: list[Parts], jobs: int) -> None:
    """Train and score every part of each set, `jobs` at once; keep what each set came to."""
    with ThreadPoolExecutor(jobs) as running:
        begun = [
            (one, [running.submit(_in_a_process, one, out) for out in one.folders]) for one in todo
        ]
        for one, parts in begun:
            for part in parts:
                part.result()
            kept.add(measure(one))


def print_table(figures: list[Figure]) -> None:
    """A row for each thing that was scored, then when and where."""
    print(
        "| data | parts | what | metric | mean | over seeds | 95 % by document | CPU s a part | MiB |"
    )
    print("|---|---|---|---|---:|---|---|---:|---:|")
    for name in sorted({one.data for one in figures}):
        seeds = [one for one in figures if one.data == name]
        for what in seeds[0].values:
            _print_row(seeds, what)
    print()
    for where in sorted({(one.date, one.commit, one.processor) for one in figures}):
        of = ", ".join(f"{x.data} {x.seed}" for x in figures if (x.date, x.commit, x.processor) == where)  # fmt: skip
        print(f"- {where[0]}, commit {where[1]}, {where[2]}: {of}.")


def _print_row(seeds: list[Figure], what: str) -> None:
    first, values = seeds[0], [one.values[what] for one in seeds]
    spread = f"{min(values):.3f} to {max(values):.3f} ({len(values)})"
    line = f"| {first.data} | {first.how} | {what} | {first.metric} | {statistics.mean(values):.3f} | {spread} |"
    if what == MODEL:
        low, high = first.interval
        seconds = statistics.median(one.seconds for one in seeds)
        memory = max(one.memory for one in seeds)
        print(f"{line} {low:.3f} to {high:.3f} | {seconds:.0f} | {memory:,} |")
    else:
        gains = [one.gains[what] for one in seeds]
        each = "; ".join(f"{low:+.3f} to {high:+.3f}" for _, low, high in gains)
        margin = statistics.mean(gain for gain, _, _ in gains)
        print(f"{line} model {margin:+.3f}; each seed: {each} | | |")


def main() -> None:
    """Measure what is not measured yet, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--seeds", nargs="+", type=int, default=[13, 14, 15])
    parser.add_argument("--jobs", type=int, default=cores(), help="Parts at once, a core each.")
    parser.add_argument("--kept", action="store_true", help="Print what is kept; train nothing.")
    parser.add_argument("--part", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    quiet_environment()
    if not chosen.kept:
        public.enter()
    if chosen.part:
        loaded, data = public.prepared(chosen.data[0])
        public.train(loaded, data, chosen.part.name, chosen.part, chosen.seeds[0])
        return
    if not chosen.kept:
        wanted = [one for name in chosen.data for one in prepared(name, chosen.seeds)]
        there = {(one.data, one.seed, one.key) for one in kept.read()}
        # All sets with the first seed, then with the next: what is stopped has something of each.
        todo = [one for one in wanted if (one.name, one.seed, one.key) not in there]
        train(sorted(todo, key=lambda one: one.seed), chosen.jobs)
    asked = [one for one in kept.read() if one.data in chosen.data and one.seed in chosen.seeds]
    print_table(asked)


if __name__ == "__main__":
    main()

"""The small net of `company-names` beside a fine-tuned MiniLM, on articles and on receipts.

    python -m benchmarks.small_net [articles] [receipts] [--epochs 4] [--repeat 5] [--records N]

`articles`: organisations of Wikigold, sentence by sentence. `receipts`: the company of SROIE, from words
and boxes; there the net also without lines, what stands above and below, and places, as it and MiniLM
read the words one after the other. Both are divided by document; all sides have the same records and
one thread each. Prints a table for each set: F1 on test, CPU seconds of training, MB of the exported
file, and words a second at batch 1 and 32, medians of alternating rounds; then how many times cheaper
the net is. The data are those of `benchmarks.public`.

The net keeps what it worked out of a word. So in every round a side is opened anew, outside the measured
time, and the net reads the training records, as a service has read others before; then test records are
read for the first time, which is the speed that counts, and once `again`, when every word is known.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

os.environ["OMP_NUM_THREADS"] = "1"

from benchmarks import public
from goldsmith import config
from goldsmith.config.plugins import load
from goldsmith.families.base import Predictor, Run
from goldsmith.families.base import open as open_variant
from goldsmith.prepared import FINAL, Prepared

SPLITS = "splits={by: auto, folds: 0, test: 0.3}"
BATCHES = (1, 32)
WORDS = 3000  # of test, that speed is measured on
READINGS = ("first", "again")

Settings = dict[str, dict[str, Any]]


class Task(NamedTuple):
    """A set and what is measured on it.

    Attributes:
        name: of its use case.
        overrides: of that.
        unit: what a record is.
        sides: `model` sections by name, from the small net's and MiniLM's; the last one is MiniLM.
    """

    name: str
    overrides: tuple[str, ...]
    unit: str
    sides: Any


TASKS = {
    "articles": Task(
        "wikigold", ("prepare.keep_labels=[ORG]", SPLITS), "sentences",
        lambda net, minilm: {"window_mlp": net, "token_classification": minilm},
    ),
    "receipts": Task(
        "sroie-company", (SPLITS,), "pages",
        lambda net, minilm: {
            "window_mlp, page": net | {"layout": "page"},
            "window_mlp, line": net | {"layout": "line"},
            "token_classification": minilm,
        },
    ),
}  # fmt: skip


Opener = Callable[[], Predictor]


def trained(family: Any, data: Prepared, at: Path) -> tuple[float, dict[str, Opener], Path]:
    """CPU seconds of training, what opens each exported variant by name, and their folder."""
    for name in ("model", "exported"):
        (at / name).mkdir(parents=True)
    started = time.process_time()
    family.train(data, FINAL, at / "model", Run(lambda event: None, at / "checkpoints", "cpu", 13))
    seconds = time.process_time() - started
    out = at / "exported"
    variants = family.export(at / "model", out)
    return seconds, {one.name: partial(open_variant, out, one.name) for one in variants}, out


def warmed(opener: Opener, before: list[Any]) -> Predictor:
    """A predictor that has read some records."""
    predictor = opener()
    predictor.predict(before)
    return predictor


def speeds(openers: dict[Any, Opener], records: list[Any], repeat: int) -> dict[Any, float]:
    """Median words a second by (side, variant, batch, reading); the sides take turns."""
    words = sum(len(one.tokens) for one in records)
    found: dict[Any, list[float]] = {}
    for _ in range(repeat):
        for key, opener in openers.items():
            for batch in BATCHES:
                predictor = opener()
                for reading in READINGS:
                    started = time.perf_counter()
                    predictor.predict(records, batch_size=batch)
                    rate = words / (time.perf_counter() - started)
                    found.setdefault((*key, batch, reading), []).append(rate)
    return {key: statistics.median(rates) for key, rates in found.items()}


def new_words(before: list[Any], records: list[Any]) -> float:
    """The share of the different words of records that none before has."""
    known, read = ({word for one in some for word in one.tokens} for some in (before, records))
    return len(read - known) / len(read)


def first(records: list[Any], words: int) -> list[Any]:
    """The first records, of about so many words."""
    count, chosen = 0, []
    for one in records:
        if count >= words:
            break
        chosen.append(one)
        count += len(one.tokens)
    return chosen


def measure(task: Task, data: Prepared, sides: Settings, repeat: int) -> None:
    """Train every side on one set, measure, print."""
    training, test = list(data.training(FINAL)), list(data.heldout(FINAL))
    openers: dict[Any, Opener] = {}
    rows: dict[Any, list[str]] = {}
    read = first(test, WORDS)
    with tempfile.TemporaryDirectory() as temporary:
        for number, (side, value) in enumerate(sides.items()):
            # MiniLM keeps nothing of what it read: a few records are enough to warm it up.
            before = first(training, WORDS // 10) if side == list(sides)[-1] else training
            family: Any = load("families", value["family"]).model_validate(value)
            seconds, variants, folder = trained(family, data, Path(temporary) / str(number))
            for name, opener in variants.items():
                scored = family.score(test, opener().predict(test), data.labels)
                size = (folder / "onnx" / name / "model.onnx").stat().st_size / 1e6
                f1 = scored.metrics()["micro.f1"]
                rows[side, name] = [f"{f1:.3f}", f"{seconds:.1f}", f"{size:.1f}"]
                openers[side, name] = partial(warmed, opener, before)
        rates = speeds(openers, read, repeat)
    print(
        f"{len(training)} training and {len(test)} test {task.unit}; of the different words whose"
    )
    print(f"reading is measured {new_words(training, read):.0%} were not read before\n")
    print_table(rows, rates)
    print_ratios(list(sides), rates)


def print_table(rows: dict[Any, list[str]], rates: dict[Any, float]) -> None:
    """A row a side and variant."""
    read = [
        f"batch {batch}" + ", again" * (one == "again") for batch in BATCHES for one in READINGS
    ]
    head = ["model", "variant", "F1", "training, CPU s", "MB", *(f"words/s, {one}" for one in read)]
    print("| " + " | ".join(head) + " |")
    print("| --- " * len(head) + "|")
    for key, row in rows.items():
        measured = [f"{rates[(*key, batch, one)]:,.0f}" for batch in BATCHES for one in READINGS]
        print("| " + " | ".join([*key, *row, *measured]) + " |")
    print()


def print_ratios(sides: list[str], rates: dict[Any, float]) -> None:
    """How many times as fast as the last side the others are."""
    *nets, other = sides
    for side in nets:
        for variant in ("fp32", "int8"):
            for batch in BATCHES:
                new, again = (
                    rates[side, variant, batch, one] / rates[other, variant, batch, one]
                    for one in READINGS
                )
                said = f"{new:.1f} times as many words a second, {again:.1f} times again"
                print(f"{side}, {variant}, batch {batch}: {said}")
    print()


def main() -> None:
    """Measure the sets that were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("tasks", nargs="*", metavar="task", help="articles, receipts; none: both")
    parser.add_argument("--epochs", type=int, default=4, help="of MiniLM")
    parser.add_argument("--repeat", type=int, default=5, help="measured rounds")
    parser.add_argument("--records", type=int, help="at most, for a quick look; none: all")
    asked = parser.parse_args()
    unknown = [name for name in asked.tasks if name not in TASKS]
    if unknown:
        parser.error(f"no task {unknown[0]!r}: there are {', '.join(TASKS)}")
    net = config.load("company-names", "demo").section("model")
    public.enter()
    minilm = config.load("wikigold", "demo").section("model") | {"epochs": asked.epochs}
    limit = [f"prepare.limit={asked.records}"] if asked.records else []
    for name in asked.tasks or TASKS:
        task = TASKS[name]
        data = public.prepare(config.load(task.name, "demo", [*task.overrides, *limit]))
        measure(task, data, task.sides(net, minilm), asked.repeat)


if __name__ == "__main__":
    main()

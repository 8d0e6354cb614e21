"""The small net of `company-names` beside a fine-tuned MiniLM, on articles and on receipts.

    python -m benchmarks.small_net [articles] [receipts] [--epochs 4] [--repeat 5]

`articles`: organisations of Wikigold, sentence by sentence. `receipts`: the company of SROIE, from words
and boxes; there the net also without lines, what stands above and below, and places, as it and MiniLM
read the words one after the other. Both are divided by document; all sides have the same records and
one thread each. Prints a table for each set: F1 on test, CPU seconds of training, MB of the exported
file, and words a second at batch 1 and 32, medians of alternating rounds; then how many times cheaper
the net is. The data are those of `benchmarks.public`.
"""

import argparse
import os
import statistics
import tempfile
import time
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


def trained(family: Any, data: Prepared, at: Path) -> tuple[float, dict[str, Predictor], Path]:
    """CPU seconds of training, and the exported variants by name."""
    for name in ("model", "exported"):
        (at / name).mkdir(parents=True)
    started = time.process_time()
    family.train(data, FINAL, at / "model", Run(lambda event: None, at / "checkpoints", "cpu", 13))
    seconds = time.process_time() - started
    variants = family.export(at / "model", at / "exported")
    return (
        seconds,
        {v.name: open_variant(at / "exported", v.name) for v in variants},
        at / "exported",
    )


def speeds(predictors: dict[Any, Predictor], records: list[Any], repeat: int) -> dict[Any, float]:
    """Median words a second by (side, variant, batch); the sides take turns."""
    words = sum(len(one.tokens) for one in records)
    found: dict[Any, list[float]] = {}
    for round_ in range(repeat + 1):
        for key, predictor in predictors.items():
            for batch in BATCHES:
                started = time.perf_counter()
                predictor.predict(records, batch_size=batch)
                if round_:  # the first one warms up
                    rate = words / (time.perf_counter() - started)
                    found.setdefault((*key, batch), []).append(rate)
    return {key: statistics.median(rates) for key, rates in found.items()}


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
    records = list(data.heldout(FINAL))
    predictors: dict[Any, Predictor] = {}
    rows: dict[Any, list[str]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for number, (side, value) in enumerate(sides.items()):
            family: Any = load("families", value["family"]).model_validate(value)
            seconds, variants, folder = trained(family, data, Path(temporary) / str(number))
            for name, one in variants.items():
                f1 = family.score(records, one.predict(records), data.labels).metrics()["micro.f1"]
                size = (folder / "onnx" / name / "model.onnx").stat().st_size / 1e6
                rows[side, name] = [f"{f1:.3f}", f"{seconds:.1f}", f"{size:.1f}"]
                predictors[side, name] = one
        rates = speeds(predictors, first(records, WORDS), repeat)
    print(f"{len(data.training(FINAL))} training and {len(records)} test {task.unit}\n")
    print("| model | variant | F1 | training, CPU s | MB | words/s, batch 1 | words/s, batch 32 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for key, row in rows.items():
        measured = [f"{rates[(*key, batch)]:,.0f}" for batch in BATCHES]
        print("| " + " | ".join([*key, *row, *measured]) + " |")
    print()
    *nets, other = sides
    for side in nets:
        for variant in ("fp32", "int8"):
            for batch in BATCHES:
                ratio = rates[side, variant, batch] / rates[other, variant, batch]
                print(f"{side}, {variant}, batch {batch}: {ratio:.1f} times as many words a second")
    print()


def main() -> None:
    """Measure the sets that were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("tasks", nargs="*", metavar="task", help="articles, receipts; none: both")
    parser.add_argument("--epochs", type=int, default=4, help="of MiniLM")
    parser.add_argument("--repeat", type=int, default=5, help="measured rounds")
    asked = parser.parse_args()
    unknown = [name for name in asked.tasks if name not in TASKS]
    if unknown:
        parser.error(f"no task {unknown[0]!r}: there are {', '.join(TASKS)}")
    net = config.load("company-names", "demo").section("model")
    public.enter()
    minilm = config.load("wikigold", "demo").section("model") | {"epochs": asked.epochs}
    for name in asked.tasks or TASKS:
        task = TASKS[name]
        data = public.prepare(config.load(task.name, "demo", task.overrides))
        measure(task, data, task.sides(net, minilm), asked.repeat)


if __name__ == "__main__":
    main()

"""Organisations in Wikipedia articles: the small net of `company-names` beside a fine-tuned MiniLM.

    python -m benchmarks.small_net [--epochs 4] [--repeat 5]

Wikigold, divided by document, both sides on the same records and one thread each. Prints a table:
F1 on test, CPU seconds of training, MB of the exported file, and words a second at batch 1 and 32,
medians of alternating rounds; then how many times cheaper the net is. The data are those of
`benchmarks.public`.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ["OMP_NUM_THREADS"] = "1"

from benchmarks import public
from goldsmith import config
from goldsmith.config.plugins import load
from goldsmith.families.base import Predictor, Run
from goldsmith.families.base import open as open_variant
from goldsmith.prepared import FINAL, Prepared

SIDES = ("window_mlp", "token_classification")
OVERRIDES = ("prepare.keep_labels=[ORG]", "splits={by: auto, folds: 0, test: 0.3}")
BATCHES = (1, 32)
SENTENCES = 128  # of test, that speed is measured on


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


def main() -> None:
    """Train both sides, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--epochs", type=int, default=4, help="of MiniLM")
    parser.add_argument("--repeat", type=int, default=5, help="measured rounds")
    asked = parser.parse_args()
    net = config.load("company-names", "demo").section("model")
    public.enter()
    loaded = config.load("wikigold", "demo", OVERRIDES)
    data = public.prepare(loaded)
    records = list(data.heldout(FINAL))
    settings = (net, loaded.section("model") | {"epochs": asked.epochs})
    predictors: dict[Any, Predictor] = {}
    rows: dict[Any, list[str]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for side, value in zip(SIDES, settings, strict=True):
            family: Any = load("families", side).model_validate(value)
            seconds, variants, folder = trained(family, data, Path(temporary) / side)
            for name, one in variants.items():
                f1 = family.score(records, one.predict(records), data.labels).metrics()["micro.f1"]
                size = (folder / "onnx" / name / "model.onnx").stat().st_size / 1e6
                rows[side, name] = [f"{f1:.3f}", f"{seconds:.1f}", f"{size:.1f}"]
                predictors[side, name] = one
        rates = speeds(predictors, records[:SENTENCES], asked.repeat)
    print(f"{len(data.training(FINAL))} training and {len(records)} test sentences\n")
    print("| model | variant | F1 | training, CPU s | MB | words/s, batch 1 | words/s, batch 32 |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for key, row in rows.items():
        measured = [f"{rates[(*key, batch)]:,.0f}" for batch in BATCHES]
        print("| " + " | ".join([*key, *row, *measured]) + " |")
    for variant in ("fp32", "int8"):
        for batch in BATCHES:
            ratio = rates[SIDES[0], variant, batch] / rates[SIDES[1], variant, batch]
            print(f"{variant}, batch {batch}: {ratio:.1f} times as many words a second")


if __name__ == "__main__":
    main()

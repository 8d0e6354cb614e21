"""Two recipes on the real FiNER piece under the same five folds, compared by the paired bootstrap.

    python benchmarks/finer_folds.py [--seed 13] [--recipe NAME ...]

Prints a table: pooled out-of-fold precision, recall and micro F1 of each recipe, and the difference
to the first one with its 95 % interval. Needs the public data sets (GOLDSMITH_DATASETS). Trained
folds stay in the artifact store, so that a run that was stopped goes on where it was.
"""

import argparse
import os
from pathlib import Path

from goldsmith import config, gates, pipeline
from goldsmith.settings import quiet_environment

BASELINE = [
    "model.learning_rate=2e-4", "model.head_learning_rate=2e-3", "model.epochs=10",
    "model.batch_size=16", "model.label_subwords=first", "model.negatives_per_epoch=1.0",
    "model.entity_weight=1.0", "model.freeze_layers=0", "prepare.negative_rate=0.143",
]  # fmt: skip
RECIPES = {
    "baseline": BASELINE,
    "recipe": [],
}  # `recipe` is what use_cases/ says of `sources.files`


def scores(name: str, seed: int, data: Path, extra: list[str]):
    """Pooled out-of-fold scores of one recipe."""
    overrides = [*RECIPES[name], f"seed={seed}", *extra]
    loaded = config.load("financial-entities", "demo", overrides, "files", str(data))
    made = {"raw": pipeline.raw(loaded)}
    for stage in ("load", "validate_raw", "prepare", "validate_prepared", "train", "evaluate"):
        folders = {key: one.folder for key, one in made.items()}
        made[stage] = pipeline.run_stage(stage, loaded, folders, _progress(f"{name}/{stage}"))
    return loaded.model.scores.load(made["evaluate"].folder / "model.scores.json"), made[
        "train"
    ].seconds


def _progress(name: str):
    def report(event: dict) -> None:
        if event["type"] == "note":
            print(f"  {name}: {event['text']}", flush=True)

    return report


def main() -> None:
    """Train what is not trained yet, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--recipe", nargs="+", choices=RECIPES, default=list(RECIPES))
    parser.add_argument("--set", action="append", default=[], dest="extra")
    chosen = parser.parse_args()
    quiet_environment()
    root = Path(os.environ.get("GOLDSMITH_DATASETS", "../shared/data"))
    data = root / "financial_entity_tagging" / "finer139_tokens"
    found = {name: scores(name, chosen.seed, data, chosen.extra) for name in chosen.recipe}
    first = next(iter(found.values()))[0]
    print("| recipe | P | R | micro F1 | 95 % | difference to the first, 95 % | train s |")
    print("|---|---|---|---|---|---|---|")
    for name, (one, seconds) in found.items():
        figures = one.metrics()
        low, high = gates.interval(one, "micro.f1", seed=chosen.seed)
        gain = gates.paired_bootstrap(one, first, "micro.f1", seed=chosen.seed)
        print(
            f"| {name} | {figures['micro.precision']:.3f} | {figures['micro.recall']:.3f} "
            f"| {figures['micro.f1']:.3f} | {low:.3f} to {high:.3f} "
            f"| {gain.mean:+.3f}, {gain.low:+.3f} to {gain.high:+.3f} | {seconds:.0f} |"
        )
        for label in one.support():
            print(
                f"| &nbsp;&nbsp;{label} ({one.support()[label]}) | | | {figures[f'label:{label}.f1']:.3f} | | | |"
            )


if __name__ == "__main__":
    main()

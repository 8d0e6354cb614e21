"""Two recipes on the real FiNER piece under the same five folds, compared by the paired bootstrap.

    python -m benchmarks.finer_folds [--seed 13] [--recipe NAME ...]

Prints a table: pooled out-of-fold precision, recall and micro F1 of each recipe, and the difference
to the first one with its 95 % interval. Needs the public data sets (GOLDSMITH_DATASETS). Finished
folds stay in the home, so that a run that was stopped goes on where it was.
"""

import argparse
from pathlib import Path

from benchmarks import public
from goldsmith import config
from goldsmith.artifacts import digest
from goldsmith.families import bootstrap
from goldsmith.families.scores import Scores
from goldsmith.settings import Settings, quiet_environment
from goldsmith.stages.evaluate import MODEL

# What a first prototype used; `recipe` is what use_cases/ says of `sources.files`.
BASELINE = [
    "model.learning_rate=2e-4",
    "model.head_learning_rate=2e-3",
    "model.epochs=10",
    "model.batch_size=16",
    "model.label_subwords=first",
    "model.negatives_per_epoch=1.0",
    "model.entity_weight=1.0",
    "model.freeze_layers=0",
    "prepare.negative_rate=0.143",  # one negative a positive
]
RECIPES = {"baseline": BASELINE, "recipe": []}


def scores(name: str, seed: int, data: Path, extra: list[str]) -> tuple[Scores, float]:
    """Pooled out-of-fold scores of one recipe, and the seconds that training took."""
    overrides = [*RECIPES[name], f"seed={seed}", *extra]
    loaded = config.load("financial-entities", "demo", overrides, "files", str(data))
    prepared = public.prepare(loaded)
    key = digest([prepared.folder.name, loaded.section("model"), seed])[:16]
    root = Settings().home.absolute() / "benchmarks" / f"{name}-{key}"
    parts = [root / part for part in prepared.judged_parts]
    for one in parts:
        public.train(loaded, prepared, one.name, one, seed)
        figure = public.read(loaded, [one])[MODEL].metrics()["micro.f1"]
        print(f"  {name}/{one.name}: F1 {figure:.3f}", flush=True)
    return public.read(loaded, parts)[MODEL], public.cost(parts)[0]


def main() -> None:
    """Train what is not trained yet, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--recipe", nargs="+", choices=RECIPES, default=list(RECIPES))
    parser.add_argument("--set", action="append", default=[], dest="extra")
    chosen = parser.parse_args()
    quiet_environment()
    data = public.folder() / "financial_entity_tagging" / "finer139_tokens"
    found = {name: scores(name, chosen.seed, data, chosen.extra) for name in chosen.recipe}
    first = next(iter(found.values()))[0]
    print("| recipe | P | R | micro F1 | 95 % | difference to the first, 95 % | train s |")
    print("|---|---|---|---|---|---|---|")
    for name, (one, seconds) in found.items():
        figures = one.metrics()
        low, high = bootstrap.interval(one, "micro.f1", seed=chosen.seed)
        gain = bootstrap.paired_bootstrap(one, first, "micro.f1", seed=chosen.seed)
        print(
            f"| {name} | {figures['micro.precision']:.3f} | {figures['micro.recall']:.3f} "
            f"| {figures['micro.f1']:.3f} | {low:.3f} to {high:.3f} "
            f"| {gain.mean:+.3f}, {gain.low:+.3f} to {gain.high:+.3f} | {seconds:.0f} |"
        )
        for label, support in one.support().items():
            print(f"| - {label} ({support}) | | | {figures[f'label:{label}.f1']:.3f} | | | |")


if __name__ == "__main__":
    main()

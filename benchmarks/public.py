"""Public data sets as use cases (`benchmarks/use_cases`), prepared and trained as a run does it."""

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from goldsmith import config, pipeline
from goldsmith.families.base import Run
from goldsmith.families.scores import Scores
from goldsmith.finetune.machine import peak_memory
from goldsmith.prepared import Prepared
from goldsmith.stages.evaluate import MODEL

USE_CASES = Path(__file__).resolve().parent / "use_cases"
STAGES = ("load", "validate_raw", "prepare", "validate_prepared")


def folder() -> Path:
    """The public data sets: GOLDSMITH_DATASETS, else ../shared/data.

    Raises:
        SystemExit: they are in neither place; status 0, as a test that skips.
    """
    named = os.environ.get("GOLDSMITH_DATASETS")
    found = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not found.is_dir():
        print("skipped: no public data sets: set GOLDSMITH_DATASETS to their folder")
        raise SystemExit(0)
    return found.absolute()


def enter() -> None:
    """Work from the folder of the data sets, which the use cases' paths start at."""
    home = os.environ.get("GOLDSMITH_HOME", ".goldsmith")
    os.environ["GOLDSMITH_HOME"] = str(Path(home).absolute())
    os.environ["GOLDSMITH_USE_CASES"] = str(USE_CASES)
    os.chdir(folder())


def prepared(name: str, overrides: Sequence[str] = ()) -> tuple[config.UseCase, Prepared]:
    """A set's settings, and its records after load, validation and prepare; cached by content."""
    loaded = config.load(name, "demo", overrides)
    return loaded, prepare(loaded)


def prepare(loaded: config.UseCase) -> Prepared:
    """The records of a use case after load, validation and prepare; cached by content."""
    made = {"raw": pipeline.raw(loaded)}
    for stage in STAGES:
        folders = {key: one.folder for key, one in made.items()}
        made[stage] = pipeline.run_stage(stage, loaded, folders)
    return Prepared(made["prepare"].folder)


def train(loaded: config.UseCase, data: Prepared, part: str, out: Path, seed: int) -> None:
    """Train a part into `out/model` and score it, and its yardsticks, on what it held out.

    `out` also gets `NAME.scores.json` each, and last `cost`, CPU seconds of training and MiB; a part that has it is
    finished and left alone.
    """
    family: Any = loaded.model
    if (out / "cost").is_file():
        return
    shutil.rmtree(out, ignore_errors=True)  # resuming what was stopped would cost too little
    (out / "model").mkdir(parents=True)
    started = time.process_time()
    run = Run(lambda event: None, out / "checkpoints", "cpu", seed)
    family.train(data, part, out / "model", run)
    seconds = time.process_time() - started
    records = data.heldout(part)
    beside = family.yardsticks(out / "model", loaded.baseline.patterns)
    for name, one in {MODEL: family.reference(out / "model"), **beside}.items():
        scored = family.score(records, one.predict(records), data.labels)
        scored.save(out / f"{name}.scores.json")
    (out / "cost").write_text(f"{seconds:.1f} {peak_memory('cpu')}", encoding="utf-8")


def read(loaded: config.UseCase, folders: Sequence[Path]) -> dict[str, Scores]:
    """The scores of parts that `train` finished, pooled, by name: model, and each yardstick."""
    family: Any = loaded.model
    found: dict[str, list[Scores]] = {}
    for one in folders:
        for path in sorted(one.glob("*.scores.json")):
            name = path.name.removesuffix(".scores.json")
            found.setdefault(name, []).append(family.scores.load(path))
    return {name: parts[0].pooled(parts) for name, parts in found.items()}


def cost(folders: Sequence[Path]) -> tuple[float, int]:
    """CPU seconds of training of all parts together, and the greatest memory of one in MiB."""
    said = [(one / "cost").read_text(encoding="utf-8").split() for one in folders]
    return sum(float(one[0]) for one in said), max(int(one[1]) for one in said)

"""A stage of training by itself, on toy texts: python -m tests.stages.training, in its folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from goldsmith import config
from goldsmith.stages import Context, train
from tests.families.kinds import LABELS, prepared
from tests.toys import write_texts

EPOCHS = 14


def write(at: Path, base: Path, goldens: Callable[..., Path] = write_texts, **model: Any) -> None:
    """A use case `toy` and its prepared records, in a folder."""
    reader = {"kind": "files", "path": "data/raw/toy", "reader": {"format": "texts"}}
    given = {**LABELS, "base": str(base), "epochs": EPOCHS, "patience": 0, **model}
    compute = {"gpus": 0, "precision": "fp32"}
    value = {
        "title": "Toy",
        "model": given,
        "compute": compute,
        "profiles": {"demo": {"source": reader}},
    }
    (at / "use_cases").mkdir()
    (at / "use_cases" / "toy.yaml").write_text(json.dumps(value), encoding="utf-8")
    goldens(at / "data" / "raw" / "toy")
    prepared(config.load("toy"), at)


def run(
    name: str, *overrides: str, report: Callable[[dict[str, Any]], None] = lambda event: None
) -> Path:
    """Train in the working directory; returns the result's folder. A name has its checkpoints."""
    loaded = config.load("toy", overrides=list(overrides))
    out, work = Path(name), Path(f"work-{name}").absolute()
    out.mkdir(exist_ok=True)
    train.run(Context(loaded, {"prepare": Path("prepared")}, out, work, report))
    return out


if __name__ == "__main__":
    import sys

    run(*sys.argv[1:], report=lambda event: print(json.dumps(event), flush=True))

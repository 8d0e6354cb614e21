"""The training process: `python -m goldsmith.families FOLDER` trains what FOLDER/job.json says.

Takes no store lock and knows neither Prefect nor the command. Writes typed events to
`events.jsonl`, the model to `model/`, and `facts.json` last, by which its parent knows it whole; or
`refused.json`, an error for people, which its parent raises again.
"""

import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from goldsmith.errors import GoldsmithError
from goldsmith.families.base import REFUSED_FILE, Run, read_family
from goldsmith.prepared import Prepared

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with(parent: int) -> None:
    """Be killed when the parent dies, however it dies; leave at once if it is dead already."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def reporter(path: Path) -> Callable[[dict[str, Any]], None]:
    """A function that appends one event a line."""
    stream = path.open("a", encoding="utf-8", buffering=1)

    def report(event: dict[str, Any]) -> None:
        stream.write(json.dumps({"time": round(time.time(), 3), **event}) + "\n")

    return report


def main(folder: Path) -> None:
    """Train one part."""
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    die_with(job["parent"])
    family, _ = read_family(folder)
    run = Run(
        report=reporter(folder / "events.jsonl"),
        checkpoints=folder / "checkpoints",
        device=job["device"],
        seed=job["seed"],
    )
    model = folder / "model"
    model.mkdir(exist_ok=True)
    try:
        facts = family.train(Prepared(Path(job["prepared"])), job["part"], model, run)
    except GoldsmithError as error:
        _refuse(folder, error)
    partial = folder / ".facts.json"
    partial.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    partial.rename(folder / "facts.json")


def _refuse(folder: Path, error: GoldsmithError) -> NoReturn:
    value = {"error": type(error).__name__, "message": str(error)}
    (folder / REFUSED_FILE).write_text(json.dumps(value), encoding="utf-8")
    sys.exit(error.exit_status)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The training process: `python -m goldsmith.families FOLDER` trains what FOLDER/job.json says.

Takes no store lock and knows neither Prefect nor the command. It holds the GPUs that it needs, and
trains in this process or in several that torchrun starts, `... goldsmith.families FOLDER LAUNCHER`,
with the process id of this one; batches that do not fit into memory are split. Writes typed events to `events.jsonl`, the model to `model/`, and `facts.json` last, by which its
parent knows it whole; or `refused.json`, an error for people, which its parent raises again.
"""

import ctypes
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from goldsmith.errors import GoldsmithError, OutOfMemoryError
from goldsmith.families import launching
from goldsmith.families.base import Run, read_family
from goldsmith.families.launching import Job, Report
from goldsmith.leases import Lease
from goldsmith.prepared import Prepared

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def die_with(parent: int) -> None:
    """Be killed when the parent dies, however it dies; leave at once if it is dead already."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def reporter(path: Path) -> Report:
    """A function that appends one event a line."""
    stream = path.open("a", encoding="utf-8", buffering=1)

    def report(event: dict[str, Any]) -> None:
        stream.write(json.dumps({"time": round(time.time(), 3), **event}) + "\n")

    return report


def main(folder: Path) -> None:
    """Train one part, in this process or in several."""
    job = launching.read_job(folder)
    die_with(job["parent"])
    launching.forget_other_launchers()
    report = reporter(folder / "events.jsonl")
    try:
        lease = launching.lease_of(job, report)
        if job["processes"] == 1:
            _in_this_process(folder, job, report, lease)
        else:
            _in_several(folder, job, report)
    except GoldsmithError as error:
        launching.refuse(folder, error)
        sys.exit(error.exit_status)


def _in_this_process(folder: Path, job: Job, report: Report, lease: Lease | None) -> None:
    try:
        train(folder, job, report, folder / "model")
    except OutOfMemoryError as error:
        launching.split_batches(folder, job, error, report)
        launching.start_anew(lease)


def _in_several(folder: Path, job: Job, report: Report) -> None:
    while True:
        try:
            return launching.launch(folder, job)
        except OutOfMemoryError as error:
            launching.split_batches(folder, job, error, report)


def work(folder: Path, launcher: int) -> None:
    """Be one of several training processes; the first speaks and writes for all of them."""
    die_with(launcher)
    job = launching.read_job(folder)
    from goldsmith.finetune import processes

    processes.join(job["device"])
    try:
        if processes.is_first():
            train(folder, job, reporter(folder / "events.jsonl"), folder / "model")
        else:
            # What the others write beside their part of the checkpoints is the same, and for nobody.
            train(folder, job, lambda event: None, folder / f"process-{processes.place()}")
    except GoldsmithError as error:
        launching.refuse(folder, error)
        # An ordinary exit would wait for those who wait for us.
        os._exit(error.exit_status)
    processes.leave()


def train(folder: Path, job: Job, report: Report, model: Path) -> None:
    """Train, and leave facts.json once all is written."""
    family, _ = read_family(folder)
    accumulate = launching.accumulated(folder)
    run = Run(
        report=report,
        checkpoints=folder / "checkpoints",
        device=job["device"],
        seed=job["seed"],
        precision=job["precision"],
        accumulate=accumulate,
    )
    model.mkdir(exist_ok=True)
    facts = family.train(Prepared(Path(job["prepared"])), job["part"], model, run)
    if model.name != "model":
        return
    split = {"processes": job["processes"], "accumulate": accumulate}
    facts |= {name: value for name, value in split.items() if value > 1}
    partial = folder / ".facts.json"
    partial.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    partial.rename(folder / "facts.json")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        work(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))

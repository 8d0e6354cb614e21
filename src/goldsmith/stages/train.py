"""train: every part of the data in a training process of its own, resumable, with a timeout."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from goldsmith import errors
from goldsmith.config import UseCase
from goldsmith.errors import CollapseError, ConfigError, GoldsmithError
from goldsmith.families.base import REFUSED_FILE, Family, write_family
from goldsmith.prepared import Prepared
from goldsmith.stages import Context

HISTORY_FILE = "history.csv"
FACTS_FILE = "facts.json"
TIMING_FILE = "timing.json"
GRACE_SECONDS = 5.0
POLL_SECONDS = 0.2
LOG_LINES = 12
# OpenMP threads that spin while they wait fall to a tenth of their speed beside any other process.
_QUIET_THREADS = {"OMP_WAIT_POLICY": "PASSIVE"}


def run(context: Context) -> None:
    """Train the parts one after the other; a part that an earlier, killed run finished is kept."""
    data = Prepared(context.inputs["prepare"])
    deadline = time.monotonic() + context.config.compute.timeout
    facts: dict[str, Any] = {}
    timing: dict[str, Any] = {}
    for place, part in enumerate(data.parts):
        if len(data.parts) > 1:
            text = f"training part {part} ({place + 1} of {len(data.parts)})"
            context.report({"type": "note", "text": text})
        folder = context.work / part
        if not (folder / FACTS_FILE).is_file():
            _train_part(context, data, part, folder, deadline)
        facts[part] = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
        timing[part] = facts[part].pop("timing", {})
        _write_history(folder / "events.jsonl", context.out / part / HISTORY_FILE)
        shutil.copytree(folder / "model", context.out / part, dirs_exist_ok=True)
    for name, value in ((FACTS_FILE, facts), (TIMING_FILE, timing)):
        (context.out / name).write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(context.work, ignore_errors=True)


def accept(config: UseCase, folder: Path, note: Any = None) -> None:
    """End the run if a part is no better than a constant answer.

    Raises:
        CollapseError: naming the part, the figure and what usually helps.
    """
    family: Any = config.model
    for part, facts in read_facts(folder).items():
        collapse = family.collapsed(facts["monitor"])
        if collapse:
            raise CollapseError(
                f"training collapsed ({part}): {collapse} on {facts['monitored_records']} "
                f"{facts['monitored_on']} records. Nothing was exported or registered. Usual remedies: "
                "a lower model.learning_rate, more model.epochs, a lower prepare.negative_rate"
            )


def read_facts(folder: Path) -> dict[str, Any]:
    """What the training processes said of themselves, by part."""
    facts: dict[str, Any] = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
    return facts


def _train_part(context: Context, data: Prepared, part: str, folder: Path, deadline: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "model", ignore_errors=True)
    family = context.config.model
    assert isinstance(family, Family)
    write_job(
        folder, family, data, part, device(context.config.compute.device), context.config.seed
    )
    (folder / REFUSED_FILE).unlink(missing_ok=True)
    status = _supervise(context, folder, deadline)
    if status != 0:
        raise _refusal(folder) or GoldsmithError(_failure(folder, part, status))


def write_job(
    folder: Path, family: Family, data: Prepared, part: str, device: str, seed: int
) -> None:
    """Write what `python -m goldsmith.families FOLDER`, a child of this process, is to train."""
    write_family(folder, family, data.labels)
    job = {
        "prepared": str(data.folder.absolute()),
        "part": part,
        "device": device,
        "seed": seed,
        "parent": os.getpid(),
    }
    (folder / "job.json").write_text(json.dumps(job, indent=1) + "\n", encoding="utf-8")


def device(wanted: str) -> str:
    """Where training runs: cpu or cuda.

    Raises:
        ConfigError: a GPU is asked for, and there is none.
    """
    gpu = Path("/proc/driver/nvidia/version").exists()
    if wanted == "cuda" and not gpu:
        raise ConfigError(
            "compute.device is cuda, but this machine has no NVIDIA GPU: run it where one is (what "
            "is done is kept), or set compute.device to auto to train on the processor"
        )
    return wanted if wanted != "auto" else "cuda" if gpu else "cpu"


def _supervise(context: Context, folder: Path, deadline: float) -> int:
    """Run the training process in a session of its own, hand its events on, and never outlive it.

    The process asks to be killed with its parent thread, so it is made and waited for in one
    thread.
    """
    events = _tail(folder / "events.jsonl")
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "goldsmith.families", str(folder)],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=_QUIET_THREADS | os.environ,
        )
    try:
        while process.poll() is None:
            if time.monotonic() > deadline:
                raise GoldsmithError(
                    f"training took longer than compute.timeout ({context.config.compute.timeout:g} s) "
                    "and was stopped; raise it and run again: training goes on from its last checkpoint"
                )
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(POLL_SECONDS)
            for event in next(events):
                context.report(event)
        return process.returncode
    finally:
        _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        try:
            os.killpg(process.pid, sign)
            process.wait(GRACE_SECONDS)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def _tail(path: Path) -> Iterator[list[dict[str, Any]]]:
    """Yield the events that were appended since the last time; an unfinished line waits."""
    position = path.stat().st_size if path.exists() else 0
    while True:
        found: list[dict[str, Any]] = []
        if path.exists():
            with path.open("rb") as stream:
                stream.seek(position)
                for line in stream:
                    if not line.endswith(b"\n"):
                        break
                    position += len(line)
                    found.append(json.loads(line))
        yield found


def _refusal(folder: Path) -> GoldsmithError | None:
    """The error that a training process ended with, where it was one for people."""
    try:
        said = json.loads((folder / REFUSED_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    kind = getattr(errors, said["error"], GoldsmithError)
    found: GoldsmithError = kind(said["message"])
    return found


def _failure(folder: Path, part: str, status: int) -> str:
    text = (folder / "log.txt").read_text(encoding="utf-8", errors="replace").rstrip()
    last = "\n".join(f"  | {line[:200]}" for line in text.splitlines()[-LOG_LINES:])
    how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
    again = "run again: it goes on from its last checkpoint"
    return (
        f"the training process ({part}) {how}; {again}.\n{last}\n  whole log: {folder / 'log.txt'}"
    )


def _write_history(events: Path, out: Path) -> None:
    """Loss and validation metrics by step, for plots; of a step seen twice the last one holds."""
    out.parent.mkdir(parents=True, exist_ok=True)
    rows: dict[tuple[str, int], str] = {}
    for line in events.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["type"] == "progress" and event.get("point", True):
            rows[event.get("phase", ""), event["step"]] = (
                f"{event.get('phase', '')},{event['step']},{event['epoch']},{event['loss']}"
            )
    text = "\n".join(["phase,step,epoch,loss", *(rows[key] for key in sorted(rows))])
    out.write_text(text + "\n", encoding="utf-8")

"""train: every part of the data in a training process of its own, resumable, with a timeout."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from goldsmith import gpus
from goldsmith.config import UseCase
from goldsmith.config.compute import Compute
from goldsmith.errors import CollapseError, ConfigError, GoldsmithError, KilledError
from goldsmith.families import launching
from goldsmith.families.base import REFUSED_FILE, Family, write_family
from goldsmith.prepared import Prepared
from goldsmith.stages import Context, resuming
from goldsmith.stages.resuming import FACTS_FILE

HISTORY_FILE = "history.csv"
TIMING_FILE = "timing.json"
GRACE_SECONDS = 5.0
POLL_SECONDS = 0.2
LOG_LINES = 12
# What a training on CPU gets, unless the user says otherwise.
ENVIRONMENT = {
    # Threads that spin while they wait fall to a tenth of their speed beside any other process.
    "OMP_WAIT_POLICY": "PASSIVE",
    # oneDNN keeps its kernels of the last 1,024 shapes: memory grows with every new length of a batch,
    # and a training is no faster for it.
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "64",
}


class Clock:
    """Time that training took, of all parts; it stands still while one waits for a GPU."""

    def __init__(self, limit: float, now: Callable[[], float] = time.monotonic) -> None:
        self.limit, self._used, self._stopped = limit, 0.0, False
        self._now, self._last = now, now()

    def look(self, event: dict[str, Any]) -> None:
        """Stop at an event of waiting, go on when the wait is over."""
        if "lease" in event:
            self._count()
            self._stopped = event["lease"] == "waiting"

    def start(self) -> None:
        """A training process begins."""
        self._count()
        self._stopped = False

    def is_over(self) -> bool:
        """Whether the limit is reached."""
        self._count()
        return self._used > self.limit

    def _count(self) -> None:
        now = self._now()
        self._used += 0.0 if self._stopped else now - self._last
        self._last = now


def run(context: Context) -> None:
    """Train the parts one after the other; a part that an earlier, killed run finished is kept."""
    data = Prepared(context.inputs["prepare"])
    gpus_for(context.config.compute)
    clock = Clock(context.config.compute.timeout)
    facts: dict[str, Any] = {}
    timing: dict[str, Any] = {}
    for place, part in enumerate(data.parts):
        if len(data.parts) > 1:
            text = f"training part {part} ({place + 1} of {len(data.parts)})"
            context.report({"type": "note", "text": text})
        folder = context.work / part
        with resuming.following(context, part, last=place + 1 == len(data.parts)) as followed:
            if not (folder / FACTS_FILE).is_file():
                _train_part(followed, data, part, folder, clock)
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


def gpus_for(compute: Compute) -> int:
    """How many GPUs training takes on this machine.

    Raises:
        ConfigError: more than there are.
    """
    there = gpus.visible()
    if compute.gpus is None:
        return min(len(there), 1)
    if compute.gpus > len(there):
        found = f"{len(there)}: {', '.join(there)}" if there else "no NVIDIA GPU"
        hidden = (
            f" ({gpus.VISIBLE}={os.environ[gpus.VISIBLE]})" if gpus.VISIBLE in os.environ else ""
        )
        raise ConfigError(
            f"compute.gpus is {compute.gpus}, but this machine has {found}{hidden}: run it where "
            f"there {'is one' if compute.gpus == 1 else f'are {compute.gpus}'} (what is done is kept), or set compute.gpus to {len(there)} to train "
            f"{'with these' if there else 'on the processor'}: `--set compute.gpus={len(there)}`"
        )
    return compute.gpus


def batches(config: UseCase, facts: dict[str, Any]) -> dict[str, str]:
    """How a training shared out its batches, for report and card; empty where it did not."""
    shares = {"processes": facts.get("processes", 1), "accumulate": facts.get("accumulate", 1)}
    if set(shares.values()) == {1}:
        return {}
    batch = config.section("model")["batch_size"]
    parts = [f"{shares['processes']} processes"] if shares["processes"] > 1 else []
    if shares["accumulate"] > 1:
        at_once = batch // (shares["processes"] * shares["accumulate"])
        parts.append(f"{shares['accumulate']} parts of {at_once}, as memory held no more")
    return {"Batches": f"{batch} records, {', '.join(parts)}"}


def _train_part(context: Context, data: Prepared, part: str, folder: Path, clock: Clock) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "model", ignore_errors=True)
    config = context.config
    assert isinstance(config.model, Family)
    write_job(
        folder, config.model, data, part, gpus_for(config.compute), config.seed,
        processes=config.compute.workers, precision=config.compute.precision, what=config.name,
    )  # fmt: skip
    (folder / REFUSED_FILE).unlink(missing_ok=True)
    status = _supervise(context, folder, clock)
    if status != 0:
        kind = KilledError if status < 0 else GoldsmithError
        raise launching.refusal(folder) or kind(_failure(folder, part, status))


def write_job(
    folder: Path,
    family: Family,
    data: Prepared,
    part: str,
    gpus: int,
    seed: int,
    *,
    processes: int = 1,
    precision: str = "auto",
    what: str = "",
) -> None:
    """Write what `python -m goldsmith.families FOLDER`, a child of this process, is to train.

    Args:
        folder: of this very training; it survives a killed run.
        family, data, part, seed: what is trained.
        gpus: how many it takes; 0: the processor.
        processes: how many share its batches.
        precision: auto, fp32 or bf16.
        what: for people who wait for the same GPU.
    """
    write_family(folder, family, data.labels)
    job = {
        "prepared": str(data.folder.absolute()),
        "part": part,
        "device": "cuda" if gpus else "cpu",
        "gpus": gpus,
        "processes": processes,
        "precision": precision,
        "seed": seed,
        "what": what or family.family,
        "parent": os.getpid(),
    }
    text = json.dumps(job, indent=1) + "\n"
    (folder / launching.JOB_FILE).write_text(text, encoding="utf-8")


def _supervise(context: Context, folder: Path, clock: Clock) -> int:
    """Run the training process in a session of its own, hand its events on, and never outlive it.

    The process asks to be killed with its parent thread, so it is made and waited for in one
    thread.
    """
    events = _tail(folder / "events.jsonl")
    next(events)
    clock.start()
    with (folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "goldsmith.families", str(folder)],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env=ENVIRONMENT | os.environ,
        )
    try:
        while process.poll() is None:
            if clock.is_over():
                raise GoldsmithError(
                    f"training took longer than compute.timeout ({clock.limit:g} s) and was stopped; "
                    "raise it and run again: training goes on from its last checkpoint"
                )
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(POLL_SECONDS)
            for event in next(events):
                clock.look(event)
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

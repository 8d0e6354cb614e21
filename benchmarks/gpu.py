"""Tagging, classification and question answering on one GPU, in bf16 where it has that, as a table.

    python -m benchmarks.gpu [--records 4000] [--epochs 3] [--repeat 3] [--set section.key=value ...]

Trains each of the three beside a plain Trainer with dynamic padding in the same precision, in turn, and
prints records a second, memory and what the models are worth. Then kills a training at its first
checkpoint, lets it go on, and compares with one that was left alone; and exports the model and
compares the fp32 file's decisions with the torch model's. Needs an NVIDIA GPU.
"""

import argparse
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import public
from benchmarks.training import DATA, HEAD, in_a_process, table
from goldsmith.families.base import open as open_folder
from goldsmith.settings import quiet_environment
from goldsmith.stages.train import write_job

SIDES = ("goldsmith", "dynamic")
CHECKPOINT_SECONDS = 600.0


def start(
    folder: Path, loaded: Any, data: Any, part: str, device: str
) -> "subprocess.Popen[bytes]":
    """A training process, as `stages.train` starts it."""
    write_job(folder, loaded.model, data, part, int(device != "cpu"), loaded.seed)
    return subprocess.Popen([sys.executable, "-m", "goldsmith.families", str(folder)])


def wait_for_checkpoint(folder: Path, process: "subprocess.Popen[bytes]") -> None:
    """Return once the training has written a whole checkpoint.

    Raises:
        SystemExit: it ended before, or took too long.
    """
    deadline = time.monotonic() + CHECKPOINT_SECONDS
    while not list(folder.glob("checkpoints/*/checkpoint-*/complete.json")):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit("the training ended or hung before its first checkpoint")
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue


def check(name: str, overrides: list[str], device: str) -> str:
    """Kill, resume and export one family; returns what was seen, in words."""
    loaded, data = public.prepared(name, overrides)
    family: Any = loaded.model
    part = data.judged_parts[0]
    held = data.heldout(part)[:500]
    with tempfile.TemporaryDirectory() as scratch:
        values = []
        for killed in (True, False):
            folder = Path(scratch) / ("killed" if killed else "whole")
            folder.mkdir()
            if killed:
                process = start(folder, loaded, data, part, device)
                wait_for_checkpoint(folder, process)
                process.send_signal(signal.SIGKILL)
                process.wait()
            if start(folder, loaded, data, part, device).wait():
                raise SystemExit(f"{name}: the training process failed")
            found = family.reference(folder / "model").predict(held)
            values.append(family.score(held, found, data.labels).metrics()[family.primary])
        resumed = '"type": "resume"' in (Path(scratch) / "killed" / "events.jsonl").read_text(
            "utf-8"
        )
        exported = Path(scratch) / "exported"
        exported.mkdir()
        family.export(Path(scratch) / "whole" / "model", exported)
        served = open_folder(exported, "fp32").predict(held)
    equal = sum(a.decisions == b.decisions for a, b in zip(found, served, strict=True))
    return (
        f"{'resumed' if resumed else 'NOT resumed'} after a kill: {family.primary} {values[0]:.4f}, "
        f"left alone {values[1]:.4f}; fp32 ONNX decides alike on {equal:,} of {len(held):,} records"
    )


def main() -> None:
    """Measure and check all three."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", nargs="+", choices=DATA, default=list(DATA))
    parser.add_argument("--records", type=int, default=4000)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--set", action="append", default=[], dest="overrides")
    chosen = parser.parse_args()
    quiet_environment()
    if chosen.device == "cuda" and not Path("/proc/driver/nvidia/version").exists():
        raise SystemExit(
            "this machine has no NVIDIA GPU: --device cpu tries the command without one"
        )
    public.enter()
    given = [f"prepare.limit={chosen.records}", f"model.epochs={chosen.epochs}", *chosen.overrides]
    print(HEAD)
    for name in chosen.data:
        found: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
        for repeat in range(chosen.repeat):
            for side in SIDES:
                found[side].append(in_a_process(name, side, given, repeat, chosen.device))
        table(name, found)
    for name in chosen.data:
        print(f"{name}: {check(name, given, chosen.device)}")


if __name__ == "__main__":
    main()

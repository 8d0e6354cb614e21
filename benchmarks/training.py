"""Fine-tuning beside transformers' own examples, as a table.

    python -m benchmarks.training [--data banking77 sec-ner policyqa] [--records 2000] [--epochs 3]
                                  [--own-epochs 1] [--repeat 3] [--set section.key=value ...]

Three sides learn from the same records: `goldsmith`, for --own-epochs; `padded`, a plain Trainer on
inputs padded to 128, in fp32; `dynamic`, a Trainer with dynamic padding and fused AdamW. The plain
sides keep the recipe of transformers' examples (run_glue.py, run_ner.py, run_qa.py): three epochs at
5e-5. Every measurement is a process of its own, sides alternating; the clock runs from records to a
model in memory, encoding included, imports and evaluation excluded. Prints medians: seconds, records
a second, both beside goldsmith's (`times`: how much longer the whole training took; `a record`: how
much longer a record of an epoch took), CPU time, peak memory, and what the model is worth on
held-out records. Ends with status 1 where goldsmith's model is worth less than a plain side's by
more than --tolerance.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import public
from goldsmith.settings import quiet_environment
from goldsmith.stages.train import ENVIRONMENT

DATA = ("banking77", "sec-ner", "policyqa")
SIDES = ("goldsmith", "padded", "dynamic")
HEAD = """\
| data | side | epochs | s | times | CPU times | records/s | a record | MiB | worth |
|---|---|---:|---:|---:|---:|---:|---:|---:|---|"""


def measure(name: str, side: str, overrides: list[str], repeat: int, device: str) -> dict[str, Any]:
    """Train one side once in this process."""
    from goldsmith import bases, finetune
    from goldsmith.families.base import Run, write_family
    from goldsmith.finetune.machine import peak_memory

    loaded, data = public.prepared(name, overrides)
    family: Any = loaded.model
    part = data.judged_parts[0]
    records, base = list(data.training(part)), bases.resolve(family.base, family.revision)
    from benchmarks import plain  # imports torch and transformers before the clock starts

    plain.make_ready(device)
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "model"
        out.mkdir()
        started, used = time.monotonic(), time.process_time()
        if side == "goldsmith":
            run = Run(lambda event: None, Path(scratch) / "c", device, repeat)
            family.train(data, part, out, run)
        else:
            model = plain.train(
                records, data.labels, base, Path(scratch) / "c", padded=side == "padded",
                epochs=family.epochs, batch_size=family.batch_size, max_length=family.max_length,
                seed=repeat, device=device,
            )  # fmt: skip
        seconds, cpu = time.monotonic() - started, time.process_time() - used
        if side != "goldsmith":
            finetune.save(model, base, out)
            write_family(out, family, data.labels, temperature=1.0, threshold=0.0, pad_id=0)
        held = data.heldout(part)
        found = family.score(held, family.reference(out).predict(held), data.labels)
    return {
        "seconds": seconds,
        "cpu": cpu,
        "records": len(records) * family.epochs,
        "epochs": family.epochs,
        "value": found.metrics()[family.primary],
        "metric": family.primary,
        "memory": peak_memory(device),
    }


def in_a_process(
    name: str, side: str, overrides: list[str], repeat: int, device: str = "cpu"
) -> dict[str, Any]:
    """`measure` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.training", "--data", name, "--side", side]
    settings = [text for one in overrides for text in ("--set", one)]
    own = ENVIRONMENT if side == "goldsmith" else {}
    done = subprocess.run(
        [*command, "--repeat", str(repeat), "--device", device, *settings],
        cwd=Path(__file__).resolve().parents[1],
        env=own | os.environ,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {name} {side} {repeat}: {found['seconds']:.1f} s, {found['metric']} {found['value']:.4f}", file=sys.stderr, flush=True)  # fmt: skip
    return found


def table(name: str, found: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """Print a set's rows; returns what each side's model is worth."""
    middle = {
        side: {key: statistics.median(one[key] for one in runs) for key in ("seconds", "cpu", "value", "memory")}
        for side, runs in found.items()
    }  # fmt: skip
    ours = middle["goldsmith"]
    for side, one in middle.items():
        first = found[side][0]
        speed = first["records"] / one["seconds"]
        own = found["goldsmith"][0]["records"] / ours["seconds"]
        print(
            f"| {name} | {side} | {first['epochs']} | {one['seconds']:.1f} | {one['seconds'] / ours['seconds']:.1f} "
            f"| {one['cpu'] / ours['cpu']:.1f} | {speed:.0f} | {own / speed:.1f} | {one['memory']:,.0f} "
            f"| {first['metric']} {one['value']:.3f} |"
        )  # fmt: skip
    return {side: one["value"] for side, one in middle.items()}


def main() -> None:
    """Measure every set, sides in turn, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", nargs="+", choices=DATA, default=list(DATA))
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--epochs", type=int, default=3, help="Of the plain sides.")
    parser.add_argument("--own-epochs", type=int, default=1, help="Of goldsmith.")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--tolerance", type=float, default=0.01)
    parser.add_argument("--set", action="append", default=[], dest="overrides")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--device", default="cpu", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    quiet_environment()
    public.enter()
    if chosen.side:
        one = (chosen.data[0], chosen.side, chosen.overrides, chosen.repeat, chosen.device)
        print(json.dumps(measure(*one)))
        return
    epochs = {side: chosen.own_epochs if side == "goldsmith" else chosen.epochs for side in SIDES}
    limit = f"prepare.limit={chosen.records}"
    print(HEAD)
    worse = []
    for name in chosen.data:
        found: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
        for repeat in range(chosen.repeat):
            for side in SIDES:
                given = [limit, f"model.epochs={epochs[side]}", *chosen.overrides]
                found[side].append(in_a_process(name, side, given, repeat))
        worth = table(name, found)
        best = max(value for side, value in worth.items() if side != "goldsmith")
        if worth["goldsmith"] < best - chosen.tolerance:
            worse.append(f"{name}: {worth['goldsmith']:.4f} against {best:.4f}")
    if worse:
        raise SystemExit("goldsmith's models are worth less: " + "; ".join(worse))


if __name__ == "__main__":
    main()

"""What orchestration costs: a flow beside the same stages in a plain script.

    python -m benchmarks.overhead [--repeat 3]

Runs `goldsmith run` on a small training, once with the temporary server that it starts by itself
(`flow`) and once beside a server that runs already (`served`), and the same stages one after the
other in a script, each in a process of its own: cold (empty homes: Prefect and MLflow make their
databases), warm (the same homes, another seed, so that everything is trained anew) and with nothing
new. Prints medians of the wall time, of the stages' own time as the run says it, of what is left
(imports, Prefect's server, reporting), and of how much more is left than of the script. Ends with
status 1 where the last is above its bound for a flow: 10 s cold, 5 s warm, 4 s with nothing new.
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

from goldsmith.settings import quiet_environment

ROOT = Path(__file__).resolve().parents[1]
USE_CASE = "email-routing"  # its head starts as its probe: so little training does not collapse
SMALL = (
    "source.options={train: 200, validation: 60, test: 100, unseen: 0.3, noise: 0.03}",
    "model.epochs=1",
    "validation.min_rows=20",
    "validation.min_train_support=1",
    "validation.min_test_support=1",
    "gates.metrics={}",
    "gates.behaviour=[]",
)
CASES = {"cold": 10.0, "warm": 5.0, "nothing new": 4.0}  # seconds more than the script, at most
SIDES = ("script", "served", "flow")


def script(overrides: list[str]) -> dict[str, float]:
    """Every stage of a run in a plain loop, then register and promote; seconds by stage."""
    from goldsmith import config, pipeline
    from goldsmith.stages import approval, release

    loaded = pipeline.pinned(config.load(USE_CASE, None, overrides))
    seconds: dict[str, float] = {}
    started = time.monotonic()
    made = {pipeline.RAW: pipeline.raw(loaded)}
    for one in pipeline.TRAINING:
        if one.name != "generate":
            folders = {name: found.folder for name, found in made.items()}
            made[one.name] = pipeline.run_stage(one.name, loaded, folders)
            seconds[one.name], started = time.monotonic() - started, time.monotonic()
    version = release.register(loaded, made, "")
    seconds["register"], started = time.monotonic() - started, time.monotonic()
    approval.promote(loaded, made, version)
    seconds["promote"] = time.monotonic() - started
    return seconds


def measure(side: str, home: Path, seed: int, server: str) -> tuple[float, float]:
    """Wall seconds of a side's process, and its stages' own."""
    settings = [text for one in (*SMALL, f"seed={seed}") for text in ("--set", one)]
    flow = [str(Path(sys.executable).with_name("goldsmith")), "run", USE_CASE, "--json"]
    plain = [sys.executable, "-m", "benchmarks.overhead", "--script"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "MLFLOW_"))}  # fmt: skip
    homes = {"GOLDSMITH_HOME": str(home), "PREFECT_HOME": str(home / "prefect")}
    if side == "served":
        homes["PREFECT_API_URL"] = server
    started = time.monotonic()
    done = subprocess.run(
        [*(plain if side == "script" else flow), *settings],
        cwd=ROOT, env={**kept, **homes}, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    wall = time.monotonic() - started
    said: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    return wall, sum(said["seconds"].values())


def repeated(times: int, scratch: Path) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Every case of every side in turn: wall and stages' own seconds by case and side."""
    os.environ["PREFECT_HOME"] = str(scratch / "server")  # before Prefect reads it
    from prefect.server.api.server import SubprocessASGIServer

    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with SubprocessASGIServer() as server:
        for repeat in range(times):
            for case, seed in zip(CASES, (2 * repeat, 2 * repeat + 1, 2 * repeat + 1), strict=True):
                for side in SIDES:
                    home = scratch / f"{repeat}-{side}"
                    one = measure(side, home, seed, server.api_url)
                    found.setdefault((case, side), []).append(one)
                    print(f"  {case} {side}: {one[0]:.1f} s, stages {one[1]:.1f} s", file=sys.stderr, flush=True)  # fmt: skip
    return found


def print_table(found: dict[tuple[str, str], list[tuple[float, float]]]) -> dict[str, float]:
    """A line a case and side; the script's own rest is what the others' is compared with.

    Returns:
        How many seconds more than the script a flow takes, by case.
    """
    more_of_flows = {}
    print("| run | side | wall s | stages s | the rest s | more than the script s |")
    print("|---|---|---|---|---|---|")
    for (case, side), runs in found.items():
        rests = [wall - own for wall, own in runs]
        more = [rest - (wall - own) for rest, (wall, own) in zip(rests, found[case, "script"], strict=True)]  # fmt: skip
        figures = [*zip(*runs, strict=True), rests, more]
        medians = [statistics.median(one) for one in figures]
        print(f"| {case} | {side} |" + "".join(f" {one:.1f} |" for one in medians))
        if side == "flow":
            more_of_flows[case] = medians[-1]
    return more_of_flows


def main() -> None:
    """Measure all sides in turn, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--script", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--set", action="append", default=[], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    quiet_environment()
    if chosen.script:
        print(json.dumps({"seconds": script(chosen.set)}))
        return
    with tempfile.TemporaryDirectory() as scratch:
        more = print_table(repeated(chosen.repeat, Path(scratch)))
    above = [f"{case}: {more[case]:.1f} s" for case, most in CASES.items() if more[case] > most]
    if above:
        raise SystemExit(f"more than a flow may take beside the script: {', '.join(above)}")


if __name__ == "__main__":
    main()

"""What each use case's demo comes to: `goldsmith run NAME` from an empty home, as a table.

    python -m benchmarks.demos [NAME ...]

One run each, one after the other, at the seed of its file, on embedded goldens: the wall seconds are those of a person who
waits, and the CPU seconds those of the run and all it started. The figure is that of the variant that answers, on test
records; beside it stands what the report sets it against.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from goldsmith import config, processor
from goldsmith.errors import UserError
from goldsmith.settings import quiet_environment

COLUMNS = ("use case", "wall s", "CPU s", "figure", "95 %", "beside it", "outcome")
MICRO = "micro.f1"  # of extraction results


def run(name: str) -> dict[str, str]:
    """One demo in a home of its own; a row of the table.

    Raises:
        SystemExit: the run failed; with the end of what it said.
    """
    with tempfile.TemporaryDirectory() as home:
        mine = {"GOLDSMITH_HOME": home, "PREFECT_HOME": f"{home}/prefect"}
        foreign = ("MLFLOW_", "PREFECT_", "GOLDSMITH_")
        kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
        command = [sys.executable, "-m", "goldsmith", "run", name, "--json"]
        spent, started = _cpu(), time.monotonic()
        done = subprocess.run(command, env=kept | mine, capture_output=True, text=True, check=False)
        wall, spent = time.monotonic() - started, _cpu() - spent
        if done.returncode:
            raise SystemExit(f"{name}:\n{done.stderr[-2000:]}")
        result: dict[str, Any] = json.loads(done.stdout)
        folders = result["folders"]
        folder = Path(folders["judge" if "judge" in folders else "judge_results"])
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    value, metric = report.get("value"), report.get("primary", MICRO)
    shown = report["metrics"][MICRO] if value is None else value
    low, high = report["interval"]
    beside = ", ".join(
        f"{one['name']} {one['metrics'][metric]:.3f}" for one in report.get("yardsticks", ())
    )
    told = (name, f"{wall:.0f}", f"{spent:.0f}", f"{metric} {shown:.3f}", f"{low:.3f} to {high:.3f}",
            beside, result["outcome"])  # fmt: skip
    return dict(zip(COLUMNS, told, strict=True))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run the demos and print their table."""
    quiet_environment()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="Use cases; without any, all.")
    chosen = parser.parse_args().names or config.names()
    try:
        for name in chosen:
            config.load_any(name, "demo")
    except UserError as error:  # before the first run
        parser.error(str(error))
    print(f"{processor.name()}\n\n| " + " | ".join(COLUMNS) + " |")
    print("| --- | ---: | ---: | --- | --- | --- | --- |")
    for name in chosen:
        print("| " + " | ".join(run(name).values()) + " |", flush=True)


if __name__ == "__main__":
    main()

"""The run that makes the version again: `goldsmith run`, of the clone's code, in a home of its own."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldsmith.errors import GoldsmithError
from goldsmith.rebuilding.clones import Laid, environment
from goldsmith.rebuilding.place import Place

INTERRUPTED = 130
GRACE_SECONDS = 15.0
# Servers, homes and webhooks of the user's: the run has its own, or none.
FOREIGN = ("MLFLOW_TRACKING_URI", "PREFECT_API_URL", "PREFECT_API_KEY", "PREFECT_PROFILE", "PREFECT_HOME",
           "PREFECT_API_DATABASE_CONNECTION_URL", "GOLDSMITH_PROFILE", "GOLDSMITH_NOTIFY",
           "GOLDSMITH_ARTIFACTS")  # fmt: skip
# Asks to die with us before it becomes the command: code of any age knows nothing of us.
_LEASH = (
    "import ctypes, os, signal, sys\n"
    "ctypes.CDLL(None).prctl(1, signal.SIGKILL)\n"  # PR_SET_PDEATHSIG, linux/prctl.h
    "if os.getppid() != int(sys.argv[1]): sys.exit(1)\n"
    "os.execv(sys.executable, [sys.executable, '-m', 'goldsmith', *sys.argv[2:]])\n"
)


def run(
    passport: Mapping[str, Any], place: Place, code: Laid, project: Path, threads: int
) -> dict[str, Any]:
    """Run the use case; its progress goes to standard error.

    Returns:
        The run's answer, as `goldsmith run --json` prints it.

    Raises:
        GoldsmithError: it failed; what it said stands above.
        KeyboardInterrupt: ctrl-C.
    """
    own = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    variables = {
        **own,
        **environment(code),
        "GOLDSMITH_HOME": str(place.home),
        "GOLDSMITH_USE_CASES": str(place.use_cases),
        "OMP_NUM_THREADS": str(threads),
    }
    command = ["run", passport["use_case"], "--profile", passport["profile"], "--json"]
    process = subprocess.Popen(
        [sys.executable, "-c", _LEASH, str(os.getpid()), *command],
        cwd=project,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        out, _ = process.communicate()
    finally:
        _stop(process)
    if process.returncode == INTERRUPTED:
        raise KeyboardInterrupt
    if process.returncode:
        raise GoldsmithError(
            f"the run ended with status {process.returncode}; what it said stands above. With --into "
            "FOLDER it is kept, and the same command goes on with it"
        )
    answer: dict[str, Any] = json.loads(out)
    return answer


def _stop(process: "subprocess.Popen[str]") -> None:
    """Ctrl-C reaches the run too: let it end by itself, but not for ever."""
    for end in (lambda: None, process.terminate, process.kill):
        end()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)
            return

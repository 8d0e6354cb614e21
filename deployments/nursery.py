"""Runs one service of the local stack, and leaves none of its processes behind.

`python -m deployments.nursery PARENT COMMAND ...` starts the command and ends when it ends. Told to
stop, or left alone by a parent that died, it ends the command and everything that this started: the
processes of a process are its own, even those whose own parent is gone (a worker's flow runs).
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from types import FrameType
from typing import NoReturn

import psutil

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_PR_SET_CHILD_SUBREAPER = 36
GRACE_SECONDS = 8.0  # an idle Prefect worker may take no notice of a first SIGTERM at all


def main(parent: int, command: list[str]) -> int:
    """Run the command; returns its exit status, 128 and more where a signal ended it."""
    control = ctypes.CDLL(None, use_errno=True)
    control.prctl(_PR_SET_CHILD_SUBREAPER, 1)
    control.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        return 1

    def stop(sign: int, frame: FrameType | None) -> NoReturn:
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_IGN)
        end(psutil.Process().children(recursive=True))
        sys.exit(128 + sign)

    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, stop)
    status = subprocess.Popen(command, stdin=subprocess.DEVNULL).wait()
    end(psutil.Process().children(recursive=True))
    return status if status >= 0 else 128 - status


def end(processes: list[psutil.Process]) -> None:
    """Ask processes to end, and kill those that have not after a while, with their children."""
    for one in processes:
        _tell(one, signal.SIGTERM)
    psutil.wait_procs(processes, timeout=GRACE_SECONDS)
    while left := psutil.Process().children(recursive=True):
        for one in left:
            _tell(one, signal.SIGKILL)
        psutil.wait_procs(left, timeout=1.0)


def _tell(process: psutil.Process, sign: signal.Signals) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(sign)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))

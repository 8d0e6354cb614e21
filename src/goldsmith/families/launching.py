"""What surrounds a training: its job, its GPUs, its processes, and smaller batches where memory ends.

Light: neither torch nor transformers is loaded before the GPUs are ours.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from goldsmith import errors, gpus, leases
from goldsmith.errors import GoldsmithError, OutOfMemoryError
from goldsmith.families.base import REFUSED_FILE, read_family
from goldsmith.leases import Lease
from goldsmith.settings import Settings, cores

Job = dict[str, Any]
Report = Callable[[dict[str, Any]], None]

JOB_FILE = "job.json"
MEMORY_FILE = "memory.json"
LOG_FOLDER = "torchrun"
_LEASE = "GOLDSMITH_LEASE"  # of a program that this process was before
# By these transformers would take itself for one of several processes, of a launcher around us.
_OTHER_LAUNCHERS = ("RANK", "LOCAL_RANK", "WORLD_SIZE", "LOCAL_WORLD_SIZE", "PMI_SIZE",
                    "OMPI_COMM_WORLD_SIZE", "MV2_COMM_WORLD_SIZE")  # fmt: skip


def read_job(folder: Path) -> Job:
    """What is to be trained, and on what."""
    job: Job = json.loads((folder / JOB_FILE).read_text(encoding="utf-8"))
    return job


def forget_other_launchers() -> None:
    """Drop what says that this process is one of several; those of ours are told anew."""
    for name in _OTHER_LAUNCHERS:
        os.environ.pop(name, None)


def lease_of(job: Job, report: Report, there: Mapping[str, str] | None = None) -> Lease | None:
    """Wait for the GPUs that a job needs, and let CUDA see these alone; None: it needs none.

    Args:
        job: as in job.json.
        report: told what we wait for, and what we got.
        there: the GPUs to choose from, as `gpus.visible` gives them; None: those of this process.

    Raises:
        StoreError: the folder of locks cannot be used.
    """
    if not job["gpus"]:
        os.environ[gpus.VISIBLE] = ""
        return None
    kept = os.environ.pop(_LEASE, None)
    if kept is not None:
        return leases.inherited(kept)
    folder = Settings().gpu_locks.absolute()
    found = leases.take(
        folder,
        gpus.visible() if there is None else there,
        job["gpus"],
        job["what"],
        lambda text: report({"type": "note", "lease": "waiting", "text": text}),
    )
    os.environ[gpus.VISIBLE] = ",".join(found.devices)
    report({"type": "note", "lease": "held", "text": f"trains on GPU {', '.join(found.devices)}"})
    return found


def launch(folder: Path, job: Job) -> None:
    """Train in several processes, by torchrun in this one; they die with it.

    Raises:
        GoldsmithError: what one of them was refused for.
        SystemExit: one of them ended in another way; this process too dies of a signal.
    """
    count = job["processes"]
    os.environ["OMP_NUM_THREADS"] = str(max(cores() // count, 1))
    if job["device"] == "cpu":
        # All of them are here: gloo need not look the machine's name up.
        os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    from torch.distributed.elastic.multiprocessing.errors import ChildFailedError
    from torch.distributed.run import parse_args, run

    (folder / LOG_FOLDER).mkdir(exist_ok=True)
    torchrun = ["--standalone", "--local-addr", "127.0.0.1", "--nproc-per-node", str(count),
                "--log-dir", str(folder / LOG_FOLDER)]  # fmt: skip
    try:
        run(parse_args([*torchrun, "-m", "goldsmith.families", str(folder), str(os.getpid())]))
    except ChildFailedError as error:
        refused = refusal(folder)
        if refused is None:
            _end_as({place: one.exitcode for place, one in error.failures.items()})
        raise refused from None


def _end_as(codes: Mapping[int, int]) -> NoReturn:
    """End as the processes did, by exit status: a killed one is worth another try."""
    for place, code in sorted(codes.items()):
        how = f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"
        print(f"process {place} of those that share a batch {how}", file=sys.stderr, flush=True)
    # By SIGTERM torchrun itself ends the ones that are left.
    killed = [-code for code in codes.values() if code < 0 and code != -signal.SIGTERM]
    if killed:
        os.kill(os.getpid(), killed[0])
    sys.exit(1)


def accumulated(folder: Path) -> int:
    """Into how many parts batches are split; what a killed run found out is not tried again."""
    path = folder / MEMORY_FILE
    return int(json.loads(path.read_text(encoding="utf-8"))["accumulate"]) if path.is_file() else 1


def split_batches(folder: Path, job: Job, error: OutOfMemoryError, report: Report) -> None:
    """Have batches split further: the optimiser steps stay what they are.

    Raises:
        OutOfMemoryError: there is nothing left to split.
    """
    family: Any = read_family(folder)[0]
    share = family.batch_size // job["processes"]
    now = accumulated(folder)
    wanted = split_further(share, now)
    if wanted is None:
        raise OutOfMemoryError(
            f"{error}, and no smaller batch is left: lower model.max_length, train less of the model "
            "(model.freeze_layers), take a smaller model.base, or train where there is more memory"
        )
    text = f"{error}: goes on with {wanted} x {share // wanted} for each optimiser step, not {now} x {share // now}"
    partial = folder / f".{MEMORY_FILE}"
    partial.write_text(json.dumps({"accumulate": wanted, "said": str(error)}), encoding="utf-8")
    partial.rename(folder / MEMORY_FILE)
    (folder / REFUSED_FILE).unlink(missing_ok=True)
    report({"type": "note", "text": text, "accumulate": wanted})


def split_further(batch: int, accumulate: int) -> int | None:
    """Into how many parts to split next what was split before; None: each is one record already.

    Args:
        batch: records of one process in an optimiser step.
        accumulate: into how many equal parts it was split.

    >>> [split_further(16, 1), split_further(16, 8), split_further(12, 4), split_further(16, 16)]
    [2, 16, 12, None]
    """
    now = batch // accumulate
    sizes = (size for size in range(now // 2, 0, -1) if batch % size == 0)
    size = next(sizes, None)
    return batch // size if size else None


def start_anew(lease: Lease | None) -> NoReturn:
    """Become a new program in this process: memory is as it was at first, the GPUs stay ours."""
    for path in Path("/proc/self/fd").iterdir():
        if int(path.name) > sys.stderr.fileno():
            with suppress(OSError):  # the list's own
                os.set_inheritable(int(path.name), False)
    if lease is not None:
        os.environ[_LEASE] = lease.to_successor()
    os.execv(sys.executable, [sys.executable, "-m", "goldsmith.families", *sys.argv[1:]])


def refuse(folder: Path, error: GoldsmithError) -> None:
    """Leave an error for people to the parent; of several processes' the last one's stays."""
    value = {"error": type(error).__name__, "message": str(error)}
    partial = folder / f".{REFUSED_FILE}-{os.getpid()}"
    partial.write_text(json.dumps(value), encoding="utf-8")
    partial.rename(folder / REFUSED_FILE)


def refusal(folder: Path) -> GoldsmithError | None:
    """The error that a training process ended with, where it was one for people."""
    try:
        said = json.loads((folder / REFUSED_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    kind = getattr(errors, said["error"], GoldsmithError)
    found: GoldsmithError = kind(said["message"])
    return found

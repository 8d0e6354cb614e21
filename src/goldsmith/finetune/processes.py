"""What the processes of one training do together; alone, each of these does nothing.

They are started by torchrun, a GPU each or several on the processor (gloo), and share every batch.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import torch
from torch import distributed

# The training's own timeout ends it: what one process does alone (scoring, fitting a probe) may
# take any time, and the others wait.
_PATIENCE = timedelta(days=30)


def join(device: str) -> None:
    """Meet the other processes that torchrun started; on GPUs take one's own."""
    backend = "gloo"
    if device == "cpu":
        # accelerate calls them cpu:0, cpu:1, ..., and then torch cannot read a checkpoint.
        os.environ["ACCELERATE_TORCH_DEVICE"] = "cpu"
    else:
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
        backend = "cpu:gloo,cuda:nccl"
    distributed.init_process_group(backend, timeout=_PATIENCE)


def count() -> int:
    """How many processes share a batch."""
    return distributed.get_world_size() if distributed.is_initialized() else 1


def leave() -> None:
    """Part from the others, once all is done."""
    distributed.destroy_process_group()


def place() -> int:
    """Which of the processes this one is, from 0."""
    return distributed.get_rank() if distributed.is_initialized() else 0


def is_first() -> bool:
    """Whether this process is the one that speaks for all."""
    return place() == 0


@contextmanager
def first() -> Iterator[None]:
    """The first process goes through the block before all others, which find what it wrote."""
    if not is_first():
        wait()
    yield
    if is_first():
        wait()


def wait() -> None:
    """Wait until every process is here."""
    if count() > 1:
        distributed.all_reduce(torch.zeros(1))


def mean(*values: float) -> list[float]:
    """Each value's mean over the processes."""
    if count() == 1:
        return list(values)
    found = torch.tensor(values, dtype=torch.float64)
    distributed.all_reduce(found)
    return [value / count() for value in found.tolist()]


def of_first(value: Any) -> Any:
    """What the first process has, in all of them; what the others give is not looked at."""
    if count() == 1:
        return value
    held = [value]
    distributed.broadcast_object_list(held, src=0)
    return held[0]

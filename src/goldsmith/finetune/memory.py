"""Batches that do not fit into memory: how that shows, and what to do where it matters little."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import numpy as np
import torch

from goldsmith.errors import OutOfMemoryError

Found = TypeVar("Found")

# Of the processor's allocator, of CUDA's own calls and of its libraries, which raise no type of
# their own.
_SAID = (
    "can't allocate memory",
    "not enough memory",
    "CUDA error: out of memory",
    "CUBLAS_STATUS_ALLOC_FAILED",
    "CUDNN_STATUS_ALLOC_FAILED",
)


def is_exhausted(error: BaseException) -> bool:
    """Whether an error says that memory is full."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(said in str(error) for said in _SAID)


def in_parts(forward: Callable[..., Found], *arrays: np.ndarray) -> list[Found]:
    """What a function makes of a batch, in as few parts as fit into memory, in order.

    Args:
        forward: of arrays of equally many rows; looks at each row by itself.
        arrays: (b, ...) each.
    """
    rows = len(arrays[0])
    try:
        return [forward(*arrays)]
    except (RuntimeError, MemoryError) as error:
        if rows < 2 or not is_exhausted(error):
            raise
    # Not inside the handler: the error holds on to what filled the memory.
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    halves = (slice(rows // 2), slice(rows // 2, None))
    return [one for at in halves for one in in_parts(forward, *(array[at] for array in arrays))]


@contextmanager
def bounded(batch: int, longest: int, device: str) -> Iterator[None]:
    """Make full memory an error for people.

    Args:
        batch: records in memory at once.
        longest: subwords of the longest training input.
        device: cpu or cuda.

    Raises:
        OutOfMemoryError: naming both.
    """
    try:
        yield
    except (RuntimeError, MemoryError) as error:
        if not is_exhausted(error):
            raise
        where = "the processor's memory" if device == "cpu" else "the GPU's memory"
        raise OutOfMemoryError(
            f"{where} cannot hold a training batch of {batch} (the longest input has {longest:,} "
            "subwords)"
        ) from error

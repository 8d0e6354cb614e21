"""What depends on the processor: bf16, threads, seeds, memory."""

import random
import resource
from pathlib import Path

import numpy as np
import torch

from goldsmith.settings import cores


def has_bf16(device: str) -> bool:
    """Whether the processor or GPU computes in bfloat16 natively."""
    if device != "cpu":
        return torch.cuda.is_bf16_supported(including_emulation=False)
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags or " bf16 " in flags


def seed_everything(seed: int) -> None:
    """Seed Python, NumPy and torch, and use the cores that this process owns."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(cores())


def peak_memory(device: str) -> int:
    """Peak memory of this process (of the GPU, where there is one) in MiB."""
    if device != "cpu":
        return torch.cuda.max_memory_allocated() >> 20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10

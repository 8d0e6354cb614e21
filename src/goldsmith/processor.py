"""Which processor this is: figures are equal to the last digit on an equal one only."""

import platform
from pathlib import Path
from typing import Any

from goldsmith.settings import cores

CPU_INFO = Path("/proc/cpuinfo")
GPU_INFO = Path("/proc/driver/nvidia/gpus")


def facts() -> dict[str, Any]:
    """Model of the processor, threads that this process computes with, models of the GPUs."""
    return {"processor": name(), "threads": cores(), "gpus": gpus()}


def name() -> str:
    """The processor's model, as Linux names it; its architecture where it names none."""
    return _field(CPU_INFO, "model name") or platform.processor() or platform.machine()


def gpus() -> list[str]:
    """The models of the NVIDIA GPUs, in the order of their bus addresses."""
    found = (_field(one, "Model") for one in sorted(GPU_INFO.glob("*/information")))
    return [one for one in found if one]


def _field(file: Path, wanted: str) -> str:
    """The first value of a name in lines of `name : value`."""
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    pairs = (line.partition(":") for line in lines)
    return next((value.strip() for key, _, value in pairs if key.strip() == wanted), "")

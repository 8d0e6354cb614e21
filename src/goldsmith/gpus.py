"""Which NVIDIA GPUs this process may use, without loading CUDA."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

DRIVER = Path("/proc/driver/nvidia")
NODES = Path("/dev")
VISIBLE = "CUDA_VISIBLE_DEVICES"


def visible(
    environ: Mapping[str, str] = os.environ, driver: Path = DRIVER, nodes: Path = NODES
) -> dict[str, str]:
    """The GPUs, in CUDA's order: what CUDA_VISIBLE_DEVICES calls each, and its one name here.

    A GPU's name on the machine is its PCI address, which is the same for every process, whether it
    calls the GPU by number or by UUID, and in a container, which counts from 0 again.

    Args:
        environ: variables of the process.
        driver: folder in which the driver lists GPUs.
        nodes: folder of the device files; a GPU that has none here is not ours to use.
    """
    if not (driver / "version").exists():
        return {}
    found = _installed(driver, nodes)
    asked = environ.get(VISIBLE)
    if asked is None:
        return {str(place): address for place, (address, _) in enumerate(found)}
    named: dict[str, str] = {}
    for token in (one.strip() for one in asked.split(",")):
        name = _name(token, found)
        if name is None:  # as CUDA reads it: what stands behind a device that is none is not used
            break
        named[token] = name
    return named


def _installed(driver: Path, nodes: Path) -> list[tuple[str, str]]:
    """(PCI address, UUID) of each GPU; one without either where a driver lists none."""
    found = []
    for file in sorted(driver.glob("gpus/*/information")):
        text = file.read_text(encoding="utf-8", errors="replace")
        facts = dict(re.findall(r"^([^:\n]+):[ \t]*(\S*)", text, re.MULTILINE))
        if (nodes / f"nvidia{facts.get('Device Minor', '')}").exists():
            found.append((file.parent.name, facts.get("GPU UUID", "")))
    return found or [("gpu", "")]


def _name(token: str, found: list[tuple[str, str]]) -> str | None:
    if token.isdigit():
        return found[int(token)][0] if int(token) < len(found) else None
    if token.startswith("GPU-"):
        return next((address for address, uuid in found if uuid.startswith(token)), token)
    return token if token.startswith("MIG-") else None

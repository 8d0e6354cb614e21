"""What `goldsmith doctor` looks at. Imports no heavy library: versions come from metadata."""

import os
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from goldsmith import config, gpus, mirror
from goldsmith.errors import GoldsmithError, listed
from goldsmith.settings import Settings, cores
from goldsmith.stages.train import gpus_for

PACKAGES = ("prefect", "torch", "transformers", "datasets", "mlflow", "dvc", "great_expectations",
            "optimum-onnx", "onnxruntime", "boto3")  # fmt: skip
LEAST_DISK_GB = 3.0


class Finding(NamedTuple):
    """One thing that was looked at."""

    what: str
    ok: bool
    found: str
    remedy: str = ""


def findings() -> list[Finding]:
    """Everything, in the order of the table."""
    found = [
        _python(),
        *(_package(name) for name in PACKAGES),
        _accelerator(),
        _disk(),
        _tool("git"),
    ]
    settings = Settings()
    found += [_reach("MLflow store", settings.tracking_uri, _check_mlflow), _prefect()]
    if settings.mirror:
        found.append(_reach("artifact mirror", settings.mirror, _check_mirror))
    return found + [one for name in config.names() for one in of_use_case(name)]


def of_use_case(name: str) -> list[Finding]:
    """Whether a use case's file is sound and its base is there; and its data, if they are far.

    Of what is on a hub only the commit is asked for.
    """
    found = f"profile {Settings().profile} would run"
    try:
        loaded: Any = config.load_any(name)
    except GoldsmithError as error:
        return [Finding(f"use case {name}", False, found, str(error))]
    if loaded.kind == "evaluation":
        from goldsmith.pipeline.sides import pinned_sides

        return [_reach(f"use case {name}", found, lambda: pinned_sides(loaded))]
    findings = [_reach(f"use case {name}", found, loaded.model.pinned)]
    if loaded.compute.gpus:
        wanted = f"{loaded.compute.gpus} wanted"
        findings.append(_reach(f"GPUs of {name}", wanted, lambda: gpus_for(loaded.compute)))
    if loaded.source.facts is not None:
        place = f"{loaded.source.kind}: {loaded.source.location}"
        findings.append(_reach(f"data of {name}", place, loaded.source.pinned))
    return findings


def _python() -> Finding:
    return Finding(
        "python",
        sys.version_info >= (3, 11),
        sys.version.split()[0],
        "install Python 3.11 or newer",
    )


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(name, False, "not installed", "pip install 'goldsmith[train]'")


def _accelerator() -> Finding:
    if found := gpus.visible():
        text = f"NVIDIA GPU {listed(list(found), 8)}: training takes one, or as compute.gpus says"
        return Finding("accelerator", True, text)
    flags = _cpu_flags()
    bf16 = "with bf16" if "amx_bf16" in flags or "avx512_bf16" in flags else "fp32 only"
    return Finding("accelerator", True, f"CPU, {cores()} core(s), {bf16}")


def _cpu_flags() -> str:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""


def _disk() -> Finding:
    home = Settings().home.absolute()
    place = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(place).free / 1e9
    remedy = "" if free > LEAST_DISK_GB else "free some space, or set GOLDSMITH_HOME elsewhere"
    return Finding("disk", free > LEAST_DISK_GB, f"{free:.0f} GB free at {home}", remedy)


def _tool(name: str) -> Finding:
    path = shutil.which(name)
    return Finding(name, path is not None, path or "not found", "" if path else f"install {name}")


def _prefect() -> Finding:
    url = os.environ.get("PREFECT_API_URL", "")
    if not url:
        return Finding("Prefect", True, "no PREFECT_API_URL: runs start a temporary server")
    from urllib.request import urlopen

    def ask() -> None:
        try:
            urlopen(f"{url.rstrip('/')}/health", timeout=5).close()
        except OSError as error:
            raise GoldsmithError(f"does not answer: {error}") from None

    return _reach("Prefect", url, ask)


def _reach(what: str, found: str, check: Callable[[], object]) -> Finding:
    try:
        check()
    except GoldsmithError as error:
        return Finding(what, False, found, str(error))
    return Finding(what, True, found)


def _check_mirror() -> None:
    settings = Settings()
    mirror.check(settings.mirror, settings.artifacts)


def _check_mlflow() -> None:
    from goldsmith.registry import store

    store.check()

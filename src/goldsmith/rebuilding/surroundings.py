"""What a run is made in and no clone brings along: installed libraries, processor, threads."""

import re
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from goldsmith import processor
from goldsmith.artifacts import file_sha256
from goldsmith.errors import GoldsmithError
from goldsmith.settings import cores
from goldsmith.stages import passport as passports
from goldsmith.stages.passport import LOCK_FILE

CPU = "cpu"
COMPUTED = ("train", "evaluate", "export")  # stages whose figures depend on the machine


def other_libraries(passport: Mapping[str, Any], folders: tuple[Path, ...]) -> list[str]:
    """The installed libraries that are not those of the version, in words.

    By the version's lock file where one of the folders has it, and by what its passport names.
    """
    found = {
        name: (then, now)
        for name, then in passport.get("libraries", {}).items()
        if name != "goldsmith" and (now := passports.libraries().get(name, "not installed")) != then
    }
    for name, then in _pins(passport.get("lock_sha256", ""), folders).items():
        now = _installed(name)
        if now.partition("+")[0] != then:
            found.setdefault(name, (then, now))
    return [f"{name} {now} (then {then})" for name, (then, now) in sorted(found.items())]


def lock_said(passport: Mapping[str, Any], folders: tuple[Path, ...]) -> str:
    """By which list the libraries were compared, in words."""
    expected = passport.get("lock_sha256", "")
    if not expected:
        return f"by the passport; there was no {LOCK_FILE}"
    held = bool(_pins(expected, folders))
    return f"by {LOCK_FILE} of then" if held else f"by the passport; its {LOCK_FILE} is not here"


def _pins(expected: str, folders: tuple[Path, ...]) -> dict[str, str]:
    """The versions of the lock file with this sha256; none where it is not there."""
    for file in (folder / LOCK_FILE for folder in folders):
        if expected and file.is_file() and file_sha256(file) == expected:
            lines = file.read_text(encoding="utf-8").splitlines()
            found = (re.match(r"([\w.-]+)(?:\[[^]]*\])?==([^\s;]+)", line) for line in lines)
            return {one[1].lower(): one[2].partition("+")[0] for one in found if one}
    return {}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def threads(passport: Mapping[str, Any]) -> int:
    """As many threads as the version was trained with, where this process has so many cores."""
    then = passport.get("machines", {}).get("train", {}).get("threads")
    return min(then, cores()) if then else cores()


def other_machine(passport: Mapping[str, Any]) -> str:
    """Why equal figures cannot be expected of this machine, in words; empty where they can."""
    machines = passport.get("machines", {})
    if not all(stage in machines for stage in COMPUTED):
        return "the passport does not say on which processor it was made"
    if passport["config"].get("compute", {}).get("device") != CPU and machines["train"]["gpus"]:
        return f"it was trained on {machines['train']['gpus'][0]}, where sums come in any order"
    here = {"processor": processor.name(), "threads": threads(passport)}
    for stage in COMPUTED:
        for name, now in here.items():
            if machines[stage][name] != now:
                return f"{stage} ran on another: {name} {machines[stage][name]}, here {now}"
    if processor.gpus() and passport["config"].get("compute", {}).get("device") != CPU:
        return f"it was trained on the processor, and here is {processor.gpus()[0]}"
    return ""


def require_device(passport: Mapping[str, Any]) -> str:
    """Refuse to begin what needs a GPU on a machine without one.

    Raises:
        GoldsmithError: it does.
    """
    if passport["config"].get("compute", {}).get("device") == "cuda" and not processor.gpus():
        raise GoldsmithError(
            "compute.device is cuda, and this machine has no NVIDIA GPU: run this where one is"
        )
    here = processor.facts()
    return ", ".join([here["processor"], f"{threads(passport)} thread(s)", *here["gpus"]])

"""The base model that a version was trained from, held to the sha256 of its files."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldsmith import bases
from goldsmith.errors import GoldsmithError, listed
from goldsmith.rebuilding.place import Place


def find(passport: Mapping[str, Any], place: Place, project: Path) -> str:
    """See that the run will find the base model as training read it; where, in words.

    Raises:
        GoldsmithError: it is gone, or another.
    """
    known = passport.get("base") or {}
    name, commit, wanted = known.get("name"), known.get("commit"), known.get("files") or {}
    if not name:
        return "none"
    if commit:
        if bases.here(name, commit) is None:
            bases.pin(name, commit)  # the hub has it, or says what is wrong
            return f"{name} at {commit[:10]}, from the hub"
        _same(name, bases.here(name, commit), wanted)
        return f"{name} at {commit[:10]}, which is here"
    relative = not name.startswith(("packaged:", "/", "~"))
    if relative and (project / name).is_dir() and _same(name, project / name, wanted, strict=False):
        return f"{name} at the commit"
    folder = bases.here(name) or bases.resolve(name)
    _same(name, folder, wanted)
    if relative:
        _copy_base(folder, (project / name).resolve(), place, name)
    return f"{name}, {len(wanted) or 'unknown'} files by their sha256"


def _same(name: str, folder: Path | None, wanted: Mapping[str, str], strict: bool = True) -> bool:
    try:
        found = bases.hashes(folder) if folder else {}
    except OSError:
        found = {}  # a folder without all the files of a base
    other = [file for file, one in wanted.items() if found.get(file) != one]
    if other and strict:
        raise GoldsmithError(
            f"{name} here has another {listed(other)} than the version was trained from: put the one "
            f"of sha256 {wanted[other[0]][:16]}... back"
        )
    return not other


def _copy_base(folder: Path, target: Path, place: Place, name: str) -> None:
    if not target.is_relative_to(place.root.resolve()):
        raise GoldsmithError(
            f"{name} leads out of the project, so a clone elsewhere cannot have it: name bases by "
            "whole paths"
        )
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(folder, target)

"""The version's code and the folder that it was made in, as clean clones at its commits."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldsmith import functions
from goldsmith.errors import GoldsmithError, UserError
from goldsmith.rebuilding.place import Place, write_metadata
from goldsmith.stages.passport import LOCK_FILE
from goldsmith.verifying import code as verifying
from goldsmith.verifying.items import CHANGED, HOLDS
from goldsmith.versioning import cloning, code, git, tombstones


@dataclass(frozen=True)
class Laid:
    """Code or project, laid out.

    Attributes:
        said: where from, in words.
        path: what comes first on Python's path; empty where the installed code is the version's.
        folder: the top of the clone; of a project, the folder in it that the run works in.
    """

    said: str
    path: tuple[Path, ...] = ()
    folder: Path | None = None


def lay_code(passport: Mapping[str, Any], place: Place) -> Laid:
    """Clone Goldsmith's code at the version's commit.

    Raises:
        GoldsmithError: the commit is not known or not here, or the version was made from a tree
            with changes of its own in the code of its stages.
    """
    commit, dirty = _split(passport["commit"])
    if not commit:
        raise GoldsmithError(
            "the passport names no commit: the version was made by code without history"
        )
    top = code.clone()
    if top is None:
        return _installed(passport["commit"])
    if not cloning.has(commit, top):
        raise GoldsmithError(
            f"commit {commit[:10]} is not in the clone {top}: `git fetch` it from where the version "
            "was made, and run this again"
        )
    item = verifying.item(passport)
    if item.state == CHANGED or (dirty and item.state != HOLDS):
        raise GoldsmithError(
            f"{item.detail}; those changes are nowhere to be had: commit them where they are, run "
            "the use case again, and that version can be made anew"
        )
    _cloned(top, commit, place.code)
    write_metadata(place)
    beside = ", its changes in no stage's code" if dirty else ""
    said = f"commit {commit[:10]} of {top}{beside}"
    return Laid(said, (place.metadata, place.code / "src", place.code), place.code)


def _installed(wanted: str) -> Laid:
    """The installed wheel, if it was built from the very commit."""
    here = code.commit()
    if here == wanted and not wanted.endswith(git.DIRTY):
        return Laid(f"the installed goldsmith, which was built from commit {wanted[:10]}")
    built = f"built from {here[:10]}" if here else "of no commit that is known"
    raise GoldsmithError(
        f"commit {wanted} is needed, and the installed goldsmith is {built}: install that one, or "
        "run this from a clone of Goldsmith's repository"
    )


def lay_project(passport: Mapping[str, Any], place: Place, laid: Laid | None) -> Laid:
    """Clone the folder that the version was made in, at its commit; of one outside git, what counts.

    Raises:
        GoldsmithError: this folder is no clone of it, or a function's file is another.
    """
    commit, _ = _split(passport.get("project_commit") or "")
    if not commit:
        return _assembled(passport, place)
    here = Path.cwd()
    try:
        top = git.root(here)
    except UserError:
        raise GoldsmithError(
            f"the version was made in a clone at commit {commit[:10]}, and {here} is in no git "
            "repository: run this in a clone of that project"
        ) from None
    if not cloning.has(commit, top):
        raise GoldsmithError(
            f"commit {commit[:10]} is not in the clone {top}: `git fetch` it from where the version "
            "was made, and run this again"
        )
    shared = laid is not None and laid.folder is not None and code.clone() == top
    same = shared and _split(passport["commit"])[0] == commit
    folder = place.code if same else place.project
    if not same:
        _cloned(top, commit, folder)
    inside = folder / git.relative(here, top)
    inside.mkdir(parents=True, exist_ok=True)
    return Laid(f"commit {commit[:10]} of {top}", folder=inside)


def _assembled(passport: Mapping[str, Any], place: Place) -> Laid:
    """Of a folder without history: the functions that the stages call, tombstones, lock file."""
    shutil.rmtree(place.project, ignore_errors=True)
    place.project.mkdir()
    for file, digest in _functions(passport).items():
        here = Path(file)
        if not here.is_file() or functions.file_digest(here.name, here.read_bytes()) != digest:
            raise GoldsmithError(
                f"{file}, which a stage called, is {'another' if here.is_file() else 'not here'} "
                "now, and the version was made in a folder without history: put it back as it was"
            )
        _copy(here, place.project / here)
    for beside in (tombstones.file(passport["use_case"]), Path(LOCK_FILE)):
        if beside.is_file():
            _copy(beside, place.project / beside)
    said = "this folder, which is in no git repository: settings by the passport, data by their md5"
    return Laid(said, folder=place.project)


def _functions(passport: Mapping[str, Any]) -> dict[str, str]:
    """The project's files of functions in the stages' keys, by path, with their digests."""
    return {
        name.removeprefix(functions.PROJECT): digest
        for made_from in passport.get("stages", {}).values()
        for name, digest in made_from["code"].items()
        if name.startswith(functions.PROJECT)
    }


def _cloned(top: Path, commit: str, out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    cloning.clone(top, commit, out)


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)


def _split(commit: str) -> tuple[str, bool]:
    return commit.removesuffix(git.DIRTY), commit.endswith(git.DIRTY)


def environment(laid: Laid) -> dict[str, str]:
    """PYTHONPATH on which the version's code comes first."""
    path = [*map(str, laid.path), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    return {"PYTHONPATH": os.pathsep.join(path)}

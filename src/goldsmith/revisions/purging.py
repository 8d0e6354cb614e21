"""Deleting for good: objects of DVC's cache and remotes, and artifacts, that hold records."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from goldsmith import mirrored, pipeline
from goldsmith.artifacts import Artifact
from goldsmith.errors import DataError, GoldsmithError
from goldsmith.mirrored import Mirrored
from goldsmith.revisions import holders
from goldsmith.revisions.holders import Revision
from goldsmith.revisions.workplace import Workplace
from goldsmith.versioning import git, pointers
from goldsmith.versioning.objects import Objects
from goldsmith.versioning.stores import location
from goldsmith.versioning.tombstones import Tombstones

LOCK_FILE = "dvc.lock"
OUTS = ("load", *holders.REPORTS)


@dataclass(frozen=True)
class Plan:
    """What a purge will delete.

    Attributes:
        stores: where objects are deleted from: the cache and every remote.
        objects: md5 of those that hold the records.
        kept: md5 of those that hold them too, but that another pointer names.
        artifacts: of this machine's artifact store.
        folders: outputs of `dvc repro` in the working tree.
        mirrored: (stage, key) of artifacts in the mirror.
    """

    stores: tuple[str, ...]
    objects: tuple[str, ...]
    kept: tuple[str, ...]
    artifacts: tuple[Artifact, ...]
    folders: tuple[str, ...]
    mirrored: tuple[tuple[str, str], ...] = ()

    def lines(self) -> list[str]:
        """The plan in words."""
        found = [f"object {name} from {', '.join(self.stores)}" for name in self.objects]
        found += [f"artifact {one.stage}/{one.key[:12]}" for one in self.artifacts]
        found += [f"artifact {stage}/{key[:12]} in the mirror" for stage, key in self.mirrored]
        return found + [f"folder {name}" for name in self.folders]

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "stores": list(self.stores),
            "objects": list(self.objects),
            "kept": list(self.kept),
            "artifacts": [f"{one.stage}/{one.key}" for one in self.artifacts],
            "folders": list(self.folders),
            "mirrored": [f"{stage}/{key}" for stage, key in self.mirrored],
        }


def plan(
    where: Workplace, objects: Objects, revisions: Sequence[Revision], stones: Tombstones
) -> Plan:
    """Find out what a purge would delete; deletes nothing.

    Raises:
        UserError: a remote is not configured well.
        StoreError: the cache or a remote cannot be asked.
    """
    holding = {name for one in revisions for name in one.files}
    outputs = _outputs(where, objects)
    shared = _shared(where, objects)
    wanted = (holding | outputs) - shared
    targets = _stores(objects)
    for one in targets:  # a store that cannot be asked stops the purge before anything is deleted
        objects.missing(one, wanted)
    certain = any(one.holds for one in revisions)
    here = holders.artifacts(where, stones, certain)
    folders = [pipeline.out_path(pipeline.stage(name), where.config.name) for name in OUTS]
    return Plan(
        tuple(location(one) for one in targets),
        tuple(sorted(wanted)),
        tuple(sorted(holding & shared)),
        tuple(here),
        tuple(str(folder) for folder in folders if folder.exists()),
        tuple(holders.in_mirror(where)) if here or certain else (),
    )


def _stores(objects: Objects) -> list[Any]:
    """The remotes, then the cache: a purge that fails half way finds the records there again."""
    return [*(objects.remote(name) for name in objects.remotes()), objects.cache]


def _outputs(where: Workplace, objects: Objects) -> set[str]:
    """Objects that any committed `dvc repro` of this use case left: they hold or quote records."""
    top = git.root(where.path)
    texts = [git.text_at(one, LOCK_FILE, top) for one in git.commits_of(LOCK_FILE, top)]
    if (top / LOCK_FILE).is_file():
        texts.append((top / LOCK_FILE).read_text(encoding="utf-8", errors="replace"))
    found: set[str] = set()
    for md5 in {md5 for text in texts for md5 in _outs(text or "", where.config.name)}:
        found |= _files(objects, md5)
    return found


def _outs(text: str, name: str) -> list[str]:
    try:
        stages: dict[str, Any] = yaml.safe_load(text)["stages"]
        wanted = [stages[f"{stage}@{name}"] for stage in OUTS if f"{stage}@{name}" in stages]
        return [str(out["md5"]) for one in wanted for out in one.get("outs", ())]
    except (yaml.YAMLError, KeyError, TypeError):
        return []


def _shared(where: Workplace, objects: Objects) -> set[str]:
    """Objects that other pointers of the working tree name: deleting them would break those."""
    own = pointers.beside(where.path).absolute()
    found: set[str] = set()
    top = git.root(where.path)
    pattern = ("--", f"*{pointers.SUFFIX}")
    names = git.run("ls-files", "-z", "-co", "--exclude-standard", *pattern, at=top) or ""
    for file in (top / name for name in names.split("\0") if name):
        if not file.is_file() or file.resolve() == own.resolve():
            continue
        try:
            text = file.read_text(encoding="utf-8", errors="replace")
            found |= _files(objects, pointers.parse(text, file.with_suffix(""), str(file)).md5)
        except DataError:
            continue
    return found


def _files(objects: Objects, md5: str) -> set[str]:
    """The objects behind an md5; those of a listing that cannot be had are nobody's here."""
    try:
        return {name for _, name in objects.files(pointers.Pointer(Path(LOCK_FILE), md5))}
    except GoldsmithError:
        return set()


def carry_out(found: Plan, objects: Objects) -> int:
    """Delete what the plan says; returns how many objects and artifacts were there.

    Raises:
        StoreError: a store refuses; what was deleted until then stays so, and a next purge goes on.
    """
    count = 0
    for store in _stores(objects):
        count += len(objects.delete(store, found.objects))
    home = mirrored.store()
    for one in found.artifacts:
        home.delete(one.stage, one.key)
    if isinstance(home, Mirrored):
        count += home.forget(found.mirrored)
    for name in found.folders:
        shutil.rmtree(name, ignore_errors=True)
    return count + len(found.artifacts)

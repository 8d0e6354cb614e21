"""Who holds certain records: revisions of the goldens, registered versions, artifacts."""

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goldsmith import config as configs
from goldsmith import mirrored, versioning
from goldsmith.artifacts import Artifact, Store, read_manifest
from goldsmith.errors import DataError, GoldsmithError
from goldsmith.mirrored import Mirrored
from goldsmith.records import Record
from goldsmith.revisions.workplace import Say, Workplace
from goldsmith.settings import Settings
from goldsmith.stages import load
from goldsmith.versioning import pointers
from goldsmith.versioning.objects import Objects
from goldsmith.versioning.pointers import Pointer
from goldsmith.versioning.tombstones import Tombstone, Tombstones

REPORTS = ("prepare", "validate_raw", "validate_prepared", "evaluate", "judge")
"""Stages whose results hold records, or may quote them; a next run makes them again."""


@dataclass(frozen=True)
class Revision:
    """One state of the goldens in git's history.

    Attributes:
        commit: one that has it; `working tree` for a pointer that git does not have.
        md5: that its pointer names.
        loaded_md5: that `load` computes of the files that the reader reads, as versions carry it.
        holds: how many of the records are in it; None where that could not be told.
        files: md5 of each of its files that holds some.
        stones: the tombstones of those.
        why: it could not be told.
    """

    commit: str
    md5: str
    loaded_md5: str = ""
    holds: int | None = None
    files: tuple[str, ...] = ()
    stones: frozenset[Tombstone] = frozenset()
    why: str = ""


@dataclass
class History:
    """The revisions of a use case's goldens, read once."""

    place: Workplace
    objects: Objects
    say: Say
    _known: dict[str, list[frozenset[Tombstone]]] = field(default_factory=dict)

    def states(self) -> list[tuple[str, Pointer]]:
        """(commit, pointer) of every state, the working tree's own first if git lacks it."""
        found = pointers.history(self.place.path)
        current = pointers.read(self.place.path)
        if current and current.md5 not in {pointer.md5 for _, pointer in found}:
            found.insert(0, ("working tree", current))
        return found

    def search(self, stones: Tombstones) -> list[Revision]:
        """Look into every state for the records of these tombstones."""
        return [self._look(commit, pointer, stones) for commit, pointer in self.states()]

    def _look(self, commit: str, pointer: Pointer, stones: Tombstones) -> Revision:
        short = commit if " " in commit else commit[:10]
        try:
            with self.fetched(pointer) as root:
                files = self.place.files(root)
                loaded = versioning.md5(files, single=not pointer.is_folder)
                held = self._held(files, stones)
        except GoldsmithError as error:
            return Revision(short, pointer.md5, why=str(error))
        holding = tuple(sorted(name for name, found in held.items() if found))
        every = [found for name in holding for found in held[name]]
        if self.place.together:
            every = held[holding[0]] if holding else []
        return Revision(short, pointer.md5, loaded, len(every), holding, frozenset().union(*every))

    @contextlib.contextmanager
    def fetched(self, pointer: Pointer) -> Iterator[Path]:
        """A copy of a state's data, for a `with` block."""
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / pointer.path.name
            yield self.objects.copy_out(pointer, target, self.say)

    def _held(self, files: list[Path], stones: Tombstones) -> dict[str, list[frozenset[Tombstone]]]:
        """By md5 of each file: for each record that it holds, the record's tombstones.

        What is read from several files at once, such as queries, each of those is said to hold.
        """
        reader = self.place.reader
        names = {versioning.md5([file], single=True): file for file in files}
        if self.place.together:
            found = _matches(reader.read(files, self.place.path), stones)
            return dict.fromkeys(names, found)
        for name, file in names.items():
            if name not in self._known:
                self._known[name] = _matches(reader.read([file], file), stones)
        return {name: self._known[name] for name in names}


def _matches(records: Iterable[Record], stones: Tombstones) -> list[frozenset[Tombstone]]:
    return [frozenset(found) for record in records if (found := stones.matching(record))]


@dataclass(frozen=True)
class TrainedOn:
    """A registered version, and whether the data that it was made from held the records."""

    model: str
    version: int
    aliases: tuple[str, ...]
    data_md5: str
    held: bool | None

    @property
    def shown(self) -> str:
        """As people write it."""
        names = f" ({', '.join(self.aliases)})" if self.aliases else ""
        return f"{self.model} version {self.version}{names}"


def versions(name: str, revisions: list[Revision], stones: Tombstones) -> list[TrainedOn]:
    """Every registered version of a use case, of all its profiles.

    Raises:
        StoreError: MLflow cannot be reached.
    """
    held = {one.loaded_md5: bool(one.holds) for one in revisions if one.holds is not None}
    held |= {one.md5: bool(one.holds) for one in revisions if one.holds is not None}
    # What was found before it was purged.
    held |= {md5: True for one in stones.stones for md5 in one.revisions}
    return [
        TrainedOn(model, number, aliases, md5, held[md5] if md5 in held else _in_store(md5, stones))
        for model, number, aliases, md5 in _registered(name)
    ]


def _registered(name: str) -> Iterator[tuple[str, int, tuple[str, ...], str]]:
    uri = Settings().tracking_uri
    if uri.startswith("sqlite:///") and not Path(uri.removeprefix("sqlite:///")).is_file():
        return  # asking would make an empty registry
    from goldsmith.registry import versions as registry

    for profile in configs.profiles(name):
        model = name if profile == "full" else f"{name}.{profile}"
        for one in registry.all_versions(model):
            yield model, one.number, one.aliases, one.tags.get("data_md5", "")


def _in_store(md5: str, stones: Tombstones) -> bool | None:
    """Whether the loaded records of these data held them; None if this machine has them no more."""
    found = None
    for artifact in Store(Settings().artifacts).all("load") if md5 else ():
        facts = load.read_facts(artifact.folder)
        if facts["md5"] != md5:
            continue
        if any(map(stones.covers, load.read_records(artifact.folder))):
            return True
        # One that left forgotten records out says nothing about those that were loaded before; nor
        # does one whose records were changed after they were read.
        found = found if facts.get("forgotten") or facts.get("functions") else False
    return found


def artifacts(place: Workplace, stones: Tombstones, certain: bool) -> list[Artifact]:
    """The artifacts on this machine that hold the records, or that may quote them.

    Args:
        place: the goldens.
        stones: of the records.
        certain: whether it is known already that a run has seen the records.
    """
    store, name = Store(Settings().artifacts), place.config.name
    found = [one for one in store.all("snapshot") if _snapshot_holds(place, one, stones)]
    for one in store.all("load"):
        if _about(one).get("use_case") != name:
            continue
        changed = bool(load.read_facts(one.folder).get("functions"))
        if (changed and (found or certain)) or any(
            map(stones.covers, load.read_records(one.folder))
        ):
            found.append(one)
    if found or certain:
        for stage in REPORTS:
            found += [one for one in store.all(stage) if _about(one).get("use_case") == name]
    return found


def in_mirror(place: Workplace) -> list[tuple[str, str]]:
    """(stage, key) of what the mirror keeps of a use case's goldens, or that may quote them.

    All of it, whichever records it holds: it would have to be downloaded to tell, and a next run
    makes what it needs.
    """
    store = mirrored.store()
    if not isinstance(store, Mirrored):
        return []
    source: Any = place.config.source
    paths = (source.path, str(place.path))
    found = [
        (one.stage, one.key) for one in store.kept("snapshot") if one.about.get("path") in paths
    ]
    for stage in ("load", *REPORTS):
        ours = (one for one in store.kept(stage) if one.about.get("use_case") == place.config.name)
        found += [(one.stage, one.key) for one in ours]
    return found


def _about(artifact: Artifact) -> dict[str, Any]:
    manifest = read_manifest(artifact.folder)
    return dict(manifest["about"]) if manifest else {}


def _snapshot_holds(place: Workplace, artifact: Artifact, stones: Tombstones) -> bool:
    source: Any = place.config.source
    if _about(artifact).get("path") not in (source.path, str(place.path)):
        return False
    try:
        files = place.reader.files(artifact.folder)
        return any(map(stones.covers, place.reader.read(files, artifact.folder)))
    except DataError:
        return True  # goldens that were refused: nobody needs them, and they may hold the records


def unreadable(revisions: list[Revision]) -> list[Revision]:
    """Those of which it could not be told."""
    return [one for one in revisions if one.holds is None]

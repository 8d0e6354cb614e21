"""The artifact store with a mirror: what one machine has made, the others find.

In the mirror an artifact is its manifest, `artifacts/<stage>/<key>.json`, written last, and its
files by content, `files/<sha256>`.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from goldsmith import mirror
from goldsmith.artifacts import (
    MANIFEST,
    PARTIAL,
    SCHEMA,
    Artifact,
    Store,
    content_of_files,
    writing,
)
from goldsmith.errors import StoreError
from goldsmith.mirror import DamagedError, Place
from goldsmith.settings import Settings
from goldsmith.storage import Object

ARTIFACTS, FILES = "artifacts", "files"
Say = Callable[[str], None]


def store(say: Say = lambda text: None) -> Store:
    """The artifact store of this machine, with the mirror that GOLDSMITH_ARTIFACTS names, if any.

    Args:
        say: takes what people should know: an artifact that was fetched, one that is damaged.

    Raises:
        ConfigError: GOLDSMITH_ARTIFACTS is neither a folder nor `s3://bucket/prefix`.
    """
    settings = Settings()
    place = mirror.opened(settings.mirror)
    return Mirrored(settings.artifacts, place, say) if place else Store(settings.artifacts)


class Kept(NamedTuple):
    """An artifact in a mirror.

    Attributes:
        stage, key: which.
        about: of its manifest.
        files: sha256 of each; other artifacts may have some of them too.
        size: of its files, in bytes.
        written: when it was sent, in seconds since 1970.
        readable: whether its manifest can be read; else about, files and size are empty.
    """

    stage: str
    key: str
    about: dict[str, Any]
    files: frozenset[str]
    size: int
    written: float
    readable: bool


class Mirrored(Store):
    """A store whose finished artifacts are sent to a mirror, and looked for there first."""

    def __init__(self, root: Path, place: Place, say: Say = lambda text: None) -> None:
        super().__init__(root)
        self.place, self._say = place, say
        self._damaged: set[str] = set()  # manifests here and now

    def ensure(
        self,
        stage: str,
        key: str,
        make: Callable[[Path], None],
        about: Mapping[str, Any] | None = None,
        on_wait: Callable[[], None] | None = None,
    ) -> Artifact:
        """As `Store.ensure`; what is not here is fetched, and what is not in the mirror is sent.

        Raises:
            StoreError: also where the mirror cannot be reached; what was made is kept.
        """
        found = super().ensure(stage, key, make, about, on_wait)
        self._send(found)
        return found

    def content(self, stage: str, key: str) -> str | None:
        """As `Store.content`, of an artifact here or in the mirror; downloads nothing."""
        here = super().content(stage, key)
        if here is not None:
            return here
        manifest = self._manifest(stage, key)
        return str(manifest["content"]) if manifest else None

    def kept(self, stage: str = "") -> Iterator[Kept]:
        """Every artifact in the mirror, or of one stage."""
        for one in self.place.listed(f"{ARTIFACTS}/{stage}".rstrip("/")):
            key, manifest = PurePosixPath(one.name), _parsed(self.place.read(one.name))
            found = manifest or {"about": {}, "sizes": {}, "files": {}}
            yield Kept(
                key.parent.name,
                key.stem,
                dict(found["about"]),
                frozenset(found["files"].values()),
                sum(found["sizes"].values()),
                one.written,
                manifest is not None,
            )

    def forget(self, names: Iterable[tuple[str, str]]) -> int:
        """Delete artifacts, by (stage, key), from the mirror, and the files that no other one has.

        Returns:
            How many of them were there.

        Raises:
            StoreError: the mirror cannot be reached or refuses.
        """
        gone = set(names)
        held = {(one.stage, one.key): one.files for one in self.kept()}
        there = gone & held.keys()
        needed = frozenset[str]().union(*(held[one] for one in held.keys() - gone))
        files = frozenset[str]().union(*(held[one] for one in there)) - needed
        # The manifests first: nobody may find one whose files are going.
        self.place.delete(sorted(_name(*one) for one in there))
        self.place.delete([mirror.blob_name(FILES, one) for one in sorted(files)])
        return len(there)

    def unlisted(self, before: float) -> list[Object]:
        """Files in the mirror that no artifact has: their sender was killed.

        None where a manifest cannot be read, as a newer Goldsmith's: nobody knows its files.

        Args:
            before: only those that were written before, in seconds since 1970; the artifact of a
                younger one may be on its way.
        """
        old = [one for one in self.place.listed(FILES) if one.written < before]
        kept = list(self.kept()) if old else []
        known = {mirror.blob_name(FILES, file) for one in kept for file in one.files}
        readable = all(one.readable for one in kept)
        return [one for one in old if one.name not in known] if readable else []

    def _make(
        self, stage: str, key: str, make: Callable[[Path], None], about: dict[str, Any]
    ) -> Artifact:
        return self._fetch(stage, key) or super()._make(stage, key, make, about)

    def _fetch(self, stage: str, key: str) -> Artifact | None:
        """Download an artifact under the key's lock; None if there is none, or it is damaged."""
        name = _name(stage, key)
        said = self.place.read(name)
        if said is None:
            return None
        folder = self.root / stage / key
        partial = folder.with_name(f"{PARTIAL}{key}")
        with writing(folder):
            for left_over in (partial, folder):
                shutil.rmtree(left_over, ignore_errors=True)
            partial.mkdir(parents=True)
            try:
                manifest = _checked(said, stage, key)
                mirror.fetch(self.place, FILES, manifest["files"], partial)
                (partial / MANIFEST).write_bytes(said)
                partial.rename(folder)
            except DamagedError as error:
                self._damaged.add(name)
                self._say(
                    f"warning: {stage}/{key[:12]} in {self.place.shown}: {error}: it is made anew"
                )
                return None
            finally:
                shutil.rmtree(partial, ignore_errors=True)
        self._say(f"fetched {stage}/{key[:12]} from {self.place.shown}")
        return Artifact(folder, stage, key, manifest["content"], True, manifest["seconds"])

    def _send(self, made: Artifact) -> None:
        """Put an artifact into the mirror, unless it has one under this key."""
        short, name = f"{made.stage}/{made.key[:12]}", _name(made.stage, made.key)
        damaged = name in self._damaged
        try:
            there = None if damaged else self._manifest(made.stage, made.key)
            if there is None:
                text = (made.folder / MANIFEST).read_bytes()
                files = json.loads(text)["files"]
                mirror.send(self.place, FILES, made.folder, files, again=damaged)
                self.place.write(name, text)
                self._damaged.discard(name)
            elif there["content"] != made.content:
                self._say(
                    f"{short}: another machine made it too, and its result differs; that one stays in "
                    f"{self.place.shown}, and this run goes on with its own"
                )
        except StoreError as error:
            raise StoreError(
                f"{short} is done, but was not mirrored: {error}; it is kept in {made.folder}, and "
                "the next run sends it"
            ) from error

    def _manifest(self, stage: str, key: str) -> dict[str, Any] | None:
        return _parsed(self.place.read(_name(stage, key)))


def _name(stage: str, key: str) -> str:
    return f"{ARTIFACTS}/{stage}/{key}.json"


def _parsed(text: bytes | None) -> dict[str, Any] | None:
    """A manifest; None if there is none that can be read."""
    try:
        found = json.loads(text or b"")
        return found if found["schema"] == SCHEMA and found["files"] is not None else None
    except (ValueError, TypeError, KeyError):
        return None


def _checked(text: bytes, stage: str, key: str) -> dict[str, Any]:
    """The manifest of this very artifact.

    Raises:
        DamagedError: it is not.
    """
    found = _parsed(text)
    name = _name(stage, key)
    if found is None or not isinstance(found["files"], dict):
        raise DamagedError(f"{name} is no manifest that can be read")
    if (found.get("stage"), found.get("key")) != (stage, key):
        raise DamagedError(f"{name} is the manifest of another artifact")
    if content_of_files(found["files"]) != found.get("content"):
        raise DamagedError(f"{name} lists other files than its content says")
    return found

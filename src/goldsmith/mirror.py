"""Mirrors: what several machines share of their stores, in a folder or in S3. Knows no artifact.

Files are kept by the sha256 of their content, so that nothing is sent twice; whoever lists files
by name writes that list last, so that nobody sees half of them.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from goldsmith import storage
from goldsmith.errors import ConfigError, StoreError
from goldsmith.shared_folder import VARIABLE, Folder
from goldsmith.storage import Object

MARK = "mirror.json"
SCHEMA = 1


class Place(Protocol):
    """Objects by name, with slashes; `storage.Bucket` is one in S3.

    Every method raises StoreError where the place cannot be reached or refuses.
    """

    shown: str

    def size(self, name: str) -> int | None:
        """Bytes of an object; None if there is none."""

    def read(self, name: str) -> bytes | None:
        """An object; None if there is none."""

    def write(self, name: str, data: bytes) -> None:
        """Make an object whole, or put it in the place of another."""

    def get(self, name: str, path: Path) -> bool:
        """Copy an object to a path; False if there is none."""

    def put(self, path: Path, name: str) -> None:
        """Make an object of a file."""

    def listed(self, folder: str) -> list[Object]:
        """The objects below a folder, by name."""

    def names(self, folder: str) -> list[str]:
        """The names of the objects below a folder, sorted."""

    def delete(self, names: Sequence[str]) -> None:
        """Delete objects; those that are not there are no error."""


def opened(location: str) -> Place | None:
    """The mirror at a location, None for an empty one; asks nobody.

    Raises:
        ConfigError: neither a folder nor `s3://bucket/prefix`.
    """
    if not location:
        return None
    if storage.is_remote(location):
        return storage.Bucket(location)
    if "://" in location:
        raise ConfigError(
            f"{VARIABLE}: {location.partition('://')[0]}:// is no place for it: name a folder or "
            "s3://bucket/prefix"
        )
    return Folder(Path(location).expanduser().absolute())


def check(location: str, store: Path) -> None:
    """Try a mirror before any work: a small file is written and read back.

    Args:
        location: a folder, `s3://bucket/prefix`, or empty for none.
        store: the artifact store that it mirrors, which it may not lie in.

    Raises:
        ConfigError: not such a location, or one within the store.
        StoreError: it is not there, cannot be reached, or refuses; or a newer Goldsmith's.
    """
    place = opened(location)
    if place is None:
        return
    if isinstance(place, Folder):
        _check_folder(Path(place.shown), store)
    said = place.read(MARK)
    if said is not None and _schema(said) > SCHEMA:
        raise StoreError(
            f"{VARIABLE}: {place.shown} was written by a newer Goldsmith: update this one"
        )
    place.write(MARK, json.dumps({"schema": SCHEMA}).encode())
    place.names("artifacts/none")  # deciding what to delete needs leave to list


def _check_folder(folder: Path, store: Path) -> None:
    if folder.resolve().is_relative_to(store.resolve()):
        raise ConfigError(
            f"{VARIABLE}: {folder} lies in the artifact store that it is to mirror: name another"
        )


def _schema(said: bytes) -> int:
    try:
        return int(json.loads(said)["schema"])
    except (ValueError, TypeError, KeyError):
        return 0  # damaged: written anew


class DamagedError(Exception):
    """An object of a mirror that is missing or not what it should be; the message says which."""


def send(
    place: Place,
    at: str,
    folder: Path,
    files: Mapping[str, str],
    again: bool = False,
) -> None:
    """Send those files of a folder that a mirror does not have yet.

    Args:
        place: the mirror.
        at: where it keeps files by their content.
        folder: where they lie.
        files: sha256 by relative path.
        again: send all of them, because one that is there is damaged.

    Raises:
        StoreError: the mirror cannot be reached or refuses.
    """
    for sha256, name in {sha256: name for name, sha256 in files.items()}.items():
        blob = blob_name(at, sha256)
        path = folder / name
        if again or place.size(blob) != path.stat().st_size:
            place.put(path, blob)


def fetch(place: Place, at: str, files: Mapping[str, str], out: Path) -> None:
    """Fill an empty folder with files of a mirror, checking each.

    Raises:
        DamagedError: one is missing, or does not have the hash in its name.
        StoreError: the mirror cannot be reached or refuses.
        OSError: the folder's disk fails.
    """
    for name, sha256 in files.items():
        blob, path = blob_name(at, sha256), out / _safe(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not place.get(blob, path):
            raise DamagedError(f"{blob} ({name}) is missing")
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                raise DamagedError(f"{blob} ({name}) is damaged: its bytes have another sha256")


def blob_name(at: str, sha256: str) -> str:
    """Where a mirror keeps a file of this content."""
    return f"{at}/{sha256[:2]}/{sha256}"


def _safe(name: str) -> str:
    """A relative path that stays below its folder, whatever a list of files says."""
    parts = PurePosixPath(name).parts
    if not parts or parts[0] == "/" or ".." in parts:
        raise DamagedError(f"{name} is no name of a file below a folder")
    return name

"""The md5 by which DVC knows files and folders."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from goldsmith.readers.finding import relative_names

FOLDER = ".dir"  # how the md5 of a folder ends


def md5(files: Sequence[Path], single: bool) -> str:
    """The md5 by which DVC knows a file, or a folder of exactly these files (ending in `.dir`).

    The folder is the innermost one that holds them all.
    A folder's hash is that of the JSON list of its files' hashes, as dvc_data.hashfile.tree does.
    """
    if single:
        return file_md5(files[0])
    names = zip(relative_names(files), files, strict=True)
    return _listing([(name, file_md5(path)) for name, path in names])


def _listing(named: Iterable[tuple[str, str]]) -> str:
    """The md5 of a folder from (relative path, md5) of its files."""
    listing = [{"md5": found, "relpath": name} for name, found in sorted(named)]
    return hashlib.md5(json.dumps(listing, sort_keys=True).encode()).hexdigest() + FOLDER


def hashes(path: Path) -> tuple[str, list[str]]:
    """The md5 by which DVC knows what lies at a path, and those of the files it consists of.

    What a `.dvcignore` leaves out is not left out here.
    """
    if path.is_file():
        found = file_md5(path)
        return found, [found]
    files = sorted(file for file in path.rglob("*") if file.is_file())
    named = [(file.relative_to(path).as_posix(), file_md5(file)) for file in files]
    return _listing(named), [found for _, found in named]


def file_md5(path: Path) -> str:
    """Hex md5 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "md5").hexdigest()

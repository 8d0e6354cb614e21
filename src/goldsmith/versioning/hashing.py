"""The md5 by which DVC knows files and folders."""

import hashlib
import json
from collections.abc import Sequence
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
    listing = [{"md5": file_md5(path), "relpath": name} for name, path in sorted(names)]
    return hashlib.md5(json.dumps(listing, sort_keys=True).encode()).hexdigest() + FOLDER


def file_md5(path: Path) -> str:
    """Hex md5 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "md5").hexdigest()

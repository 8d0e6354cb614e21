"""Data versions: hashes as DVC computes them, and pulling what a DVC pointer names. DVC and git
only."""

import hashlib
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from goldsmith.errors import StoreError


def md5(files: Sequence[Path], single: bool) -> str:
    """The md5 by which DVC knows a file, or a folder of exactly these files (ending in `.dir`).

    A folder's hash is that of the JSON list of its files' hashes, as dvc_data.hashfile.tree does.
    """
    hashes = [(path.name, _file_md5(path)) for path in files]
    if single:
        return hashes[0][1]
    listing = [{"md5": found, "relpath": name} for name, found in sorted(hashes)]
    return hashlib.md5(json.dumps(listing, sort_keys=True).encode()).hexdigest() + ".dir"


def _file_md5(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "md5").hexdigest()


def pull_if_pointer(path: Path) -> None:
    """Fetch data that are not in the working tree but have a `.dvc` pointer beside them.

    Raises:
        StoreError: the pointer's data cannot be had from the cache or the remote.
    """
    pointer = path.with_name(f"{path.name}.dvc")
    if path.exists() or not pointer.is_file():
        return
    from dvc.exceptions import DvcException
    from dvc.repo import Repo

    try:
        with Repo(str(pointer.parent)) as repo:
            repo.pull([str(pointer)])
    except DvcException as error:
        raise StoreError(
            f"{pointer}: its data cannot be pulled: {str(error)[:300]}; check `dvc remote list`"
        ) from error


def commit() -> str:
    """The code's commit, with `+dirty` if the tracked files differ from it; empty outside git."""
    head = _git("rev-parse", "HEAD")
    return f"{head}+dirty" if head and _git("status", "--porcelain", "-uno") else head


def _git(*arguments: str) -> str:
    try:
        found = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return found.stdout.strip()

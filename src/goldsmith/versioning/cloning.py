"""A clean clone of a repository on this machine, at one commit."""

import subprocess
from pathlib import Path

from goldsmith.errors import StoreError
from goldsmith.versioning import git


def has(commit: str, top: Path) -> bool:
    """Whether a repository has a commit."""
    return git.run("cat-file", "-e", f"{commit}^{{commit}}", at=top) is not None


def clone(top: Path, commit: str, out: Path) -> None:
    """Clone a repository into a folder that does not exist yet, with a commit checked out.

    Raises:
        StoreError: git cannot; says what it said.
    """
    quiet = ("-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false")
    _git(*quiet, "clone", "--quiet", "--no-checkout", str(top.absolute()), str(out.absolute()))
    _git(*quiet, "checkout", "--quiet", "--detach", commit, at=out)


def _git(*arguments: str, at: Path | None = None) -> None:
    try:
        done = subprocess.run(["git", *arguments], cwd=at, capture_output=True, text=True)
    except OSError as error:
        raise StoreError(f"git cannot be run: {error.strerror}") from None
    if done.returncode:
        said = " ".join(done.stderr.split())[:300]
        raise StoreError(f"git {arguments[4]} failed: {said or f'status {done.returncode}'}")

"""What git knows: a folder's commit, the commits behind names, files at commits."""

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path

from goldsmith.errors import GoldsmithError, StoreError, UserError, near

DIRTY = "+dirty"
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHOWN = 300  # characters of what git says
_SECRET = re.compile(r"://[^/@\s]+@")


def run(*arguments: str, at: Path | None = None) -> str | None:
    """What a git command prints; None where it fails or git is not there.

    Args:
        arguments: of git.
        at: folder to run it in; the working directory if None.
    """
    try:
        found = subprocess.run(
            ["git", *arguments], cwd=at, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return None
    return found.stdout


def do(*arguments: str, at: Path) -> str:
    """What a git command prints.

    Raises:
        StoreError: it fails; says what git says, without a password in an address.
    """
    # Nobody may sit at the terminal of a scheduled run: a question would wait for ever.
    quiet = {} if sys.stdin and sys.stdin.isatty() else {"GIT_TERMINAL_PROMPT": "0"}
    try:
        found = subprocess.run(
            ["git", *arguments],
            cwd=at,
            env={**os.environ, **quiet, "LC_ALL": "C"},
            stdin=None if not quiet else subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
        )
    except OSError as error:
        raise StoreError(f"git cannot be run: {error.strerror}") from None
    if found.returncode:
        raise StoreError(f"`git {arguments[0]}` in {at} failed: {_said(found.stderr)}")
    return found.stdout


def _said(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    plain = [line for line in lines if not line.startswith("hint:")] or ["it says nothing"]
    return _SECRET.sub("://***@", " / ".join(plain))[:_SHOWN]


def commit(at: Path | None = None) -> str:
    """A folder's commit, with `+dirty` if the tracked files differ from it; empty outside git.

    Args:
        at: the folder; the working directory if None.
    """
    head = (run("rev-parse", "HEAD", at=at) or "").strip()
    return f"{head}{DIRTY}" if head and changed(at) else head


def changed(at: Path | None = None) -> list[str]:
    """The tracked files of a folder's repository that differ from its commit."""
    lines = (run("status", "--porcelain", "-uno", at=at) or "").splitlines()
    return [line[3:] for line in lines]


def root(path: Path) -> Path:
    """The top folder of the git repository that a path lies in, whether or not it exists.

    Raises:
        UserError: it lies in none.
    """
    folder = existing(path)
    found = run("rev-parse", "--show-toplevel", at=folder)
    if not found:
        raise UserError(
            f"{path} lies in no git repository: data have revisions only in one; run `git init` "
            "and `dvc init` in the project's folder first"
        )
    return Path(found.strip())


def existing(path: Path) -> Path:
    """The nearest folder that exists at or above a path, and above data that DVC keeps.

    Those may be exchanged for others at any time: who stands in such a folder stands nowhere then.
    """
    folders = (path := path.absolute(), *path.parents)
    kept = [n for n, folder in enumerate(folders) if Path(f"{folder}.dvc").is_file()]
    above = folders[kept[-1] + 1 :] if kept else folders
    return next(folder for folder in above if folder.is_dir())


def resolve(rev: str, path: Path) -> str:
    """The full commit behind a revision's name in the repository that a path lies in.

    A whole commit that is not here is looked for in the remotes.

    Raises:
        UserError: there is none; says the near names.
    """
    folder = root(path)
    name = f"{rev}^{{commit}}"
    found = None if rev.startswith("-") else run("rev-parse", "--verify", "-q", name, at=folder)
    if not found and _COMMIT.fullmatch(rev):
        # Another machine's: an event names it, and no person was here to fetch it.
        with contextlib.suppress(GoldsmithError):
            do("fetch", "--all", "--quiet", at=folder)
        found = run("rev-parse", "--verify", "-q", name, at=folder)
    if not found:
        listing = run("for-each-ref", "--format=%(refname:short)", at=folder) or ""
        raise UserError(
            f"unknown revision {rev!r} in {folder}: {near(rev, listing.split())} "
            "(a branch, a tag or a commit)"
        )
    return found.strip()


def relative(path: Path, top: Path) -> str:
    """A path below the repository's top folder, as git writes it."""
    return path.absolute().resolve().relative_to(top.resolve()).as_posix()


def text_at(commit_id: str, name: str, top: Path) -> str | None:
    """A file's text at a commit; None if it is not there."""
    return run("show", f"{commit_id}:{name}", at=top)


def bytes_at(commit_id: str, name: str, top: Path) -> bytes | None:
    """A file's bytes at a commit; None if it is not there."""
    try:
        found = subprocess.run(
            ["git", "show", f"{commit_id}:{name}"], cwd=top, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return found.stdout


def commits_of(name: str, top: Path) -> list[str]:
    """The commits of every branch and tag that changed a file, newest first."""
    return (run("log", "--all", "--format=%H", "--", name, at=top) or "").split()


def tracks(path: Path) -> bool:
    """Whether git itself keeps a file, or anything below a folder."""
    top = root(path)
    return bool((run("ls-files", "--", relative(path, top), at=top) or "").strip())

"""Committing a pointer alone, and pushing the commit: nothing else of a person's work is touched."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from goldsmith.errors import StoreError, UserError, listed
from goldsmith.versioning import git, pointers

LOCKED_SECONDS = 20.0  # that another git command may hold the index
POLL_SECONDS = 0.2
IGNORE = ".gitignore"
# States in which git refuses to commit single files, and what ends each.
_UNDER_WAY = {
    "MERGE_HEAD": "a merge",
    "CHERRY_PICK_HEAD": "a cherry-pick",
    "REVERT_HEAD": "a revert",
    "rebase-merge": "a rebase",
    "rebase-apply": "a rebase",
}


class Behind(StoreError):
    """The upstream branch has commits that are not here."""


@dataclass(frozen=True)
class Upstream:
    """Where a branch is pushed to.

    Attributes:
        remote: its name.
        ref: the branch there, such as `refs/heads/main`.
        tracking: its copy here, such as `refs/remotes/origin/main`.
    """

    remote: str
    ref: str
    tracking: str

    @property
    def shown(self) -> str:
        """As people write it, such as `origin/main`."""
        return f"{self.remote}/{self.ref.removeprefix('refs/heads/')}"


def require_ready(path: Path) -> None:
    """Refuse what git would refuse after the work: no branch, a merge under way, an ignored pointer.

    Args:
        path: of the data.

    Raises:
        UserError: git cannot commit here now; says what to do.
    """
    top = git.root(path)
    instead = "or use --no-commit, which leaves git alone"
    for name, what in _UNDER_WAY.items():
        place = (git.run("rev-parse", "--git-path", name, at=top) or "").strip()
        if place and (top / place).exists():
            raise UserError(f"{what} is under way in {top}: finish or abort it first, {instead}")
    if not git.run("symbolic-ref", "-q", "HEAD", at=top):
        raise UserError(
            f"{top} is on no branch (a detached HEAD): a commit would be lost; `git switch BRANCH` "
            f"first, {instead}"
        )
    pointer = pointers.beside(path)
    if git.run("check-ignore", "-q", "--", git.relative(pointer, top), at=top) is not None:
        raise UserError(
            f"a .gitignore of {top} names {pointer}, so git would not keep it: `git check-ignore -v "
            f"{pointer}` says which; take that line out first, {instead}"
        )
    if not git.run("var", "GIT_COMMITTER_IDENT", at=top):
        raise UserError(
            "git does not know who commits: `git config user.name NAME` and `git config user.email "
            f"ADDRESS` first, {instead}"
        )


def to_commit(path: Path) -> tuple[list[Path], list[str]]:
    """The files of a pointer that differ from HEAD, and what else to say.

    The pointer, and the .gitignore beside it if nothing but DVC's own line is new in it.

    Args:
        path: of the data.
    """
    top, pointer = git.root(path), pointers.beside(path)
    if _at_head(pointer, top) == pointer.read_text(encoding="utf-8", errors="replace"):
        return [], []
    ignore = path.with_name(IGNORE)
    if not ignore.is_file():
        return [pointer], []
    before = (_at_head(ignore, top) or "").splitlines()
    now = ignore.read_text(encoding="utf-8", errors="replace").splitlines()
    if now == before:
        return [pointer], []
    line = f"/{path.name}"
    if [one for one in now if one != line] == [one for one in before if one != line]:
        return [pointer, ignore], []
    return [pointer], [f"{ignore} has other changes of yours and was not committed: commit it"]


def _at_head(file: Path, top: Path) -> str | None:
    return git.text_at("HEAD", git.relative(file, top), top)


def commit_alone(files: Sequence[Path], message: str, top: Path) -> str:
    """Commit these files as they are, whatever else is staged or changed; returns the commit.

    Raises:
        StoreError: git refuses: a hook of the repository, or an index that stays locked.
    """
    names = [git.relative(file, top) for file in files]
    end = time.monotonic() + LOCKED_SECONDS
    while True:
        try:
            git.do(
                "add", "--intent-to-add", "--", *names, at=top
            )  # --only wants files that it knows
            git.do("commit", "--quiet", "--only", "-m", message, "--", *names, at=top)
            return git.do("rev-parse", "HEAD", at=top).strip()
        except StoreError as error:
            if "index.lock" not in str(error):
                raise
            if time.monotonic() > end:
                raise StoreError(
                    f"{error}; another git command is at work, or one was killed: then delete that "
                    "index.lock, and run this again"
                ) from None
            time.sleep(POLL_SECONDS)


def commit_of(path: Path) -> str:
    """The commit that made the pointer of some data what it is; empty where none has it."""
    top = git.root(path)
    name = git.relative(pointers.beside(path), top)
    return (git.run("log", "-1", "--format=%H", "--", name, at=top) or "").strip()


def upstream(path: Path) -> Upstream | None:
    """Where the branch that is checked out is pushed to; None if nowhere."""
    top = git.root(path)
    branch = (git.run("symbolic-ref", "-q", "--short", "HEAD", at=top) or "").strip()
    remote, ref, tracking = (
        (git.run(*arguments, at=top) or "").strip()
        for arguments in (
            ("config", f"branch.{branch}.remote"),
            ("config", f"branch.{branch}.merge"),
            ("rev-parse", "--symbolic-full-name", "@{upstream}"),
        )
    )
    if not (branch and ref and tracking) or remote in ("", "."):
        return None
    return Upstream(remote, ref, tracking)


def unpushed(path: Path, to: Upstream) -> tuple[int, list[str]]:
    """How many commits the upstream lacks, and which files besides pointers they change."""
    top, span = git.root(path), f"{to.tracking}..HEAD"
    count = int((git.run("rev-list", "--count", span, at=top) or "0").strip())
    merges = (git.run("rev-list", "--merges", span, at=top) or "").split()
    changed = git.run("log", "--format=", "--name-only", "-z", span, at=top) or ""
    names = sorted({name.strip() for name in changed.split("\0") if name.strip()})
    others = [name for name in names if Path(name).suffix != pointers.SUFFIX]
    others = [name for name in others if Path(name).name != IGNORE]
    return count, others or merges


def push(path: Path, to: Upstream) -> str:
    """Push the branch if pointers are all that is new in it; returns what was done, in words.

    Raises:
        Behind: the upstream has commits that are not here.
        StoreError: it cannot be reached, or refuses.
    """
    top = git.root(path)
    count, others = unpushed(path, to)
    if not count:
        return f"{to.shown} has the commit"
    if others:
        return (
            f"not pushed: other commits of yours wait for {to.shown} too ({listed(others, 3)}); "
            f"`git push {to.remote}` when they are ready: until then no other machine has these data"
        )
    try:
        git.do("push", "--quiet", to.remote, f"HEAD:{to.ref}", at=top)
    except StoreError as error:
        if any(word in str(error) for word in ("non-fast-forward", "fetch first")):
            raise Behind(
                f"{to.shown} has commits that are not here: `git pull --rebase`, and `goldsmith "
                "data pull` if its goldens are others; then run this again: the commit is kept"
            ) from None
        raise StoreError(f"{error}; the commit is kept: run this again to push it") from None
    return f"pushed to {to.shown}"

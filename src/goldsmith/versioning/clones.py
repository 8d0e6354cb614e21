"""A clone of the project for work of which nobody's tree may know."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from goldsmith.errors import StoreError, UserError
from goldsmith.versioning import committing, git, objects, stores
from goldsmith.versioning.checking_out import PARTIAL
from goldsmith.versioning.committing import Upstream

NAME, ADDRESS = "Goldsmith", "goldsmith@localhost"


def ready(project: Path, clone: Path) -> Upstream:
    """Make or refresh a clone: the branch of the project's upstream as it is there now.

    It has the project's DVC remotes and its cache, so that what one fetched the other has.

    Args:
        project: a folder of the project, on a branch with an upstream.
        clone: where the clone is; its folder is made.

    Raises:
        UserError: no git or DVC repository, or no upstream.
        StoreError: the upstream cannot be reached, or the disk refuses.
    """
    top, to = git.root(project), committing.upstream(project)
    if to is None:
        raise UserError(
            f"the branch of {top} has no upstream to push new goldens to: `git push -u REMOTE "
            "BRANCH` names one (a bare repository on this machine will do: `git init --bare`)"
        )
    if not (clone / ".git").is_dir():
        _clone(top, to, clone)
    branch = to.ref.removeprefix("refs/heads/")
    for lock in ("index.lock", "HEAD.lock"):  # a killed command's: nobody else works here
        (clone / ".git" / lock).unlink(missing_ok=True)
    git.do("fetch", "--quiet", "--prune", "origin", at=clone)
    git.do("checkout", "--quiet", "--force", "-B", branch, f"origin/{branch}", at=clone)
    git.do("reset", "--quiet", "--hard", f"origin/{branch}", at=clone)
    git.do("clean", "--quiet", "-ffd", at=clone)
    _name_committer(clone)
    _share_stores(project, clone / git.relative(project, top))
    return Upstream("origin", to.ref, f"refs/remotes/origin/{branch}")


def _clone(top: Path, to: Upstream, clone: Path) -> None:
    url = git.do("remote", "get-url", to.remote, at=top).strip()
    partial = clone.with_name(f"{PARTIAL}{clone.name}")
    branch = to.ref.removeprefix("refs/heads/")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        partial.parent.mkdir(parents=True, exist_ok=True)
        git.do("clone", "--quiet", "--branch", branch, "--", url, str(partial), at=top)
        shutil.rmtree(clone, ignore_errors=True)
        partial.rename(clone)
    except OSError as error:
        raise StoreError(f"{clone} cannot be written: {error.strerror}") from None


def _name_committer(clone: Path) -> None:
    """A machine that nobody commits on has no name of its own."""
    if not git.run("var", "GIT_COMMITTER_IDENT", at=clone):
        git.do("config", "user.name", NAME, at=clone)
        git.do("config", "user.email", ADDRESS, at=clone)


def _share_stores(project: Path, place: Path) -> None:
    """Let the clone use the project's DVC remotes, those of its own machine too, and its cache."""
    with objects.opened(project) as ours:
        levels = [ours.repo.config.load_one(level) for level in ("repo", "local")]
        cache = stores.location(ours.cache)
    with objects.opened(place) as theirs:
        try:
            with theirs.repo.config.edit("local") as settings:
                for level in levels:
                    settings["core"].update(level.get("core", {}))
                    settings["remote"].update(level.get("remote", {}))
                settings["cache"]["dir"] = cache
            # Passwords may stand in it.
            Path(theirs.repo.config.files["local"]).chmod(0o600)
        except Exception as error:
            raise StoreError(f"{place}: DVC's settings: {str(error)[:300]}") from error


@contextlib.contextmanager
def inside(project: Path, clone: Path, home: Path, use_cases: Path) -> Iterator[Path]:
    """Work in the folder of a clone that the project's folder is in its repository.

    Goldens, pointers and tombstones are found relative to the working directory. Home and use
    cases stay those of the project.

    Raises:
        StoreError: the clone has no such folder.
    """
    place = clone / git.relative(project, git.root(project))
    if not place.is_dir():
        raise StoreError(f"{place} is not in the clone: commit and push the project's folder first")
    kept = {
        "GOLDSMITH_HOME": str(home.absolute()),
        "GOLDSMITH_USE_CASES": str(use_cases.absolute()),
    }
    before = {name: os.environ.get(name) for name in kept}
    os.environ.update(kept)
    try:
        with contextlib.chdir(place):
            yield place
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

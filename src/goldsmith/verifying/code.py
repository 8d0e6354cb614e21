"""The code and the lock file, by the commit that the passport names."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from goldsmith import functions
from goldsmith.errors import UserError, listed
from goldsmith.pipeline import code_digest
from goldsmith.stages.passport import LOCK_FILE, lock_sha256
from goldsmith.verifying.items import CHANGED, HOLDS, UNCHECKED, Item
from goldsmith.versioning import code, git

WHAT = "code"
OTHER_TREE = "the version was made from a tree that differed from its commit"


def item(passport: Mapping[str, Any]) -> Item:
    """The code of every stage, as the commit has it."""
    recorded = {
        (name, digest)
        for made_from in passport.get("stages", {}).values()
        for name, digest in made_from["code"].items()
    }
    commit, dirty = _split(passport.get("commit", ""))
    if not commit or not recorded:
        return Item(
            WHAT, UNCHECKED, "the passport names no commit" if recorded else "an old passport"
        )
    with code.at_commit(commit) as package:
        if package is None:
            where = (
                "this clone: `git fetch` it" if code.clone() else "reach: the code here is no clone"
            )
            return Item(WHAT, UNCHECKED, f"commit {commit[:10]} is not in {where}")
        return _compared(recorded, package, passport, commit, dirty)


def _compared(
    recorded: set[tuple[str, str]],
    package: Path,
    passport: Mapping[str, Any],
    commit: str,
    dirty: bool,
) -> Item:
    other, foreign = [], []
    for name, digest in sorted(recorded):
        if name.startswith(functions.PACKAGE):
            foreign.append(f"package {name.removeprefix(functions.PACKAGE)}")
            continue
        if name.startswith(functions.PROJECT):
            file = name.removeprefix(functions.PROJECT)
            there = _of_project(passport, file)
            if there is None:
                foreign.append(f"{file} of the project")
            elif functions.file_digest(Path(file).name, there) != digest:
                other.append(file)
            continue
        family = name == "{family}"
        path = package / (f"families/{passport['config']['model']['family']}" if family else name)
        if family and not path.exists():
            foreign.append(f"family {path.name} of another package")
        elif not path.exists() or code_digest(path) != digest:
            other.append(path.relative_to(package).as_posix())
    beside = f"; not here, so not looked at: {listed(foreign)}" if foreign else ""
    if not other:
        return Item(
            WHAT, HOLDS, f"{len(recorded)} files and folders, by commit {commit[:10]}{beside}"
        )
    said = f"{listed(other)} at commit {commit[:10]}"
    if dirty:
        return Item(WHAT, UNCHECKED, f"{OTHER_TREE}, in {said}{beside}")
    return Item(WHAT, CHANGED, f"not what the stages were made by: {said}{beside}")


def _split(commit: str) -> tuple[str, bool]:
    return commit.removesuffix(git.DIRTY), commit.endswith(git.DIRTY)


def lock(passport: Mapping[str, Any]) -> Item:
    """The lock file, by the one here, else by the one at the project's commit."""
    expected = passport.get("lock_sha256", "")
    if not expected:
        return Item("lock", UNCHECKED, f"there was no {LOCK_FILE} where the version was made")
    if lock_sha256() == expected:
        return Item("lock", HOLDS, f"{LOCK_FILE} here")
    commit, dirty = _split(passport.get("project_commit") or passport.get("commit", ""))
    there = _of_project(passport, LOCK_FILE)
    if there is None:
        reason = (
            f"another {LOCK_FILE} is here now"
            if Path(LOCK_FILE).is_file()
            else f"no {LOCK_FILE} is here"
        )
        return Item(
            "lock",
            UNCHECKED,
            f"{reason}, and commit {commit[:10] or 'none'} is not in this folder's clone",
        )
    if _sha256(there) == expected:
        return Item("lock", HOLDS, f"{LOCK_FILE} at commit {commit[:10]}")
    if dirty:
        return Item("lock", UNCHECKED, f"{OTHER_TREE}, {LOCK_FILE} among it")
    return Item("lock", CHANGED, f"{LOCK_FILE} at commit {commit[:10]} is another")


def _of_project(passport: Mapping[str, Any], file: str) -> bytes | None:
    """A file of the project at the passport's commit of it; None where this clone has neither."""
    commit, _ = _split(passport.get("project_commit") or passport.get("commit", ""))
    try:
        top = git.root(Path())
    except UserError:
        return None
    return git.bytes_at(commit, git.relative(Path(file), top), top) if commit else None


def _sha256(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()

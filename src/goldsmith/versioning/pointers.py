"""DVC's pointers (`NAME.dvc`): which data a revision has at a path."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from goldsmith.errors import DataError, UserError, listed
from goldsmith.versioning import git
from goldsmith.versioning.hashing import FOLDER

SUFFIX = ".dvc"


@dataclass(frozen=True)
class Pointer:
    """What a pointer says.

    Attributes:
        path: of the data that it stands for.
        inner: the part of it that was asked for, relative to `path`; empty for all of it.
        md5: DVC's hash of the data; ends in `.dir` for a folder.
        size: in bytes; 0 if the pointer does not say.
        remote: name of the DVC remote that keeps these data; None for the default one.
    """

    path: Path
    md5: str
    size: int = 0
    remote: str | None = None
    inner: str = ""

    @property
    def is_folder(self) -> bool:
        """Whether it stands for a folder."""
        return self.md5.endswith(FOLDER)

    @property
    def file(self) -> Path:
        """The pointer's own file."""
        return beside(self.path)


def beside(path: Path) -> Path:
    """The pointer's file of the data at a path."""
    return path.with_name(f"{path.name}{SUFFIX}")


def parse(text: str, path: Path, shown: str) -> Pointer:
    """A pointer's text.

    Raises:
        DataError: not a pointer, or one without an md5 (of a cloud-versioned remote).
    """
    try:
        out: dict[str, Any] = yaml.safe_load(text)["outs"][0]
        found = Pointer(path, str(out["md5"]), int(out.get("size") or 0), out.get("remote"))
        if "hash" in out:
            return found
    except (yaml.YAMLError, KeyError, IndexError, TypeError, ValueError):
        raise DataError(
            f"{shown}: not a DVC pointer with an md5: make it anew with `dvc add {path}`"
        ) from None
    raise DataError(
        f"{shown}: written by DVC 2, whose hashes are others: `dvc cache migrate --dvc-files` "
        "brings pointers and cache to DVC 3"
    )


def read(path: Path) -> Pointer | None:
    """The pointer in the working tree of the data at a path; None if there is none.

    Raises:
        DataError: a pointer that cannot be read.
    """
    file = beside(path)
    if not file.is_file():
        return None
    return parse(file.read_text(encoding="utf-8", errors="replace"), path, str(file))


def find(path: Path, rev: str) -> Pointer:
    """The pointer at a revision of a path or of a folder above it.

    Raises:
        UserError: unknown revision, or no pointer there.
        DataError: a pointer that cannot be read.
    """
    commit = git.resolve(rev, path)
    found = at_commit(path, commit)
    if found is None:
        raise UserError(_no_pointer(path, rev, commit))
    return found


def at_commit(path: Path, commit: str) -> Pointer | None:
    """The pointer at a commit of a path or of a folder above it; None if there is none.

    Raises:
        DataError: a pointer that cannot be read.
    """
    top = git.root(path)
    name = Path(git.relative(path, top))
    for place in (name, *(folder for folder in name.parents if folder.name)):
        text = git.text_at(commit, beside(place).as_posix(), top)
        if text is not None:
            shown = f"{beside(place)} at {commit[:10]}"
            found = parse(text, top / place, shown)
            inner = name.relative_to(place).as_posix()
            return Pointer(
                found.path, found.md5, found.size, found.remote, "" if inner == "." else inner
            )
    return None


def _no_pointer(path: Path, rev: str, commit: str) -> str:
    top = git.root(path)
    name = beside(Path(git.relative(path, top))).as_posix()
    having = git.commits_of(name, top)
    remedy = (
        f"commits that changed it: {listed([one[:10] for one in having])}"
        if having
        else f"no commit has it: `dvc add {path}` and commit {name} first"
    )
    return f"revision {rev!r} ({commit[:10]}) has no pointer {name}: {remedy}"


def history(path: Path) -> list[tuple[str, Pointer]]:
    """Every distinct state of the pointer in git, newest first, each with one commit that has it.

    A pointer that cannot be read is passed over.
    """
    top = git.root(path)
    name = beside(Path(git.relative(path, top))).as_posix()
    found: dict[str, tuple[str, Pointer]] = {}
    for commit in git.commits_of(name, top):
        text = git.text_at(commit, name, top)
        try:
            pointer = parse(text, path, name) if text is not None else None
        except DataError:
            continue
        if pointer is not None:
            found.setdefault(pointer.md5, (commit, pointer))
    return list(found.values())

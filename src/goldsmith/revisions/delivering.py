"""deliver: new goldens as a revision that others can use: taken in, committed, pushed, announced.

Every step looks at what is there before it does anything, so that the same command again finishes
what a killed one began. Only whether a revision was announced cannot be seen: a note says that.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from goldsmith.artifacts import writing
from goldsmith.config import UseCase
from goldsmith.errors import StoreError, UserError
from goldsmith.revisions import adding, quarantine, workplace
from goldsmith.revisions.adding import Added, Rejected
from goldsmith.revisions.workplace import Say, Workplace
from goldsmith.versioning import committing, git, hashing, pointers
from goldsmith.versioning.objects import Objects
from goldsmith.versioning.pointers import Pointer


class Outdated(UserError):
    """The upstream branch has a newer revision of the goldens."""


@dataclass(frozen=True)
class Revision:
    """A committed revision of a use case's goldens, as its event tells it.

    Attributes:
        use_case, profile: whose.
        revision: the commit.
        path: of the goldens.
        records: that they hold.
    """

    use_case: str
    profile: str
    revision: str
    path: str
    records: int

    def as_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Delivered:
    """What `deliver` did.

    Attributes:
        added: the goldens as they are now.
        revision: the commit that names them.
        committed: whether it was made now.
        announced: whether others were told now.
    """

    added: Added
    revision: str
    committed: bool
    announced: bool


# Takes a revision, and whether a killed command may have told of it before.
Announce = Callable[[Revision, bool], None]


def deliver(
    config: UseCase, files: Sequence[Path], say: Say, announce: Announce | None
) -> Delivered:
    """Take files into the goldens, commit their pointer alone, push both, and tell of it.

    Args:
        config: the use case.
        files: as `adding.add` takes them.
        say: takes a line about each step.
        announce: tells of the new revision; None: nobody is to be told.

    Raises:
        ConfigError: the use case does not read files of the working tree.
        UserError: no such file, a repository that cannot take a commit now, or goldens older than
            those of the branch or its upstream; nothing is changed.
        Rejected: the goldens would break the data contract; nothing is changed.
        StoreError: a store, git or a server refuses; what was done is kept, and found again.
    """
    place = workplace.find(config)
    adding.check(files)
    with place.locked(say) as found:
        committing.require_ready(place.path)
        to = committing.upstream(place.path)
        _require_current(place, found, to, say)
        added = adding.take(place, found, files, say)
        note = _note(place, found)
        revision, committed = _commit(place, added, note if announce else None, say)
        _push(place, found, added.pointer, to, say)
        told = announce is not None and note.exists()
        if announce and told:
            about = Revision(
                config.name, config.profile, revision, place.path.as_posix(), added.records
            )
            announce(about, not committed)
            note.unlink(missing_ok=True)
    return Delivered(added, revision, committed, told)


def deliver_or_quarantine(
    config: UseCase, files: Sequence[Path], say: Say, announce: Announce | None
) -> Delivered:
    """As `deliver`; refused files are kept in quarantine, and the error names the folder."""
    try:
        return deliver(config, files, say, announce)
    except Rejected as error:
        if not files:
            raise
        try:
            kept = f"in quarantine with their report: {quarantine.put(config, files, error)}"
        except StoreError as failed:
            kept = f"they could not be put into quarantine: {failed}"
        raise Rejected(f"{error}\n  {kept}", error.report) from None


def _note(place: Workplace, found: Objects) -> Path:
    """Exists while a revision of the goldens is not announced."""
    config = place.config
    return Path(found.repo.tmp_dir) / "goldsmith" / "unannounced" / config.model_name


def _require_current(
    place: Workplace, found: Objects, to: committing.Upstream | None, say: Say
) -> None:
    """Refuse what would undo somebody else's revision: an older one as the base of the new one."""
    top, name = git.root(place.path), _git_name(place)
    if to is not None:
        try:
            git.do("fetch", "--quiet", to.remote, at=top)
        except StoreError as error:
            say(f"warning: {error}; going on with what is here")
        theirs = git.text_at(to.tracking, name, top)
        base = (git.run("merge-base", "HEAD", to.tracking, at=top) or "").strip()
        if theirs is not None and theirs != git.text_at(base or "HEAD", name, top):
            raise Outdated(
                f"{to.shown} has a newer revision of {place.path}: `git pull`, then `goldsmith data "
                f"pull {place.config.name}`, then add again"
            )
    pointer = pointers.read(place.path)
    if pointer is None or not place.path.exists() or not found.changed(pointer):
        return
    older = {one.md5: commit for commit, one in pointers.history(place.path)}
    older.pop(pointer.md5, None)
    commit = older.get(hashing.hashes(place.path)[0])
    if commit:
        raise UserError(
            f"{place.path} still holds the goldens of {commit[:10]}, older than its pointer: "
            f"`goldsmith data pull {place.config.name}` first; to go back to them on purpose, "
            f"`git checkout {commit[:10]} -- {name}`"
        )


def _git_name(place: Workplace) -> str:
    """The pointer as git names it."""
    return git.relative(pointers.beside(place.path), git.root(place.path))


def _commit(place: Workplace, added: Added, note: Path | None, say: Say) -> tuple[str, bool]:
    """Commit the pointer if git does not have it; returns its commit, and whether it is new."""
    files, remarks = committing.to_commit(place.path)
    for remark in remarks:
        say(remark)
    if not files:
        return committing.commit_of(place.path), False
    if note is not None:
        with writing(note):
            note.parent.mkdir(parents=True, exist_ok=True)
            note.touch()
    message = f"{place.config.name}: goldens of {added.records:,} records"
    commit = committing.commit_alone(files, message, git.root(place.path))
    say(f"committed {' and '.join(map(str, files))} as {commit[:10]}")
    return commit, True


def _push(
    place: Workplace,
    found: Objects,
    pointer: Pointer,
    to: committing.Upstream | None,
    say: Say,
) -> None:
    """Push the data, then the commit that names them, so that no commit is without its data."""
    if found.has_remote(pointer):
        found.push(pointer, say)
    else:
        say(
            "no DVC remote: the goldens are in this machine's cache alone; `dvc remote add -d NAME "
            "URL` names one"
        )
    if to is None:
        say("the branch has no upstream: the commit is here alone; `git push -u REMOTE BRANCH`")
    else:
        say(committing.push(place.path, to))

"""data add: new goldens, checked, committed, pushed, and told to whoever trains on them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goldsmith.cli.data_input import SourceName, WhichPart, json_out, load, say
from goldsmith.cli.goldens_input import Part
from goldsmith.cli.running import AsJson, ProfileName, UseCaseName
from goldsmith.config import UseCase

if TYPE_CHECKING:
    from goldsmith.revisions.adding import Added
    from goldsmith.revisions.delivering import Delivered


def add(
    use_case: UseCaseName,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files to take in; none: what lies there already.")
    ] = None,
    profile: ProfileName = None,
    source: SourceName = None,
    part: WhichPart = Part.SOURCE,
    no_commit: Annotated[
        bool, typer.Option("--no-commit", help="Leave git alone; push and tell nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take files into the goldens, once they passed the data contract, as a new revision.

    The pointer alone is committed, data and commit are pushed where there are remotes, and a
    Prefect server is told, whose automations train on it. A file of a name that is there already
    takes its place. Refused files are kept in quarantine. Killed half way, run it again.

    Example: goldsmith data add financial-entities new.jsonl --source files
    """
    loaded = load(use_case, profile, source, part)
    if no_commit:
        _add_alone(loaded, files or [], as_json)
        return
    from goldsmith.revisions import delivering
    from tasks import announcing

    own = part is Part.SOURCE and source is None
    tell = announcing.announce if own and announcing.has_server() else None
    done = delivering.deliver_or_quarantine(loaded, files or [], say, tell)
    if as_json:
        json_out(_plain(done.added) | {"revision": done.revision, "announced": done.announced})
        return
    _print_added(done.added)
    if own:
        print(_next_step(loaded, done))


def _add_alone(config: UseCase, files: list[Path], as_json: bool) -> None:
    from goldsmith.revisions import adding

    done = adding.add(config, files, say)
    if as_json:
        json_out(_plain(done))
        return
    _print_added(done)
    if done.new:
        print("\nNext:")
        for line in (*done.commands, f"goldsmith data push {config.name}"):
            print(f"  {line}")


def _plain(done: "Added") -> dict[str, Any]:
    return {
        "path": str(done.pointer.path),
        "md5": done.pointer.md5,
        "records": done.records,
        "forgotten": done.forgotten,
        "new": done.new,
    }


def _print_added(done: "Added") -> None:
    forgotten = f", {done.forgotten} forgotten one(s) left out" if done.forgotten else ""
    print(f"{done.pointer.path}: {done.records:,} records{forgotten}, md5 {done.pointer.md5}")
    if not done.new:
        print("nothing new: the pointer named these goldens before")


def _next_step(config: UseCase, done: "Delivered") -> str:
    from goldsmith.revisions.delivering import Revision
    from tasks import announcing

    if done.announced:
        return (
            f"told the Prefect server of revision {done.revision[:10]}: a deployment with "
            "triggers.new_data trains on it"
        )
    if not (done.committed or done.added.new):
        return ""
    found = Revision(config.name, config.profile, done.revision, "", done.added.records)
    return f"no Prefect server is told (PREFECT_API_URL is not set). Next:\n  {announcing.command(found)}"

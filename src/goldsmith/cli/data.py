"""data: the goldens of a use case in their revisions."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from goldsmith import config
from goldsmith.cli.goldens_input import Part
from goldsmith.cli.running import AsJson, ProfileName, UseCaseName
from goldsmith.errors import UserError, listed

if TYPE_CHECKING:
    from goldsmith.revisions.diffing import Difference, Side
    from goldsmith.revisions.forgetting import Forgotten

TEXT = 100  # characters of a sample that are shown

data = typer.Typer(
    name="data",
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Add, compare, push, pull and forget the goldens of a use case.",
    epilog="Goldens lie behind a DVC pointer; git has the pointer: see docs/data.md.",
)

SourceName = Annotated[
    str | None, typer.Option("--source", help="One of the use case's `sources`.")
]
WhichPart = Annotated[
    Part, typer.Option("--part", help="The use case's source, or its fixed test set.")
]


def _load(use_case: str, profile: str | None, source: str | None, part: Part) -> config.UseCase:
    loaded = config.load(use_case, profile, source=source)
    if part is Part.SOURCE:
        return loaded
    from goldsmith.revisions.workplace import fixed_part_of

    return fixed_part_of(loaded)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _json(value: Any) -> None:
    print(json.dumps(value, indent=1, ensure_ascii=False))


def _table(*headings: str, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


@data.command()
def status(
    use_case: UseCaseName,
    profile: ProfileName = None,
    source: SourceName = None,
    part: WhichPart = Part.SOURCE,
    as_json: AsJson = False,
) -> None:
    """Say where the goldens are: pointer, md5, cache, remote, working tree.

    Example: goldsmith data status financial-entities --source files
    """
    from goldsmith.revisions import moving

    found = moving.status(_load(use_case, profile, source, part))
    if as_json:
        _json(found.as_json())
        return
    table = _table("what", "found")
    for what, text in _status_rows(found):
        table.add_row(what, text)
    Console().print(table)


def _status_rows(found: Any) -> list[tuple[str, str]]:
    rows = [("goldens", found.path), ("records", _number(found.records))]
    if found.pointer is None:
        return [*rows, ("pointer", f"none: `goldsmith data add {found.use_case}` makes it")]
    where = "in git" if found.committed else "not in git as it is: commit it"
    rows += [("pointer", f"{found.pointer}, {where}"), ("md5", found.md5)]
    changed = {None: "not there: goldsmith data pull", True: "changed: goldsmith data add",
               False: "as the pointer says"}[found.changed]  # fmt: skip
    rows += [("working data", changed), ("tombstones", str(found.tombstones))]
    rows += [("in cache", _share(found.in_cache, found.objects))]
    return [*rows, ("in remote", _share(found.in_remote, found.objects)), ("remote", found.remote)]


def _share(count: int | None, of: int | None) -> str:
    return "unknown" if count is None else f"{count:,} of {_number(of)} objects"


def _number(value: int | None) -> str:
    return "unknown" if value is None else f"{value:,}"


@data.command()
def push(
    use_case: UseCaseName,
    profile: ProfileName = None,
    source: SourceName = None,
    part: WhichPart = Part.SOURCE,
) -> None:
    """Send the goldens that the pointer names to the DVC remote.

    Example: goldsmith data push financial-entities --source files
    """
    from goldsmith.revisions import moving

    count = moving.push(_load(use_case, profile, source, part), _say)
    print(f"{count} object(s) sent" if count else "nothing new: the remote has them all")


@data.command()
def pull(
    use_case: UseCaseName,
    profile: ProfileName = None,
    source: SourceName = None,
    part: WhichPart = Part.SOURCE,
) -> None:
    """Bring the goldens that the pointer names into the working tree.

    Example: goldsmith data pull financial-entities --source files
    """
    from goldsmith.revisions import moving

    print(f"{moving.pull(_load(use_case, profile, source, part), _say)} is as its pointer")


@data.command()
def add(
    use_case: UseCaseName,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files to take in; none: what lies there already.")
    ] = None,
    profile: ProfileName = None,
    source: SourceName = None,
    part: WhichPart = Part.SOURCE,
) -> None:
    """Take files into the goldens, once they passed the data contract, and make the pointer.

    A file of a name that is there already takes its place.

    Example: goldsmith data add financial-entities new.jsonl --source files
    """
    from goldsmith.revisions import adding

    done = adding.add(_load(use_case, profile, source, part), files or [], _say)
    forgotten = f", {done.forgotten} forgotten one(s) left out" if done.forgotten else ""
    print(f"{done.pointer.path}: {done.records:,} records{forgotten}, md5 {done.pointer.md5}")
    if not done.new:
        print("nothing new: the pointer named these goldens before")
        return
    print("\nNext:")
    for line in (*done.commands, f"goldsmith data push {use_case}"):
        print(f"  {line}")


@data.command()
def diff(
    use_case: UseCaseName,
    rev: Annotated[str, typer.Argument(help="Git revision: branch, tag or commit.")],
    other: Annotated[
        str | None, typer.Argument(help="Another one; without it the working tree.")
    ] = None,
    profile: ProfileName = None,
    source: SourceName = None,
    part: WhichPart = Part.SOURCE,
    samples: Annotated[int, typer.Option(min=0, max=1000, help="Samples of each kind.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Say which records were added, removed and changed since a revision, and the counts by label.

    Example: goldsmith data diff financial-entities HEAD~1 --source files
    """
    from goldsmith.revisions import diffing

    found = diffing.diff(_load(use_case, profile, source, part), rev, other, _say, samples)
    if as_json:
        _json(found.as_json())
    else:
        _print_diff(Console(), found)


def _print_diff(console: Console, found: "Difference") -> None:
    sides = (found.before, found.after)
    table = _table("", *(side.revision for side in sides))
    table.add_row("records", *(f"{side.records:,}" for side in sides))
    table.add_row("md5", *(side.md5 for side in sides))
    for label in sorted({*found.before.labels, *found.after.labels}):
        table.add_row(label, *(_count_of(side, label) for side in sides))
    console.print(table)
    console.print(
        f"{found.added:,} added, {found.removed:,} removed, {found.changed:,} changed",
        highlight=False,
    )
    for what, some in found.samples.items():
        for sample in some:
            about = sample.get("columns") or sample["record"]
            text = json.dumps(about, ensure_ascii=False)
            shown = text if len(text) <= TEXT else f"{text[:TEXT]}..."
            console.print(
                f"{what:<8} {sample['id']}  {shown}", highlight=False, soft_wrap=True, markup=False
            )


def _count_of(side: "Side", label: str) -> str:
    return f"{side.labels.get(label, 0):,}"


@data.command()
def forget(
    use_case: UseCaseName,
    ids: Annotated[
        Path | None,
        typer.Option("--ids", help="File with an id a line; with --purge none: all tombstones."),
    ] = None,
    why: Annotated[str, typer.Option(help="Kept with the tombstones.")] = "",
    purge: Annotated[
        bool,
        typer.Option("--purge", help="Also delete what holds them from cache, remotes, store."),
    ] = False,
    sure: Annotated[bool, typer.Option("--yes", help="Go on with the purge.")] = False,
    profile: ProfileName = None,
    source: SourceName = None,
    part: WhichPart = Part.SOURCE,
    as_json: AsJson = False,
) -> None:
    """Remove records for good: they leave the goldens, and a tombstone keeps them from coming back.

    Lists the registered versions that were trained on them.

    Example: goldsmith data forget financial-entities --ids gone.txt --why "asked by letter"
    """
    from goldsmith.revisions import forgetting, naming

    if ids is None and not purge:
        raise UserError("give --ids FILE with an id on each line")
    loaded = _load(use_case, profile, source, part)
    names = naming.read_ids(ids) if ids else []
    done = forgetting.forget(loaded, names, why, _say, purge, sure)
    if as_json:
        _json(forgetting.as_json(done))
    else:
        _print_forgotten(use_case, done)


def _print_forgotten(use_case: str, done: "Forgotten") -> None:
    also = f" ({done.also} of them not named, but of the same input)" if done.also else ""
    print(
        f"{done.removed} record(s) removed{also}, {done.left:,} left; tombstones in {done.tombstones}"
    )
    if done.before:
        print(f"{done.before} had a tombstone before")
    held = [f"{one.commit} ({one.holds})" for one in done.revisions if one.holds]
    if held:
        print(f"revisions that hold them: {listed(held, 10)}")
    trained = [one.shown for one in done.versions if one.held]
    print(f"versions trained on data that held them: {listed(trained, 20) or 'none known'}")
    for line in done.untold:
        print(f"note: {line}")
    if done.purged is not None:
        print(
            f"purged: {len(done.purged.objects)} object(s), {len(done.purged.artifacts)} artifact(s); "
            "not backups, other clones and caches, nor the models and reports of those versions"
        )
    print("\nNext:")
    for line in (*done.commands, f"goldsmith data push {use_case}"):
        print(f"  {line}")


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(data)

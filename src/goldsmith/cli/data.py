"""data: the goldens of a use case in their revisions."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from goldsmith.cli import data_adding
from goldsmith.cli.data_input import SourceName, WhichPart, json_out, load, say
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
data.command()(data_adding.add)


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

    found = moving.status(load(use_case, profile, source, part))
    if as_json:
        json_out(found.as_json())
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

    count = moving.push(load(use_case, profile, source, part), say)
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

    print(f"{moving.pull(load(use_case, profile, source, part), say)} is as its pointer")


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

    found = diffing.diff(load(use_case, profile, source, part), rev, other, say, samples)
    if as_json:
        json_out(found.as_json())
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
    loaded = load(use_case, profile, source, part)
    names = naming.read_ids(ids) if ids else []
    done = forgetting.forget(loaded, names, why, say, purge, sure)
    if as_json:
        json_out(forgetting.as_json(done))
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
            f"purged: {len(done.purged.objects)} object(s), {len(done.purged.artifacts)} artifact(s), "
            f"{len(done.purged.mirrored)} of the mirror; "
            "not backups, other clones and caches, nor the models and reports of those versions"
        )
    print("\nNext:")
    for line in (*done.commands, f"goldsmith data push {use_case}"):
        print(f"  {line}")


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(data)

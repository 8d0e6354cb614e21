"""gc: clearing away what nobody needs."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldsmith.cli.running import AsJson, wide_console
from goldsmith.errors import GoldsmithError, listed

if TYPE_CHECKING:
    from goldsmith.keeping import Item, Swept

MOST_REMOVED, MOST_REASONS, MOST_NAMES = 40, 20, 3


def gc(
    keep_days: Annotated[
        float,
        typer.Option("--keep-days", min=0, help="What was made or used within so many days stays."),
    ] = 30.0,
    keep_versions: Annotated[
        int,
        typer.Option(
            "--keep-versions", min=0, help="So many of each model's newest versions stay."
        ),
    ] = 10,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Delete nothing; say what would go, and why.")
    ] = False,
    mirror: Annotated[
        bool,
        typer.Option(
            "--mirror",
            help="Also in the mirror; all machines that share it must share the registry too.",
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Delete old versions, runs, artifacts and checkpoints that nothing needs.

    Never the champion, the one to which a rollback goes, what an alias names,
    nor anything that those need or a process is using.

    Example: goldsmith gc --dry-run --keep-days 14
    """
    from goldsmith import keeping

    def waiting() -> None:
        print("another gc is at work on this home; waiting for it", file=sys.stderr)

    found = keeping.sweep(keeping.Policy(keep_days, keep_versions), dry_run, waiting, mirror=mirror)
    if as_json:
        print(json.dumps(found.as_json(), indent=1, ensure_ascii=False))
    else:
        _print(wide_console(), found)
    if found.failed:
        raise GoldsmithError(f"could not be deleted: {listed(found.failed, 3)}; run gc again")


def _print(console: Console, found: "Swept") -> None:
    word = "would go" if found.dry else "went"
    if found.removed:
        console.print(_removed(found.removed, word))
    if found.kept:
        console.print(_kept(found.kept))
    rule = (
        f"older than {found.policy.days:g} days, beyond the newest {found.policy.versions} versions"
    )
    if not found.removed:
        console.print(
            f"Nothing {'would go' if found.dry else 'to delete'} ({rule}).", highlight=False
        )
        return
    freed = f"{len(found.removed)} thing(s) {word}, {shown(found.size)} ({rule})"
    console.print(f"[bold]{freed}[/bold]", highlight=False)


def _removed(items: Sequence["Item"], word: str) -> Table:
    table = Table(title=f"What {word}", title_justify="left")
    for heading in ("kind", "name", "size", "why"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "size" else "left")
    # The runs are the versions' files; the largest of the rest is what people look for.
    order = sorted(items, key=lambda one: (one.kind != "version", one.kind != "run", -one.size))
    for one in order[:MOST_REMOVED]:
        table.add_row(one.kind, escape(_short(one.name)), shown(one.size), escape(one.why))
    more = order[MOST_REMOVED:]
    if more:
        size = shown(sum(one.size for one in more))
        table.add_row("", f"and {len(more)} more: --json has them", size, "")
    return table


def _kept(items: Sequence["Item"]) -> Table:
    """By reason, those of the largest first."""
    reasons: dict[tuple[str, str], list[Item]] = {}
    for one in items:
        reasons.setdefault((one.kind, one.why), []).append(one)
    table = Table(title="What is kept", title_justify="left")
    for heading in ("kind", "how many", "size", "why", "such as"):
        right = heading in ("how many", "size")
        table.add_column(heading, overflow="fold", justify="right" if right else "left")
    order = sorted(reasons.items(), key=lambda one: (one[0][0] != "version", -_size(one[1])))
    for (kind, why), some in order[:MOST_REASONS]:
        names = listed([_short(one.name) for one in some], MOST_NAMES)
        table.add_row(kind, str(len(some)), shown(_size(some)), escape(why), escape(names))
    more = [one for _, some in order[MOST_REASONS:] for one in some]
    if more:
        table.add_row("", str(len(more)), shown(_size(more)), "other reasons: --json has them", "")
    return table


def _size(items: Sequence["Item"]) -> int:
    return sum(one.size for one in items)


def _short(name: str) -> str:
    """A name without most of its key."""
    stage, _, key = name.partition("/")
    return f"{stage}/{key[:12]}" if len(key) == 64 else name


def shown(size: int) -> str:
    """Bytes as people read them.

    >>> shown(1_500_000)
    '1.5 MB'
    """
    value = float(size)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(gc)

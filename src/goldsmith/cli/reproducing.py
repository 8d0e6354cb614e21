"""reproduce: a registered version made again from its passport."""

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldsmith import config
from goldsmith.cli import instead
from goldsmith.cli.running import AsJson, ProfileName, wide_console
from goldsmith.errors import UserError

if TYPE_CHECKING:
    from goldsmith.rebuilding import Rebuilt

COLOURS = {"same": "green", "within": "green", "differs": "red", "told": "yellow"}
WORDS = {"told": "differs", "within": "within tolerance"}
MOST_FIGURES = 20


def reproduce(
    target: Annotated[str, typer.Argument(help="UC@VERSION or UC@ALIAS.")],
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="FOLDER", help="Keep clones, home and model here; begun ones go on."
        ),
    ] = None,
    tolerance: Annotated[
        float | None,
        typer.Option(min=0, help="How near the primary metric must be, whatever the machine."),
    ] = None,
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Make a registered version again from its passport, and compare; exit 1 if it differs.

    Runs the version's own code on its own data and settings, in clean clones and
    a home of its own: no registry, no cache and no working tree is touched. What
    cannot be had is told before anything runs.

    Example: goldsmith reproduce financial-entities@champion
    """
    name, _, wanted = target.partition("@")
    if not wanted:
        raise UserError(f"{target}: name the version too: goldsmith reproduce {name}@champion; `goldsmith show {name}` lists them")  # fmt: skip
    loaded = config.load(name, profile, instead=instead.JUDGED_AGAIN)
    from goldsmith import rebuilding
    from goldsmith.registry import versions

    version = versions.find(loaded.model_name, wanted)
    console = wide_console(stderr=True)

    def say(what: str, text: str) -> None:
        console.print(f"[bold]{what:<18}[/bold] {escape(text)}", highlight=False, soft_wrap=True)

    with ExitStack() as stack:
        root = into or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="goldsmith-")))
        try:
            prepared = rebuilding.prepare(version, root, say)
        except rebuilding.UnobtainableError as error:
            if as_json:
                _json({"model": version.model, "version": version.number, "reproduced": None,
                       "missing": error.missing})  # fmt: skip
            raise
        found = rebuilding.rebuild(prepared, tolerance)
    if as_json:
        _json(found.as_json())
    else:
        _print(wide_console(), found, into)
    if not found.reproduced:
        raise typer.Exit(1)


def _json(value: dict[str, Any]) -> None:
    print(json.dumps(value, indent=1, ensure_ascii=False))


def _print(console: Console, found: "Rebuilt", into: Path | None) -> None:
    table = Table(title=f"{found.record.shown}, made again", title_justify="left")
    for heading in ("what", "result", "now, and then where it was another"):
        table.add_column(heading, overflow="fold")
    for row in found.rows:
        table.add_row(escape(row.what), _coloured(row.result), escape(row.detail))
    console.print(table)
    console.print(_figures(found))
    console.print(f"Figures must be: {escape(found.tolerance.said)}", highlight=False)
    if found.libraries:
        console.print(f"Libraries are others than then: {escape(', '.join(found.libraries[:8]))}", highlight=False)  # fmt: skip
    if into is not None:
        console.print(f"Kept in {escape(str(into))}", highlight=False)
    word = "[green]Reproduced[/green]." if found.reproduced else "[red]Not reproduced[/red]."
    console.print(word, highlight=False)


def _figures(found: "Rebuilt") -> Table:
    table = Table(title="Figures", title_justify="left")
    for heading in ("figure", "registered", "made again", "may differ by", "result"):
        table.add_column(heading, overflow="fold", justify="left" if heading in ("figure", "result") else "right")  # fmt: skip
    for one in found.figures[:MOST_FIGURES]:
        table.add_row(escape(one.name), _number(one.registered), _number(one.rebuilt),
                      _number(one.bound), _coloured(one.result))  # fmt: skip
    more = len(found.figures) - MOST_FIGURES
    if more > 0:
        table.add_row(f"and {more} more: --json has them", "", "", "", "")
    return table


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _coloured(result: str) -> str:
    return f"[{COLOURS[result]}]{WORDS.get(result, result)}[/]"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(reproduce)

"""list and doctor: looking without changing anything."""

import json
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from goldsmith import config
from goldsmith.cli.running import AsJson
from goldsmith.errors import GoldsmithError, UserError


def list_use_cases(as_json: AsJson = False) -> None:
    """List the use cases with their families and profiles.

    Example: goldsmith list
    """
    rows: list[dict[str, Any]] = []
    broken: list[str] = []
    for name in config.names():
        try:
            rows.append(_row(name))
        except UserError as error:  # the others are there all the same
            broken.append(str(error))
    if as_json:
        print(json.dumps(rows, indent=1))
    else:
        _print_use_cases(rows)
    if broken:
        raise UserError("\n".join(broken))


def _row(name: str) -> dict[str, Any]:
    profiles = config.profiles(name)
    loaded = config.load_any(name, profiles[0] if profiles else None)
    trains = isinstance(loaded, config.UseCase)
    return {
        "name": name,
        "title": loaded.title,
        "family": loaded.section("model")["family"] if trains else None,
        "kind": loaded.kind,
        "profiles": profiles,
    }


def _print_use_cases(rows: list[dict[str, Any]]) -> None:
    table = Table()
    for heading in ("use case", "title", "family", "profiles"):
        table.add_column(heading)
    for row in rows:
        table.add_row(
            row["name"], row["title"], row["family"] or row["kind"], ", ".join(row["profiles"])
        )
    Console().print(table)


def doctor(as_json: AsJson = False) -> None:
    """Say what is installed and reachable, what would run, and what to do about what is not.

    Example: goldsmith doctor
    """
    from goldsmith.cli.checkup import findings

    found = findings()
    if as_json:
        print(json.dumps([one._asdict() for one in found], indent=1))
    else:
        table = Table()
        for heading in ("", "what", "found", "remedy"):
            table.add_column(heading, overflow="fold")
        for one in found:
            table.add_row(
                "[green]ok[/green]" if one.ok else "[red]no[/red]", one.what, one.found, one.remedy
            )
        Console().print(table)
    if not all(one.ok for one in found):
        raise GoldsmithError("something above needs a remedy")


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command("list")(list_use_cases)
    app.command()(doctor)

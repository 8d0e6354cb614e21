"""list, show and doctor: looking without changing anything."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from goldsmith import config
from goldsmith.cli.running import AsJson, ProfileName
from goldsmith.errors import GoldsmithError


def list_use_cases(as_json: AsJson = False) -> None:
    """List the use cases with their families and profiles.

    Example: goldsmith list
    """
    rows = []
    for name in config.names():
        profiles = config.profiles(name)
        loaded = config.load(name, profiles[0])
        rows.append(
            {
                "name": name,
                "title": loaded.title,
                "family": loaded.section("model")["family"],
                "profiles": profiles,
            }
        )
    if as_json:
        print(json.dumps(rows, indent=1))
        return
    table = Table()
    for heading in ("use case", "title", "family", "profiles"):
        table.add_column(heading)
    for row in rows:
        table.add_row(row["name"], row["title"], row["family"], ", ".join(row["profiles"]))
    Console().print(table)


def show(
    target: Annotated[str, typer.Argument(help="UC, UC@VERSION or UC@ALIAS.")],
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> None:
    """Show a use case's configuration and versions, or one version's passport and verdict.

    Example: goldsmith show financial-entities@champion
    """
    name, _, wanted = target.partition("@")
    loaded = config.load(name, profile)
    found = _version_facts(loaded.model_name, wanted) if wanted else _use_case_facts(loaded)
    if as_json:
        print(json.dumps(found, indent=1))
        return
    console = Console()
    for heading, value in found.items():
        console.print(f"[bold]{heading}[/bold]")
        text = value if isinstance(value, str) else json.dumps(value, indent=1, ensure_ascii=False)
        console.print(text, highlight=False, soft_wrap=True)


def _use_case_facts(loaded: config.UseCase) -> dict[str, Any]:
    from goldsmith.registry import versions

    listing = [
        {"version": one.number, "aliases": list(one.aliases), **_own_tags(one.tags)}
        for one in versions.all_versions(loaded.model_name)
    ]
    return {
        "model": loaded.model_name,
        "versions": listing,
        "config": loaded.model_dump(mode="json"),
    }


def _own_tags(tags: Any) -> dict[str, str]:
    return {
        name: value for name, value in sorted(tags.items()) if not name.startswith("goldsmith.")
    }


def _version_facts(model: str, wanted: str) -> dict[str, Any]:
    from goldsmith.registry import bundle, versions

    version = versions.find(model, wanted)
    folder = versions.fetch_bundle(version)
    passport = json.loads((folder / bundle.PASSPORT_FILE).read_text(encoding="utf-8"))
    verdict = json.loads((folder / bundle.VERDICT_FILE).read_text(encoding="utf-8"))
    return {
        "version": {"model": model, "number": version.number, "aliases": list(version.aliases),
                    "run": version.run_id, "bundle": str(folder), **_own_tags(version.tags)},
        "verdict": verdict,
        "passport": passport,
    }  # fmt: skip


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
    app.command()(show)
    app.command()(doctor)

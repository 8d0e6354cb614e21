"""show and verify: what is known of a version, and whether it still holds."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console

from goldsmith import config
from goldsmith.cli.running import AsJson, ProfileName


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


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command()(show)

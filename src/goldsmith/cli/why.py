"""`run --why`: what changed since the champion, and what a run would do about it."""

import json
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldsmith import config
from goldsmith.errors import GoldsmithError, listed

if TYPE_CHECKING:
    from goldsmith.changes.since import Why

KINDS = {
    "data": "data", "config": "config", "code": "code", "library": "library", "base": "base model"
}  # fmt: skip


def why(loaded: config.UseCase, as_json: bool, console: Console) -> None:
    """Print it; nothing is run, copied or downloaded."""
    from goldsmith.changes.since import compare
    from goldsmith.registry import versions

    champion = versions.champion(loaded.model_name)
    passport, fault = _passport(champion)
    found = compare(loaded, champion.number if champion else None, passport, fault)
    if as_json:
        print(json.dumps(found.as_json(), indent=1, ensure_ascii=False))
    else:
        _print(found, console)


def _passport(champion: Any) -> tuple[dict[str, Any] | None, str]:
    """The champion's passport, or why there is none."""
    from goldsmith.registry import bundle, versions

    if champion is None:
        return None, ""
    try:
        folder = versions.fetch_bundle(champion)
        text = (folder / bundle.PASSPORT_FILE).read_text(encoding="utf-8")
        passport: dict[str, Any] = json.loads(text)
    except (GoldsmithError, OSError, ValueError) as error:
        return None, f"everything: the champion's passport cannot be read: {error}"
    return passport, ""


def _print(found: "Why", console: Console) -> None:
    if found.champion is None:
        console.print(f"{found.model} has no champion: there is nothing to compare with.")
    elif found.changes:
        console.print(_changes_table(found))
    elif not found.untold:
        console.print(f"Nothing changed since champion version {found.champion}.")
    for one in found.untold:
        console.print(f"Cannot be told: {one}", highlight=False, soft_wrap=True)
    if any(one.kind == "library" for one in found.changes):
        console.print(
            "A library is part of no key: another version of it runs nothing again by itself.",
            highlight=False, soft_wrap=True,
        )  # fmt: skip
    _print_steps(found, console)


def _changes_table(found: "Why") -> Table:
    table = Table(title=f"Changed since champion version {found.champion}", title_justify="left")
    for heading in ("", "what", "then", "now", "in the key of"):
        table.add_column(heading, overflow="fold")
    for one in found.changes:
        stages = ", ".join(one.stages) or "no stage"
        cells = (KINDS[one.kind], one.name, one.old, one.new, stages)
        table.add_row(*(escape(cell) for cell in cells))
    return table


def _print_steps(found: "Why", console: Console) -> None:
    """What would run, what might, and what is there."""

    def named(state: str) -> str:
        return ", ".join(one.stage for one in found.steps if one.state == state)

    def say(text: str) -> None:
        console.print(text, highlight=False, soft_wrap=True)

    if not found.runs:
        say("A run would make nothing anew.")
    else:
        least = " (at least)" if named("depends") else ""
        say(f"[bold]Would run[/bold]      {named('runs')}{least}")
        if named("depends"):
            say(
                f"[bold]Would follow[/bold]   {named('depends')}: each if what it reads comes out new"
            )
        if named("nothing new"):
            say(f"[bold]Nothing new[/bold]    {named('nothing new')}")
        for one in found.steps:
            if one.state == "runs" and one.because:
                say(f"  {one.stage}, because of: {escape(listed(one.because, 8))}")

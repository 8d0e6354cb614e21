"""What `show` and `verify` print for people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldsmith.config import UseCase
from goldsmith.verifying.items import CHANGED, HOLDS, MISSING, UNCHECKED, Item

COLOURS = {HOLDS: "green", CHANGED: "red", MISSING: "red", UNCHECKED: "yellow"}
MOST_ITEMS = 6  # of a list in the settings: a baseline may have dozens of patterns
ELSEWHERE = ("promotion", "promotion.reason", "verdict")  # of the tags: shown above them


def print_versions(console: Console, loaded: UseCase, found: Mapping[str, Any]) -> None:
    """The versions of a use case, newest first, with what became of each and why."""
    console.print(f"[bold]{found['model']}[/bold]: {escape(loaded.title)}", highlight=False)
    if not found["versions"]:
        console.print(f"no version yet: goldsmith run {loaded.name}{_profile(loaded.profile)}")
        return
    table = Table()
    for name in ("version", "alias", "verdict", "primary", "outcome", "reason"):
        table.add_column(name, overflow="fold", justify="right" if name == "version" else "left")
    for one in found["versions"]:
        table.add_row(
            str(one["version"]),
            ", ".join(one["aliases"]),
            _word(one.get("verdict", "")),
            _figure(one),
            one.get("promotion", ""),
            escape(one.get("promotion.reason", "")),
        )
    console.print(table)
    newest = found["versions"][0]["version"]
    console.print(
        f"Passport and verdict of one: goldsmith show {loaded.name}@{newest}{_profile(loaded.profile)}",
        highlight=False, soft_wrap=True,
    )  # fmt: skip


def _figure(tags: Mapping[str, Any]) -> str:
    if "primary" not in tags:
        return ""
    return f"{tags['primary']} {float(tags['primary.value']):.3f}"


def _profile(name: str) -> str:
    return "" if name == "demo" else f" --profile {name}"


def _word(verdict: str) -> str:
    return f"[{'green' if verdict == 'passed' else 'red'}]{escape(verdict)}[/]" if verdict else ""


def print_version(console: Console, found: Mapping[str, Any]) -> None:
    """One version: what became of it, its verdict, its passport, its tags."""
    version, passport = found["version"], found["passport"]
    aliases = f" ({', '.join(version['aliases'])})" if version["aliases"] else ""
    title = f"[bold]{version['model']} version {version['number']}[/bold]{aliases}"
    console.print(title, highlight=False)
    if version.get("promotion"):
        console.print(
            f"{version['promotion']}: {escape(version.get('promotion.reason', ''))}",
            highlight=False,
        )
    if found["objection"]:
        console.print(f"[red]does not answer: {escape(found['objection'])}[/red]", highlight=False)
    console.print()
    console.print(_gates(found["verdict"]))
    console.print(_facts("Passport", _passport(passport)))
    if passport.get("stages"):
        console.print(_stages(passport))
    console.print(_facts("Tags", [(name, value) for name, value in version.items()
                                  if name not in ("model", "number", "aliases", "bundle", *ELSEWHERE)]))  # fmt: skip
    console.print("[bold]Settings[/bold]")
    console.print(
        settings(passport["config"]), highlight=False, markup=False, soft_wrap=True, end=""
    )
    use_case, profile = passport["use_case"], _profile(passport["profile"])
    console.print(f"\nBundle   {version['bundle']}", highlight=False, soft_wrap=True)
    console.print(f"Whether all that still holds: goldsmith verify {use_case}@{version['number']}{profile}",
                  highlight=False, soft_wrap=True)  # fmt: skip


def _gates(verdict: Mapping[str, Any]) -> Table:
    word = _word("passed" if verdict["passed"] else "refused")
    title = f"Verdict: {word}, {verdict['chosen']} answers, estimated by {verdict['estimate']}"
    table = Table(title=title, title_justify="left")
    for name in ("gate", "variant", "figure", "threshold", "result"):
        right = name in ("figure", "threshold")
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for gate in verdict["gates"]:
        figure = "" if gate["value"] is None else f"{gate['value']:.4g}"
        threshold = f"{gate['op']} {gate['threshold']:g}"
        table.add_row(_short(gate), gate["variant"], figure, threshold, _result(gate))
    return table


def _short(gate: Mapping[str, Any]) -> str:
    """A gate's name; of a label or a slice, its name in front."""
    part = gate["slice"]
    kind = gate["name"].removeprefix(f"label:{part}.") if part else gate["name"]
    return escape(f"{kind} of {part}" if part else kind)


def _result(gate: Mapping[str, Any]) -> str:
    if gate["passed"]:
        return "[green]passed[/green]"
    colour = "yellow" if gate["passed"] is None else "red"
    word = "" if gate["passed"] is None else "failed: "
    return f"[{colour}]{word}{escape(gate['reason'])}[/{colour}]"


def _passport(passport: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    base = passport.get("base") or {}
    yield (
        "made by",
        f"goldsmith {passport['goldsmith']}, profile {passport['profile']}, seed {passport['seed']}",
    )
    yield "code", passport["commit"] or "no commit known"
    if passport.get("project_commit") not in (None, "", passport["commit"]):
        yield "folder", passport["project_commit"]
    yield "flow run", passport["flow_run"]
    yield "data md5", passport["data_md5"]
    yield "goldens md5", passport["goldens_md5"]
    yield "data revision", passport["data_rev"]
    yield (
        "data from",
        ", ".join(f"{name} {value}" for name, value in passport["data"].items() if value),
    )
    yield "base", f"{base['name']} {base.get('commit') or ''}".strip() if base.get("name") else ""
    yield (
        "base files",
        "\n".join(f"{name} {one[:16]}..." for name, one in base.get("files", {}).items()),
    )
    yield "lock sha256", passport["lock_sha256"]
    yield "verdict sha256", passport.get("verdict_sha256")
    yield (
        "libraries",
        ", ".join(f"{name} {one}" for name, one in passport.get("libraries", {}).items()),
    )


def _facts(title: str, rows: Iterable[tuple[str, Any]]) -> Table:
    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows:
        if value not in (None, ""):
            table.add_row(name, escape(str(value)))
    return table


def _stages(passport: Mapping[str, Any]) -> Table:
    table = Table(title="Stages", title_justify="left")
    for name in ("stage", "key", "content"):
        table.add_column(name)
    for name, key in passport["artifacts"].items():
        table.add_row(name, key[:16], passport["contents"].get(name, "")[:16])
    return table


def settings(value: Mapping[str, Any]) -> str:
    """Settings as YAML, without what is empty; long lists are cut, and say so."""
    return yaml.safe_dump(
        _cut(value), sort_keys=False, allow_unicode=True, width=76, default_flow_style=None
    )


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        inner = {name: _cut(one) for name, one in value.items()}
        return {name: one for name, one in inner.items() if one not in (None, {}, [], "")}
    if isinstance(value, list):
        more = len(value) - MOST_ITEMS
        shown = [_cut(one) for one in value[:MOST_ITEMS]]
        return [*shown, f"... {more} more: --json shows them"] if more > 0 else shown
    return value


def print_items(console: Console, title: str, items: Sequence[Item], sound: bool) -> None:
    """What became of each thing in a passport, and the sum of it."""
    table = Table(title=title, title_justify="left")
    table.add_column("what", max_width=26, overflow="fold")
    table.add_column("state", max_width=12)
    table.add_column("by what, or why not", overflow="fold")
    for one in items:
        table.add_row(escape(one.what), f"[{COLOURS[one.state]}]{one.state}[/]", escape(one.detail))
    console.print(table)
    open_ones = sum(one.state == UNCHECKED for one in items)
    beside = f"; {open_ones} could not be checked here" if open_ones else ""
    wrong = sum(one.state in (CHANGED, MISSING) for one in items)
    if sound:
        console.print(f"[green]Nothing is changed or missing[/green]{beside}.", highlight=False)
    else:
        console.print(f"[red]{wrong} changed or missing[/red]{beside}.", highlight=False)

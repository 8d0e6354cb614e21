"""The tables of judged results."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldsmith.cli.tables import times_rows
from goldsmith.config import Evaluation
from goldsmith.reporting.extraction import ExtractionData

STATES = {"passed": "green", "failed": "red", "thin": "yellow"}
STAGES = ("load_goldens", "load_results", "load_pages", "validate_results", "score",
          "judge_results", "register", "accept")  # fmt: skip


def print_figures(console: Console, data: ExtractionData) -> None:
    """Overall figures, and those of each field and cluster."""
    low, high = data.interval
    cost = data.metrics.get("cost.per_100_records")
    told = "" if cost is None else f", cost {cost:,.1f} per 100 documents"
    console.print(
        f"[bold]micro F1 {data.metrics['micro.f1']:.3f}[/bold] (95 % interval {low:.3f} to {high:.3f}), "
        f"{data.metrics['documents.accuracy']:.1%} of {data.records:,} documents without a fault{told}",
        highlight=False,
    )
    console.print(_fields(data))
    if data.clusters:
        console.print(_clusters(data))
    faults = [f"{count:,} {kind}" for kind, count in data.kinds.items() if kind != "right"]
    console.print(f"{data.kinds['right']:,} values right; {', '.join(faults)}", highlight=False)


def _fields(data: ExtractionData) -> Table:
    table = Table(title="Fields", title_justify="left")
    for name in (
        "field",
        "gold values",
        "precision",
        "recall",
        "F1",
        "exact",
        "normalised",
        "edits",
    ):
        table.add_column(name, justify="left" if name == "field" else "right", overflow="fold")
    for row in data.fields:
        figures = (row.precision, row.recall, row.f1, row.exact, row.normalised, row.edit)
        table.add_row(escape(row.name), f"{row.support:,}", *(f"{one:.3f}" for one in figures))
    return table


def _clusters(data: ExtractionData) -> Table:
    table = Table(title="Clusters of layouts", title_justify="left")
    for name in ("cluster", "documents", "micro F1"):
        table.add_column(name, justify="left" if name == "cluster" else "right")
    for row in data.clusters:
        table.add_row(escape(row.name), f"{row.documents:,}", f"{row.f1:.3f}")
    return table


def _gates(data: ExtractionData) -> Table:
    table = Table(title="Gates", title_justify="left")
    for name in ("gate", "figure", "threshold", "result"):
        table.add_column(name, justify="right" if name in ("figure", "threshold") else "left")
    for row in data.gates:
        figure = "" if row.value is None else f"{row.value:.4g}"
        word = f"[{STATES[row.state]}]{row.reason if row.state == 'thin' else row.state}[/]"
        table.add_row(escape(row.name), figure, f"{row.op} {row.threshold:g}", word)
    return table


def print_run(console: Console, loaded: Evaluation, result: Mapping[str, Any]) -> None:
    """What a run came to, where things lie and what to type next."""
    folder = Path(result["folders"]["judge_results"])
    text = (folder / "report.json").read_text(encoding="utf-8")
    data = ExtractionData.model_validate_json(text)
    print_figures(console, data)
    console.print(_gates(data))
    console.print(times_rows(result["seconds"], result["cached"], STAGES))
    number, accepted = result["version"], result["champion"]
    seat = f"accepted is version {accepted}" if accepted else "none is accepted yet"
    console.print(f"\n[bold]{result['model']} version {number}[/bold]: {result['outcome']}, {seat}")
    console.print(f"  {escape(result['reason'])}")
    console.print(f"\nReport   {folder / 'report.html'}", soft_wrap=True)
    profile = "" if loaded.profile == "demo" else f" --profile {loaded.profile}"
    console.print(f"\nNext:\n  goldsmith show {loaded.name}@{number}{profile}")
    if result["outcome"] == "candidate":
        target = f"{loaded.name}@{number}{profile}"
        console.print(f"  goldsmith promote {target} --by NAME --reason WHY", soft_wrap=True)


def print_versions(console: Console, found: Mapping[str, Any]) -> None:
    """The versions of judged results."""
    if not found["versions"]:
        console.print(f"{found['model']}: no results were judged yet")
        return
    table = Table(title=found["model"], title_justify="left")
    for name in ("version", "alias", "verdict", "micro F1", "outcome", "reason"):
        table.add_column(name, justify="right" if name in ("version", "micro F1") else "left")
    for one in found["versions"]:
        table.add_row(
            str(one["version"]),
            ", ".join(one["aliases"]),
            one.get("verdict", ""),
            one.get("primary.value", ""),
            one.get("promotion", ""),
            escape(one.get("promotion.reason", "")),
        )
    console.print(table)


def print_version(console: Console, found: Mapping[str, Any]) -> None:
    """One version's tags and gates."""
    version = found["version"]
    console.print(f"[bold]{version['model']} version {version['number']}[/bold]")
    for name, value in version.items():
        if name not in ("model", "number") and value:
            shown = ", ".join(value) if isinstance(value, list) else str(value)
            console.print(f"  {name}: {escape(shown)}", soft_wrap=True, highlight=False)
    for gate in found["verdict"]["gates"]:
        mark = "[green]passed[/]" if gate["passed"] else "[red]not passed[/]"
        console.print(f"  {mark} {escape(gate['name'])}: {escape(gate['reason'])}", highlight=False)

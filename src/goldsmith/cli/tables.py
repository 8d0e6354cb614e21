"""The tables that a run ends with."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldsmith.reporting.data import GateRow, ReportData, TableRow
from goldsmith.reporting.report import cell, labels_shown
from goldsmith.reporting.yardstick import finding

STAGES = ("raw", "load", "validate_raw", "prepare", "validate_prepared", "train", "evaluate", "export",
          "index", "judge", "register", "promote")  # fmt: skip

ASKED_BY = ("text", "question", "context", "query")


def figures_table(data: ReportData) -> Table:
    """Overall figures of the chosen variant, with the yardsticks beside them; the primary one
    first."""
    table = Table(
        title=f"Figures of {data.chosen} on held-out records ({data.estimate})",
        title_justify="left",
    )
    for name in ("figure", "model", "95 % interval", *(one.words for one in data.yardsticks)):
        table.add_column(name, justify="left" if name == "figure" else "right", overflow="fold")
    names = [name for name in data.metrics if not name.startswith("label:")]
    for name in sorted(names, key=lambda name: name != data.primary):
        first = name == data.primary
        interval = f"{data.interval[0]:.3f} to {data.interval[1]:.3f}" if first else ""
        others = (_figure(one.metrics.get(name)) for one in data.yardsticks)
        figure = f"[bold]{data.metrics[name]:.3f}[/bold]" if first else f"{data.metrics[name]:.3f}"
        table.add_row(escape(name), figure, interval, *others)
    return table


def classes_table(data: ReportData) -> Table:
    """Figures by class, with the first yardstick's beside them; of many the weakest."""
    shown, rest = labels_shown(data)
    title = f"The {len(shown)} weakest of {len(data.labels)} classes" if rest else "Classes"
    table = Table(title=title, title_justify="left")
    kinds = list(data.labels[0].figures)
    beside = [f"{data.yardstick.words}, {data.label_kind}"] if data.yardstick else []
    for name in ("class", "support", *kinds, *beside):
        table.add_column(name, justify="left" if name == "class" else "right", overflow="fold")
    for row in shown:
        table.add_row(
            escape(row.label),
            f"{row.support:,}",
            *(_figure(row.figures.get(kind)) for kind in kinds),
            *([_figure(row.yardstick)] if beside else []),
        )
    return table


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def own_table(found: TableRow) -> Table:
    """A table of the family's own."""
    table = Table(title=escape(found.title), title_justify="left", caption=escape(found.note) or None,
                  caption_justify="left")  # fmt: skip
    for place, name in enumerate(found.columns):
        table.add_column(escape(name), justify="right" if place else "left", overflow="fold")
    for row in found.rows:
        table.add_row(*(escape(cell(one)) for one in row))
    return table


def gates_table(data: ReportData) -> Table:
    """Every gate with figure, threshold and result."""
    table = Table(title="Gates", title_justify="left")
    for name in ("gate", "of", "figure", "threshold", "result"):
        table.add_column(
            name, justify="right" if name in ("figure", "threshold") else "left", overflow="fold"
        )
    for row in data.gates:
        figure = "" if row.value is None else f"{row.value:.4g}"
        table.add_row(
            row.name.replace(f"label:{row.slice}.", "label "),
            row.slice or row.variant,
            figure,
            f"{row.op} {row.threshold:g}",
            gate_result(row),
        )
    return table


def gate_result(row: GateRow) -> str:
    """passed, failed, or why it was not judged."""
    if "not enough evidence" in row.reason:
        return f"[yellow]{row.reason}[/yellow]"
    return "[green]passed[/green]" if row.passed else "[red]failed[/red]"


def variants_table(data: ReportData) -> Table:
    """Size and latency of each exported file."""
    table = Table(title="ONNX", title_justify="left")
    for name in (
        "variant",
        "MB",
        "p50/p95 ms, batch 1",
        "batch 32",
        "agreement",
        "largest logit gap",
        "",
    ):
        table.add_column(name, justify="left" if name in ("variant", "") else "right")
    for row in data.variants:
        waits = [f"{row.p50_ms[batch]:.1f} / {row.p95_ms[batch]:.1f}" for batch in ("1", "32")]
        state = "answers" if row.chosen else ("" if row.kept else "left out")
        table.add_row(
            row.name,
            f"{row.size_mb:.1f}",
            *waits,
            f"{row.agreement:.2%}",
            f"{row.logit_difference:.2g}",
            state,
        )
    return table


def times_table(seconds: Mapping[str, float], cached: Mapping[str, bool]) -> Table:
    """Time by stage of a training."""
    return times_rows(seconds, cached, STAGES)


def times_rows(
    seconds: Mapping[str, float], cached: Mapping[str, bool], stages: Sequence[str]
) -> Table:
    """Time of the named stages, in their order."""
    table = Table(title="Time", title_justify="left")
    for name in ("stage", "seconds", ""):
        table.add_column(name, justify="right" if name == "seconds" else "left")
    for name in stages:
        if name in seconds:
            table.add_row(name, f"{seconds[name]:.1f}", "nothing new" if cached.get(name) else "")
    table.add_section()
    table.add_row("total", f"{sum(seconds.values()):.1f}", "")
    return table


def print_run(console: Console, data: ReportData, result: Mapping[str, Any]) -> None:
    """All tables, the outcome, where things lie and what to type next."""
    classes = [classes_table(data)] if data.labels else []
    for table in (
        figures_table(data), *classes, *(own_table(one) for one in data.tables), gates_table(data),
        variants_table(data), times_table(result["seconds"], result["cached"]),
    ):  # fmt: skip
        console.print(table)
    if finding(data):
        console.print(
            f"\n[yellow]{escape(finding(data))}[/yellow]", highlight=False, soft_wrap=True
        )
    name, number = data.use_case, result["version"]
    alias = (
        f", champion is version {result['champion']}" if result["champion"] else ", no champion yet"
    )
    console.print(f"\n[bold]{result['model']} version {number}[/bold]: {result['outcome']}{alias}")
    console.print(f"  {result['reason']}")
    stages = [stage for stage in STAGES if stage in result["cached"]]
    if all(result["cached"][stage] for stage in stages) and not result["new"]:
        console.print("Nothing new: every stage was done before, nothing was trained.")
    console.print(f"\nReport   {Path(result['folders']['judge']) / 'report.html'}", soft_wrap=True)
    console.print(f"Model    {result['folders']['export']}/model", soft_wrap=True)
    console.print("\nNext:")
    profile = "" if data.profile == "demo" else f" --profile {data.profile}"
    if result["champion"]:
        console.print(f"  goldsmith predict {name}{profile} {escape(asked(data))}", soft_wrap=True,
                      highlight=False)  # fmt: skip
    console.print(f"  goldsmith show {name}@{number}{profile}")
    console.print(f"  goldsmith run {name}{profile} --set seed=14")


def asked(data: ReportData) -> str:
    """Arguments with which `goldsmith predict` answers one of the use case's own inputs."""
    keys = [key for key in ASKED_BY if isinstance(data.sample.get(key), str)]
    if not keys:
        return "--input lines.jsonl"
    return " ".join(f"--{key} {shlex.quote(data.sample[key])}" for key in keys)

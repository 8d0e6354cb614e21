"""The tables that a run ends with."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from goldsmith.reporting.data import GateRow, ReportData

STAGES = ("raw", "load", "validate_raw", "prepare", "validate_prepared", "train", "evaluate", "export",
          "judge", "register", "promote")  # fmt: skip


def metrics_table(data: ReportData) -> Table:
    """Figures by class of the chosen variant, with the baseline beside them."""
    table = Table(
        title=f"Figures of {data.chosen} on held-out records ({data.estimate})",
        title_justify="left",
    )
    for name in ("class", "support", "precision", "recall", "F1", "baseline F1"):
        table.add_column(name, justify="left" if name == "class" else "right", overflow="fold")
    for row in data.labels:
        beside = "" if row.baseline_f1 is None else f"{row.baseline_f1:.3f}"
        table.add_row(
            row.label,
            str(row.support),
            f"{row.precision:.3f}",
            f"{row.recall:.3f}",
            f"{row.f1:.3f}",
            beside,
        )
    low, high = data.interval
    beside = f"{data.baseline['micro.f1']:.3f}" if "micro.f1" in data.baseline else ""
    table.add_section()
    table.add_row(
        f"micro (95 %: {low:.3f} to {high:.3f})",
        str(sum(row.support for row in data.labels)),
        *(f"{data.metrics[f'micro.{kind}']:.3f}" for kind in ("precision", "recall", "f1")),
        beside,
    )
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
    """Time by stage."""
    table = Table(title="Time", title_justify="left")
    for name in ("stage", "seconds", ""):
        table.add_column(name, justify="right" if name == "seconds" else "left")
    for name in STAGES:
        if name in seconds:
            table.add_row(name, f"{seconds[name]:.1f}", "nothing new" if cached.get(name) else "")
    table.add_section()
    table.add_row("total", f"{sum(seconds.values()):.1f}", "")
    return table


def print_run(console: Console, data: ReportData, result: Mapping[str, Any]) -> None:
    """All tables, the outcome, where things lie and what to type next."""
    for table in (
        metrics_table(data), gates_table(data), variants_table(data),
        times_table(result["seconds"], result["cached"]),
    ):  # fmt: skip
        console.print(table)
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
        text = "We issued 4.25% senior notes, and borrowings under our revolving credit facility bear interest at LIBOR plus 1.75%."
        console.print(f'  goldsmith predict {name}{profile} --text "{text}"', soft_wrap=True)
    console.print(f"  goldsmith show {name}@{number}{profile}")
    console.print(f"  goldsmith run {name}{profile} --set model.epochs=2")

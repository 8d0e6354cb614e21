"""What evaluate and compare say on a terminal."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from goldsmith.families.scores import beside, label_kind

if TYPE_CHECKING:
    from goldsmith.contests.comparing import Compared
    from goldsmith.contests.evaluating import Evaluation
    from goldsmith.contests.figures import Figure
    from goldsmith.contests.notes import Note
    from goldsmith.families.bootstrap import Difference
    from goldsmith.gates import Gate

MOST_REMARKS = 12
MOST_LABELS = 25


def print_evaluation(
    console: Console, found: "Evaluation", goldens: str, notes: "Sequence[Note]"
) -> None:
    """Figures overall, by label and by slice; gates; what there is to know."""
    side = found.scored.side
    console.print(
        f"[bold]{escape(side.name)}[/bold] on {_records(found, goldens)}", highlight=False
    )
    table = _table("Figures (95 % interval)", "", "records or mentions", "figure", "interval")
    overall = found.figures.overall
    for name in _primary_first(found.sifted.test.family.primary, overall):
        table.add_row(escape(name), "", *_cells(overall[name]))
    table.add_section()
    shown, kind = _weakest_labels(found)
    for label in shown:
        for its_kind, one in found.figures.labels[label].items():
            if len(shown) == len(found.figures.labels) or its_kind == kind:
                support = f"{found.figures.support.get(label, 0):,}"
                table.add_row(escape(f"{label}: {its_kind}"), support, *_cells(one))
    table.add_section()
    for name, (count, one) in found.figures.slices.items():
        table.add_row(escape(f"slice {name}"), f"{count:,}", *_cells(one))
    console.print(table)
    rest = len(found.figures.labels) - len(shown)
    if rest:
        console.print(f"{rest} labels more, with a better {kind}: --json has all figures of all")
    if found.gates:
        console.print(_gates_table(found.gates))
    _remarks(console, [*found.remarks, *map(str, found.scored.notes), *map(str, notes)])


def _weakest_labels(found: "Evaluation") -> tuple[list[str], str]:
    """Labels to show, of many those with the least figure; and which of their figures that is."""
    labels = found.figures.labels
    kind = label_kind(found.sifted.test.family.primary, found.figures.names())
    if len(labels) <= MOST_LABELS:
        return list(labels), kind
    return sorted(labels, key=lambda label: labels[label][kind].value)[:MOST_LABELS], kind


def print_comparison(
    console: Console, found: "Compared", goldens: str, notes: "Sequence[Note]", page: Path
) -> None:
    """Figures of both, the difference, the flips, and where the page lies."""
    first, second = found.first.scored.side.name, found.second.scored.side.name
    console.print(
        f"[bold]{escape(first)}[/bold] against [bold]{escape(second)}[/bold] on "
        f"{_records(found.first, goldens)}",
        highlight=False,
    )
    table = _table("Figures and differences (95 % interval)", "", first, second, "difference",
                   "interval", "p (not better)")  # fmt: skip
    one, other = found.first.figures, found.second.figures
    kind = found.label_kind
    for name in _primary_first(found.primary, beside(found.primary, found.differences)):
        pair = _pair(one.overall[name], other.overall[name])
        table.add_row(escape(name), *pair, *_change(found.differences[name]))
    table.add_section()
    labels = sorted(found.labels.items(), key=lambda item: -abs(item[1].mean))
    few = len(labels) <= MOST_LABELS
    for label, change in found.labels.items() if few else labels[:MOST_LABELS]:
        pair = _pair(*(side.labels.get(label, {}).get(kind) for side in (one, other)))
        table.add_row(escape(f"{label}: {kind}"), *pair, *_change(change))
    console.print(table)
    if not few:
        console.print(
            f"{len(labels) - MOST_LABELS} labels more, which differ less, are on the page"
        )
    _print_flips(console, found)
    _remarks(console, [*found.remarks, *map(str, found.second.scored.notes), *map(str, notes)])
    console.print(f"\nPage   {page}", highlight=False, soft_wrap=True)


def _print_flips(console: Console, found: "Compared") -> None:
    change = found.differences[found.primary]
    counts = ", ".join(f"{kind} {count:,}" for kind, count in found.flip_counts.items())
    console.print(f"Records: {counts}; both right {found.same[0]:,}, both wrong alike {found.same[1]:,}",
                  highlight=False, soft_wrap=True)  # fmt: skip
    least = f"{change.detectable:.4f} at 80 % power" if change.differing else "not to be told"
    console.print(
        f"Smallest difference of {found.primary} that these records can detect: {least} "
        f"({change.documents:,} documents, {change.differing:,} of which differ)",
        highlight=False,
        soft_wrap=True,
    )


def _records(found: "Evaluation", goldens: str) -> str:
    count = len(found.sifted.test.records)
    left = len(found.sifted.left_out)
    gone = f", {left:,} left out" if left else ""
    return escape(f"{count:,} records of {goldens}{gone}")


def _primary_first(primary: str, names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: name != primary)


def _pair(*figures: "Figure | None") -> list[str]:
    return [f"{one.value:.3f}" if one else "" for one in figures]


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left")
    for place, name in enumerate(headings):
        table.add_column(escape(name), justify="right" if place else "left", overflow="fold")
    return table


def _cells(one: "Figure") -> tuple[str, str]:
    return f"{one.value:.3f}", f"{one.low:.3f} to {one.high:.3f}"


def _change(one: "Difference") -> tuple[str, str, str]:
    return f"{one.mean:+.4f}", f"{one.low:+.4f} to {one.high:+.4f}", f"{one.p_value:.3g}"


def _gates_table(gates: "Iterable[Gate]") -> Table:
    table = _table("Absolute gates, as information", "gate", "figure", "threshold", "result")
    for gate in gates:
        thin = "not enough evidence" in gate.reason
        result = "failed" if gate.passed is False else "passed"
        tone = "yellow" if thin else "green" if gate.passed else "red"
        text = escape(gate.reason) if thin else result
        figure = "" if gate.value is None else f"{gate.value:.4g}"
        table.add_row(
            escape(gate.name), figure, f"{gate.op} {gate.threshold:g}", f"[{tone}]{text}[/]"
        )
    return table


def _remarks(console: Console, remarks: Sequence[str]) -> None:
    for one in remarks[:MOST_REMARKS]:
        console.print(f"- {escape(one)}", highlight=False, soft_wrap=True)
    if len(remarks) > MOST_REMARKS:
        console.print(f"- and {len(remarks) - MOST_REMARKS} more: see --json")

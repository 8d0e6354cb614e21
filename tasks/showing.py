"""Verdict and promotion as Markdown for Prefect's UI: the outcome first, bounded in length."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from goldsmith.gates import Gate, Verdict
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version

MOST_ROWS = 60  # of one verdict: what failed is always among them
LONGEST = 400  # characters of a cell
GROUPS = (
    ("Against the champion", "champion."),
    ("Behaviour", "behaviour."),
    ("Per class", "label:"),
    ("Exported files", "parity."),
    ("Exported files", "size"),
    ("Exported files", "p95_ms"),
    ("Cost", "cost"),
)
ORDER = ("Quality", "Per class", "Per slice", "Cost", "Behaviour", "Exported files")
OUTCOMES = {
    "promoted": "is champion now",
    "approved": "is champion now, approved by a person",
    "champion": "is the champion already",
    "kept": "is no champion: the champion stays",
    "candidate": "waits for a person's decision",
    "adhoc": "moves no alias",
    "refused": "is refused",
    "forced": "is champion now, by force",
    "restored": "is champion again, by a rollback",
    "rolled_back": "was rolled back before: a person decides",
}


def verdict_line(verdict: Verdict) -> str:
    """The verdict in one line: `refused: micro.f1 is 0.71, below 0.75`."""
    failed = verdict.failed
    if verdict.passed:
        thin = sum(gate.passed is None for gate in verdict.gates)
        note = f", {thin} without enough evidence" if thin else ""
        return (
            f"passed: {len(verdict.gates) - thin - len(failed)} of {len(verdict.gates)} gates{note}"
        )
    reason = failed[0].reason if failed else "no variant passed"
    more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
    return f"refused: {reason}{more}"


def metrics_rows(metrics: Mapping[str, Mapping[str, float]]) -> list[dict[str, str]]:
    """A row a figure over all labels: the model's, and beside it those of its yardsticks."""
    names = sorted({one for found in metrics.values() for one in found if ":" not in one})
    return [
        {"figure": name}
        | {who: f"{found[name]:.4f}" if name in found else "" for who, found in metrics.items()}
        for name in names
    ]


def verdict_markdown(verdict: Verdict, title: str, report: Path, data: str) -> str:
    """The whole verdict: its line, where the report lies, and the gates by group.

    Args:
        verdict: of the exported variants.
        title: of the use case.
        report: the HTML report.
        data: md5 of the goldens.
    """
    head = [
        f"**{_cell(verdict_line(verdict))}**",
        "",
        f"{_cell(title)}; variant `{verdict.chosen}`",
    ]
    where = ["", f"Report: [{report.name}]({report.as_uri()}); goldens: md5 `{data}`", ""]
    return "\n".join([*head, *where, *gate_tables(verdict.gates)])


def promotion_markdown(
    version: Version, decided: Promotion, links: Sequence[tuple[str, str]], approve: str
) -> str:
    """What became of a version, and how it compares with the champion.

    Args:
        version: which.
        decided: what became of it.
        links: (words, address) of where to look.
        approve: the command that approves it.
    """
    words = OUTCOMES.get(decided.outcome, decided.outcome)
    lines = [f"**{version.model} version {version.number} {words}**", "", _cell(decided.reason), ""]
    if decided.outcome in ("candidate", "rolled_back"):
        lines += ["To make it champion:", "", f"```\n{approve}\n```", ""]
    lines += gate_tables(decided.gates)
    return "\n".join([*lines, "", *(f"- [{_cell(name)}]({link})" for name, link in links)])


def gate_tables(gates: Sequence[Gate]) -> Iterator[str]:
    """A table for each group of gates, failed ones first in each; at most MOST_ROWS rows in all."""
    shown = sorted(gates, key=_urgency)[:MOST_ROWS]
    groups = {group_of(gate): None for gate in gates}
    for group in sorted(groups, key=lambda name: ORDER.index(name) if name in ORDER else -1):
        rows = [gate for gate in shown if group_of(gate) == group]
        if rows:
            yield from (f"### {group}", "", "| gate | figure | threshold | result | reason |")
            yield "|---|---|---|---|---|"
            yield from map(_row, rows)
            yield ""
    if len(gates) > len(shown):
        yield f"{len(gates) - len(shown)} more gates: see the report."


def group_of(gate: Gate) -> str:
    """Under which heading a gate stands."""
    for group, start in GROUPS:
        if gate.name.startswith(start):
            return group
    return "Per slice" if gate.slice else "Quality"


def _urgency(gate: Gate) -> int:
    return (False, None, True).index(gate.passed)


def _row(gate: Gate) -> str:
    about = " ".join(part for part in (gate.slice, gate.variant) if part and part not in gate.name)
    figure = "" if gate.value is None else f"{gate.value:.4g}"
    result = {True: "passed", False: "**failed**", None: "not enough evidence"}[gate.passed]
    name = _cell(f"{gate.name} {about}".strip())
    return (
        f"| {name} | {figure} | {gate.op} {gate.threshold:.4g} | {result} | {_cell(gate.reason)} |"
    )


def _cell(text: str) -> str:
    """Text that is text in Markdown, whatever a label or a person put into it."""
    plain = " ".join(text.split())
    plain = plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 3]}..."
    for sign in "\\`*_[]<>|#":
        plain = plain.replace(sign, f"\\{sign}")
    return plain

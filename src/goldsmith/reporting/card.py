"""The model card: what a model is, how good it is on what, and how to load it, as Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from goldsmith.reporting.data import GateRow, ReportData, TableRow
from goldsmith.reporting.report import (
    DASH,
    agreement,
    batches,
    cell,
    gate_state,
    latency,
    significant,
    variant_state,
)
from goldsmith.reporting.yardstick import finding, headline

UNKNOWN = "not stated"
LISTED = 25  # labels; more of them are one line


@dataclass(frozen=True)
class About:
    """What the card says beside what the report shows.

    Attributes:
        purpose, limits: in the use case's own words; both may be empty.
        base: the base model's name, empty for a model without one.
        base_licence, data_licence: empty where nobody says.
        intervals: 95 % bootstrap intervals by metric.
        hashes: (what, hash) of data, weights and files.
        task: of the pipeline that loads it with Optimum; empty where none does.
        folder: of the ONNX files in the bundle; onnx/VARIANT if empty.
    """

    purpose: str = ""
    limits: Sequence[str] = ()
    base: str = ""
    base_licence: str = ""
    data_licence: str = ""
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    hashes: Sequence[tuple[str, str]] = ()
    task: str = ""
    folder: str = ""


def card(data: ReportData, about: About) -> str:
    """The text of `card.md`."""
    parts = [
        _about(data, about),
        _verdict(data),
        _figures(data, about),
        *(_own_table(table) for table in data.tables),
        _variants(data),
        _data(data, about),
        _limits(data, about),
        _licences(about),
        _hashes(about),
        _loading(data, about.task, about.folder or f"onnx/{data.chosen}"),
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _about(data: ReportData, about: About) -> str:
    names = [_safe(row.label) for row in data.labels]
    purpose = f"{_safe(about.purpose)}\n\n" if about.purpose else ""
    base = f" Its base is `{_safe(about.base)}`." if about.base else ""
    to_do = "To answer inputs like its goldens, in the same language and of the same kind."
    if names:
        listed = (
            "\n".join(f"- {name}" for name in names) if len(names) <= LISTED else ", ".join(names)
        )
        kind = "on inputs like its goldens, in the same language and of the same kind"
        to_do = f"To predict these {len(names)} labels {kind}:\n\n{listed}"
    return f"""# {_safe(data.title)}

`{data.model_name}`: the model of the use case `{data.use_case}` (profile `{data.profile}`),
exported to ONNX. It answers with the variant `{data.chosen}`.{base}

## Purpose

{purpose}{to_do}

It is not meant for other kinds of text, nor for decisions that nobody checks."""


def _verdict(data: ReportData) -> str:
    word = "May be champion" if data.passed else "Refused"
    good = sum(gate_state(gate) == "passed" for gate in data.gates)
    lines = [f"## Verdict: {word}", "", f"{good} of {len(data.gates)} gates passed."]
    rest = [gate for gate in data.gates if gate_state(gate) != "passed"]
    if rest:
        head = ("gate", "variant", "figure", "threshold", "result", "reason")
        lines += ["", *_table(head, (_gate(gate) for gate in rest))]
    return "\n".join(lines)


def _gate(gate: GateRow) -> tuple[str, ...]:
    threshold = f"{gate.op} {significant(gate.threshold)}"
    figure, state = significant(gate.value), f"**{gate_state(gate)}**"
    return gate.name, gate.variant or "all", figure, threshold, state, gate.reason


def _figures(data: ReportData, about: About) -> str:
    low, high = data.interval
    lines = [
        "## Figures",
        "",
        f"{data.primary} is **{data.value:.3f}** (95 % interval {low:.3f} to {high:.3f}); "
        f"{headline(data)}.",
        *([_safe(finding(data))] if finding(data) else []),
        _estimate(data),
        "",
        *_overall(data),
    ]
    if data.labels:
        lines += ["", *_labels(data, about)]
    if data.slices:
        kinds = list(data.slices[0].figures)
        rows = [
            (row.name, f"{row.records:,}", *(f"{row.figures[kind]:.3f}" for kind in kinds))
            for row in data.slices
        ]
        lines += ["", *_table(("slice", "records", *kinds), rows)]
    return "\n".join(lines)


def _overall(data: ReportData) -> list[str]:
    """Every figure that is of no label, with the yardsticks'."""
    names = [name for name in data.metrics if not name.startswith("label:")]
    rows = (
        (
            name, f"{data.metrics[name]:.3f}",
            *(_figure(one.metrics.get(name)) for one in data.yardsticks),
        )
        for name in names
    )  # fmt: skip
    return _table(("figure", "model", *(one.words for one in data.yardsticks)), rows)


def _labels(data: ReportData, about: About) -> list[str]:
    kinds, first = list(data.labels[0].figures), data.yardstick
    head = ["label", "support", *kinds, f"95 % interval of {data.label_kind}"]
    rows = (
        (
            row.label, f"{row.support:,}", *(_figure(row.figures.get(kind)) for kind in kinds),
            _interval(about.intervals.get(f"label:{row.label}.{data.label_kind}")),
            *([_figure(row.yardstick)] if first else []),
        )
        for row in data.labels
    )  # fmt: skip
    return _table([*head, *([f"{first.words} {data.label_kind}"] if first else [])], rows)


def _figure(value: float | None) -> str:
    return DASH if value is None else f"{value:.3f}"


def _own_table(table: TableRow) -> str:
    rows = ([cell(one) for one in row] for row in table.rows)
    note = [_safe(table.note), ""] if table.note else []
    return "\n".join([f"## {_safe(table.title)}", "", *note, *_table(table.columns, rows)])


def _interval(found: tuple[float, float] | None) -> str:
    return DASH if found is None else f"{found[0]:.3f} to {found[1]:.3f}"


def _estimate(data: ReportData) -> str:
    if data.estimate == "folds":
        return "The figures are of the pooled out-of-fold predictions of the exported fold models."
    return "The figures are of the exported file, on test records that no training has seen."


def _variants(data: ReportData) -> str:
    sizes = batches(data.variants)
    head = [
        "variant", "state", "size, MB", *(f"p50 / p95 ms, batch of {batch}" for batch in sizes),
        data.primary, "loss", "agreement", "largest logit difference",
    ]  # fmt: skip
    rows = (
        (
            one.name, variant_state(one), f"{one.size_mb:.1f}",
            *(latency(one, batch) for batch in sizes),
            f"{one.metric:.3f}", f"{one.loss:.4f}", agreement(one.agreement),
            f"{one.logit_difference:.2g}",
        )
        for one in data.variants
    )  # fmt: skip
    against = "Loss, agreement and logits are against the model as trained."
    return "\n".join(["## Variants", "", against, "", *_table(head, rows)])


def _data(data: ReportData, about: About) -> str:
    counts = ", ".join(f"{name} {count:,}" for name, count in data.records.items())
    failed = [name for name, passed, _ in data.checks if not passed]
    checks = (
        f"{len(data.checks) - len(failed)} of {len(data.checks)} checks of the data contract hold"
    )
    hashes = {value for _, value in about.hashes}  # they have a section of their own
    named = f" (not: {_safe('; '.join(failed))})" if failed else ""
    lines = [
        "## Data and training",
        "",
        f"- Records: {_safe(counts)}",
        f"- Used in training: {data.trained_on:,}",
        f"- {checks}{named}",
        *(f"- {_safe(name)}: {_safe(value)}" for name, value in data.facts if value not in hashes),
    ]
    return "\n".join(lines)


def _limits(data: ReportData, about: About) -> str:
    thin = [gate for gate in data.gates if gate_state(gate) == "not enough evidence"]
    lines = [
        "## Limits",
        "",
        *(f"- {_safe(one)}" for one in about.limits),
        "- The figures hold for these goldens only: nothing else was measured, be it other sources,"
        " periods, wording or languages.",
        "- The interval covers the chance of drawing these documents, not errors in the goldens.",
        "- Latency was measured on one machine; measure on yours.",
    ]
    if thin:
        names = ", ".join(dict.fromkeys(gate.name for gate in thin))
        lines.append(f"- There was not enough evidence to judge: {_safe(names)}.")
    return "\n".join(lines)


def _licences(about: About) -> str:
    rows = [("data", about.data_licence or UNKNOWN)]
    if about.base:
        rows.append((f"base model {about.base}", about.base_licence or UNKNOWN))
    lines = [f"- {_safe(what)}: {_safe(licence)}" for what, licence in rows]
    return "\n".join(["## Licences", "", *lines])


def _hashes(about: About) -> str:
    if not about.hashes:
        return ""
    beside = "How it was made, to the commit and the lock file, is in `passport.json` beside this."
    return "\n".join(
        ["## Hashes", "", beside, "", *(f"- {_safe(what)}: `{one}`" for what, one in about.hashes)]
    )


def _loading(data: ReportData, task: str, folder: str) -> str:
    text = f"""## How to load

With Goldsmith, which needs neither torch nor transformers for it:

```sh
goldsmith predict {data.use_case} --input lines.jsonl --output predictions.jsonl
```"""
    if not task:
        return text
    return f"""{text}

With Optimum, on a copy of this bundle:

```python
from optimum.pipelines import pipeline

predict = pipeline("{task}", model="{folder}", accelerator="ort")
```"""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(_safe(cell) for cell in line)} |" for line in lines]


def _safe(text: str) -> str:
    """Text that can break neither out of a table's cell nor into HTML."""
    flat = " ".join(text.split())
    return flat.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")

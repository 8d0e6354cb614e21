"""The model card: what a model is, how good it is on what, and how to load it, as Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from goldsmith.reporting.data import GateRow, ReportData
from goldsmith.reporting.report import (
    DASH,
    agreement,
    batches,
    gate_state,
    latency,
    significant,
    variant_state,
)

UNKNOWN = "not stated"


@dataclass(frozen=True)
class About:
    """What the card says beside what the report shows.

    Attributes:
        purpose, limits: in the use case's own words; both may be empty.
        base: the base model's name, empty for a model without one.
        base_licence, data_licence: empty where nobody says.
        intervals: 95 % bootstrap intervals by metric.
        hashes: (what, hash) of data, weights and files.
        task: of the pipeline that loads it with Optimum.
        folder: of the ONNX files in the bundle; onnx/VARIANT if empty.
    """

    purpose: str = ""
    limits: Sequence[str] = ()
    base: str = ""
    base_licence: str = ""
    data_licence: str = ""
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    hashes: Sequence[tuple[str, str]] = ()
    task: str = "token-classification"
    folder: str = ""


def card(data: ReportData, about: About) -> str:
    """The text of `card.md`."""
    parts = [
        _about(data, about),
        _verdict(data),
        _figures(data, about),
        _variants(data),
        _data(data, about),
        _limits(data, about),
        _licences(about),
        _hashes(about),
        _loading(data, about.task, about.folder or f"onnx/{data.chosen}"),
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _about(data: ReportData, about: About) -> str:
    labels = "\n".join(f"- {_safe(row.label)}" for row in data.labels)
    purpose = f"{_safe(about.purpose)}\n\n" if about.purpose else ""
    base = f" Its base is `{_safe(about.base)}`." if about.base else ""
    return f"""# {_safe(data.title)}

`{data.model_name}`: the model of the use case `{data.use_case}` (profile `{data.profile}`),
exported to ONNX. It answers with the variant `{data.chosen}`.{base}

## Purpose

{purpose}To predict these labels on texts like its goldens, in the same language and of the same kind:

{labels}

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
    base = data.baseline.get(data.primary)
    against = f"; the baseline has {base:.3f}" if base is not None else "; there is no baseline"
    head = ("label", "support", "precision", "recall", "F1", "95 % interval", "baseline F1")
    rows = (
        (
            row.label,
            f"{row.support:,}",
            *(f"{value:.3f}" for value in (row.precision, row.recall, row.f1)),
            _interval(about.intervals.get(f"label:{row.label}.f1")),
            DASH if row.baseline_f1 is None else f"{row.baseline_f1:.3f}",
        )
        for row in data.labels
    )
    lines = [
        "## Figures",
        "",
        f"{data.primary} is **{data.value:.3f}** (95 % interval {low:.3f} to {high:.3f}){against}.",
        _estimate(data),
        "",
        *_table(head, rows),
    ]
    slices = [
        (row.name, f"{row.records:,}", *(f"{v:.3f}" for v in (row.precision, row.recall, row.f1)))
        for row in data.slices
    ]
    if slices:
        lines += ["", *_table(("slice", "records", "precision", "recall", "F1"), slices)]
    return "\n".join(lines)


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
    return f"""## How to load

With Goldsmith, which needs neither torch nor transformers for it:

```sh
goldsmith predict {data.use_case} --input texts.jsonl --output predictions.jsonl
```

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

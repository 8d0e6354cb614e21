"""The report of one model as one HTML page: self-contained, offline, light or dark."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from goldsmith.reporting.data import ErrorRow, GateRow, ReportData, VariantRow
from goldsmith.reporting.pictures import (
    confusion_picture,
    curve_picture,
    interval_picture,
    kind_of,
    name_pieces,
)

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "report.html.j2"
DASH = "\N{EN DASH}"  # where there is no figure
OPEN_ERRORS = 6  # further ones are folded away
GROUPS = {  # what gates look at, by how their names begin
    "label:": "Classes",
    "slice:": "Slices",
    "cost.": "Cost of mistakes",
    "behaviour.": "Behaviour",
    "parity.": "Parity of the exported files",
    "size_mb": "Size and latency",
    "p95_ms": "Size and latency",
    "champion.": "Against the champion",
}
REST = "Overall figures"
KIND_NAMES = {
    "hit": "found",
    "missed": "missed",
    "false": "false alarm",
    "wrong": "wrong label",
}


class Stretch(NamedTuple):
    """Neighbouring words of a sentence with the same gold and predicted label."""

    text: str
    kind: str
    gold: str
    predicted: str


class Sentence(NamedTuple):
    """A record in error as it is shown; `tally` counts (kind, stretches), hits left out."""

    id: str
    stretches: tuple[Stretch, ...]
    tally: tuple[tuple[str, int], ...]


def render(data: ReportData) -> str:
    """The whole page; the same data give the same text."""
    from markupsafe import Markup

    chosen = next((one for one in data.variants if one.chosen), None)
    return environment().get_template(TEMPLATE).render(
        data=data,
        chosen=chosen,
        baseline=data.baseline.get(data.primary),
        overall=_overall(data),
        groups=gate_groups(data.gates),
        counts=Counter(gate_state(gate) for gate in data.gates),
        refusing=sum(gate.passed is False for gate in data.gates),
        batches=batches(data.variants),
        parity=_parity(data),
        errors=[sentence(error) for error in data.errors],
        open_errors=OPEN_ERRORS,
        kinds=KIND_NAMES,
        confusion=Markup(confusion_picture(data.confusion_labels, data.confusion)),
        curve=Markup(curve_picture(data.history)),
        interval=Markup(
            interval_picture(data.value, data.interval, data.baseline.get(data.primary))
        ),
    )  # fmt: skip


def gate_state(gate: GateRow) -> str:
    """`passed`, `failed` or `not enough evidence`, which may refuse a model or not."""
    if gate.passed is None or gate.reason.startswith("not enough evidence"):
        return "not enough evidence"
    return "passed" if gate.passed else "failed"


def variant_state(variant: VariantRow) -> str:
    """What became of an exported variant, in words."""
    if variant.chosen:
        return "chosen" if variant.kept else "chosen, refused"
    return "kept" if variant.kept else "left out"


def batches(variants: Sequence[VariantRow]) -> list[str]:
    """Batch sizes with a measured latency, smallest first."""
    return sorted({batch for one in variants for batch in (*one.p50_ms, *one.p95_ms)}, key=int)


def agreement(share: float) -> str:
    """A share as a percentage, rounded down: 100 % means every single decision."""
    return f"{math.floor(share * 10_000 + 1e-9) / 100:.2f} %"


def milliseconds(value: float | None) -> str:
    """A latency with three significant digits or so; a dash where none was measured."""
    if value is None:
        return DASH
    return f"{value:,.2f}" if value < 10 else f"{value:,.1f}" if value < 100 else f"{value:,.0f}"


def latency(variant: VariantRow, batch: str) -> str:
    """Median and 95th percentile at a batch size, in milliseconds."""
    return f"{milliseconds(variant.p50_ms.get(batch))} / {milliseconds(variant.p95_ms.get(batch))}"


def significant(value: float | None) -> str:
    """Four significant digits, as in the reasons of gates; a dash for nothing."""
    return DASH if value is None else f"{value:.4g}"


@cache
def environment() -> "Environment":
    """Where the pages' templates are, and what they may call."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files("goldsmith.reporting")
    found = Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "figure": lambda value: f"{value:.3f}",
        "significant": significant,
        "milliseconds": milliseconds,
        "agreement": agreement,
        "latency": latency,
        "gate_state": gate_state,
        "variant_state": variant_state,
        "name_pieces": name_pieces,
    }
    return found


def gate_groups(gates: Sequence[GateRow]) -> list[tuple[str, list[GateRow]]]:
    """Gates by what they look at; the groups and the gates that need a look come first."""
    groups: dict[str, list[GateRow]] = {kind: [] for kind in (REST, *GROUPS.values())}
    for gate in gates:
        kind = next((words for start, words in GROUPS.items() if gate.name.startswith(start)), REST)
        groups[kind].append(gate)
    found = [(kind, sorted(rows, key=_urgency)) for kind, rows in groups.items() if rows]
    return sorted(found, key=lambda group: _urgency(group[1][0]))


def _urgency(gate: GateRow) -> int:
    return {"failed": 0, "not enough evidence": 1, "passed": 2}[gate_state(gate)]


def _overall(data: ReportData) -> list[tuple[str, float, float | None]]:
    return [
        (name, value, data.baseline.get(name))
        for name, value in data.metrics.items()
        if not name.startswith("label:")
    ]


def _parity(data: ReportData) -> dict[str, list[Any]]:
    names = dict.fromkeys(row.variant for row in data.parity)
    return {name: [row for row in data.parity if row.variant == name] for name in names}


def sentence(error: ErrorRow) -> Sentence:
    """A record in error, its neighbouring words of one kind taken together."""
    stretches = tuple(_stretches(error.words))
    tally = Counter(one.kind for one in stretches if one.kind not in ("", "hit"))
    return Sentence(error.id, stretches, tuple((k, tally[k]) for k in KIND_NAMES if tally[k]))


def _stretches(words: Sequence[tuple[str, str, str]]) -> Iterator[Stretch]:
    for (gold, predicted), group in groupby(words, key=lambda word: (word[1], word[2])):
        text = " ".join(word for word, _, _ in group)
        yield Stretch(text, kind_of(gold, predicted), gold, predicted)

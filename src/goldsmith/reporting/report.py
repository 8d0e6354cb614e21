"""The report of one model as one HTML page: self-contained, offline, light or dark."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from goldsmith.reporting import yardstick
from goldsmith.reporting.data import ErrorRow, GateRow, LabelRow, ReportData, VariantRow
from goldsmith.reporting.pictures import (
    confusion_picture,
    curve_picture,
    interval_picture,
    kind_of,
    name_pieces,
)
from goldsmith.text import OUTSIDE

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE = "report.html.j2"
DASH = "\N{EN DASH}"  # where there is no figure
OPEN_ERRORS = 6  # further ones are folded away
OPEN_LABELS = 25  # with more of them the weakest are shown
LONG_TEXT = 700  # characters of a whole text in error
LONG_STRETCH = 420  # and of a stretch in which nothing is wrong
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


WHOLE_KINDS = {kind: KIND_NAMES[kind] for kind in ("hit", "wrong")}


class Stretch(NamedTuple):
    """Neighbouring words of a sentence with the same gold and predicted label."""

    text: str
    kind: str
    gold: str
    predicted: str


class Sentence(NamedTuple):
    """A record in error as it is shown.

    Attributes:
        tally: (kind, stretches), hits left out.
        whole: it is one text with one label.
    """

    id: str
    stretches: tuple[Stretch, ...]
    tally: tuple[tuple[str, int], ...]
    asked: str
    whole: bool


def render(data: ReportData) -> str:
    """The whole page; the same data give the same text."""
    from markupsafe import Markup

    chosen = next((one for one in data.variants if one.chosen), None)
    errors = [sentence(error) for error in data.errors]
    return environment().get_template(TEMPLATE).render(
        data=data,
        chosen=chosen,
        finding=yardstick.finding(data),
        difference=lambda one: yardstick.difference(data, one),
        significance=yardstick.significance,
        overall=_overall(data),
        labels=labels_shown(data),
        kinds_of=lambda rows: list(rows[0].figures),
        groups=gate_groups(data.gates),
        counts=Counter(gate_state(gate) for gate in data.gates),
        refusing=sum(gate.passed is False for gate in data.gates),
        batches=batches(data.variants),
        parity=_parity(data),
        errors=errors,
        open_errors=OPEN_ERRORS,
        kinds=kinds_in(errors),
        confused_kinds=KIND_NAMES if OUTSIDE in data.confusion_labels else WHOLE_KINDS,
        confusion=Markup(
            confusion_picture(data.confusion_labels, data.confusion, f"{data.counted}s")
        ),
        curve=Markup(curve_picture(data.history)),
        interval=Markup(
            interval_picture(data.value, data.interval, _first_yardstick(data))
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
        "figure": lambda value: DASH if value is None else f"{value:.3f}",
        "cell": cell,
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


def _first_yardstick(data: ReportData) -> tuple[str, float] | None:
    """Name and primary metric of what the model is measured by."""
    first = data.yardstick
    return (first.words, first.metrics[data.primary]) if first else None


def _overall(data: ReportData) -> list[tuple[str, float, list[float | None]]]:
    """Every figure of no label, with the yardsticks'; the primary one first."""
    rows = [
        (name, value, [one.metrics.get(name) for one in data.yardsticks])
        for name, value in data.metrics.items()
        if not name.startswith("label:")
    ]
    return sorted(rows, key=lambda row: row[0] != data.primary)


def labels_shown(data: ReportData) -> tuple[Sequence[LabelRow], Sequence[LabelRow]]:
    """The labels to be seen at once, and those that are folded away: of many, the weakest first."""
    if len(data.labels) <= OPEN_LABELS:
        return data.labels, ()
    rows = sorted(data.labels, key=lambda row: row.figures.get(data.label_kind, 0.0))
    return rows[:OPEN_LABELS], rows[OPEN_LABELS:]


def _parity(data: ReportData) -> dict[str, list[Any]]:
    names = dict.fromkeys(row.variant for row in data.parity)
    return {name: [row for row in data.parity if row.variant == name] for name in names}


def sentence(error: ErrorRow) -> Sentence:
    """A record in error, its neighbouring pieces of one kind taken together."""
    whole = len(error.words) == 1 and all(error.words[0][1:])
    stretches = tuple(_stretches(error.words))
    if whole:
        stretches = (stretches[0]._replace(text=clipped(stretches[0].text, LONG_TEXT, 0.7)),)
    tally = Counter(one.kind for one in stretches if one.kind not in ("", "hit"))
    counts = tuple((kind, tally[kind]) for kind in KIND_NAMES if tally[kind])
    return Sentence(error.id, stretches, counts, error.asked, whole)


def kinds_in(errors: Sequence[Sentence]) -> dict[str, str]:
    """What the marks of some errors mean; nothing of whole texts, which have no marks."""
    found = {one.kind for error in errors if not error.whole for one in error.stretches}
    return {kind: words for kind, words in KIND_NAMES.items() if kind in found}


def clipped(text: str, most: int, head: float) -> str:
    """A text of at most `most` characters or so, its middle left out; `head` is the first part."""
    if len(text) <= most:
        return text
    room = int(most * head)
    first = text[: max(0, text.rfind(" ", 0, room + 1))] if room else ""
    after = text.find(" ", len(text) - (most - room))
    last = text[after:] if room < most and after >= 0 else ""
    gone = f"[…{len(text) - len(first) - len(last):,} characters…]"
    return " ".join(part for part in (first.rstrip(), gone, last.lstrip()) if part)


def cell(value: str | int | float | None) -> str:
    """A value of a family's own table: figures with three digits, whole numbers as they are."""
    if value is None:
        return DASH
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else value


def _stretches(words: Sequence[tuple[str, str, str]]) -> Iterator[Stretch]:
    groups = [list(group) for _, group in groupby(words, key=lambda word: (word[1], word[2]))]
    for place, group in enumerate(groups):
        _, gold, predicted = group[0]
        text, kind = " ".join(word for word, _, _ in group), kind_of(gold, predicted)
        if not kind:
            # What is far from any mark says nothing of it.
            head = 0.0 if place == 0 else 1.0 if place == len(groups) - 1 else 0.5
            text = clipped(text, LONG_STRETCH, head)
        yield Stretch(text, kind, gold, predicted)

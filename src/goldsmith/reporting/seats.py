"""The picture of a model's champions: the primary metric with its interval, in the ledger's order."""

import math
from collections.abc import Iterator, Sequence
from html import escape

from pydantic import BaseModel, ConfigDict

from goldsmith.reporting import svg
from goldsmith.reporting.pictures import ACCENT, KIND_COLOURS
from goldsmith.reporting.svg import INK, LINE, MUTED, Point

MOST = 40  # changes in the picture: the latest
HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 300, 56, 24, 52, 56
LEAST_WIDTH, STEP = 720, 64
KINDS = {
    "promoted": "earned",
    "approved": "approved",
    "forced": "forced",
    "rolled_back": "rolled back to",
    "adopted": "adopted",
}
COLOURS = {
    "promoted": KIND_COLOURS["hit"],
    "approved": ACCENT,
    "forced": KIND_COLOURS["false"],
    "rolled_back": KIND_COLOURS["missed"],
    "adopted": MUTED,
}


class Row(BaseModel):
    """Base of what the page shows: frozen, no further keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Measured(Row):
    """A version's primary metric on its own held-out records, with its 95 % interval."""

    metric: str
    value: float
    low: float
    high: float


class ChangeRow(Row):
    """One entry of the ledger; `data` names the goldens that the version was measured on."""

    number: int
    version: int
    kind: str
    when: str
    by: str
    reason: str
    verdict: str
    measured: Measured | None
    data: str


def seats_picture(changes: Sequence[ChangeRow], metric: str) -> str:
    """The champions' primary metric with its interval, one change after the other.

    A dashed line stands where the goldens changed: figures on both sides of it are not of the same
    records.

    Args:
        changes: the ledger, oldest first; the last MOST are drawn.
        metric: name of the axis.

    Returns:
        An SVG element; empty if no champion was measured.
    """
    shown = list(changes)[-MOST:]
    figures = [one.measured for one in shown if one.measured]
    if not figures:
        return ""
    marks = _ticks(min(one.low for one in figures), max(one.high for one in figures))
    width = max(LEAST_WIDTH, LEFT + RIGHT + STEP * len(shown))
    step = (width - LEFT - RIGHT) / len(shown)

    def at(place: float, value: float) -> Point:
        share = (value - marks[0]) / (marks[-1] - marks[0])
        up = (HEIGHT - TOP - BOTTOM) * share
        return round(LEFT + (place + 0.5) * step, 1), round(HEIGHT - BOTTOM - up, 1)

    parts = [
        svg.text((LEFT - 8, TOP - 16), metric, "middle" if len(metric) < 8 else "start", MUTED)
    ]
    for mark in marks:
        y = at(0, mark)[1]
        parts.append(svg.rule((LEFT, y), (width - RIGHT, y)))
        parts.append(svg.text((LEFT - 8, y + 4), f"{mark:g}", "end", MUTED))
    parts += _legend([one.kind for one in shown])
    previous: tuple[ChangeRow, Point] | None = None
    dots = []
    for place, change in enumerate(shown):
        parts += _below(change, at(place, marks[0])[0])
        if change.measured is None:
            continue
        here = at(place, change.measured.value)
        parts += _between(previous, change, here, (at(0, marks[-1])[1], at(0, marks[0])[1]))
        low, high = (at(place, found)[1] for found in (change.measured.low, change.measured.high))
        dots.append(_mark(change, here, low, high))
        previous = change, here
    return svg.element(width, HEIGHT, f"{metric} of the champions over time", [*parts, *dots])


def _below(change: ChangeRow, x: float) -> Iterator[str]:
    yield svg.text((x, HEIGHT - BOTTOM + 20), f"v{change.version}", "middle", INK, 12, 600)
    yield svg.text((x, HEIGHT - BOTTOM + 36), change.when[:10], "middle", MUTED, 9.5)


def _between(
    previous: tuple[ChangeRow, Point] | None,
    change: ChangeRow,
    here: Point,
    ends: tuple[float, float],
) -> Iterator[str]:
    """A line from the champion before, or a dashed one across where the goldens changed."""
    if previous is None:
        return
    before, there = previous
    if before.data == change.data:
        yield svg.path([there, here], LINE)
        return
    x = (there[0] + here[0]) / 2
    yield f"<g><title>other goldens from here on</title>{svg.rule((x, ends[0]), (x, ends[1]), True)}</g>"
    yield svg.text((x, ends[0] - 4), "other goldens", "middle", MUTED, 9.5)


def _mark(change: ChangeRow, here: Point, low: float, high: float) -> str:
    """A dot on a bar that is its interval."""
    found, colour = change.measured, COLOURS.get(change.kind, MUTED)
    assert found is not None
    title = (
        f"version {change.version}, {KINDS.get(change.kind, change.kind)}: {found.metric} "
        f"{found.value:.3f}, 95 % interval {found.low:.3f} to {found.high:.3f}"
    )
    bar = svg.box((here[0] - 4, high), (8, max(low - high, 1)), colour, 0.28, 4)
    dot = f'<circle cx="{here[0]:g}" cy="{here[1]:g}" r="5.5" style="fill:{colour}"/>'
    figure = svg.text((here[0] + 11, here[1] + 4), f"{found.value:.3f}", "start", INK, 10.5)
    return f"<g><title>{escape(title)}</title>{bar}{dot}{figure}</g>"


def _ticks(low: float, high: float) -> list[float]:
    """About five round marks around all figures; a metric between 0 and 1 stays there."""
    room = max(high - low, 0.02 * max(abs(high), 1e-6))
    unit = 10.0 ** math.floor(math.log10(room / 4))
    step = next(unit * by for by in (1, 2, 2.5, 5, 10) if unit * by >= room / 4 * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 9) for place in range(first, max(last, first + 1) + 1)]


def _legend(kinds: Sequence[str]) -> Iterator[str]:
    x = float(LEFT)
    for kind in (name for name in KINDS if name in kinds):
        yield f'<circle cx="{x + 6:g}" cy="12" r="5" style="fill:{COLOURS[kind]}"/>'
        yield svg.text((x + 16, 16), KINDS[kind], "start")
        x += 34 + 6.5 * len(KINDS[kind])

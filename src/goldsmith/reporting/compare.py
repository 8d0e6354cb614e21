"""Two that answer, compared, as one HTML page: self-contained, offline, light or dark."""

from collections.abc import Sequence
from html import escape

from pydantic import BaseModel, ConfigDict

from goldsmith.reporting import svg
from goldsmith.reporting.data import ErrorRow
from goldsmith.reporting.pictures import ACCENT, KIND_COLOURS, name_lines
from goldsmith.reporting.report import OPEN_LABELS, Sentence, environment, kinds_in, sentence
from goldsmith.reporting.svg import LEADING, MUTED, Point

TEMPLATE = "compare.html.j2"
OPEN_FLIPS = 4  # of each kind; further ones are folded away
NAME_WIDTH = 28  # characters of a line of a name in the picture
TONES = {
    "right to wrong": "failed",
    "wrong to right": "passed",
    "wrong to otherwise wrong": "wrong",
}


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(_Row):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


class SideRow(_Row):
    """One of the two; `objection` says why it must not serve, `notes` what is wrong with it."""

    name: str
    model: str
    sha256: str
    objection: str
    notes: tuple[str, ...]


class DifferenceRow(_Row):
    """One metric of both; the change is the second minus the first. `count` is what it rests on."""

    name: str
    count: int | None
    first: Range | None
    second: Range | None
    change: Range
    p_value: float


class FlipRow(_Row):
    """A record that changed: mistakes of each, and its words where there are mistakes."""

    id: str
    kind: str
    asked: str = ""
    mistakes: tuple[int, int]
    words: tuple[tuple[tuple[str, str, str], ...], ...]


class CompareData(_Row):
    """Everything the page shows.

    Attributes:
        goldens: what was scored on, in words.
        documents, differing: resampling units, and those on which the two differ.
        primary: name of the primary metric, the first of `overall`.
        detectable: smallest true difference that these records find at 80 % power.
        alpha: level of the one-sided test.
        counts: flips by kind, shown or not.
        same: records that both answer alike: (right, wrong).
    """

    title: str
    use_case: str
    profile: str
    goldens: str
    first: SideRow
    second: SideRow
    records: int
    left_out: int
    documents: int
    differing: int
    primary: str
    detectable: float
    alpha: float
    overall: tuple[DifferenceRow, ...]
    labels: tuple[DifferenceRow, ...]
    slices: tuple[DifferenceRow, ...]
    flips: tuple[FlipRow, ...]
    counts: dict[str, int]
    same: tuple[int, int]
    remarks: tuple[str, ...]

    @property
    def counts_mistakes(self) -> bool:
        """Whether a record can have several mistakes; of one answer, right and wrong say it all."""
        return any(
            count > 1 and len(words) > 1
            for one in self.flips
            for count, words in zip(one.mistakes, one.words, strict=True)
        )

    @property
    def finding(self) -> str:
        """`better`, `worse` or `alike`: what the test shows of the second."""
        p_value = self.overall[0].p_value
        if self.differing > 1 and p_value <= self.alpha:
            return "better"
        return "worse" if self.differing > 1 and p_value >= 1 - self.alpha else "alike"


def render(data: CompareData) -> str:
    """The whole page; the same data give the same text."""
    from markupsafe import Markup

    shown = [
        (kind, count, [_flip(one) for one in data.flips if one.kind == kind])
        for kind, count in data.counts.items()
    ]
    picture = differences_picture([*data.overall[:1], *_folded(data.labels)[0], *data.slices])
    return environment().get_template(TEMPLATE).render(
        data=data,
        headline=data.overall[0],
        flips=shown,
        tones=TONES,
        kinds=kinds_in([found for _, _, rows in shown for _, both in rows for found in both if found]),
        labels=_folded(data.labels),
        open_flips=OPEN_FLIPS,
        picture=Markup(picture),
    )  # fmt: skip


def _folded(
    labels: Sequence[DifferenceRow],
) -> tuple[Sequence[DifferenceRow], Sequence[DifferenceRow]]:
    """The labels to be seen at once, and those that are folded away: of many, the most changed."""
    if len(labels) <= OPEN_LABELS:
        return labels, ()
    rows = sorted(labels, key=lambda row: -abs(row.change.value))
    return rows[:OPEN_LABELS], rows[OPEN_LABELS:]


def _flip(one: FlipRow) -> tuple[FlipRow, list[Sentence | None]]:
    """A record with the sentence of each that is wrong; None where there is nothing to show."""
    return one, [
        sentence(ErrorRow(id=one.id, words=words, asked=one.asked)) if words else None
        for words in one.words
    ]


def differences_picture(rows: Sequence[DifferenceRow]) -> str:
    """Differences with their intervals around zero, one below the other.

    Returns:
        An SVG element; empty if there is nothing to show.
    """
    if not rows:
        return ""
    width, left, top = 600, 200, 10
    reach = max([0.01, *(abs(edge) for row in rows for edge in (row.change.low, row.change.high))])
    names = [name_lines(row.name, NAME_WIDTH) for row in rows]
    heights = [max(30, LEADING * len(lines) + 10) for lines in names]
    bottom = top + sum(heights)

    def at(value: float) -> float:
        return round(left + (width - left - 20) * (value / reach + 1) / 2, 1)

    parts = []
    for mark in (-reach, -reach / 2, 0.0, reach / 2, reach):
        parts.append(svg.rule((at(mark), top), (at(mark), bottom), dashed=mark == 0))
        parts.append(
            svg.text((at(mark), bottom + 16), f"{mark:+.3g}" if mark else "0", "middle", MUTED)
        )
    y = float(top)
    for row, lines, tall in zip(rows, names, heights, strict=True):
        change = row.change
        places = at(change.low), at(change.value), at(change.high)
        parts.append(_interval(row, lines, (left, y + tall / 2), places))
        y += tall
    return svg.element(width, bottom + 24, "Differences with their 95 % intervals", parts, 330)


def _interval(
    row: DifferenceRow, names: Sequence[str], at: Point, places: tuple[float, float, float]
) -> str:
    """One row: its name left of a point, and its interval at that height."""
    change, (low, middle, high), y = row.change, places, at[1]
    colour = ACCENT
    if change.low > 0:
        colour = KIND_COLOURS["hit"]
    elif change.high < 0:
        colour = KIND_COLOURS["false"]
    title = f"{row.name}: {change.value:+.4f}, {change.low:+.4f} to {change.high:+.4f}"
    above = y + 4 - LEADING * (len(names) - 1) / 2
    drawn = svg.box((low, y - 4), (max(high - low, 2), 8), colour, 0.35, 3)
    drawn += svg.box((middle - 2, y - 7), (4, 14), colour, 1, 2)
    words = svg.lines((at[0] - 14, above), names, "end")
    return f"<g><title>{escape(title)}</title>{words}{drawn}</g>"

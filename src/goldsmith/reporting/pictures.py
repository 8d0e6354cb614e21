"""Pictures of a report as SVG by hand: text stays text, colours follow the page's mode.

Each colour is a CSS variable of the page with a fallback, so that a picture also stands alone.
"""

import math
import re
from collections.abc import Sequence
from html import escape

from goldsmith.reporting import svg
from goldsmith.reporting.data import PointRow
from goldsmith.reporting.svg import INK, LEADING, LINE, MUTED, Point
from goldsmith.text import OUTSIDE

KIND_COLOURS = {
    "hit": "var(--hit,#12805c)",
    "missed": "var(--missed,#b3690a)",
    "false": "var(--false,#c0362c)",
    "wrong": "var(--wrong,#7447c9)",
}
ACCENT = "var(--accent,#2f5fd0)"
PHASE_COLOURS = (ACCENT, *(KIND_COLOURS[kind] for kind in ("missed", "hit", "wrong", "false")))
NAMED_COLUMNS = 6  # with more labels, columns are numbered
MOST_POINTS = 300


def kind_of(gold: str, predicted: str, outside: str = "") -> str:
    """`hit`, `missed`, `false` or `wrong`; empty where both are outside of any label."""
    if gold == predicted:
        return "" if gold == outside else "hit"
    if predicted == outside:
        return "missed"
    return "false" if gold == outside else "wrong"


def name_pieces(name: str) -> list[str]:
    """The words of a name in CamelCase or with separators; joined, they are the name."""
    return re.split(
        r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\s)|(?<=[_.:/-])(?=[A-Za-z])", name
    )


def name_lines(name: str, width: int) -> list[str]:
    """Break a name into lines of at most `width` characters, best between its words."""
    words = name_pieces(name)
    lines = [""]
    for piece in (word[i : i + width] for word in words for i in range(0, len(word), width)):
        if lines[-1] and len(lines[-1]) + len(piece) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def percent(share: float) -> str:
    """A share as a percentage with one digit; the least above nothing is not shown as nothing."""
    return "< 0.1 %" if 0 < share < 0.0005 else f"{100 * share:.1f} %"


def confusion_picture(
    labels: Sequence[str], counts: Sequence[Sequence[int]], counted: str = "words"
) -> str:
    """A confusion matrix: gold in rows, predicted in columns.

    Colour is the share of the gold row, so that the many words outside of entities do not drown the
    rest; its hue says what the cell means (hit, missed, false, wrong label).

    Args:
        labels: n names, `O` among them where the family has it.
        counts: n rows of n counts.
        counted: what is counted, in the plural.

    Returns:
        An SVG element; empty if there are no labels.
    """
    if not labels:
        return ""
    named = len(labels) <= NAMED_COLUMNS
    wide, left = (112, 196) if named else (46, 290)
    names = [_row_name(place, name, named) for place, name in enumerate(labels)]
    heads = [name_lines(name, 16) if named else [str(i + 1)] for i, name in enumerate(labels)]
    tall = max(58 if named else 32, LEADING * max(map(len, names)) + 10)
    top = 34 + LEADING * max(map(len, heads))
    parts = [
        svg.text((left - 12, 14), "gold ↓", "end", MUTED),
        svg.text((left + 2, 14), "predicted →", "start", MUTED),
    ]
    for place, (head, name) in enumerate(zip(heads, names, strict=True)):
        above = top - 10 - LEADING * (len(head) - 1)
        parts.append(svg.lines((left + (place + 0.5) * wide, above), head, "middle"))
        middle = top + (place + 0.5) * tall + 4 - LEADING * (len(name) - 1) / 2
        parts.append(svg.lines((left - 12, middle), name, "end"))
        corner = (left, top + place * tall)
        parts += _row(labels, place, counts[place], corner, (wide, tall))
    size = (left + wide * len(labels) + 2, top + tall * len(labels) + 2)
    return svg.element(*size, f"Confusion matrix of {counted}", parts, least=0.85 * size[0])


def _row_name(place: int, name: str, named: bool) -> list[str]:
    if named:
        return name_lines(name, 24)
    lines = name_lines(name, 34)
    return [*lines[:-1], f"{lines[-1]} · {place + 1}"]


def _row(
    labels: Sequence[str], place: int, values: Sequence[int], corner: Point, cell: tuple[int, int]
) -> list[str]:
    """The cells of one gold label; those without words stay background."""
    (left, y), (wide, tall) = corner, cell
    total, gold = sum(values), labels[place]
    parts = [svg.box((left + 1, y + 1), (wide * len(labels) - 2, tall - 2), MUTED, 0.06)]
    for column, count in enumerate(values):
        if not count:
            continue
        share = count / total
        kind = kind_of(gold, labels[column], OUTSIDE) or "hit"
        title = f"gold {gold}, predicted {labels[column]}: {count} ({percent(share)})"
        drawn = _cell((left + column * wide, y), cell, count, share, kind)
        parts.append(f"<g><title>{escape(title)}</title>{drawn}</g>")
    return parts


def _cell(corner: Point, cell: tuple[int, int], count: int, share: float, kind: str) -> str:
    (x, y), (wide, tall), big = corner, cell, cell[0] > 80
    middle, centre = x + wide / 2, y + tall / 2
    ink = "var(--on-strong,#fff)" if share > 0.7 else INK
    depth = round(0.1 + 0.8 * share, 3)
    figure = f"{count:,}" if big or count < 10_000 else f"{count // 1000:,}k"
    drawn = svg.box((x + 1, y + 1), (wide - 2, tall - 2), KIND_COLOURS[kind], depth)
    above = centre - 2 if big else centre + 4
    drawn += svg.text((middle, above), figure, "middle", ink, 13 if big else 10, 600)
    if big:
        drawn += svg.text((middle, centre + 14), percent(share), "middle", ink)
    return drawn


def curve_picture(points: Sequence[PointRow]) -> str:
    """Training loss by step; phases follow one another and differ in colour.

    Returns:
        An SVG element; empty if no point has a finite loss.
    """
    runs = _runs([point for point in points if math.isfinite(point.loss)])
    if not runs:
        return ""
    width, height, left, top, bottom = 760, 280, 52, 34, 44
    end = max(1.0, *(x for _, run in runs for x, _ in run))
    marks = _ticks(max(y for _, run in runs for _, y in run))

    def at(x: float, y: float) -> Point:
        up = (height - bottom - top) * y / marks[-1]
        return round(left + (width - left - 20) * x / end, 1), round(height - bottom - up, 1)

    parts = [svg.text((left - 8, 14), "loss", "end", MUTED)]
    for mark in marks:
        parts.append(svg.rule(at(0, mark), at(end, mark)))
        parts.append(svg.text((left - 8, at(0, mark)[1] + 4), f"{mark:g}", "end", MUTED))
    for step in (mark for mark in _ticks(end) if mark <= end):
        parts.append(svg.text((at(step, 0)[0], height - 26), f"{step:g}", "middle", MUTED))
    parts.append(svg.text(((left + width) / 2, height - 6), "training step", "middle", MUTED))
    names = list(dict.fromkeys(name for name, _ in runs))
    shades = {name: PHASE_COLOURS[i % len(PHASE_COLOURS)] for i, name in enumerate(names)}
    parts += _legend(shades, left)
    for place, (name, run) in enumerate(runs):
        if place:
            parts.append(svg.rule(at(run[0][0], 0), at(run[0][0], marks[-1]), dashed=True))
        parts.append(svg.path([at(x, y) for x, y in _thinned(run)], shades[name]))
    return svg.element(width, height, "Training loss by step", parts)


def _runs(points: Sequence[PointRow]) -> list[tuple[str, list[Point]]]:
    """Each phase's (step, loss); a phase that counts anew goes on where the last one ended."""
    runs: list[tuple[str, list[Point]]] = []
    shift, last = 0, -1
    for point in points:
        if not runs or runs[-1][0] != point.phase or point.step < last:
            shift += last if point.step <= last else 0
            runs.append((point.phase, []))
        runs[-1][1].append((point.step + shift, point.loss))
        last = point.step
    return runs


def _thinned(run: list[Point]) -> list[Point]:
    """At most `MOST_POINTS` points: means of equal stretches."""
    size = math.ceil(len(run) / MOST_POINTS)
    stretches = [run[start : start + size] for start in range(0, len(run), size)]
    return [(sum(x for x, _ in s) / len(s), sum(y for _, y in s) / len(s)) for s in stretches]


def _ticks(top: float) -> list[float]:
    """About five round marks from 0 to at least `top`."""
    rough = max(top, 1e-6) / 5
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * by for by in (1, 2, 2.5, 5, 10) if unit * by >= rough * 0.999)
    count = max(1, math.ceil(top / step - 1e-9))
    return [round(step * place, 9) for place in range(count + 1)]


def _legend(shades: dict[str, str], left: float) -> list[str]:
    if not any(shades):
        return []
    parts, x = [], left
    for name, colour in shades.items():
        parts.append(svg.path([(x, 10), (x + 16, 10)], colour))
        parts.append(svg.text((x + 22, 14), name, "start"))
        x += 42 + 6.5 * len(name)
    return parts


def interval_picture(
    value: float, interval: tuple[float, float], yardstick: tuple[str, float] | None
) -> str:
    """A figure between 0 and 1 with its interval as a band, and a yardstick (its name and figure)
    as a mark."""
    width, y = 300, 12

    def at(figure: float) -> float:
        return round(8 + (width - 16) * min(max(figure, 0.0), 1.0), 1)

    low, high = at(interval[0]), at(interval[1])
    parts = [
        svg.box((8, y - 3), (width - 16, 6), LINE),
        svg.box((low, y - 6), (max(high - low, 2), 12), ACCENT, 0.35, 3),
        svg.box((at(value) - 2, y - 9), (4, 18), ACCENT, 1, 2),
        *(svg.text((at(mark), 36), f"{mark:g}", "middle", MUTED, 10) for mark in (0, 0.5, 1)),
    ]
    if yardstick is not None:
        name, figure = yardstick
        shape = f"M{at(figure):g},{y - 8}l6,8l-6,8l-6,-8z"
        title = f"<title>{escape(name)} {figure:.3f}</title>"
        parts.append(f'<path d="{shape}" style="fill:{MUTED}">{title}</path>')
    return svg.element(width, 40, "Primary metric with its 95 % interval", parts, least=0)

"""Bars as SVG by hand: counts by name and part, and lengths as histograms."""

from collections.abc import Mapping, Sequence
from html import escape

from goldsmith.reporting import svg
from goldsmith.reporting.pictures import ACCENT, KIND_COLOURS, name_lines
from goldsmith.reporting.svg import LEADING, MUTED, Point

PART_COLOURS = (ACCENT, *(KIND_COLOURS[kind] for kind in ("missed", "hit", "wrong", "false")))
MOST_ROWS = 60
_LEFT, _WIDTH = 250, 720


def legend(parts: Sequence[str]) -> list[tuple[str, str]]:
    """(name, colour) of each part, in the order of the pictures."""
    return [(name, PART_COLOURS[i % len(PART_COLOURS)]) for i, name in enumerate(parts)]


def bars_picture(title: str, rows: Mapping[str, Mapping[str, int]], parts: Sequence[str]) -> str:
    """One bar a name, its parts side by side in it; at most 60 names, the rest summed up.

    Args:
        title: what a screen reader says.
        rows: count by name and part.
        parts: the parts, in order.

    Returns:
        An SVG element; empty if there is nothing to count.
    """
    totals = {name: sum(counts.values()) for name, counts in rows.items()}
    top = max(totals.values(), default=0)
    if not top:
        return ""
    shades, drawn, y = dict(legend(parts)), [], 8.0
    for name in list(rows)[:MOST_ROWS]:
        lines = name_lines(name, 38)
        tall = max(20, LEADING * len(lines) + 6)
        middle = y + tall / 2 + 4 - LEADING * (len(lines) - 1) / 2
        drawn.append(svg.lines((_LEFT - 10, middle), lines, "end"))
        x = float(_LEFT)
        for part in parts:
            count = rows[name].get(part, 0)
            wide = (_WIDTH - _LEFT - 70) * count / top
            if count:
                box = svg.box((x, y + tall / 2 - 6), (max(wide, 1.5), 12), shades[part], radius=2)
                words = escape(f"{name}, {part}: {count:,}")
                drawn.append(f"<g><title>{words}</title>{box}</g>")
            x += max(wide, 1.5) if count else 0
        drawn.append(svg.text((x + 8, y + tall / 2 + 4), f"{totals[name]:,}", "start", MUTED))
        y += tall
    rest = sum(list(totals.values())[MOST_ROWS:])
    if rest:
        words = f"{len(rows) - MOST_ROWS} more: {rest:,}"
        drawn.append(svg.text((_LEFT - 10, y + 14), words, "end", MUTED))
        y += 20
    return svg.element(_WIDTH, y + 6, title, drawn)


def histogram_picture(title: str, bins: Sequence[int], step: int, colour: str) -> str:
    """Counts in equal steps from 0, such as records by length.

    Returns:
        An SVG element; empty if nothing is counted.
    """
    top = max(bins, default=0)
    if not top:
        return ""
    width, height, left, bottom = 460, 150, 12, 24
    wide = (width - 2 * left) / len(bins)
    drawn = []
    for place, count in enumerate(bins):
        if not count:
            continue
        tall = max(1.5, (height - bottom - 22) * count / top)
        corner = (left + place * wide + 0.5, height - bottom - tall)
        span = f"{place * step}" if step == 1 else f"{place * step} to {(place + 1) * step - 1}"
        box = svg.box(corner, (max(wide - 1, 1), tall), colour, radius=1)
        drawn.append(f"<g><title>{escape(f'{span}: {count:,}')}</title>{box}</g>")
    drawn.append(svg.rule((left, height - bottom), (width - left, height - bottom)))
    marks = sorted({0, len(bins) // 2, len(bins)})
    for mark in marks:
        at: Point = (left + mark * wide, height - 8)
        anchor = "start" if mark == 0 else "end" if mark == len(bins) else "middle"
        drawn.append(svg.text(at, f"{mark * step:,}", anchor, MUTED))
    drawn.append(svg.text((left, 12), f"most in one bar: {top:,}", "start", MUTED))
    return svg.element(width, height, title, drawn, least=280)

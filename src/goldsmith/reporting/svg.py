"""The few SVG shapes that pictures are made of, as strings."""

from collections.abc import Sequence
from html import escape

INK, MUTED, LINE = "var(--ink,#1c2530)", "var(--muted,#5b6875)", "var(--line,#dfe5eb)"
LEADING = 14  # between the lines of a label's name

Point = tuple[float, float]


def element(
    width: float, height: float, title: str, parts: Sequence[str], least: float = 600
) -> str:
    """A whole picture; `title` is read out where it cannot be seen.

    It shrinks with the page, down to a width of `least`: below it would be too small to read.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" role="img" aria-label="{escape(title)}" style="min-width:{least:g}px" '
        f'font-family="system-ui,sans-serif">{"".join(parts)}</svg>'
    )


def text(
    at: Point, words: str, anchor: str, colour: str = INK, size: float = 11, weight: int = 400
) -> str:
    """One line of text; `anchor` is start, middle or end."""
    return (
        f'<text x="{at[0]:g}" y="{at[1]:g}" text-anchor="{anchor}" font-size="{size:g}" '
        f'font-weight="{weight}" style="fill:{colour}">{escape(words)}</text>'
    )


def lines(at: Point, several: Sequence[str], anchor: str) -> str:
    """Lines of text below one another, the first at `at`."""
    x, y = at
    rows = enumerate(several)
    return "".join(text((x, y + LEADING * place), row, anchor, size=11.5) for place, row in rows)


def rule(start: Point, end: Point, dashed: bool = False) -> str:
    """A thin straight line of a scale."""
    stroke = f"{MUTED};stroke-dasharray:3 4" if dashed else LINE
    shape = f"M{start[0]:g},{start[1]:g}L{end[0]:g},{end[1]:g}"
    return f'<path d="{shape}" style="stroke:{stroke}"/>'


def path(points: Sequence[Point], colour: str) -> str:
    """A line through points; a dot if there is only one."""
    if len(points) == 1:
        return f'<circle cx="{points[0][0]:g}" cy="{points[0][1]:g}" r="3" style="fill:{colour}"/>'
    shape = "L".join(f"{x:g},{y:g}" for x, y in points)
    style = f"fill:none;stroke:{colour};stroke-width:2;stroke-linejoin:round"
    return f'<path d="M{shape}" style="{style}"/>'


def box(corner: Point, size: Point, colour: str, opacity: float = 1.0, radius: float = 5) -> str:
    """A filled rectangle with round corners."""
    return (
        f'<rect x="{corner[0]:g}" y="{corner[1]:g}" width="{size[0]:g}" height="{size[1]:g}" '
        f'rx="{radius:g}" style="fill:{colour};fill-opacity:{opacity:g}"/>'
    )

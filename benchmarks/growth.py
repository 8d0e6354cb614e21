"""The pictures of `benchmarks.scale`: time and memory by number of records, one a kind."""

from collections.abc import Sequence
from math import floor, log10
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE = (10.0, 4.0)  # inches, of 100 pixels where a page shows it 1,000 wide
DPI = 200
MARKS = (1, 2, 5, 10)  # of a decade: so that a narrow range has several


class Panel(NamedTuple):
    """One of the axes.

    Attributes:
        unit: of its values.
        lines: by name, a value for each number of records.
        limit: a value that is drawn as a line of its own; None: none.
    """

    unit: str
    lines: dict[str, list[float]]
    limit: float | None = None


def draw(kind: str, figures: Sequence[Any], limit: int, file: Path) -> None:
    """Write the picture of a kind as a PNG; its folder is made."""
    file.parent.mkdir(parents=True, exist_ok=True)
    figure(kind, figures, limit).savefig(file, dpi=DPI)


def figure(kind: str, figures: Sequence[Any], limit: int) -> "Figure":
    """Time and peak memory of a kind's figures side by side, on logarithmic axes with plain marks."""
    from matplotlib.figure import Figure

    rows = list(dict.fromkeys(one.rows for one in figures))
    panels = _of_passages(figures, limit) if kind == "passages" else _of_stages(figures, limit)
    found = Figure(figsize=SIZE, layout="constrained")
    # A name has one colour on all of them.
    names = list(dict.fromkeys(name for panel in panels for name in panel.lines))
    colours = {name: f"C{place}" for place, name in enumerate(names)}
    for axes, panel in zip(found.subplots(1, len(panels), squeeze=False)[0], panels, strict=True):
        _fill(axes, panel, rows, colours)
        axes.set(xlabel="passages" if kind == "passages" else "records", ylabel=panel.unit)
    # Beside the lines it would hide some of them.
    told = {line.get_label(): line for axes in found.axes for line in axes.lines}
    found.legend(told.values(), told.keys(), loc="outside lower center", ncols=len(told))
    return found


def _of_stages(figures: Sequence[Any], limit: int) -> list[Panel]:
    names = list(dict.fromkeys(one.stage for one in figures))
    seconds, peaks = (
        {name: [getattr(one, field) for one in figures if one.stage == name] for name in names}
        for field in ("seconds", "peak")
    )
    return [Panel("seconds", seconds), Panel("peak memory, MiB", peaks, limit)]


def _of_passages(figures: Sequence[Any], limit: int) -> list[Panel]:
    asked = {"query p50": [one.p50 for one in figures],
             "of it search": [one.search for one in figures]}  # fmt: skip
    peaks = {"indexing": [one.peak for one in figures],
             "serving": [one.serving for one in figures]}  # fmt: skip
    return [
        Panel("seconds", {"indexing": [one.seconds for one in figures]}),
        Panel("milliseconds", asked),
        Panel("peak memory, MiB", peaks, limit),
    ]


def _fill(axes: "Axes", panel: Panel, rows: Sequence[int], colours: dict[str, str]) -> None:
    for name, values in panel.lines.items():
        axes.plot(rows, values, marker="o", label=name, color=colours[name], clip_on=False)
    if panel.limit is not None:
        axes.axhline(panel.limit, color="grey", linestyle="--", label="limit")
    axes.set(xscale="log", yscale="log")
    axes.set_xticks(rows, [f"{one:,}" for one in rows])
    values = [value for own in panel.lines.values() for value in own]
    marks = _marks([*values, *([] if panel.limit is None else [panel.limit])])
    axes.set_yticks(marks, [f"{one:,.0f}" if one >= 1 else f"{one:g}" for one in marks])
    axes.set_ylim(marks[0], marks[-1])
    axes.minorticks_off()
    axes.grid(color="0.9")


def _marks(values: Sequence[float]) -> list[float]:
    """1, 2 and 5 of each decade, from the last below the least value to the first above the largest."""
    first, last = floor(log10(min(values))), floor(log10(max(values)))
    every = [mark * 10.0**power for power in range(first, last + 1) for mark in MARKS]
    ends = max(one for one in every if one <= min(values)), min(one for one in every if one >= max(values))  # fmt: skip
    return sorted({one for one in every if ends[0] <= one <= ends[1]})

"""The picture of `benchmarks.scale`: time and memory by number of records."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def draw(by_kind: dict[str, Sequence[Any]], limit: int, file: Path) -> None:
    """Seconds above and peak memory in MiB below, a column a kind, on logarithmic axes."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(
        2, len(by_kind), figsize=(5 * len(by_kind), 7), squeeze=False, sharex="col"
    )
    for (kind, figures), (above, below) in zip(by_kind.items(), axes.T, strict=True):
        for name, rows, seconds, peaks in lines(figures):
            above.plot(rows, seconds, marker="o", label=name)
            below.plot(rows, peaks, marker="o", label=name)
        below.axhline(limit, color="grey", linestyle="--", label="limit")
        above.set(title=kind, xscale="log", yscale="log", ylabel="seconds")
        below.set(xlabel="records", xscale="log", yscale="log", ylabel="peak memory, MiB")
        below.legend(fontsize="small")
    figure.tight_layout()
    figure.savefig(file, dpi=120)


def lines(figures: Sequence[Any]) -> list[tuple[str, list[int], list[float], list[float]]]:
    """Name, records, seconds and MiB of each line: of a stage, or of indexing passages."""
    stages = list(dict.fromkeys(getattr(one, "stage", "indexing") for one in figures))
    found = []
    for name in stages:
        own = [one for one in figures if getattr(one, "stage", name) == name]
        rows = [one.rows for one in own]
        found.append((name, rows, [one.seconds for one in own], [one.peak for one in own]))
    return found

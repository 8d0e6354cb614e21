"""Drift: whether the mix of labels or the lengths differ from the data that were accepted last.

Measured by the population stability index, sum over bins of (p - q) ln(p / q); above 0.1 to 0.25
is commonly read as a change (Siddiqi 2006, Credit Risk Scorecards).
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from goldsmith.config.sections import Validation as Bounds
from goldsmith.validation import suites
from goldsmith.validation.checking import Check

FLOOR = 0.5  # records added to every bin, so that an empty one has a logarithm
Summary = Mapping[str, Mapping[str, int]]


def stability_index(before: Mapping[str, int], after: Mapping[str, int]) -> float:
    """The population stability index of two counts by bin; 0 for equal shares.

    >>> round(stability_index({"a": 500, "b": 500}, {"a": 800, "b": 200}), 2)
    0.41
    """
    bins = sorted({*before, *after})
    if not bins:
        return 0.0

    def shares(counts: Mapping[str, int]) -> list[float]:
        total = sum(counts.values()) + FLOOR * len(bins)
        return [(counts.get(name, 0) + FLOOR) / total for name in bins]

    pairs = zip(shares(before), shares(after), strict=True)
    return sum((q - p) * math.log(q / p) for p, q in pairs)


def compare(before: Summary, after: Summary, bounds: Bounds) -> Check:
    """The check `drift` of a summary against the last accepted one."""
    wanted = suites.wanted("drift", bounds)
    found = {name: stability_index(before[name], after[name]) for name in ("labels", "lengths")}
    far = [name for name, value in found.items() if value > bounds.max_drift]
    status: Literal["passed", "warning", "failed"] = "passed"
    if far:
        status = "failed" if wanted.severity == "error" else "warning"
    observed = ", ".join(f"{name} {value:.3f}" for name, value in found.items())
    return Check(
        check="drift",
        title=wanted.title,
        status=status,
        observed=f"stability index of {observed}; bound {bounds.max_drift:g}{_movers(before, after, far)}",
        bound=f"at most {bounds.max_drift:g}",
        remedy=wanted.remedy,
    )


def _movers(before: Summary, after: Summary, far: list[str]) -> str:
    """The bins that moved most, in words."""
    said = []
    for name in far:
        totals = [max(1, sum(one[name].values())) for one in (before, after)]
        moved = {
            key: (before[name].get(key, 0) / totals[0], after[name].get(key, 0) / totals[1])
            for key in {*before[name], *after[name]}
        }
        most = sorted(moved, key=lambda key: -abs(moved[key][1] - moved[key][0]))[:3]
        said += [f"{key} {moved[key][0]:.1%} -> {moved[key][1]:.1%}" for key in most]
    return f"; most moved: {', '.join(said)}" if said else ""


def read(path: Path) -> dict[str, Any] | None:
    """The last accepted summary; None where there is none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    known = isinstance(found, dict) and {"labels", "lengths"} <= found.keys()
    return found if known else None


def write(path: Path, summary: Summary) -> None:
    """Keep a summary as the last accepted one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{id(summary)}")
    beside.write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)

"""How often promotion errs, and what it finds: the figures and the picture of docs/promotion.md.

    python -m benchmarks.power [--pairs 2000] [--resamples 2000] [--picture docs/images/power.svg]

Draws pairs of models over the same documents and holds them to the gate of `gates.champion` as a
run would. A/A: two equally good models; the share of promotions must not exceed alpha. Power: the
challenger is better by a known gain. The percentile bootstrap as it is commonly done stands beside
it (p without the expansion). Needs no data and no trained model.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from goldsmith.families.bootstrap import Difference, paired_bootstrap
from goldsmith.families.student import expanded_level
from goldsmith.families.token_classification.metrics import COUNTS, TagScores

ALPHA = 0.05
LABELS = ("Amount", "Rate")
SIZES = (10, 20, 50, 100, 300)
GAINS = (0.0, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08)


@dataclass(frozen=True)
class Pair:
    """How two models are drawn.

    Attributes:
        documents: of the test set.
        alike: share of the mentions that the two models find, or do not find, together.
        f1: of the champion, about; in a document Beta-distributed around it.
        mentions: gold mentions of a document, on average; geometrically distributed.
        gain: share of the champion's mistakes that the challenger does not make.
    """

    documents: int
    alike: float = 0.8
    f1: float = 0.85
    mentions: float = 3.0
    gain: float = 0.0


def draw(rng: np.random.Generator, pair: Pair) -> tuple[TagScores, TagScores]:
    """Scores of a challenger and a champion on the same documents."""
    shape = (pair.documents, len(LABELS))
    gold = rng.geometric(len(LABELS) / (pair.mentions + len(LABELS)), size=shape) - 1
    found = rng.beta(4 * pair.f1, 4 * (1 - pair.f1), size=(pair.documents, 1))
    both = rng.binomial(gold, pair.alike)
    hits = rng.binomial(both, found)
    alarms = rng.poisson((1 - pair.f1) * gold * pair.alike)
    models = []
    for gain in (pair.gain, 0.0):
        own_hits = hits + rng.binomial(gold - both, found)
        own_alarms = alarms + rng.poisson((1 - pair.f1) * gold * (1 - pair.alike))
        mended = own_hits + rng.binomial(gold - own_hits, gain)
        models.append(_scores(mended, own_alarms - rng.binomial(own_alarms, gain), gold))
    return models[0], models[1]


def _scores(hits: np.ndarray, alarms: np.ndarray, gold: np.ndarray) -> TagScores:
    cells = np.stack([hits, alarms, gold - hits], axis=2).reshape(len(gold), -1)
    words = np.full((len(gold), 2), 50)
    names = [f"d{place}" for place in range(len(gold))]
    columns = [f"{label}.{count}" for label in LABELS for count in COUNTS]
    counts = np.concatenate([cells, words], axis=1)
    return TagScores(names, names, [*columns, "words.correct", "words.total"], counts)


def compared(pair: Pair, pairs: int, resamples: int, seed: int = 0) -> list[Difference]:
    """What the paired bootstrap says of many drawn pairs."""
    rng = np.random.default_rng(seed)
    return [
        paired_bootstrap(*draw(rng, pair), "micro.f1", resamples, seed, ALPHA) for _ in range(pairs)
    ]


def promoted(found: Sequence[Difference], alpha: float = ALPHA) -> float:
    """Share of the pairs in which the challenger is promoted under `superiority`."""
    return float(np.mean([one.p_value <= alpha for one in found]))


def unexpanded(found: Sequence[Difference], alpha: float = ALPHA) -> float:
    """The same by the plain percentile bootstrap."""
    return float(np.mean([_plain(one, alpha) for one in found]))


def _plain(one: Difference, alpha: float) -> bool:
    """Whether the share of resamples without a gain is at most alpha: p before its expansion."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        below = expanded_level(middle, one.differing) < alpha if 0 < middle < 1 else False
        low, high = (middle, high) if below else (low, middle)
    return one.differing >= 2 and one.p_value <= high


def error_table(pairs: int, resamples: int) -> list[str]:
    """Rows of Markdown: promotions among equally good models."""
    rows = [
        "| documents | of which differ | promoted | by the plain percentile bootstrap |",
        "| --- | --- | --- | --- |",
    ]
    for size in SIZES:
        for alike in (0.3, 0.8, 0.95):
            found = compared(Pair(size, alike), pairs, resamples)
            differing = np.mean([one.differing for one in found])
            rows.append(
                f"| {size} | {differing:.0f} | {promoted(found):.1%} | {unexpanded(found):.1%} |"
            )
    return rows


def power_curve(size: int, pairs: int, resamples: int) -> list[tuple[float, float, float]]:
    """(true gain of micro F1, share promoted, mean of the smallest detectable gain) by gain."""
    curve = []
    for gain in GAINS:
        base = Pair(size)
        found = compared(replace(base, gain=gain / (1 - base.f1)), pairs, resamples)
        true = float(np.mean([one.mean for one in found]))
        detectable = float(np.mean([one.detectable for one in found]))
        curve.append((true, promoted(found), detectable))
    return curve


def power_table(curves: dict[int, list[tuple[float, float, float]]]) -> list[str]:
    """Rows of Markdown: probability of promotion by true gain."""
    heads = [f"{size} documents" for size in curves]
    rows = [f"| true gain | {' | '.join(heads)} |", "| --- |" + " --- |" * len(heads)]
    for place, gain in enumerate(GAINS):
        cells = [f"{curve[place][1]:.0%}" for curve in curves.values()]
        rows.append(f"| {gain:.2f} | {' | '.join(cells)} |")
    cells = [f"{_called_detectable(curve):.3f}" for curve in curves.values()]
    rows.append(f"| called the smallest detectable | {' | '.join(cells)} |")
    return rows


def _called_detectable(curve: Sequence[tuple[float, float, float]]) -> float:
    """The gain of which the comparison itself says that it is the smallest detectable one."""
    true, _, said = (np.array(values) for values in zip(*curve, strict=True))
    return float(np.interp(0.0, true - said, true))


def draw_picture(curves: dict[int, list[tuple[float, float, float]]], path: Path) -> None:
    """The power curves as SVG."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams |= {"svg.hashsalt": "goldsmith", "svg.fonttype": "none", "font.size": 9}
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(6, 3.4))
    for size, curve in curves.items():
        axes.plot(*zip(*((true, rate) for true, rate, _ in curve), strict=True), marker="o",
                  markersize=3, label=f"{size} documents")  # fmt: skip
    axes.axhline(0.8, color="grey", linewidth=0.8, linestyle=":")
    axes.axhline(ALPHA, color="grey", linewidth=0.8, linestyle=":")
    axes.set_xlabel("true gain of micro F1")
    axes.set_ylabel("probability of promotion")
    axes.legend(frameon=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Print both tables and draw the picture."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.power")
    parser.add_argument("--pairs", type=int, default=2000, help="pairs a row")
    parser.add_argument("--resamples", type=int, default=2000, help="of each pair's bootstrap")
    parser.add_argument("--picture", type=Path, help="where to draw the power curves")
    given = parser.parse_args()
    print(f"Two equally good models, alpha {ALPHA}, {given.pairs} pairs a row:\n")
    print("\n".join(error_table(given.pairs, given.resamples)))
    curves = {
        size: power_curve(size, max(given.pairs // 2, 1), given.resamples)
        for size in (50, 150, 500)
    }
    print("\nProbability of promotion by the true gain of micro F1:\n")
    print("\n".join(power_table(curves)))
    if given.picture:
        draw_picture(curves, given.picture)


if __name__ == "__main__":
    main()

"""The bootstrap over documents: intervals of a metric, and differences of two models.

Scores are counts per record, so a resample is a weighted sum, not a re-evaluation.
"""

from collections.abc import Iterable

import numpy as np
from pydantic import BaseModel, ConfigDict

from goldsmith.families.scores import Scores


class Difference(BaseModel):
    """A paired bootstrap's answer about challenger minus champion.

    Attributes:
        mean: the difference on the records themselves.
        low, high: its 95 % percentile interval.
        lower: its one-sided lower bound at level 1 - alpha.
        p_value: one-sided, for "not better".
        documents: what was resampled.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mean: float
    low: float
    high: float
    lower: float
    p_value: float
    documents: int


def _resampled_metric(
    scores: Scores, metric: str, order: list[str], weights: Iterable[np.ndarray]
) -> np.ndarray:
    names, sums = scores.by_document()
    place = {name: row for row, name in enumerate(names)}
    rows = sums[[place[name] for name in order]]  # (d, c)
    return np.concatenate([scores.aggregate(block @ rows)[metric] for block in weights])


def _weights(documents: int, resamples: int, seed: int) -> Iterable[np.ndarray]:
    """How often each document is drawn: blocks of (r, d) int64."""
    rng = np.random.default_rng(seed)
    for start in range(0, resamples, 500):
        size = min(500, resamples - start)
        yield rng.multinomial(documents, np.full(documents, 1 / documents), size=size)


def interval(
    scores: Scores, metric: str, resamples: int = 10_000, seed: int = 0, level: float = 0.95
) -> tuple[float, float]:
    """Percentile bootstrap interval of a metric over documents (Efron and Tibshirani 1993)."""
    order, _ = scores.by_document()
    values = _resampled_metric(scores, metric, order, _weights(len(order), resamples, seed))
    tail = (1 - level) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def paired_bootstrap(
    challenger: Scores,
    champion: Scores,
    metric: str,
    resamples: int = 10_000,
    seed: int = 0,
    alpha: float = 0.05,
) -> Difference:
    """Difference of a metric on the same records, both resampled by the same documents.

    The p-value is one-sided, for "not better": the share of resamples at or below 0
    (Koehn 2004, paired bootstrap resampling).

    Raises:
        ValueError: the two were not scored on the same documents.
    """
    order, _ = challenger.by_document()
    if sorted(order) != sorted(champion.by_document()[0]):
        raise ValueError("the two were scored on different documents")
    ours, theirs = (
        _resampled_metric(scores, metric, order, _weights(len(order), resamples, seed))
        for scores in (challenger, champion)
    )
    gain = ours - theirs
    low, high, lower = (float(bound) for bound in np.quantile(gain, [0.025, 0.975, alpha]))
    mean = challenger.metrics()[metric] - champion.metrics()[metric]
    return Difference(
        mean=mean, low=low, high=high, lower=lower,
        p_value=float((1 + (gain <= 0).sum()) / (1 + len(gain))), documents=len(order),
    )  # fmt: skip

"""The bootstrap over documents: intervals of a metric, and differences of two models.

Scores are counts per record, so a resample is a weighted sum, not a re-evaluation. docs/promotion.md
says why the paired test is expanded for few documents, and how often it errs.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from pydantic import BaseModel, ConfigDict

from goldsmith.families.scores import Scores
from goldsmith.families.student import expanded, expanded_level

POWER = 0.8
# Between two versions' metrics over documents: 0.43 to 0.80 among the demo's seeds and recipes.
CORRELATION = 0.5
CHUNK = 500  # resamples at a time: (500, documents) floats are in memory
KEPT = 4_000_000  # weights, 8 bytes each
_NO_DIFFERENCE = 1e-12


class Difference(BaseModel):
    """A paired bootstrap's answer about challenger minus champion.

    Attributes:
        mean: the difference on the records themselves.
        low, high: its 95 % expanded percentile interval.
        lower: its one-sided lower bound at level 1 - alpha.
        p_value: one-sided, for "not better".
        documents: what was resampled.
        differing: documents on which the two differ in the metric: what the test rests on.
        error: standard error of the difference.
        detectable: smallest true difference that this test finds at 80 % power.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    mean: float
    low: float
    high: float
    lower: float
    p_value: float
    documents: int
    differing: int
    error: float
    detectable: float


def detectable(error: float, alpha: float, power: float = POWER) -> float:
    """Smallest true difference that a one-sided test at level alpha finds with this power.

    (z_alpha + z_power) times the difference's standard error, for an about normal difference. Where
    the test is expanded for few documents, alpha is the level that the bootstrap must reach.
    """
    normal = NormalDist()
    return (normal.inv_cdf(power) - normal.inv_cdf(alpha)) * error


def paired_error(error: float, correlation: float = CORRELATION) -> float:
    """Standard error of the difference of two versions, each with this standard error.

    sqrt(2 (1 - r)) times it, where r says how alike the two find the same documents.
    """
    return (2 * (1 - correlation)) ** 0.5 * error


def _weights(documents: int, resamples: int, seed: int) -> Iterable[np.ndarray]:
    """How often each document is drawn: blocks of (r, d) floats, whose products BLAS does.

    Drawn once for a seed where they are small, as all intervals of one report share them.
    """
    small = documents * resamples <= KEPT
    return (_kept_weights if small else _drawn_weights)(documents, resamples, seed)


def _drawn_weights(documents: int, resamples: int, seed: int) -> Iterator[np.ndarray]:
    rng = np.random.default_rng(seed)
    for start in range(0, resamples, CHUNK):
        size = min(CHUNK, resamples - start)
        drawn = rng.multinomial(documents, np.full(documents, 1 / documents), size=size)
        yield drawn.astype(float)


@lru_cache(maxsize=2)
def _kept_weights(documents: int, resamples: int, seed: int) -> tuple[np.ndarray, ...]:
    return tuple(_drawn_weights(documents, resamples, seed))


def resampled(scores: Scores, metric: str, resamples: int, seed: int) -> np.ndarray:
    """(resamples) values of a metric on documents drawn with replacement."""
    names, sums = scores.by_document()
    rows = sums.astype(float)  # (d, c)
    blocks = _weights(len(names), resamples, seed)
    return np.concatenate([scores.aggregate(block @ rows)[metric] for block in blocks])


def standard_error(scores: Scores, metric: str, resamples: int = 2_000, seed: int = 0) -> float:
    """Standard error of a metric over documents, by the bootstrap; 0 without records."""
    if not scores.ids:
        return 0.0
    return float(resampled(scores, metric, resamples, seed).std(ddof=1))


def interval(
    scores: Scores, metric: str, resamples: int = 10_000, seed: int = 0, level: float = 0.95
) -> tuple[float, float]:
    """Percentile bootstrap interval of a metric over documents (Efron and Tibshirani 1993)."""
    if not scores.ids:
        return 0.0, 0.0
    tail = (1 - level) / 2
    low, high = np.quantile(resampled(scores, metric, resamples, seed), [tail, 1 - tail])
    return float(low), float(high)


def intervals(
    scores: Scores, resamples: int = 10_000, seed: int = 0, level: float = 0.95
) -> dict[str, tuple[float, float]]:
    """`interval` of every metric at once, on the same resamples."""
    if not scores.ids:
        return dict.fromkeys(scores.metrics(), (0.0, 0.0))
    names, sums = scores.by_document()
    rows, tail = sums.astype(float), (1 - level) / 2
    drawn = [scores.aggregate(block @ rows) for block in _weights(len(names), resamples, seed)]
    found: dict[str, tuple[float, float]] = {}
    for name in drawn[0]:
        values = np.concatenate([one[name] for one in drawn])
        low, high = np.quantile(values, [tail, 1 - tail])
        found[name] = (float(low), float(high))
    return found


def paired_bootstrap(
    challenger: Scores,
    champion: Scores,
    metric: str,
    resamples: int = 10_000,
    seed: int = 0,
    alpha: float = 0.05,
) -> Difference:
    """Difference of a metric on the same records, both resampled by the same documents.

    The p-value is one-sided, for "not better": the share of resamples at or below 0 (Koehn 2004,
    paired bootstrap resampling), expanded by Student's t with the documents on which the two differ
    as its units: three documents that all speak for one side are chance, not evidence.

    Raises:
        ValueError: the two were not scored on the same documents.
    """
    return paired_bootstraps(challenger, champion, [metric], resamples, seed, alpha)[metric]


def paired_bootstraps(
    challenger: Scores,
    champion: Scores,
    metrics: Sequence[str],
    resamples: int = 10_000,
    seed: int = 0,
    alpha: float = 0.05,
) -> dict[str, Difference]:
    """`paired_bootstrap` of several metrics, on the same resamples.

    Raises:
        ValueError: the two were not scored on the same documents.
    """
    ours, theirs = _aligned(challenger, champion)
    width = ours.counts.shape[1]
    (names, our_rows), (_, their_rows) = ours.by_document(), theirs.by_document()
    both = np.concatenate([our_rows, their_rows], axis=1).astype(float)  # (d, 2c)

    def gains(totals: np.ndarray) -> dict[str, np.ndarray]:
        one, other = ours.aggregate(totals[..., :width]), theirs.aggregate(totals[..., width:])
        return {name: np.asarray(one[name] - other[name]) for name in metrics}

    drawn = [gains(block @ both) for block in _weights(len(names), resamples, seed)]
    totals = both.sum(axis=0)
    step = np.concatenate([both[:, width:] - both[:, :width], both[:, :width] - both[:, width:]], 1)
    means, stepped = gains(totals), gains(totals + step)
    return {
        name: _difference(
            float(means[name]),
            np.concatenate([block[name] for block in drawn]),
            int((np.abs(stepped[name] - means[name]) > _NO_DIFFERENCE).sum()),
            len(names),
            alpha,
        )
        for name in metrics
    }


def _difference(
    mean: float, gains: np.ndarray, differing: int, documents: int, alpha: float
) -> Difference:
    """From the gains of the resamples, and the documents on which the two differ."""
    share = float((1 + (gains <= _NO_DIFFERENCE).sum()) / (1 + len(gains)))
    tail, level = expanded_level(0.025, differing), expanded_level(alpha, differing)
    low, high, lower = (float(bound) for bound in np.quantile(gains, [tail, 1 - tail, level]))
    error = float(gains.std(ddof=1))
    return Difference(
        mean=mean, low=low, high=high, lower=lower, p_value=expanded(share, differing),
        documents=documents, differing=differing, error=error,
        detectable=detectable(error, level or alpha),
    )  # fmt: skip


def _aligned(challenger: Scores, champion: Scores) -> tuple[Scores, Scores]:
    """Both with the same columns and with their records in the same order."""
    if sorted(challenger.documents) != sorted(champion.documents) or (
        sorted(challenger.ids) != sorted(champion.ids)
    ):
        raise ValueError("the two were scored on different documents")
    if not challenger.ids:
        raise ValueError("the two were scored on no document")
    columns = list(dict.fromkeys([*challenger.columns, *champion.columns]))
    place = {name: row for row, name in enumerate(champion.ids)}
    order = [place[name] for name in challenger.ids]
    theirs = champion.widened(columns)
    turned = type(theirs)(challenger.ids, challenger.documents, columns, theirs.counts[order])
    return challenger.widened(columns), turned

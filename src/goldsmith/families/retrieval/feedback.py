"""Feedback: a query is asked once more as the passages that seem to answer it would ask it; light."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

SHARE = 0.5  # of the passages in the second query
TERMS = 20  # of the passages, those that weigh most


def moved(query: np.ndarray, passages: np.ndarray) -> np.ndarray:
    """A query's embedding half way to the mean of its best passages'.

    Rocchio's feedback (1971) on embeddings, as Li et al. 2021 found it to help.

    Args:
        query: (d) of length 1.
        passages: (k, d) of length 1.

    Returns:
        (d) float32 of length 1.
    """
    found = (1 - SHARE) * query + SHARE * passages.mean(axis=0)
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-12), dtype=np.float32)


def expanded(
    query: Sequence[str], passages: Sequence[Sequence[str]], scores: Sequence[float]
) -> Mapping[str, float]:
    """A query's terms with weights, and with them the terms of its best passages.

    RM3 (Abdul-Jaleel et al. 2004): half of the weight is the query's own, evenly by occurrence; the
    other half is that of the `TERMS` most likely terms of the passages, each passage by its score.

    Args:
        query: terms that the index knows; may be none.
        passages: terms of the k best, each with at least one.
        scores: k, at least 0; all 0: the passages count the same.

    Returns:
        Weights by term. Those from either side add up to their share of 1, or to 0 without terms.
    """
    shares = scores if any(scores) else [1.0] * len(scores)
    likely: defaultdict[str, float] = defaultdict(float)
    for terms, share in zip(passages, shares, strict=True):
        for term, count in Counter(terms).items():
            likely[term] += share * count / len(terms)
    chosen = sorted(likely.items(), key=lambda one: (-one[1], one[0]))[:TERMS]
    most = sum(weight for _, weight in chosen)
    found = {term: SHARE * weight / most for term, weight in chosen}
    for term, count in Counter(query).items():
        found[term] = found.get(term, 0.0) + (1 - SHARE) * count / len(query)
    return found

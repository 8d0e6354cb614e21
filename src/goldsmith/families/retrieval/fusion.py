"""Two rankings made one: a weighted sum of scaled scores, or reciprocal ranks; light."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, Self

import numpy as np

Kind = Literal["none", "weighted", "rrf"]
RRF_CONSTANT = 60  # of Cormack, Clarke and Buettcher 2009
RRF_DEPTH = 1000  # of either ranking that counts


class Fusion(NamedTuple):
    """How the encoder's and BM25's scores are put together.

    Attributes:
        kind: by a weighted sum, by ranks, or BM25 not at all.
        weight: the encoder's.
        feedback: best passages of the first ranking that a query is asked again with; 0: it is not.
    """

    kind: Kind
    weight: float = 0.5
    feedback: int = 0

    @classmethod
    def of(cls, settings: Any, weight: float) -> Self:
        """That of a family's settings, at a weight; by it where the kind is to be chosen."""
        kind: Kind = "weighted" if settings.hybrid == "auto" else settings.hybrid
        return cls(kind, weight, settings.feedback)

    @classmethod
    def chosen(cls, settings: Any, facts: Mapping[str, Any]) -> Self:
        """That of a trained model: of its settings, and the facts of its `family.json`."""
        found = cls.of(settings, facts["weight"])
        return found._replace(kind=facts.get("fusion", found.kind))


def fuse(dense: np.ndarray, lexical: np.ndarray, fusion: Fusion) -> np.ndarray:
    """One score a document, from the cosines and the BM25 scores of b queries: 0..1, or the cosine.

    Weighted is a convex combination of both after a min-max scaling a query (Bruch, Gai and Ingber
    2022); rrf the sum of 1 / (60 + rank), scaled so that first in both is 1.

    Args:
        dense, lexical: (b, n) each.
        fusion: how.
    """
    if fusion.kind == "none":
        return dense
    if fusion.kind == "weighted":
        return fusion.weight * _scaled(dense) + (1 - fusion.weight) * _scaled(lexical)
    both = _reciprocal(dense) + _reciprocal(np.where(lexical > 0, lexical, -np.inf))
    return both * (RRF_CONSTANT + 1) / 2


def _scaled(scores: np.ndarray) -> np.ndarray:
    if not scores.size:
        return scores
    low, high = scores.min(axis=1, keepdims=True), scores.max(axis=1, keepdims=True)
    # Where all are alike none is better: but a document alone is not nothing.
    return np.where(high > low, (scores - low) / np.where(high > low, high - low, 1.0), high > 0)


def _reciprocal(scores: np.ndarray) -> np.ndarray:
    found = np.zeros(scores.shape, dtype=np.float32)
    for row, one in enumerate(scores):
        places = top(one, RRF_DEPTH)
        places = places[np.isfinite(one[places])]
        found[row, places] = 1 / (RRF_CONSTANT + 1 + np.arange(len(places)))
    return found


def top(scores: np.ndarray, count: int) -> np.ndarray:
    """Places of the best of (n) scores, best first; of equal ones the earlier first."""
    if count < len(scores):
        least = np.partition(scores, -count)[-count]
        places = np.flatnonzero(scores >= least)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:count]

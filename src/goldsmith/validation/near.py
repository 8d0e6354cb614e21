"""Near-duplicates: which training texts are near-copies of held-out ones.

Candidates by MinHash, each counted out exactly. At a Jaccard similarity of 0.8 a pair is found with
probability 0.998, at 0.7 with 0.96.
"""

from itertools import pairwise
from typing import Any

import numpy as np

from goldsmith.validation.minhash import BANDS, signatures

CANDIDATES = 8  # looked at per training text and band: one near-copy is enough to name it
SIEVE = 1 << 20


def near_copies(
    texts: Any, training: np.ndarray, heldout: np.ndarray, least: float, parts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which training texts are near-copies of held-out ones, and of which.

    Args:
        texts: n strings, folded.
        training, heldout: (n) bool, in any overlap.
        least: Jaccard similarity of the sets of neighbouring words from which two are near.
        parts: (n) integers; texts of one part are not compared.

    Returns:
        (m) places of training texts and (m) places of the held-out text each is nearest to.
    """
    bands, minima = signatures(texts)
    long_enough = bands[:, 0] != 0
    ours = np.flatnonzero(training & long_enough)
    theirs = np.flatnonzero(heldout & long_enough)
    pairs = _candidates(bands, ours, theirs)
    pairs = pairs[parts[pairs[:, 0]] != parts[pairs[:, 1]]]
    if not len(pairs):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    alike = (minima[pairs[:, 0]] == minima[pairs[:, 1]]).mean(axis=1)
    pairs = pairs[alike >= least - 0.2]  # three standard deviations of the estimate
    wanted = texts.take(np.unique(pairs)) if len(pairs) else []
    written = dict(zip(np.unique(pairs).tolist(), _pairs_of_words(wanted), strict=True))
    best: dict[int, tuple[float, int]] = {}
    for one, other in pairs.tolist():
        found = _jaccard(written[one], written[other])
        if found >= least and found > best.get(one, (0.0, 0))[0]:
            best[one] = (found, other)
    ordered = sorted(best)
    return np.array(ordered, dtype=np.int64), np.array(
        [best[one][1] for one in ordered], dtype=np.int64
    )


def _pairs_of_words(texts: Any) -> list[frozenset[tuple[str, str]]]:
    values = texts.to_pylist() if hasattr(texts, "to_pylist") else texts
    return [frozenset(pairwise(value.split(" "))) for value in values]


def _jaccard(one: frozenset[Any], other: frozenset[Any]) -> float:
    return len(one & other) / max(1, len(one | other))


def _candidates(bands: np.ndarray, everyone: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """(p, 2) pairs (training, held-out) that share a band."""
    found = []
    for band in range(BANDS):
        order = np.argsort(bands[theirs, band], kind="stable")
        keys = bands[theirs, band][order]
        ours = _sifted(bands[:, band], everyone, keys)
        wanted = bands[ours, band]
        left = np.searchsorted(keys, wanted, "left")
        right = np.searchsorted(keys, wanted, "right")
        for step in range(CANDIDATES):
            hit = np.flatnonzero(left + step < right)
            if not len(hit):
                break
            found.append(np.stack([ours[hit], theirs[order[left[hit] + step]]], axis=1))
    if not found:
        return np.zeros((0, 2), dtype=np.int64)
    return np.unique(np.concatenate(found), axis=0)


def _sifted(bands: np.ndarray, ours: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Those of ours whose band may be among the keys: most are told apart by their lowest bits."""
    low = np.uint64(SIEVE - 1)
    taken = np.zeros(SIEVE, dtype=bool)
    taken[keys & low] = True
    return ours[taken[bands[ours] & low]]

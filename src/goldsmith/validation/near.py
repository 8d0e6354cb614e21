"""Near-duplicates by MinHash: which training texts are near-copies of held-out ones.

Signatures of 48 minima over pairs of neighbouring words (Broder 1997), 12 bands of 4 for
candidates (Leskovec et al., Mining of Massive Datasets, section 3.4), each candidate counted out
exactly. At a Jaccard similarity of 0.8 a pair is found with probability 0.998, at 0.7 with 0.96.
"""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

PERMUTATIONS = 48
ROWS = 4
BANDS = PERMUTATIONS // ROWS
MIN_WORDS = 6  # of fewer words, one changed word leaves little in common
CANDIDATES = 8  # looked at per training text and band: one near-copy is enough to name it
CHUNK = 20_000
_MIX = np.uint64(0x9E3779B97F4A7C15)


def near_copies(
    texts: Any, training: np.ndarray, heldout: np.ndarray, least: float, parts: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Which training texts are near-copies of held-out ones, and of which.

    Args:
        texts: n strings.
        training, heldout: (n) bool, in any overlap.
        least: Jaccard similarity of the sets of neighbouring words from which two are near.
        parts: (n) integers; texts of one part are not compared.

    Returns:
        (m) places of training texts and (m) places of the held-out text each is nearest to.
    """
    bands, signatures = _bands(texts)
    long_enough = bands[:, 0] != 0
    ours = np.flatnonzero(training & long_enough)
    theirs = np.flatnonzero(heldout & long_enough)
    pairs = _candidates(bands, ours, theirs)
    pairs = pairs[parts[pairs[:, 0]] != parts[pairs[:, 1]]]
    if not len(pairs):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    alike = (signatures[pairs[:, 0]] == signatures[pairs[:, 1]]).mean(axis=1)
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
    words = [value.lower().split() for value in values]
    return [frozenset(pairwise(found)) for found in words]


def _jaccard(one: frozenset[Any], other: frozenset[Any]) -> float:
    return len(one & other) / max(1, len(one | other))


def _bands(texts: Any) -> tuple[np.ndarray, np.ndarray]:
    """(n, bands) uint64 keys, 0 where a text is too short, and (n, permutations) uint32 minima."""
    size = len(texts)
    bands = np.zeros((size, BANDS), dtype=np.uint64)
    signatures = np.zeros((size, PERMUTATIONS), dtype=np.uint32)
    for start in range(0, size, CHUNK):
        _fill(
            texts.slice(start, CHUNK),
            bands[start : start + CHUNK],
            signatures[start : start + CHUNK],
        )
    return bands, signatures


def _fill(texts: Any, bands: np.ndarray, signatures: np.ndarray) -> None:
    import pyarrow.compute as pc

    words = pc.utf8_split_whitespace(pc.utf8_lower(texts))
    if hasattr(words, "combine_chunks"):
        words = words.combine_chunks()
    coded = pc.dictionary_encode(words.flatten())
    hashes = _hash_words(coded.dictionary.to_pylist())
    flat = hashes[np.asarray(coded.indices)] if len(hashes) else np.zeros(0, np.uint64)
    sizes = np.asarray(pc.list_value_length(words))
    keep = np.flatnonzero(sizes >= MIN_WORDS)
    if not len(keep):
        return
    ends = np.cumsum(sizes)
    shingles = flat[:-1] * np.uint64(3) + flat[1:]
    inside = np.ones(len(shingles), dtype=bool)
    inside[ends[ends < len(flat)] - 1] = False  # a pair across two texts
    inside &= np.repeat(sizes >= MIN_WORDS, sizes)[:-1]
    starts = np.concatenate([[0], np.cumsum(sizes[keep] - 1)[:-1]])
    minima = _minima(shingles[inside], starts)
    signatures[keep] = minima
    wide = minima.reshape(len(keep), BANDS, ROWS).astype(np.uint64)
    mixed = np.zeros((len(keep), BANDS), dtype=np.uint64)
    for row in range(ROWS):
        mixed = (mixed ^ wide[:, :, row]) * _MIX + np.uint64(row + 1)
    bands[keep] = np.maximum(mixed, np.uint64(1))


def _hash_words(words: Sequence[str]) -> np.ndarray:
    found = b"".join(hashlib.blake2b(word.encode(), digest_size=8).digest() for word in words)
    return np.frombuffer(found, dtype="<u8").astype(np.uint64)


def _minima(shingles: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """(m, permutations) least value of each permutation over each text's shingles."""
    random = np.random.default_rng(7)
    odd = random.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    shift = random.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)
    result = np.empty((len(starts), PERMUTATIONS), dtype=np.uint32)
    for place in range(PERMUTATIONS):
        values = ((shingles ^ shift[place]) * odd[place]) >> np.uint64(32)
        result[:, place] = np.minimum.reduceat(values.astype(np.uint32), starts)
    return result


def _candidates(bands: np.ndarray, ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    """(p, 2) pairs (training, held-out) that share a band."""
    found = []
    for band in range(BANDS):
        order = np.argsort(bands[theirs, band], kind="stable")
        keys = bands[theirs, band][order]
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

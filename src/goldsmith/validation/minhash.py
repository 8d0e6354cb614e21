"""MinHash signatures of texts, over pairs of neighbouring words.

Signatures of 48 minima (Broder 1997), in 12 bands of 4 for candidates (Leskovec et al., Mining of
Massive Datasets, section 3.4). A pair of words is known by the fingerprint of its bytes (Karp and
Rabin 1987), so that no word ever becomes a Python object.
"""

from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from goldsmith.columns.hashing import flat_bytes

PERMUTATIONS = 48
ROWS = 4
BANDS = PERMUTATIONS // ROWS
MIN_WORDS = 6  # of fewer words, one changed word leaves little in common
CHUNK_BYTES = 1 << 19  # of text at once, so that its fingerprints stay in the cache
PIECE = 2_000  # texts whose shingles stay in the processor's cache
_BLANK = 32
_MIX = np.uint64(0x9E3779B97F4A7C15)
_BASE = 0x5851F42D4C957F2D  # odd, so that it has an inverse modulo 2**64


def signatures(texts: Any) -> tuple[np.ndarray, np.ndarray]:
    """Signatures of n folded texts, words parted by single blanks.

    Returns:
        (n, bands) uint64 keys, 0 where a text is too short, and (n, permutations) uint32 minima.
    """
    bands = np.zeros((len(texts), BANDS), dtype=np.uint64)
    minima = np.zeros((len(texts), PERMUTATIONS), dtype=np.uint32)
    data, ends = flat_bytes(texts)
    for rows in _chunks(ends):
        first = ends[rows.start - 1] if rows.start else 0
        shingles, starts, keep = _shingles(data[first : ends[rows.stop - 1]], ends[rows] - first)
        if len(keep):
            found = _minima(shingles, starts)
            minima[rows][keep] = found
            bands[rows][keep] = _bands(found)
    return bands, minima


def _chunks(ends: np.ndarray) -> list[slice]:
    """The texts in runs of about CHUNK_BYTES, of one text at least."""
    cuts = np.flatnonzero(np.diff(ends // CHUNK_BYTES, prepend=0))
    places = np.unique([0, *cuts.tolist(), len(ends)])
    return [slice(a, b) for a, b in pairwise(places.tolist())]


def _shingles(data: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(s) fingerprints of the pairs of words of each long enough text, (m) where each such text's
    begin, and (m) which texts these are."""
    blanks = np.flatnonzero(data == _BLANK)
    begins = np.concatenate([[0], ends[:-1]])
    filled = ends > begins
    word_starts = np.sort(np.concatenate([begins[filled], blanks + 1]))
    word_ends = np.sort(np.concatenate([ends[filled], blanks]))
    text = np.searchsorted(ends, word_starts, side="right")
    words = np.bincount(text, minlength=len(ends))
    pairs = np.flatnonzero((text[:-1] == text[1:]) & (words[text[:-1]] >= MIN_WORDS))
    keep = np.flatnonzero(words >= MIN_WORDS)
    starts = np.concatenate([[0], np.cumsum(words[keep] - 1)[:-1]]).astype(np.int64)
    return _fingerprints(data, word_starts[pairs], word_ends[pairs + 1]), starts, keep


def _fingerprints(data: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """(s) uint32 hashes of s stretches of bytes, wherever in the data they stand."""
    size = len(data)
    sums = np.zeros(size + 1, dtype=np.uint64)
    longest = max(2 * CHUNK_BYTES, 1 << size.bit_length())  # one table for nearly all chunks
    np.cumsum(data * _powers(_BASE, longest)[:size], out=sums[1:])
    shift_back = _powers(pow(_BASE, -1, 2**64), longest)
    found = (sums[ends] - sums[starts]) * shift_back[starts]
    found ^= found >> np.uint64(32)
    return (found * _MIX >> np.uint64(32)).astype(np.uint32)


@lru_cache(maxsize=2)
def _powers(base: int, size: int) -> np.ndarray:
    """(size) uint64 powers of a number modulo 2**64, from the first on."""
    return np.cumprod(np.full(size, base, dtype=np.uint64))


def _minima(shingles: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """(m, permutations) least value of each permutation of 32 bits over each text's shingles."""
    random = np.random.default_rng(7)
    odd = random.integers(0, 2**31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    shift = random.integers(0, 2**32, PERMUTATIONS, dtype=np.uint32)
    result = np.empty((len(starts), PERMUTATIONS), dtype=np.uint32)
    for first in range(0, len(starts), PIECE):
        some = starts[first : first + PIECE]
        last = starts[first + PIECE] if first + PIECE < len(starts) else len(shingles)
        own = shingles[some[0] : last]
        values = np.empty_like(own)
        for place in range(PERMUTATIONS):
            np.bitwise_xor(own, shift[place], out=values)
            np.multiply(values, odd[place], out=values)
            result[first : first + PIECE, place] = np.minimum.reduceat(values, some - some[0])
    return result


def _bands(minima: np.ndarray) -> np.ndarray:
    """(m, bands) one key for the minima of each band, never 0."""
    wide = minima.reshape(len(minima), BANDS, ROWS).astype(np.uint64)
    mixed = np.zeros((len(minima), BANDS), dtype=np.uint64)
    for row in range(ROWS):
        mixed = (mixed ^ wide[:, :, row]) * _MIX + np.uint64(row + 1)
    return np.maximum(mixed, np.uint64(1))

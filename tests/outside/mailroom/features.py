"""The family's features: what training, evaluation, the command and a service all call."""

import zlib
from collections.abc import Sequence

import numpy as np

from goldsmith.text import normalise


def features(texts: Sequence[str], size: int, longest: int) -> np.ndarray:
    """Root counts of hashed character n-grams, and the share of digits: (n, size + 1) float32.

    The length of each row but its last column is 1; of a text without a character it is 0.
    """
    found = np.zeros((len(texts), size + 1), dtype=np.float32)
    for row, text in enumerate(texts):
        padded = f" {normalise(text)} ".encode()
        for length in range(1, longest + 1):
            for start in range(len(padded) - length + 1):
                found[row, zlib.crc32(padded[start : start + length]) % size] += 1
        digits = sum(sign.isdigit() for sign in text)
        found[row, size] = digits / max(len(text), 1)
    counts = np.sqrt(found[:, :size])
    lengths = np.linalg.norm(counts, axis=1, keepdims=True)
    found[:, :size] = counts / np.maximum(lengths, 1e-9)
    return found

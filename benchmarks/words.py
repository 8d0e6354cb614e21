"""Words and lengths of generated texts that are spread as those of a language are."""

import json

import numpy as np


def words() -> np.ndarray:
    """The plain English words of the packaged tokenizer: one subword each, as in real texts."""
    from goldsmith import bases

    file = bases.resolve("packaged:minilm") / bases.TOKENIZER
    vocabulary = json.loads(file.read_text(encoding="utf-8"))["model"]["vocab"]
    return np.array(sorted(one for one in vocabulary if one.isascii() and one.isalpha()))


def drawn(random: np.random.Generator, known: np.ndarray, count: int) -> np.ndarray:
    """Words with the long tail that languages have: their ranks are spread evenly by logarithm."""
    return known[(len(known) ** random.random(count)).astype(np.int64) - 1]


def sizes(random: np.random.Generator, mean: int, count: int) -> np.ndarray:
    """Lengths with a long tail around a mean: log-normal, sigma 0.5."""
    return np.maximum(random.lognormal(np.log(mean) - 0.125, 0.5, count), 5).astype(np.int64)

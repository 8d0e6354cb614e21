"""Scores that mean what they say, and the score below which a person decides. Light.

Scores are softmax probabilities at one temperature, fitted on validation (Guo et al. 2017, "On
Calibration of Modern Neural Networks", section 4.2): it changes no answer, only how sure it is.
"""

from typing import NamedTuple

import numpy as np

TEMPERATURES = (0.1, 100.0)  # the fit stays within: where all is right, the best one would be 0
UNATTAINABLE = 2.0  # a threshold that no score reaches
BINS = 10


class Calibration(NamedTuple):
    """What turns a model's logits into scores and decisions.

    Attributes:
        temperature: by which logits are divided; 1 leaves them as they are.
        threshold: least score that is accepted; 0 accepts everything.
    """

    temperature: float = 1.0
    threshold: float = 0.0


def probabilities(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Softmax over the last axis of logits / temperature. (..., k) -> (..., k) float64."""
    scaled = logits.astype(np.float64) / temperature
    exp = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    found: np.ndarray = exp / exp.sum(axis=-1, keepdims=True)
    return found


def log_loss(logits: np.ndarray, targets: np.ndarray, temperature: float = 1.0) -> float:
    """Mean negative log-likelihood in nats. (n, k), (n) int -> scalar."""
    chance = probabilities(logits, temperature)[np.arange(len(targets)), targets]
    return float(-np.log(np.maximum(chance, 1e-300)).mean())


def fit_temperature(logits: np.ndarray, targets: np.ndarray) -> float:
    """The temperature of least log loss, between 0.1 and 100. (n, k), (n) int -> scalar.

    The loss is convex in 1 / temperature: one minimum.
    """
    from scipy.optimize import minimize_scalar

    low, high = (1 / bound for bound in reversed(TEMPERATURES))
    found = minimize_scalar(
        lambda inverse: log_loss(logits, targets, 1 / inverse),
        bounds=(low, high),
        method="bounded",
        options={"xatol": 1e-5},
    )
    return float(1 / found.x)


def choose_threshold(scores: np.ndarray, correct: np.ndarray, accuracy: float) -> float:
    """The lowest threshold at which the accepted records reach an accuracy.

    It lies half-way to the next lower score, so that a rounding error accepts nothing else.

    Args:
        scores: (n) of the answers.
        correct: (n) bool, whether they are right.
        accuracy: share of the accepted that must be right.

    Returns:
        0 where all may be accepted; 2, which no score reaches, where no threshold will do.
    """
    order = np.argsort(-scores, kind="stable")
    ranked, right = scores[order], np.cumsum(correct[order])
    count = np.arange(1, len(scores) + 1)
    # A threshold accepts all records of its score, so only the last of equal ones counts.
    last = np.append(ranked[1:] < ranked[:-1], True)
    enough = np.flatnonzero(last & (right >= accuracy * count))
    if not len(enough):
        return UNATTAINABLE
    place = int(enough[-1])
    if place == len(scores) - 1:
        return 0.0
    return float((ranked[place] + ranked[place + 1]) / 2)


def reliability(scores: np.ndarray, correct: np.ndarray) -> list[tuple[float, int, float, float]]:
    """How right answers are by their score: (lower edge, records, mean score, share right).

    Ten bins of equal width; empty ones are left out.
    """
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    return [
        (
            number / BINS,
            int((place == number).sum()),
            float(scores[place == number].mean()),
            float(correct[place == number].mean()),
        )
        for number in range(BINS)
        if (place == number).any()
    ]


def expected_error(scores: np.ndarray, correct: np.ndarray) -> float:
    """Expected calibration error: mean gap of score and share right over ten bins, by records."""
    rows = reliability(scores, correct)
    total = max(sum(count for _, count, _, _ in rows), 1)
    return sum(count * abs(score - right) for _, count, score, right in rows) / total

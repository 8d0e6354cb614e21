"""A linear classifier, fitted by logistic regression and kept as npz."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np

STRENGTH = 30.0  # scikit-learn's C: the inverse of the penalty, for features of about length 1
STEPS = 1000
SMALL = 1e-4  # of the widest feature: one that hardly moves is noise
NEVER = 10.0  # how far below the rarest label a label lies that training does not have


@dataclass(frozen=True)
class Linear:
    """A linear classifier.

    Attributes:
        weight: (k, h) float32.
        bias: (k) float32.
    """

    weight: np.ndarray
    bias: np.ndarray

    def save(self, path: Path) -> None:
        """Write as npz, whole or not at all."""
        partial = path.with_name(f".{path.name}")
        with partial.open("wb") as stream:
            np.savez(stream, weight=self.weight, bias=self.bias)
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as found:
            return cls(found["weight"], found["bias"])


def fit(
    features: np.ndarray,
    targets: np.ndarray,
    labels: int,
    weights: Sequence[float],
    intercept: bool = True,
) -> Linear:
    """Multinomial logistic regression with an L2 penalty, by L-BFGS, as scikit-learn has it.

    Args:
        features: (n, h).
        targets: (n) int, places of labels.
        labels: how many there are; one that no target has gets no weight and a low bias.
        weights: of the records of each label.
        intercept: False: all biases are 0.
    """
    from sklearn.linear_model import LogisticRegression

    present = np.unique(targets)
    weight = np.zeros((labels, features.shape[1]), dtype=np.float32)
    bias = np.zeros(labels, dtype=np.float32)
    if len(present) > 1:
        found = LogisticRegression(
            C=STRENGTH,
            max_iter=STEPS,
            class_weight={int(place): weights[place] for place in present},
            fit_intercept=intercept,
        ).fit(features, targets)
        coefficients, intercepts = found.coef_, np.broadcast_to(found.intercept_, len(found.coef_))
        if len(present) == 2:  # scikit-learn keeps the second label's against the first's alone
            coefficients = np.concatenate([-coefficients / 2, coefficients / 2])
            intercepts = np.concatenate([-intercepts / 2, intercepts / 2])
        weight[present], bias[present] = coefficients, intercepts
    if intercept:
        bias[np.setdiff1d(np.arange(labels), present)] = bias[present].min() - NEVER
    return Linear(weight, bias)


def fit_scaled(
    features: np.ndarray,
    targets: np.ndarray,
    labels: int,
    weights: Sequence[float],
    intercept: bool = True,
) -> Linear:
    """`fit` on features of one scale and about length 1, folded back to the features as they are.

    What a head reads may have any scale, and a few places of a decoder's states dwarf all others.
    """
    spread = features.std(axis=0)
    scale = np.where(spread > SMALL * spread.max(), spread, 1.0) * features.shape[1] ** 0.5
    centre = features.mean(axis=0) if intercept else np.zeros_like(scale)
    found = fit((features - centre) / scale, targets, labels, weights, intercept)
    weight = (found.weight / scale).astype(np.float32)
    return Linear(weight, (found.bias - weight @ centre).astype(np.float32))

"""A linear classifier, fitted by logistic regression and kept as npz."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

# scikit-learn's C: the inverse of the penalty, for features of about length 1. Noisy labels want far
# less of it than clean ones, so held-out records choose.
STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0)
# A head that has learnt its training texts by heart leaves the base nothing to learn from them.
HEAD_MOST = 30.0
FOLDS = 3
CHOOSERS = 2000  # records that choose: the time grows with them
UNLIKELY = 1e-6  # share of a label that its fold has not seen: one record must not decide alone
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
    most: float = STRENGTHS[-1],
) -> Linear:
    """Multinomial logistic regression with an L2 penalty, by L-BFGS, as scikit-learn has it.

    The penalty is the one of `STRENGTHS` that is best for held-out records; see `strength`.

    Args:
        features: (n, h).
        targets: (n) int, places of labels.
        labels: how many there are; one that no target has gets no weight and a low bias.
        weights: of the records of each label.
        intercept: False: all biases are 0.
        most: the greatest of `STRENGTHS` that may be chosen.
    """
    present = np.unique(targets)
    weight = np.zeros((labels, features.shape[1]), dtype=np.float32)
    bias = np.zeros(labels, dtype=np.float32)
    if len(present) > 1:
        chosen = strength(features, targets, weights, intercept)
        found = _regression(features, targets, weights, intercept, min(chosen, most))
        coefficients, intercepts = found.coef_, np.broadcast_to(found.intercept_, len(found.coef_))
        if len(present) == 2:  # scikit-learn keeps the second label's against the first's alone
            coefficients = np.concatenate([-coefficients / 2, coefficients / 2])
            intercepts = np.concatenate([-intercepts / 2, intercepts / 2])
        weight[present], bias[present] = coefficients, intercepts
    if intercept:
        bias[np.setdiff1d(np.arange(labels), present)] = bias[present].min() - NEVER
    return Linear(weight, bias)


def strength(
    features: np.ndarray, targets: np.ndarray, weights: Sequence[float], intercept: bool = True
) -> float:
    """The one of `STRENGTHS` with the least log loss on held-out records, over `FOLDS` folds.

    Log loss, not accuracy: of few held-out records it says more. scikit-learn's own choice
    (LogisticRegressionCV) needs every label in every fold, which rare labels are not.

    Args:
        features: (n, h); at most `CHOOSERS` of them are looked at, the same ones each time.
        targets: (n) int, places of labels.
        weights: of the records of each label.
        intercept: as for `fit`.
    """
    some = np.random.default_rng(0).permutation(len(targets))[:CHOOSERS]
    features, targets = features[some], targets[some]
    own = np.asarray(weights)[targets]

    def loss(c: float, held: np.ndarray) -> float:
        found = _regression(features[~held], targets[~held], weights, intercept, c)
        shares = np.zeros((int(held.sum()), len(weights)))
        shares[:, found.classes_] = found.predict_proba(features[held])
        right = shares[np.arange(len(shares)), targets[held]]
        return float(-(own[held] * np.log(np.maximum(right, UNLIKELY))).sum())

    folds = [np.arange(len(some)) % FOLDS == fold for fold in range(FOLDS)]
    usable = [held for held in folds if len(np.unique(targets[~held])) > 1 and held.any()]
    if not usable:
        return STRENGTHS[len(STRENGTHS) // 2]
    return min(STRENGTHS, key=lambda c: sum(loss(c, held) for held in usable))


def _regression(
    features: np.ndarray,
    targets: np.ndarray,
    weights: Sequence[float],
    intercept: bool,
    c: float,
) -> Any:
    from sklearn.linear_model import LogisticRegression

    by_label = {int(place): weights[place] for place in np.unique(targets)}
    regression = LogisticRegression(
        C=c, max_iter=STEPS, class_weight=by_label, fit_intercept=intercept
    )
    return regression.fit(features, targets)


def fit_scaled(
    features: np.ndarray,
    targets: np.ndarray,
    labels: int,
    weights: Sequence[float],
    intercept: bool = True,
) -> Linear:
    """`fit`, at most at `HEAD_MOST`, on features of one scale; folded back to them as they are.

    What a head reads may have any scale, and a few places of a decoder's states dwarf all others.
    """
    spread = features.std(axis=0)
    scale = np.where(spread > SMALL * spread.max(), spread, 1.0) * features.shape[1] ** 0.5
    centre = features.mean(axis=0) if intercept else np.zeros_like(scale)
    found = fit((features - centre) / scale, targets, labels, weights, intercept, HEAD_MOST)
    weight = (found.weight / scale).astype(np.float32)
    return Linear(weight, (found.bias - weight @ centre).astype(np.float32))

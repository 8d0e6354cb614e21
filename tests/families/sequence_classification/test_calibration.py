"""Temperature and threshold: what they are fitted to, and that they do what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.families.sequence_classification.calibration import (
    TEMPERATURES,
    UNATTAINABLE,
    choose_threshold,
    expected_error,
    fit_temperature,
    log_loss,
    probabilities,
    reliability,
)


def drawn(records: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Logits of five labels, and targets drawn by just the probabilities that they say."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(records, 5)) * 2
    chances = probabilities(logits)
    targets = (chances.cumsum(axis=1) > rng.random((records, 1))).argmax(axis=1)
    return logits, targets


def test_probabilities_are_softmax_whatever_their_size() -> None:
    from scipy.special import softmax

    logits = np.array([[1.0, 2.0, 3.0], [1e4, -1e4, 0.0]], dtype=np.float32)
    assert probabilities(logits) == pytest.approx(softmax(logits.astype(float), axis=-1))
    assert probabilities(logits, 2.0) == pytest.approx(softmax(logits / 2.0, axis=-1))


@pytest.mark.parametrize("factor", [0.5, 1.0, 3.0])
def test_the_fitted_temperature_undoes_what_logits_were_multiplied_by(factor: float) -> None:
    logits, targets = drawn(20_000)
    found = fit_temperature(logits * factor, targets)
    assert found == pytest.approx(factor, rel=0.03)
    for other in (found * 0.98, found * 1.02):
        assert log_loss(logits * factor, targets, found) <= log_loss(
            logits * factor, targets, other
        )
    scores = probabilities(logits * factor, found).max(axis=1)
    right = logits.argmax(axis=1) == targets
    assert expected_error(scores, right) < 0.02
    if factor == 3.0:
        assert expected_error(probabilities(logits * factor).max(axis=1), right) > 0.1


def test_where_all_or_nothing_is_right_the_temperature_stays_within_bounds() -> None:
    logits = np.eye(4) * 3
    assert fit_temperature(logits, np.arange(4)) == pytest.approx(TEMPERATURES[0], rel=0.01)
    assert fit_temperature(logits, np.array([1, 2, 3, 0])) == pytest.approx(
        TEMPERATURES[1], rel=0.01
    )


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=25),
    st.sampled_from([0.5, 0.8, 0.9, 1.0]),
)
def test_no_lower_threshold_reaches_the_accuracy(
    drawn: list[tuple[int, bool]], accuracy: float
) -> None:
    scores, right = np.array([a / 10 for a, _ in drawn]), np.array([b for _, b in drawn])
    found = choose_threshold(scores, right, accuracy)
    enough = [t for t in {*scores} if right[scores >= t].mean() >= accuracy]
    if not enough:
        assert found == UNATTAINABLE
        return
    kept = scores >= found
    assert kept.tolist() == (scores >= min(enough)).tolist()
    assert right[kept].mean() >= accuracy
    # A rounding error of a score neither accepts nor refuses another record.
    assert ((scores + 1e-6 >= found) == kept).all() and (
        (np.maximum(scores - 1e-6, 0) >= found) == kept
    ).all()


def test_reliability_counts_every_record_once() -> None:
    rows = reliability(np.array([0.05, 0.95, 1.0, 0.5]), np.array([False, True, True, False]))
    assert [(low, count, right) for low, count, _, right in rows] == [
        (0.0, 1, 0.0), (0.5, 1, 0.0), (0.9, 2, 1.0)]  # fmt: skip
    assert expected_error(np.array([]), np.array([])) == 0.0

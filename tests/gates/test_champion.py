"""Challenger against champion: the paired bootstrap, and how seldom it errs."""

import math
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from benchmarks.power import Pair, compared, promoted, unexpanded
from goldsmith.config.gates import ChampionGate
from goldsmith.families.bootstrap import detectable, interval, paired_bootstrap
from goldsmith.families.student import expanded, expanded_level
from goldsmith.families.token_classification.metrics import TagScores
from goldsmith.gates import champion_gate


def scores(hits: np.ndarray, total: int = 4, documents: int = 1) -> TagScores:
    """One label A with `total` mentions a record, of which `hits` are found."""
    counts = np.stack([hits, 0 * hits, total - hits, hits, 0 * hits + total], axis=1)
    ids = [f"r{n}" for n in range(len(hits))]
    columns = ["A.tp", "A.fp", "A.fn", "words.correct", "words.total"]
    return TagScores(ids, [f"d{n // documents}" for n in range(len(hits))], columns, counts)


RNG = np.random.default_rng(5)
GOOD, POOR = RNG.binomial(4, 0.8, 300), RNG.binomial(4, 0.6, 300)


def test_an_equal_model_is_not_better() -> None:
    found = paired_bootstrap(scores(GOOD), scores(GOOD), "micro.f1", 500)
    assert (found.mean, found.low, found.high, found.p_value) == (0.0, 0.0, 0.0, 1.0)


def test_a_clear_difference_is_found_both_ways() -> None:
    better = paired_bootstrap(scores(GOOD), scores(POOR), "micro.f1", 1000)
    worse = paired_bootstrap(scores(POOR), scores(GOOD), "micro.f1", 1000)
    assert better.p_value < 0.01 and better.low > 0 and better.low < better.mean < better.high
    assert worse.p_value > 0.99 and worse.mean == -better.mean
    assert better.documents == 300


@pytest.mark.parametrize(
    ("documents", "alike", "resamples"), [(20, 0.3, 1000), (50, 0.8, 300), (100, 0.3, 300)]
)
def test_equal_models_are_promoted_no_more_often_than_alpha(
    documents: int, alike: float, resamples: int
) -> None:
    """1,000 A/A pairs: at most 50 and what chance adds once in twenty times, at every size.

    Fewer resamples than a run's 10,000 change single p-values, this share hardly: docs/promotion.md.
    """
    found = compared(Pair(documents, alike), pairs=1000, resamples=resamples)
    assert 1000 * promoted(found) <= 50 + 1.645 * (1000 * 0.05 * 0.95) ** 0.5


def test_the_plain_bootstrap_takes_few_differing_documents_for_evidence() -> None:
    """Three documents that all speak for one side are a coin that fell alike thrice."""
    challenger, champion = np.full(100, 3), np.full(100, 3)
    challenger[:3] = 4
    for differing, better in ((3, False), (4, False), (5, True)):
        challenger[:differing] = 4
        found = paired_bootstrap(scores(challenger), scores(champion), "micro.f1", 10_000)
        assert found.differing == differing and (found.p_value <= 0.05) is better
        assert unexpanded([found]) == 1.0
        assert (found.lower > 0) is better


def test_the_gain_that_is_called_detectable_is_found_four_times_in_five() -> None:
    gain, found = 0.0, compared(Pair(300), pairs=100, resamples=300)
    for seed in (1, 2):  # a better model differs on more documents: the error grows with the gain
        gain = float(np.mean([one.detectable for one in found]))
        found = compared(Pair(300, gain=gain / 0.15), pairs=400, resamples=300, seed=seed)
    assert float(np.mean([one.mean for one in found])) == pytest.approx(gain, abs=0.002)
    assert 0.72 < promoted(found) < 0.86
    assert detectable(1.0, 0.05) == pytest.approx(1.645 + 0.842, abs=0.001)


def test_students_t_is_that_of_the_tables() -> None:
    for t, freedom in ((2.920, 2), (2.132, 4), (1.729, 19), (1.6605, 99)):
        units = freedom + 1
        bootstrap = 1 - NormalDist().cdf(t * math.sqrt(units / freedom))
        assert expanded(bootstrap, units) == pytest.approx(0.05, abs=2e-4)
    for units in (3, 5, 50):
        assert expanded(expanded_level(0.05, units), units) == pytest.approx(0.05, abs=1e-6)
    assert expanded(0.0, 1) == 1.0 and expanded_level(0.05, 1) == 0.0


@pytest.mark.parametrize(
    ("ours", "theirs", "settings", "passed"),
    [
        (GOOD, POOR, {}, True),
        (GOOD, GOOD, {}, False),
        (POOR, GOOD, {}, False),
        (GOOD, GOOD, {"test": "non_inferiority"}, True),
        (POOR, GOOD, {"test": "non_inferiority", "margin": 0.05}, False),
        (POOR, GOOD, {"test": "non_inferiority", "margin": 0.5}, True),
    ],
)
def test_champion_gate(
    ours: np.ndarray, theirs: np.ndarray, settings: dict[str, Any], passed: bool
) -> None:
    given = ChampionGate.model_validate({"resamples": 500, **settings})
    gate = champion_gate(scores(ours), scores(theirs), "micro.f1", given)
    assert gate.passed is passed
    assert gate.name == f"champion.{given.test}" and "300 documents" in gate.reason


def test_only_the_same_documents_compare() -> None:
    with pytest.raises(ValueError, match="different documents"):
        paired_bootstrap(scores(GOOD), scores(GOOD[:-1]), "micro.f1", 100)


def test_the_order_of_documents_does_not_matter() -> None:
    turned = scores(POOR)
    back = list(range(299, -1, -1))
    turned = TagScores(
        [turned.ids[n] for n in back], [turned.documents[n] for n in back],
        turned.columns, turned.counts[back],
    )  # fmt: skip
    straight = paired_bootstrap(scores(GOOD), scores(POOR), "micro.f1", 200)
    assert paired_bootstrap(scores(GOOD), turned, "micro.f1", 200) == straight


def test_the_interval_covers() -> None:
    """Of 60 samples of recall 0.7, about 95 % of the intervals hold it."""
    true = 2 * 0.7 / (2 * 0.7 + 0.3)
    held = 0
    for seed in range(60):
        sample = scores(np.random.default_rng(seed).binomial(4, 0.7, 120))
        low, high = interval(sample, "micro.f1", 400, seed)
        held += low <= true <= high
    assert held >= 51


def test_records_of_one_document_are_drawn_together() -> None:
    """Records of a document being alike, an interval over documents is the wider one."""
    alike = np.repeat(RNG.integers(0, 5, 40), 10)
    apart, together = (interval(scores(alike, documents=size), "micro.f1", 500) for size in (1, 10))
    assert together[1] - together[0] > 2 * (apart[1] - apart[0])

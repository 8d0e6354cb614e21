"""Gates: figures against thresholds, and challenger against champion."""

from typing import Any

import numpy as np
import pytest

from goldsmith.config.gates import ChampionGate, Gates
from goldsmith.families.bootstrap import interval, paired_bootstrap
from goldsmith.families.token_classification.metrics import TagScores
from goldsmith.gates import (
    Figures,
    as_json,
    champion_gate,
    from_json,
    judge,
    metric_bounds,
)

FIGURES: dict[str, Any] = {
    "name": "fp32",
    "sha256": "0" * 64,
    "metrics": {"micro.f1": 0.8, "label:A.f1": 0.7, "label:B.f1": 0.9},
    "reference": {"micro.f1": 0.8},
    "support": {"A": 40, "B": 40},
    "agreement": 1.0,
    "logit_difference": 0.0,
    "size_mb": 90.0,
    "p95_ms": {"1": 10.0, "32": 100.0},
}
GATES: dict[str, Any] = {
    "metrics": {"micro.f1": {"min": 0.75, "max": 0.99}, "label:*.f1": {"min": 0.6}}
}


def verdict(figures: dict[str, Any] | None = None, gates: dict[str, Any] | None = None) -> Any:
    one = Figures(**(FIGURES | (figures or {})))
    return judge(
        [one], "fp32", Gates.model_validate(GATES | (gates or {})), "micro.f1", "test", "m", "d"
    )


def test_a_model_within_all_bounds_passes_and_every_gate_has_a_reason() -> None:
    found = verdict()
    assert found.passed and not found.failed and len(found.gates) == 10
    assert all(gate.reason and gate.variant == "fp32" for gate in found.gates)
    assert found.gates[3].reason == "micro.f1 is 0.8, at least 0.75"


@pytest.mark.parametrize(
    ("figures", "gate", "reason"),
    [
        ({"metrics": FIGURES["metrics"] | {"micro.f1": 0.7499}, "reference": {"micro.f1": 0.75}},
         "micro.f1", "micro.f1 is 0.7499, below 0.75"),
        ({"metrics": FIGURES["metrics"] | {"micro.f1": 1.0}}, "micro.f1", "above 0.99"),
        ({"metrics": FIGURES["metrics"] | {"label:B.f1": 0.5}}, "label:B.f1", "below 0.6"),
        ({"metrics": FIGURES["metrics"] | {"micro.f1": float("nan")}}, "parity.loss", "nan"),
        ({"reference": {"micro.f1": 0.81}}, "parity.loss", "loss of micro.f1"),
        ({"agreement": 0.99}, "parity.agreement", "0.99, below 0.999"),
        ({"logit_difference": 0.02}, "parity.logits", "0.02, above 0.01"),
        ({"size_mb": 151}, "size_mb", "151, above 150"),
        ({"p95_ms": {"1": 251.0, "32": 1.0}}, "p95_ms.batch_1", "batch of 1 in ms is 251"),
        ({"p95_ms": {"1": 1.0, "32": 5001.0}}, "p95_ms.batch_32", "above 5000"),
        ({"support": {"A": 9, "B": 40}}, "label:A.f1", "not enough evidence: 9 test mentions"),
        ({"support": {"B": 40}}, "label:A.f1", "not enough evidence: 0 test mentions"),
    ],
)  # fmt: skip
def test_each_gate_refuses(figures: dict[str, Any], gate: str, reason: str) -> None:
    found = verdict(figures)
    assert not found.passed and not found.variants
    assert gate in [one.name for one in found.failed]
    assert reason in next(one.reason for one in found.failed if one.name == gate)


@pytest.mark.parametrize(("policy", "passes"), [("refuse", False), ("pass", True)])
def test_thin_support_is_no_evidence(policy: str, passes: bool) -> None:
    found = verdict({"support": {"A": 3, "B": 40}}, {"on_thin_support": policy})
    thin = next(gate for gate in found.gates if gate.name == "label:A.f1")
    assert found.passed is passes
    assert thin.passed is (None if passes else False) and thin.slice == "A"


def test_a_poor_variant_is_left_out_but_does_not_refuse_the_model() -> None:
    fp32, int8 = Figures(**FIGURES), Figures(**FIGURES | {"name": "int8", "agreement": 0.5})
    gates = Gates.model_validate(GATES)
    kept = judge([fp32, int8], "fp32", gates, "micro.f1", "folds", "m", "d")
    refused = judge([fp32, int8], "int8", gates, "micro.f1", "folds", "m", "d")
    assert kept.passed and [one.name for one in kept.variants] == ["fp32"]
    assert not refused.passed
    assert "label:A.f1" not in [gate.name for gate in kept.gates if gate.variant == "int8"]


def test_a_variant_that_the_use_case_does_not_name_keeps_its_bounds() -> None:
    found = Gates.model_validate({"variants": {"int8": {"max_loss": 0.5}}}).variants
    assert found["int8"].max_loss == 0.5
    assert found["fp32"] == Gates().variants["fp32"]


def test_a_verdict_survives_its_file() -> None:
    found = verdict({"agreement": 0.1})
    assert from_json(as_json(found)) == found
    assert as_json(found)["schema"] == 1 and as_json(found)["champion_seen"] is None


def test_gates_name_what_there_is() -> None:
    names = ["micro.f1", "label:A.f1", "label:B[2].f1"]
    assert metric_bounds("label:*.f1", names) == names[1:]
    assert metric_bounds("label:B[2].f1", names) == [names[2]]
    with pytest.raises(KeyError, match=r"no metric 'micro\.f2': did you mean micro\.f1"):
        metric_bounds("micro.f2", names)


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


def test_equal_models_are_seldom_told_apart() -> None:
    """The risk of a false promotion is about alpha."""
    wrong = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        one, other = (scores(rng.binomial(4, 0.7, 80)) for _ in range(2))
        wrong += paired_bootstrap(one, other, "micro.f1", 300, seed).p_value <= 0.05
    assert wrong <= 9  # 3 expected; 10 or more happen once in 2,000 times


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
    assert gate.name == f"champion.{given.test}" and "on 300 documents" in gate.reason


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

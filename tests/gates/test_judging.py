"""The verdict on a model: figures against thresholds, by label, by slice, by cost."""

from typing import Any

import numpy as np
import pytest

from goldsmith.config.gates import Cost, Gates
from goldsmith.families.token_classification.metrics import TagScores
from goldsmith.gates import (
    COST,
    Figures,
    as_json,
    from_json,
    judge,
    measured,
    metric_bounds,
    metric_names,
    slices_of,
    unknown_costs,
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


def test_a_figure_of_a_family_without_labels_rests_on_its_records() -> None:
    figures = {"metrics": {"f1": 0.8}, "reference": {"f1": 0.8}, "support": {}}
    gates = Gates.model_validate({"metrics": {"f1": {"min": 0.7}}, "min_support": 10})
    for records, passed in ((10, True), (9, False)):
        one = Figures(**(FIGURES | figures | {"records": records}))
        found = judge([one], "fp32", gates, "f1", "test", "m", "d")
        assert found.passed is passed
    assert found.failed[0].reason.startswith("not enough evidence: 9 test records,")


def test_a_model_within_all_bounds_passes_and_every_gate_has_a_reason() -> None:
    found = verdict()
    assert found.passed and not found.failed and len(found.gates) == 11
    assert all(gate.reason and gate.variant == "fp32" for gate in found.gates)
    assert found.gates[0].reason == "micro.f1 is 0.8, at least 0.75"


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
        ({"batch_agreement": 0.99}, "parity.batches", "batches of 32 is 0.99, below 0.999"),
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


@pytest.mark.parametrize(("reference", "passes"), [(0.81, True), (0.810002, False)])
def test_a_loss_of_just_the_bound_is_within_it(reference: float, passes: bool) -> None:
    """0.81 - 0.79 is 0.020000000000000018 to a computer."""
    bounds = {"variants": {"fp32": {"max_loss": 0.02}}}
    figures = {"metrics": FIGURES["metrics"] | {"micro.f1": 0.79}}
    found = verdict(figures | {"reference": {"micro.f1": reference}}, bounds)
    assert found.passed == passes


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


def counted(hits: list[int], totals: list[int], alarms: list[int]) -> TagScores:
    """Rate in one record each, the first two of them in the slice `short`."""
    rows = [
        [hit, false, all_ - hit, 5, 5]
        for hit, all_, false in zip(hits, totals, alarms, strict=True)
    ]
    names = [f"r{place}" for place in range(len(rows))]
    columns = ["Rate.tp", "Rate.fp", "Rate.fn", "words.correct", "words.total"]
    short = np.array([place < 2 for place in range(len(rows))])
    slices = {"short": short, "never": short & ~short}
    return TagScores(names, names, columns, np.array(rows), slices)


SCORES = counted([8, 6, 9, 1], [8, 8, 10, 10], [0, 0, 1, 3])


def sliced(**gates: Any) -> Any:
    settings = Gates.model_validate({"min_support": 10, **gates})
    figures = FIGURES | {
        "metrics": measured(SCORES, settings.costs),
        "slices": slices_of(SCORES, settings.costs),
        "support": SCORES.support(),
        "reference": SCORES.metrics(),
    }
    return judge([Figures(**figures)], "fp32", settings, "micro.f1", "test", "m", "d")


def test_a_gate_on_a_slice_looks_at_its_records_alone() -> None:
    found = sliced(metrics={"slice:short.micro.recall": {"min": 0.9}, "micro.recall": {"min": 0.6}})
    inside, overall = found.gates[:2]
    assert (inside.name, inside.slice) == ("slice:short.micro.recall", "short")
    assert inside.passed is False and inside.value == pytest.approx(14 / 16)
    assert overall.passed and overall.value == pytest.approx(24 / 36)


def test_wildcards_over_slices_need_their_support_and_leave_labels_alone() -> None:
    found = sliced(metrics={"slice:*.micro.f1": {"min": 0.5}, "*.f1": {"min": 0.1}})
    by_name = {gate.name: gate for gate in found.gates}
    assert by_name["slice:short.micro.f1"].passed
    assert "0 test mentions" in by_name["slice:never.micro.f1"].reason
    assert "slice:short.label:Rate.f1" not in by_name and "label:Rate.f1" in by_name
    assert not found.passed
    assert sliced(metrics={"slice:*.micro.f1": {"min": 0.5}}, on_thin_support="pass").passed


def test_mistakes_cost_what_the_use_case_says() -> None:
    bound = {"metrics": {COST: {"max": 1000}}}
    twelve_misses, four_alarms, records = 12, 4, 4
    for costs, price in [
        ({"*": {"miss": 1, "false_alarm": 1}}, 12 + 4),
        ({"*": {"miss": 2}, "Rate": {"false_alarm": 10}}, 2 * 12 + 10 * 4),
        ({"Rate": {"miss": 5}}, 5 * twelve_misses + four_alarms),
        ({"*": {"false_alarm": 0}}, 12),
    ]:
        assert sliced(**bound, costs=costs).gates[0].value == pytest.approx(100 * price / records)
    tight = {"metrics": {f"slice:short.{COST}": {"max": 50}}, "costs": {"*": {"miss": 5}}}
    refused = sliced(**tight)
    assert (
        not refused.passed and "cost.per_100_records is 500, above 50" in refused.failed[0].reason
    )


def test_costs_and_slices_that_are_not_there_have_near_names() -> None:
    with pytest.raises(KeyError, match=r"gates\.costs: no label 'Rat': did you mean Rate\?"):
        unknown_costs({"Rat": Cost(miss=1), "*": Cost()}, ["Rate", "Amount"])
    names = metric_names(SCORES, {})
    assert COST not in names and COST in metric_names(SCORES, {"*": Cost()})
    with pytest.raises(KeyError, match=r"'slice:shor\.micro\.f1': did you mean slice:short\.micro"):
        metric_bounds("slice:shor.micro.f1", names)


def test_a_model_that_finds_nothing_is_refused_by_its_figures() -> None:
    nothing = counted([0, 0, 0, 0], [8, 8, 10, 10], [0, 0, 0, 0])
    figures = Figures(**FIGURES | {"metrics": measured(nothing, {}), "reference": {"micro.f1": 0}})
    gates = Gates.model_validate({"metrics": {"micro.*": {"min": 0.1}}})
    found = judge([figures], "fp32", gates, "micro.f1", "test", "m", "d")
    assert not found.passed and {gate.value for gate in found.failed} == {0.0}
    assert [gate.name for gate in found.failed] == ["micro.precision", "micro.recall", "micro.f1"]

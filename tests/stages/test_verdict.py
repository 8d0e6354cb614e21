"""The judge stage on a trained model: changed gates judge again, and are refused where they ask
what there is not."""

from pathlib import Path

import pytest

from goldsmith import config, pipeline
from goldsmith.errors import ConfigError
from goldsmith.reporting.report import render
from goldsmith.stages import judge
from tests.command import World

STAGES = ("load", "validate_raw", "prepare", "validate_prepared", "train", "evaluate", "export")
CASES = """[
 {name: a rate, kind: minimum, input: {text: notes at 4.5 % per annum}, expect: [{label: Rate}]},
 {name: no such thing, kind: minimum, input: {text: of the company}, expect: [{label: Amount}]},
 {name: any rate, kind: invariance, input: {text: notes at 4.5 %}, replace: {"4.5": "7.125"}},
 {name: one more, kind: direction, input: {tokens: [$, "500"]},
  changed: {tokens: [$, "500", and, $, "900"]}, label: Amount, direction: rises}]"""


@pytest.fixture
def toy(champion: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("GOLDSMITH_HOME", str(champion.home))
    monkeypatch.chdir(champion.folder)
    return champion


def judged(*overrides: str) -> Path:
    loaded = config.load("toy", overrides=overrides)
    made = {"raw": pipeline.raw(loaded).folder}
    for stage in STAGES:
        made[stage] = pipeline.run_stage(stage, loaded, made).folder
    return pipeline.run_stage("judge", loaded, made).folder


def test_costs_slices_and_behaviour_are_judged_without_training(toy: World) -> None:
    folder = judged(
        "gates.metrics={'slice:*.micro.f1': {min: 0.3}, cost.per_100_records: {max: 500}}",
        "gates.costs={'*': {miss: 1}, Rate: {miss: 5, false_alarm: 2}}",
        "gates.on_thin_support=pass",
        f"gates.behaviour={CASES}",
    )
    verdict, report = judge.read_verdict(folder), judge.read_report(folder)
    found = {gate.name: gate for gate in verdict.gates if gate.variant == verdict.chosen}
    assert len(toy.made("train")) == len(toy.made("export")) == 1 and len(toy.made("judge")) == 2
    assert not verdict.passed and [gate.name for gate in verdict.failed] == ["behaviour.minimum"]
    assert "'no such thing' (expected Amount, found nothing)" in verdict.failed[0].reason
    assert found["behaviour.invariance"].passed and found["behaviour.direction"].passed
    assert found["slice:with entities.micro.f1"].passed and found["parity.batches"].passed

    cost = found["cost.per_100_records"].value
    assert cost == pytest.approx(100 * sum(row.total for row in report.costs) / 80, abs=1e-5)
    assert [(row.label, row.miss) for row in report.costs] == [("Amount", 1.0), ("Rate", 5.0)]
    assert [row.passed for row in report.behaviour] == [True, False, True, True]
    assert report.detectable is not None and 0 < report.detectable < 0.2
    page = render(report)
    for words in ("Cost of mistakes", "no such thing", "of the company", "to be told apart"):
        assert words in page


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("gates.metrics={'slice:long.micro.f1': {min: 1}}", "no metric 'slice:long.micro.f1'"),
        ("gates.metrics={'slice:1 entty.micro.f1': {min: 1}}", "did you mean slice:1 entity.mic"),
        ("gates.metrics={cost.per_100_records: {max: 1}}", "no metric 'cost.per_100_records'"),
        ("gates.costs={Rat: {miss: 1}}", "gates.costs: no label 'Rat': did you mean Rate?"),
        ("gates.behaviour=[{name: n, kind: minimum, input: {txt: a}, exact: true}]",
         "gates.behaviour: 'n': an input needs `text` (a string) or `tokens` (a list of strings); "
         "it has txt"),
        ("gates.behaviour=[{name: n, kind: minimum, input: {text: a}, expect: [{label: Rte}]}]",
         "gates.behaviour: 'n': no label 'Rte': did you mean Rate?"),
        ("gates.behaviour=[{name: n, kind: minimum, input: {text: a}, expect: [{lable: Rate}]}]",
         "gates.behaviour: 'n': answers have no 'lable': did you mean label?"),
    ],
)  # fmt: skip
def test_gates_on_what_is_not_there_are_refused_before_training(
    toy: World, override: str, message: str
) -> None:
    with pytest.raises(ConfigError) as error:
        judged(override)
    assert message in str(error.value)
    assert error.value.exit_status == 2 and len(str(error.value)) < 400

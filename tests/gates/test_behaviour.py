"""Behavioural cases: what each kind asks, what is said of one that fails, what is refused."""

from collections.abc import Sequence
from typing import Any

import pytest

from goldsmith import config
from goldsmith.config.gates import Gates
from goldsmith.errors import ConfigError, DataError
from goldsmith.gates import behaviour_gates, examine
from goldsmith.records import TaggedTokens
from goldsmith.text import split_words

TEXT = "at 4.5 % from 1987"


def tagger(inputs: Sequence[Any]) -> list[list[dict[str, Any]]]:
    """Every word with a point in it is a Rate; the surer the longer the text."""
    answers = []
    for line in inputs:
        if "text" not in line:
            raise DataError("needs `text` (a string)")
        text = line["text"]
        words = [text[start:end] for start, end in split_words(text)]
        found = [word for word in words if "." in word.strip(".")]
        answers.append([{"label": "Rate", "text": w, "score": len(text) / 100} for w in found])
    return answers


def check(**case: Any) -> Any:
    given = {"name": "c", "input": {"text": TEXT}, **case}
    settings = Gates.model_validate({"behaviour": [given]})
    return examine(settings.behaviour, tagger)[0]


RATE = {"label": "Rate", "text": "4.5"}


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        ({"kind": "minimum", "expect": [RATE]}, ""),
        ({"kind": "minimum", "expect": [RATE], "exact": True}, ""),
        ({"kind": "minimum", "expect": [{"label": "Rate"}]}, ""),
        ({"kind": "minimum", "expect": [RATE, RATE]}, "expected Rate 4.5, found Rate 4.5"),
        ({"kind": "minimum", "expect": [{**RATE, "text": "4"}]}, "expected Rate 4, found Rate 4.5"),
        ({"kind": "minimum", "exact": True}, "found beside it Rate 4.5"),
        ({"kind": "minimum", "exact": True, "input": {"text": "in 1987"}}, ""),
        ({"kind": "invariance", "replace": {"4.5": "7.25", "at": "of"}}, ""),
        ({"kind": "invariance", "replace": {"4.5": "7"}}, "changes Rate 7 to nothing"),
        ({"kind": "invariance", "changed": [{"text": "4.5 now"}]}, ""),
        ({"kind": "invariance", "changed": [{"text": "4.6 now"}]}, "changes Rate 4.5 to Rate 4.6"),
        ({"kind": "invariance", "changed": [{"text": "4.6 now"}], "keep": ["label"]}, ""),
        ({"kind": "invariance", "replace": {"1987": "88"}, "changed": [{"text": "no"}]}, "'no' ch"),
        ({"kind": "direction", "changed": {"text": "4.5 , 5.5"}, "label": "Rate",
          "direction": "rises"}, ""),
        ({"kind": "direction", "changed": {"text": TEXT}, "label": "Rate", "direction": "rises"},
         "count of Rate goes from 1 to 1, must rise"),
        ({"kind": "direction", "changed": {"text": "4.5"}, "label": "Rate", "figure": "score",
          "direction": "falls"}, ""),
        ({"kind": "direction", "changed": {"text": "no"}, "label": "Rate", "figure": "score",
          "direction": "rises"}, "score of Rate goes from 0.18 to 0, must rise"),
    ],
)  # fmt: skip
def test_a_case_holds_or_says_why_not(case: dict[str, Any], fault: str) -> None:
    found = check(**case)
    assert found.passed is (not fault), found.reason
    assert (fault or "as it must") in found.reason and case["kind"] == found.kind


def test_a_gate_for_each_kind_names_the_cases_that_fail_and_is_bounded() -> None:
    bad = [
        {"name": f"bad {n}", "kind": "minimum", "input": {"text": "x" * 9000}, "expect": [RATE]}
        for n in range(20)
    ]
    good = {"name": "good", "kind": "minimum", "input": {"text": TEXT}, "expect": [RATE]}
    same = {**good, "name": "same", "kind": "invariance", "replace": {"from": "to"}, "expect": None}
    del same["expect"]
    results = examine(Gates.model_validate({"behaviour": [*bad, good, same]}).behaviour, tagger)
    minimum, invariance = behaviour_gates(results, "int8")
    assert (minimum.name, minimum.passed, minimum.variant) == ("behaviour.minimum", False, "int8")
    assert minimum.value == pytest.approx(1 / 21, abs=1e-6) and len(minimum.reason) < 600
    assert "1 of 21 cases of minimum functionality hold; not: 'bad 0'" in minimum.reason
    assert "17 more" in minimum.reason and invariance.passed
    assert behaviour_gates([], "int8") == []


def test_an_input_that_cannot_be_read_names_its_case() -> None:
    with pytest.raises(DataError, match=r"gates\.behaviour: 'c': input needs `text`"):
        check(kind="minimum", input={"question": "who?"}, exact=True)


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("{kind: minimum, expct: []}", "expct': did you mean expect"),
        ("{kind: minimal}", "unknown gates.behaviour.0.kind 'minimal': did you mean minimum"),
        ("{exact: true}", "gates.behaviour.0.kind is missing"),
        ("{kind: minimum}", "asks nothing: give expect"),
        ("{kind: minimum, expect: [{}]}", "matches everything"),
        ("{kind: invariance}", "changes nothing: give changed or replace"),
        ("{kind: invariance, replace: {b: c}}", "'b' does not stand in the input"),
        ("{kind: direction, changed: {text: b}, label: A, direction: up}", "'rises' or 'falls'"),
    ],
)
def test_a_case_that_says_nothing_sensible_is_refused_at_load(case: str, message: str) -> None:
    whole = case.replace("{", "{name: n, input: {text: a}, ", 1)
    with pytest.raises(ConfigError) as error:
        config.load("financial-entities", overrides=[f"gates.behaviour=[{whole}]"])
    assert message in str(error.value) and str(error.value).startswith("--set gates.behaviour")
    twice = "{name: n, kind: minimum, input: {text: a}, exact: true}"
    with pytest.raises(ConfigError, match="two cases are called 'n'"):
        config.load("financial-entities", overrides=[f"gates.behaviour=[{twice}, {twice}]"])


def test_the_packaged_cases_are_ones_that_the_family_reads() -> None:
    loaded: Any = config.load("financial-entities")
    labels = set(loaded.prepare.keep_labels)
    for case in loaded.gates.behaviour:
        assert set(case.labels()) <= labels
        assert set(case.item_keys()) <= set(loaded.model.answer_keys)
        for line in case.inputs():
            loaded.model.check_input(line)
    assert {case.kind for case in loaded.gates.behaviour} == {"minimum", "invariance", "direction"}
    assert TaggedTokens is loaded.model.record

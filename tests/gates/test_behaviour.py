"""Behavioural cases: what each kind asks, what is said of one that fails, what is refused."""

from collections.abc import Sequence
from typing import Any

import pytest

from goldsmith import config
from goldsmith.config.gates import Gates
from goldsmith.errors import ConfigError, DataError
from goldsmith.families.base import Family
from goldsmith.families.extractive_qa import ExtractiveQa
from goldsmith.families.sequence_classification import SequenceClassification
from goldsmith.families.token_classification import TokenClassification
from goldsmith.gates import accept_case, behaviour_gates, examine
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


TAGGING = TokenClassification(family="token_classification", base="packaged:minilm")


def check(**case: Any) -> Any:
    return examine([only(**case)], tagger, TAGGING)[0]


def only(**case: Any) -> Any:
    given = {"name": "c", "input": {"text": TEXT}, **case}
    return Gates.model_validate({"behaviour": [given]}).behaviour[0]


RATE = {"label": "Rate", "text": "4.5"}


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        ({"kind": "minimum", "expect": [RATE]}, ""),
        ({"kind": "minimum", "expect": [RATE], "exact": True}, ""),
        ({"kind": "minimum", "expect": [{"label": "Rate"}]}, ""),
        ({"kind": "minimum", "expect": [{"label": ["Fee", "Rate"], "text": ["4", "4.5"]}]}, ""),
        ({"kind": "minimum", "expect": [{"label": ["Fee", "Tax"]}]}, "expected Fee or Tax, found"),
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
    results = examine(
        Gates.model_validate({"behaviour": [*bad, good, same]}).behaviour, tagger, TAGGING
    )
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
    for case in loaded.gates.behaviour:
        accept_case(case, loaded.model, loaded.prepare.keep_labels)
    assert {case.kind for case in loaded.gates.behaviour} == {"minimum", "invariance", "direction"}
    assert TaggedTokens is loaded.model.record


ROUTING = SequenceClassification(family="sequence_classification", base="packaged:minilm")
READING = ExtractiveQa(family="extractive_qa", base="packaged:minilm")


def router(inputs: Sequence[Any]) -> list[list[dict[str, Any]]]:
    """Cards, the surer the more cards; a person sees what is short."""
    answers = []
    for line in inputs:
        text = line["text"]
        share = min(0.5 + text.count("card") / 10, 0.9)
        ranked = [{"label": "cards", "score": share}, {"label": "fees", "score": 1 - share}]
        ranked[0]["abstain"] = len(text) < 10
        answers.append(ranked)
    return answers


def reader(inputs: Sequence[Any]) -> list[list[dict[str, Any]]]:
    """The first capital word, else no answer; the other is the second best."""
    answers = []
    for line in inputs:
        found = [word for word in line["context"].split() if word.isupper()]
        answer = {"start": 0, "end": 1, "text": "".join(found[:1]), "score": 0.6}
        nothing = {"start": None, "end": None, "text": "", "score": 0.4}
        answers.append([answer, nothing] if found else [nothing, answer])
    return answers


CARD = {"text": "I lost my card today"}
ASKED, NOTHING = ({"question": "who ?", "context": text} for text in ("I lost it", "lost it"))


@pytest.mark.parametrize(
    ("ask", "case", "fault"),
    [
        (router, {"kind": "minimum", "expect": [{"label": "cards"}], "exact": True}, ""),
        (router, {"kind": "minimum", "expect": [{"label": ["fees", "cards"]}]}, ""),
        (router, {"kind": "minimum", "expect": [{"label": "fees"}]}, "expected fees, found cards"),
        (router, {"kind": "minimum", "expect": [{"label": "cards", "abstain": True}]},
         "expected cards (to a person), found cards"),
        (router, {"kind": "minimum", "expect": [{"abstain": True}], "input": {"text": "ok"}}, ""),
        (router, {"kind": "invariance", "changed": [{"text": "card"}]}, ""),
        (router, {"kind": "invariance", "changed": [{"text": "card"}], "keep": ["abstain"]},
         "'card' changes cards to cards (to a person)"),
        (router, {"kind": "direction", "changed": {"text": "card card"}, "label": "cards",
          "direction": "rises"}, ""),
        (router, {"kind": "direction", "changed": {"text": "card card"}, "label": "fees",
          "direction": "rises"}, "score of fees goes from 0.4 to 0.3, must rise"),
        (reader, {"kind": "minimum", "expect": [{"text": "the i."}], "exact": True}, ""),
        (reader, {"kind": "minimum", "exact": True}, "found beside it I"),
        (reader, {"kind": "minimum", "exact": True, "input": NOTHING}, ""),
        (reader, {"kind": "minimum", "expect": [{"text": ""}], "input": NOTHING}, ""),
        (reader, {"kind": "minimum", "expect": [{"text": "I"}], "input": NOTHING},
         "expected I, found nothing"),
        (reader, {"kind": "invariance", "replace": {"I": "YOU"}}, ""),
        (reader, {"kind": "invariance", "changed": [NOTHING]}, "changes I to nothing"),
    ],
)  # fmt: skip
def test_the_answer_of_a_family_that_ranks_is_its_first(
    ask: Any, case: dict[str, Any], fault: str
) -> None:
    family = ROUTING if ask is router else READING
    case = only(**{"input": CARD if ask is router else ASKED, **case})
    accept_case(case, family, ["cards", "fees"] if ask is router else [])
    found = examine([case], ask, family)[0]
    assert found.passed is (not fault) and (fault or "as it must") in found.reason, found.reason


@pytest.mark.parametrize(
    ("family", "case", "message"),
    [
        (ROUTING, {"kind": "minimum", "expect": [{"label": "card"}]}, "no label 'card': did you mean"),
        (ROUTING, {"kind": "minimum", "expect": [{"text": "a"}]}, "answers have no 'text'"),
        (ROUTING, {"kind": "minimum", "expect": [{"label": "fees"}, {"label": "cards"}]},
         "gives one answer, so 2 items cannot"),
        (ROUTING, {"kind": "minimum", "exact": True}, "always gives a label: expect one, or"),
        (ROUTING, {"kind": "direction", "changed": CARD, "label": "fees", "figure": "count",
         "direction": "falls"}, "each label stands once"),
        (READING, {"kind": "direction", "changed": ASKED, "label": "x", "direction": "falls"},
         "gives no labels, so there is no direction"),
        (READING, {"kind": "minimum", "expect": [{"label": "x"}]}, "answers have no 'label'"),
        (READING, {"kind": "minimum", "exact": True, "input": {"question": "who"}}, "it has question"),
    ],
)  # fmt: skip
def test_a_case_that_no_answer_of_the_family_can_meet_is_refused(
    family: Family, case: dict[str, Any], message: str
) -> None:
    given = {"input": CARD if family is ROUTING else ASKED, **case}
    with pytest.raises(ConfigError) as error:
        accept_case(only(**given), family, ["cards", "fees"])
    assert message in str(error.value) and "gates.behaviour: 'c'" in str(error.value)


def test_documents_of_a_case_are_told_one_by_one() -> None:
    def nothing(inputs: Sequence[Any]) -> list[list[dict[str, Any]]]:
        return [[] for _ in inputs]

    documents = [{"document_id": "a", "text": "One."}, "Two."]
    for query, said in (("who", "who / a, One.; Two."), ("", '"" / a, One.; Two.')):
        case = only(kind="minimum", input={"query": query, "documents": documents}, exact=True)
        assert examine([case], nothing, TAGGING)[0].input == said

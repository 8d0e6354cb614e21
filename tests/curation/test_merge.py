"""merge: union, agreement and conflicts of several annotators."""

import pytest

from goldsmith.curation.agreement import agreement, kappa
from goldsmith.curation.conflicts import Conflict
from goldsmith.curation.merge import Rules, merge
from goldsmith.errors import DataError, UserError
from goldsmith.records import Answer, LabelledText, Question, TaggedTokens

NONE = Rules({})


def text(name: str, words: str, label: str) -> LabelledText:
    return LabelledText(name, "", words, label)


ANNA = [text("1", "hello", "a"), text("2", "world", "b"), text("3", "again", "a")]
BEN = [text("1", "Hello", "a"), text("2", "world", "a"), text("4", "only ben", "b")]
CARL = [text("1", "hello", "b"), text("2", "world", "a")]


def labels(found: object) -> dict[str, str]:
    return {one.id: one.label for one in found.records}


def test_union_by_id_with_agreement_and_open_conflicts() -> None:
    found = merge({"anna": ANNA, "ben": BEN}, NONE)
    assert found.by == "id" and labels(found) == {"1": "a", "3": "a", "4": "b"}
    (one,) = found.open
    assert [(o.shown, o.sources) for o in one.options] == [("b", ("anna",)), ("a", ("ben",))]
    (both,) = found.agreements
    assert (both.records, both.equal, both.share, both.unit) == (2, 1, 0.5, "texts")
    assert both.kappa == 0.0 and both.labels == {"a": 0.0, "b": 0.0}


def test_prefer_majority_and_decisions() -> None:
    files = {"anna": ANNA, "ben": BEN, "carl": CARL}
    assert labels(merge(files, Rules({}, prefer="anna")))["2"] == "b"
    most = merge(files, Rules({}, majority=True))
    assert (labels(most)["1"], labels(most)["2"]) == ("a", "a") and most.settled == {"majority": 2}
    two = merge({"anna": ANNA, "ben": BEN}, Rules({}, majority=True))
    assert len(two.open) == 1, "two files are no majority"
    (conflict,) = two.open
    decided = {conflict.key: conflict.model_copy(update={"decision": 2})}
    assert labels(merge({"anna": ANNA, "ben": BEN}, Rules(decided)))["2"] == "a"
    drop: dict[str, Conflict] = {conflict.key: conflict.model_copy(update={"decision": "drop"})}
    dropped = merge({"anna": ANNA, "ben": BEN}, Rules(drop))
    assert "2" not in labels(dropped) and dropped.left_out == 1 and not dropped.open
    with pytest.raises(UserError, match="did you mean anna"):
        merge(files, Rules({}, prefer="ann"))


def test_by_text_where_ids_mean_nothing() -> None:
    other = [text("x", "WORLD", "b"), text("1", "quite another text", "b")]
    found = merge({"anna": ANNA, "other": other}, NONE)
    assert found.by == "text"
    assert labels(found) == {"1": "a", "2": "b", "3": "a", "1-2": "b"}
    with pytest.raises(DataError, match="id '1' stands for another text"):
        merge({"anna": ANNA, "other": other}, NONE, by="id")


def test_one_file_against_itself() -> None:
    twice = [*ANNA, text("5", "world", "a"), text("6", "hello", "a")]
    found = merge({"anna": twice}, NONE, by="text")
    assert found.surplus == 1 and [o.ids for o in found.open[0].options] == [("2",), ("5",)]
    decided = {found.open[0].key: found.open[0].model_copy(update={"decision": 2})}
    assert labels(merge({"anna": twice}, Rules(decided), by="text")) == {
        "1": "a",
        "5": "a",
        "3": "a",
    }


def test_agreement_of_tags_is_counted_by_word() -> None:
    words = ("at", "2.25", "%", "now")
    one = TaggedTokens("1", "", words, ("O", "B-Rate", "I-Rate", "O"))
    other = TaggedTokens("1", "", words, ("O", "B-Rate", "O", "O"))
    cut = TaggedTokens("1", "", ("at 2.25 % now",), ("O",))
    found = agreement(("a", "b"), [(one, other), (one, one), (one, cut)])
    assert (found.records, found.equal, found.incomparable, found.unit) == (3, 1, 1, "words")
    assert (
        found.labels["Rate"]
        == found.kappa
        == kappa([("x", "x")] * 3 + [("x", "")] + [("", "")] * 4)
    )


def test_questions_with_other_answers_are_in_conflict() -> None:
    context = "Interest is 4 %."
    asked = Question("1", "", "", context, "What?", (Answer("4 %", 12),))
    other = Question("1", "", "", context, "What?", (), True)
    found = merge({"a": [asked], "b": [other]}, NONE)
    assert found.records == [] and found.agreements[0].unit == "questions"
    assert [option.shown for option in found.open[0].options] == ["'4 %' at 12", "no answer"]
    kept = merge({"a": [asked], "b": [other]}, Rules({}, prefer="b"))
    assert kept.records == [other]


def test_a_decision_with_tags_of_another_length_is_an_error() -> None:
    one = TaggedTokens("1", "", ("a", "b"), ("O", "B-X"))
    other = TaggedTokens("1", "", ("a", "b"), ("B-X", "O"))
    (conflict,) = merge({"a": [one], "b": [other]}, NONE).open
    option = conflict.options[0].model_copy(update={"target": {"tags": ["O"]}})
    wrong = conflict.model_copy(update={"decision": 1, "options": (option, conflict.options[1])})
    with pytest.raises(DataError, match="'1' has 1 tags for 2 words"):
        merge({"a": [one], "b": [other]}, Rules({conflict.key: wrong}))

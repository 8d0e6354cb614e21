"""EM and F1 by SQuAD's official script: against transformers' copy of it, and worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from transformers.data.metrics import squad_metrics

from goldsmith.families.extractive_qa.decoding import AnswerPrediction, Span
from goldsmith.families.extractive_qa.explaining import explain
from goldsmith.families.extractive_qa.metrics import AnswerScores, normalised, score, token_f1
from goldsmith.families.extractive_qa.recorded import (
    BEYOND,
    NO_ANSWERS,
    NO_TEXT,
    NOT_THERE,
    OTHER_TEXT,
    read_answer,
)
from goldsmith.families.extractive_qa.thresholds import best_cut, chosen
from goldsmith.records import Answer, Question

CONTEXT = "Claims are paid within ten days. The fee is £3, and a refund of it takes two weeks."
WORDS = st.lists(
    st.sampled_from(["the", "a", "An", "ten", "Days", "ten-day", "(b)", "£3", "3.", "’s", "é", "\u00a0", "\n", "_"]),
    max_size=7,
).map(" ".join)  # fmt: skip


def question(name: str, *texts: str, **fields: object) -> Question:
    answers = tuple(Answer(text, CONTEXT.find(text)) for text in texts)
    values = {"title": "", "context": CONTEXT, "question": "What?", "is_impossible": not texts}
    return Question(name, "", answers=answers, **(values | fields))


def said(text: str, margin: float = 1.0, threshold: float | None = None) -> AnswerPrediction:
    spans = [Span(CONTEXT.find(text), CONTEXT.find(text) + len(text), text, margin)] if text else []
    return AnswerPrediction(spans, threshold, np.zeros((0, 2)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The  U.S.-led (a) plan", "usled plan"),
        ("an Answer, the\tbest", "answer best"),
        ("theatre another", "theatre another"),
        ("“quoted”", "“quoted”"),  # ASCII punctuation only
        ("the", ""),
    ],
)
def test_normalised_by_hand(text: str, wanted: str) -> None:
    assert normalised(text) == wanted


@pytest.mark.parametrize(
    ("gold", "guess", "wanted"),
    [
        ("within ten days", "ten days", 0.8),  # 2 of 2 and 2 of 3
        ("ten days", "the ten days.", 1.0),
        ("ten ten days", "ten", 0.5),  # words count as often as they stand: 1 of 1 and 1 of 3
        ("ten days", "two weeks", 0.0),
        ("", "", 1.0),
        ("", "ten", 0.0),
        ("the", "a", 1.0),  # neither has a word
    ],
)
def test_f1_by_hand(gold: str, guess: str, wanted: float) -> None:
    assert token_f1(gold, guess) == pytest.approx(wanted)


@given(WORDS | st.text(max_size=20), WORDS | st.text(max_size=20))
def test_text_figures_are_the_official_scripts(gold: str, guess: str) -> None:
    assert normalised(gold) == squad_metrics.normalize_answer(gold)
    assert normalised(normalised(gold)) == normalised(gold)
    assert token_f1(gold, guess) == pytest.approx(squad_metrics.compute_f1(gold, guess))
    assert token_f1(gold, guess) == token_f1(guess, gold)


def test_scores_by_hand() -> None:
    goldens = [
        question("1", "within ten days", "ten days"),
        question("2", "£3"),
        question("3", "two weeks"),
        question("4"),
        question("5"),
        question("6", "the", is_impossible=False),  # no word is left: as one without an answer
    ]
    found = [said("ten days"), said("fee is £3"), said(""), said(""), said("£3"), said("")]
    scores = score(goldens, found, [])
    assert scores.metrics() == pytest.approx(
        {
            "em": (1 + 0 + 0 + 1 + 0 + 1) / 6,
            "f1": (1 + 0.5 + 0 + 1 + 0 + 1) / 6,
            "answered.em": 1 / 3,
            "answered.f1": (1 + 0.5 + 0) / 3,
            "unanswered.accuracy": 2 / 3,
        },
        abs=1e-6,
    )
    assert scores.support() == {}
    halves = AnswerScores.pooled([score(goldens[:2], found[:2], []), score(goldens[2:], found[2:], [])])  # fmt: skip
    assert halves.metrics() == scores.metrics()
    # Where no question lacks an answer there is no figure of such; where the goldens know some,
    # there is, and it is a number even if none is among these records.
    plain = score(goldens[:2], found[:2], ["answer"])
    assert "unanswered.accuracy" not in plain.metrics()
    assert score([], [], ["answer", "no_answer"]).metrics() == dict.fromkeys(scores.metrics(), 0.0)
    lengths = {name: int(member.sum()) for name, member in scores.slices.items()}
    assert lengths["context of 0-100 words"] == 6 and sum(lengths.values()) == 6


@given(
    st.lists(
        st.tuples(
            st.sampled_from([-2.0, -1.0, 0.5, 0.5, 3.0]) | st.floats(-9, 9), st.floats(-1, 1)
        ),
        min_size=1,
        max_size=12,
    )
)
def test_no_other_threshold_gains_more(pairs: list[tuple[float, float]]) -> None:
    margins, gains = (np.array(column) for column in zip(*pairs, strict=True))
    cut = best_cut(margins, gains)
    ways = [-100.0, *margins, *(margins - 1e-9)]
    best = max(gains[margins > way].sum() for way in ways)
    assert gains[margins > cut].sum() == pytest.approx(best, abs=1e-6)


def test_the_threshold_is_chosen_by_f1_and_only_where_a_question_lacks_an_answer() -> None:
    goldens = [question("1", "ten days"), question("2", "£3"), question("3"), question("4")]
    found = [said("ten days", 5.0), said("two weeks", 1.0), said("£3", 2.0), said("£3", -3.0)]
    cut = chosen(goldens, found, None)
    assert cut is not None and 2.0 < cut < 5.0  # the first alone is worth an answer
    assert [one.at(cut).text for one in found] == ["ten days", "", "", ""]
    assert chosen(goldens[:2], found[:2], None) is None
    assert chosen(goldens[2:], [said(""), said("")], 0.0) == 0.0  # nothing could be answered


def test_explanation_shows_the_worst_answers_and_what_the_threshold_trades() -> None:
    goldens = [question("1", "ten days"), question("2"), question("3", "two weeks"), question("4")]
    found = [
        said("ten days", 5.0, 0.0), said("£3", 2.0, 0.0), said("takes two weeks", 1.0, 0.0), said("£3", -1.0, 0.0),
    ]  # fmt: skip
    shown = explain(goldens, found)
    assert (shown.labels, shown.confusion.size) == ([], 0)
    assert [one.id for one in shown.errors] == ["2", "3"]
    assert shown.errors[0].asked == "What? (the context has no answer)"
    marked = [word for word in shown.errors[1].words if word[1] or word[2]]
    assert marked == [
        ("takes", "", "answer"), ("two", "answer", "answer"), ("weeks.", "answer", "answer"),
    ]  # fmt: skip
    kinds, thresholds = shown.tables
    assert kinds.rows == [["with an answer", 2, 2, 0.5, 0.9], ["without one", 2, 1, 0.5, 0.5]]
    chosen_row = next(row for row in thresholds.rows if row[-1])
    assert chosen_row[:5] == [0.0, 0.75, 0.5, 0.7, 0.5]
    assert all(len(row) == len(thresholds.columns) for row in thresholds.rows)
    assert len(explain(goldens[:1], found[:1]).tables) == 1
    assert explain([], []).errors == []


@pytest.mark.parametrize(
    ("answer", "text", "faults"),
    [
        (None, "", []),
        ([], "", []),
        ("", "", []),
        ([{"start": None, "end": None, "text": "", "score": 1.0}], "", []),
        ([{"start": 23, "end": 31, "text": "ten days", "score": 0.9}, {"text": "£3"}], "ten days", []),
        ([{"start": 23, "end": 31}], "ten days", []),
        ([{"start": 23, "end": 31, "text": "£3"}], "ten days", [OTHER_TEXT]),
        ([{"start": 23, "end": 999, "text": "ten days"}], "ten days", [BEYOND]),
        ("ten days", "ten days", []),
        ("about ten days", "about ten days", [NOT_THERE]),
        (7, "", [NO_ANSWERS]),
        ([{"start": 5}], "", [NO_TEXT]),
    ],
)  # fmt: skip
def test_answers_of_any_system_are_read(answer: object, text: str, faults: list[str]) -> None:
    found = read_answer(question("q", "ten days"), answer)
    assert found.prediction.text == text
    assert [kind for kind, _ in found.faults] == faults
    assert len(found.prediction.decisions) == 2

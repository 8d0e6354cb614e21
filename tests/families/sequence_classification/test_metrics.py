"""Label scores against scikit-learn, and what is counted of the accepted."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.families.sequence_classification.explaining import explain
from goldsmith.families.sequence_classification.metrics import LabelScores, score
from goldsmith.families.sequence_classification.recorded import read_answer
from goldsmith.families.sequence_classification.runtime import LabelPrediction
from goldsmith.records import LabelledText

LABELS = ["A", "B", "C", "never"]
NAMES = st.sampled_from(["A", "B", "C"])
TRIPLES = st.lists(st.tuples(NAMES, NAMES, st.booleans()), min_size=1, max_size=30)
Triple = tuple[str, str, bool]


def golden(number: int, label: str, text: str = "a text") -> LabelledText:
    return LabelledText(f"r{number}", "", text, label)


def guess(label: str, abstain: bool = False, sure: float = 0.5, threshold: float = 0.0):
    ranked = ((label, sure),)
    return LabelPrediction(label, sure, abstain, np.zeros(3), ranked, threshold)


def scored(triples: list[Triple]) -> LabelScores:
    goldens = [golden(number, gold) for number, (gold, _, _) in enumerate(triples)]
    return score(goldens, [guess(found, abstain) for _, found, abstain in triples], LABELS)


@settings(max_examples=100, deadline=None)
@given(TRIPLES)
def test_scores_are_scikit_learns(triples: list[Triple]) -> None:
    from sklearn.metrics import accuracy_score, classification_report, f1_score

    gold, found = [one for one, _, _ in triples], [one for _, one, _ in triples]
    ours = scored(triples).metrics()
    assert ours["accuracy"] == pytest.approx(accuracy_score(gold, found))
    assert ours["macro.f1"] == pytest.approx(f1_score(gold, found, average="macro"))
    report = classification_report(gold, found, output_dict=True, zero_division=0)
    for label in {*gold, *found}:
        for theirs, name in {
            "precision": "precision",
            "recall": "recall",
            "f1-score": "f1",
        }.items():
            assert ours[f"label:{label}.{name}"] == pytest.approx(report[label][theirs])
    kept = [a == b for a, b, abstain in triples if not abstain]
    assert ours["coverage"] == pytest.approx(len(kept) / len(triples))
    assert ours["accepted.accuracy"] == pytest.approx(np.mean(kept) if kept else 0.0)
    assert ours["label:never.f1"] == 0.0


def test_labels_that_are_missing_somewhere_have_columns_and_no_answer_is_wrong() -> None:
    found = score([golden(0, "new"), golden(1, "A")], [guess("A"), guess("", True)], LABELS)
    assert found.labels == ["A", "B", "C", "never", "new"]
    assert found.support() == {"A": 1, "B": 0, "C": 0, "never": 0, "new": 1}
    assert found.metrics()["accuracy"] == 0.0 and found.metrics()["coverage"] == 0.5
    missed, false = found.mistakes(found.counts.sum(axis=0))["A"]
    assert (int(missed), int(false)) == (1, 1)
    nothing = score([], [], LABELS).metrics()
    assert nothing.keys() == scored([("A", "A", False)]).metrics().keys()
    assert set(nothing.values()) == {0.0}


@settings(max_examples=25, deadline=None)
@given(TRIPLES, TRIPLES)
def test_pooled_scores_are_those_of_all_records(one: list[Triple], other: list[Triple]) -> None:
    pooled = LabelScores.pooled([scored(one), scored(other)])
    assert pooled.metrics() == pytest.approx(scored([*one, *other]).metrics())


def test_scores_survive_their_file_with_their_slices(tmp_path: Path) -> None:
    texts = ["", "a " * 20, "a " * 21, "a " * 101]
    goldens = [golden(number, "A", text) for number, text in enumerate(texts)]
    found = score(goldens, [guess("A")] * 4, LABELS)
    assert {name: member.tolist() for name, member in found.slices.items()} == {
        "0-20 words": [True, True, False, False],
        "21-100 words": [False, False, True, False],
        "101+ words": [False, False, False, True],
    }
    found.save(tmp_path / "scores.json")
    again = LabelScores.load(tmp_path / "scores.json")
    assert again.metrics() == found.metrics() and again.slices.keys() == found.slices.keys()


def test_explanation_has_confusion_sure_errors_first_and_the_chosen_threshold() -> None:
    goldens = [golden(n, label) for n, label in enumerate("AABBC")]
    found = [
        guess("A", False, 0.9, 0.65), guess("B", False, 0.7, 0.65), guess("B", False, 0.8, 0.65),
        guess("A", False, 0.95, 0.65), guess("C", True, 0.6, 0.65),
    ]  # fmt: skip
    seen = explain(goldens, found)
    assert seen.labels == ["A", "B", "C"]
    assert seen.confusion.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    assert [one.id for one in seen.errors] == ["r3", "r1"]
    assert seen.errors[0].words == [("a text", "B", "A")]
    coverage, calibration = seen.tables
    (chosen,) = [row for row in coverage.rows if row[-1] == "chosen"]
    assert chosen[:4] == [0.65, 4, 0.8, 0.5]
    assert "80.0%" in coverage.note and "50.0%" in coverage.note
    assert sum(row[1] for row in calibration.rows) == 5
    empty = explain(
        [replace(goldens[0], text=" "), *goldens[1:]], [guess("A", True, 0.9, 0.65), *found[1:]]
    )
    (chosen,) = [row for row in empty.tables[0].rows if row[-1] == "chosen"]
    assert chosen[:3] == [0.65, 3, 0.6]  # as `coverage` counts: an empty text is for a person
    alone = explain(goldens[:1], [guess("")])
    assert alone.labels == ["(no answer)", "A"] and alone.confusion.tolist() == [[0, 0], [1, 0]]
    assert "Every text is answered" in alone.tables[0].note
    nobody = explain(goldens[:1], [guess("A", True, 0.9, 2.0)])
    assert "Every text is sent to a person" in nobody.tables[0].note
    assert explain([], []).tables == []


@pytest.mark.parametrize(
    ("answer", "label", "abstain", "fault"),
    [
        ([{"label": "A", "score": 0.75, "abstain": True}, {"label": "B", "score": 0.1}], "A", True, ""),
        ([{"label": "A"}], "A", False, ""),
        ("A", "A", False, ""),
        (None, "", True, ""),
        ([], "", True, ""),
        (7, "", True, "no list"),
        ([{"score": 1}], "", True, "no `label`"),
        ([3], "", True, "no `label`"),
        ([{"label": "Aa"}], "Aa", False, "goldens do not have"),
        ([{"label": "A", "score": "high"}], "A", False, "no number"),
        ([{"label": "A", "score": float("nan")}], "A", False, "no number"),
        ([{"label": "A", "abstain": "no"}], "A", False, "neither true nor false"),
    ],
)  # fmt: skip
def test_answers_of_other_systems(answer: object, label: str, abstain: bool, fault: str) -> None:
    found = read_answer(golden(0, "A"), answer, LABELS)
    assert (found.prediction.label, found.prediction.abstain) == (label, abstain)
    assert found.prediction.decisions == [label]
    assert [fault in kind for kind, _ in found.faults] == ([True] if fault else [])

"""Entity scores against seqeval in strict mode with IOB2, and the sums of counts."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.families.token_classification.metrics import TagScores, explain, score
from goldsmith.families.token_classification.runtime import TagPrediction
from goldsmith.records import TaggedTokens
from goldsmith.text import canonical_bio

TAGS = st.sampled_from(["O", "B-A", "I-A", "B-B", "I-B", "B-C", "I-C"])
PAIRS = st.lists(
    st.lists(st.tuples(TAGS, TAGS), min_size=1, max_size=8), min_size=1, max_size=5
)  # fmt: skip
ALL = ["O", "B-A", "B-B", "B-C"]


def golden(number: int, tags: list[str], document: str = "") -> TaggedTokens:
    return TaggedTokens(f"r{number}", document, tuple("w" * len(tags)), tuple(canonical_bio(tags)))


def guess(tags: list[str]) -> TagPrediction:
    return TagPrediction(canonical_bio(tags), [1.0] * len(tags), np.zeros((len(tags), 0)))


def scored(pairs: list[list[tuple[str, str]]], labels: list[str] | None = None) -> TagScores:
    goldens = [golden(n, [gold for gold, _ in pair]) for n, pair in enumerate(pairs)]
    return score(goldens, [guess([found for _, found in pair]) for pair in pairs], labels or ALL)


@settings(max_examples=150, deadline=None)
@given(PAIRS)
def test_scores_are_seqevals(pairs: list[list[tuple[str, str]]]) -> None:
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

    gold, found = ([canonical_bio([one[k] for one in pair]) for pair in pairs] for k in (0, 1))
    ours = scored(pairs).metrics()
    if all(tag == "O" for tags in gold for tag in tags):
        assert ours["micro.f1"] == 0
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report: dict[str, Any] = classification_report(
            gold, found, mode="strict", scheme=IOB2, output_dict=True, zero_division=0
        )
    names = {"f1-score": "f1", "precision": "precision", "recall": "recall"}
    for row, values in report.items():
        prefix = row.removesuffix(" avg") if row.endswith(" avg") else f"label:{row}"
        for theirs, name in names.items():
            assert ours[f"{prefix}.{name}"] == pytest.approx(values[theirs]), (row, name)


def test_counts_by_record_and_columns_for_what_is_not_there() -> None:
    found = scored([[("B-A", "B-A"), ("I-A", "O"), ("O", "B-B")]])
    counts = dict(zip(found.columns, found.counts[0].tolist(), strict=True))
    assert (counts["A.tp"], counts["A.fp"], counts["A.fn"], counts["B.fp"]) == (0, 1, 1, 1)
    assert (counts["C.fn"], counts["words.correct"], counts["words.total"]) == (0, 1, 3)
    assert found.support() == {"A": 1, "B": 0, "C": 0}


def test_no_record_at_all_gives_zeros() -> None:
    found = score([], [], ALL).metrics()
    assert {"micro.f1", "macro.f1", "weighted.f1", "label:A.f1"} <= found.keys()
    assert set(found.values()) == {0.0}


def test_a_prediction_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        score([golden(1, ["O", "O"])], [guess(["O"])], ALL)


@settings(max_examples=40, deadline=None)
@given(PAIRS, PAIRS)
def test_pooled_scores_are_those_of_all_records(
    one: list[list[tuple[str, str]]], other: list[list[tuple[str, str]]]
) -> None:
    pooled = TagScores.pooled([scored(one), scored(other, ["O", "B-D"])])
    together = scored([*one, *other], [*ALL, "B-D"]).metrics()
    assert {name: pooled.metrics()[name] for name in together} == pytest.approx(together)


def test_scores_survive_their_file(tmp_path: Path) -> None:
    for pairs in ([[("B-A", "B-A"), ("O", "B-B")], [("O", "O")]], []):
        found = scored(pairs)
        found.save(tmp_path / "scores.json")
        again = TagScores.load(tmp_path / "scores.json")
        assert again.ids == found.ids and again.metrics() == found.metrics()
        assert {n: m.tolist() for n, m in again.slices.items()} == {
            n: m.tolist() for n, m in found.slices.items()
        }


def test_slices_by_length_and_entities() -> None:
    pairs = [[("O", "O")] * 20, [("B-A", "O")] + [("O", "O")] * 20, [("B-A", "B-A")] * 41]
    slices = {name: mask.tolist() for name, mask in scored(pairs).slices.items()}
    assert slices["with entities"] == [False, True, True]
    assert (slices["1-20 words"], slices["21-40 words"], slices["41+ words"]) == (
        [True, False, False], [False, True, False], [False, False, True])  # fmt: skip
    assert slices["3+ entities"] == [False, False, True]


def test_metrics_of_a_slice_and_sums_by_document() -> None:
    goldens = [golden(0, ["B-A"], "x"), golden(1, ["B-A"], "y"), golden(2, ["B-A"], "x")]
    found = score(goldens, [guess(["B-A"]), guess(["O"]), guess(["B-A"])], ALL)
    names, sums = found.by_document()
    assert names == ["x", "y"] and sums[:, found.columns.index("A.tp")].tolist() == [2, 0]
    assert found.metrics(np.array([True, False, True]))["micro.f1"] == 1.0
    assert score([golden(7, ["O"])], [guess(["O"])], ALL).documents == ["r7"]


def test_confusion_by_word_and_errors_worst_first() -> None:
    goldens = [golden(0, ["B-A", "O"]), golden(1, ["B-A", "I-A"]), golden(2, ["O"])]
    found = explain(goldens, [guess(["B-A", "B-B"]), guess(["O", "O"]), guess(["O"])])
    assert found.labels == ["A", "B", "O"]
    assert found.confusion.tolist() == [[1, 0, 2], [0, 0, 0], [0, 1, 1]]
    assert [error.id for error in found.errors] == ["r1", "r0"]

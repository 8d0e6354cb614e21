"""Two that answer on the same records: figures, differences, flips, the page."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goldsmith.config import UseCase
from goldsmith.contests import comparing, evaluating, sides
from goldsmith.contests.comparing import Compared
from goldsmith.contests.page import render
from goldsmith.contests.recorded import Recorded
from goldsmith.contests.sides import Side
from goldsmith.errors import DataError
from tests.contests.hand_made import FAMILY, RIGHT, test_records, write

SPAN = {"start": 3, "end": 9, "label": "Rate"}
USE_CASE = UseCase.model_construct(
    name="toy", profile="demo", title="Toy <b>rates</b>", seed=13, model=FAMILY,
    gates=UseCase.model_fields["gates"].get_default(call_default_factory=True),
)  # fmt: skip


def of_answers(path: Path, answers: dict[str, Any]) -> Side:
    return sides.of_file(Recorded(write(path, answers)))


def compared(tmp_path: Path, first: dict[str, Any], second: dict[str, Any]) -> Compared:
    both = (
        of_answers(tmp_path / "first.jsonl", first),
        of_answers(tmp_path / "second.jsonl", second),
    )
    return comparing.compare(USE_CASE, test_records(), both)


def test_flips_are_told_apart_and_sorted_by_what_they_cost(tmp_path: Path) -> None:
    wrong = {
        **RIGHT,
        "a": [{"start": 3, "end": 7, "label": "Rate"}],  # wrong: too short
        "b": [],  # missed
        "d": [{"start": 0, "end": 7, "label": "Rate"}],  # a false alarm on a right record
    }
    other = {
        **RIGHT,
        "a": [{"start": 3, "end": 9, "label": "Amount"}],  # otherwise wrong
        "b": RIGHT["b"],
        "c": [{"start": 0, "end": 5, "label": "Rate"}, {"start": 6, "end": 7, "label": "Rate"}],
    }
    found = compared(tmp_path, wrong, other)
    assert [(one.place, one.kind, one.first, one.second) for one in found.flips] == [
        (2, "right to wrong", 0, 3),
        (1, "wrong to right", 1, 0),
        (3, "wrong to right", 1, 0),
        (0, "wrong to otherwise wrong", 2, 2),
    ]
    assert found.same == (0, 0)
    back = compared(tmp_path, other, wrong)
    assert back.flip_counts == {
        "right to wrong": 2, "wrong to right": 1, "wrong to otherwise wrong": 1
    }  # fmt: skip
    for name, one in found.differences.items():
        assert one.mean == pytest.approx(-back.differences[name].mean)


def test_what_changed_most_comes_first(tmp_path: Path) -> None:
    wrong = {**RIGHT, "a": [], "c": [{"start": 0, "end": 5, "label": "Rate"}]}  # 1 and 2 mistakes
    for first, second in ((RIGHT, wrong), (wrong, RIGHT)):
        found = compared(tmp_path, first, second)
        assert [(one.place, abs(one.first - one.second)) for one in found.flips] == [(2, 2), (0, 1)]


def test_figures_and_differences_are_those_of_the_scores(tmp_path: Path) -> None:
    found = compared(tmp_path, {**RIGHT, "a": [], "b": []}, {**RIGHT, "b": []})
    first, second = (one.figures.overall["micro.f1"] for one in (found.first, found.second))
    assert (first.value, second.value) == (pytest.approx(0.5), pytest.approx(0.8))
    assert first.low <= first.value <= first.high
    change = found.differences["micro.f1"]
    assert change.mean == pytest.approx(0.3) and change.documents == 4 and change.differing == 1
    assert change.p_value == 1.0, "one document that differs is no evidence"
    assert found.labels["Amount"].mean == 0.0 and found.labels["Rate"].mean == pytest.approx(1 / 3)
    assert found.first.figures.support == {"Amount": 1, "Rate": 2}
    records, figure = found.second.figures.slices["with entities"]
    assert records == 3 and figure.value == pytest.approx(0.8)
    assert found.same == (2, 1)


def test_the_same_answers_twice_are_all_zero(tmp_path: Path) -> None:
    found = compared(tmp_path, RIGHT, RIGHT)
    assert found.flips == () and found.same == (4, 0)
    assert {one.mean for one in found.differences.values()} == {0.0}


def test_records_that_either_was_trained_on_are_left_out_and_counted(tmp_path: Path) -> None:
    test = test_records()
    first = replace(of_answers(tmp_path / "1.jsonl", RIGHT), trained_on=np.sort(test.keys[:1]))
    second = replace(of_answers(tmp_path / "2.jsonl", RIGHT), trained_on=np.sort(test.keys[1:2]))
    found = comparing.compare(USE_CASE, test, (first, second))
    assert found.sifted.left_out == ("a", "b")
    assert [one.id for one in found.sifted.test.records] == ["c", "d"]
    assert found.first.scored.notes == (), "answers to records that were left out are not extra"
    assert "1.jsonl was trained on 1 of the records: left out" in found.remarks
    alone = evaluating.evaluate(USE_CASE, test, first)
    assert alone.as_json()["records"] == 3 and alone.as_json()["left_out"] == 1
    with pytest.raises(DataError, match="trained on all 4 records"):
        evaluating.evaluate(USE_CASE, test, replace(first, trained_on=np.sort(test.keys)))


def test_an_empty_test_set_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="--input"):
        evaluating.evaluate(USE_CASE, test_records([]), of_answers(tmp_path / "a.jsonl", RIGHT))


def test_label_sets_that_differ_are_named() -> None:
    old = Side("toy@1", "toy.demo", 1, labels=("Rate",))
    new = Side("toy@2", "toy.demo", 2, labels=("Amount", "Rate", "Bond"))
    remarks = comparing._remarks((old, new), test_records())
    assert "toy@1 does not know Amount: every mention of them is a miss" in remarks
    assert "only toy@2 has the labels Amount, Bond" in remarks
    assert any("do not have Bond" in one for one in remarks)
    assert any("with itself" in one for one in comparing._remarks((old, old), test_records()))


def test_the_page_is_self_contained_and_escapes_what_it_shows(tmp_path: Path) -> None:
    found = compared(tmp_path, {**RIGHT, "a": []}, {**RIGHT, "b": [{**SPAN, "label": "<i>x"}]})
    html = render(USE_CASE, found, "the test records", ())
    assert html == render(USE_CASE, found, "the test records", ())
    assert "Toy &lt;b&gt;rates" in html and "<i>x" not in html and "&lt;i&gt;x" in html
    outside = re.findall(r"""(?:src|href)=["'](?!#)[^"']*|url\(|@import|<script""", html)
    assert outside == [], outside
    assert "default-src 'none'" in html and "prefers-color-scheme: dark" in html
    for part in (
        "first.jsonl",
        "second.jsonl",
        "right to wrong",
        "wrong to right",
        "No difference",
    ):
        assert part in html, part
    assert re.search(r'<mark class="tone-missed"[^>]*>4.25 %', html), "the miss is marked in place"

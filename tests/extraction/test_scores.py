"""What becomes of every value, and that the counts are its sums."""

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.config.evaluation import FieldRule
from goldsmith.config.gates import Cost
from goldsmith.extraction.judging import score_sides
from goldsmith.extraction.matching import judge, pairs
from goldsmith.extraction.scores import NOTHING, OTHER_VALUE, FieldScores, confusion
from goldsmith.extraction.summary import summarise
from goldsmith.gates import COST, measured
from goldsmith.records import Field
from tests.extraction.values import value, values

RULES = {"total": FieldRule(value="amount"), "date": FieldRule(value="date"), "name": FieldRule()}
GOLD = [
    *values("a", total="1,000.00", date="2021-02-03", name="Jade"),
    *values("b", total="5.00", date="2021-02-04", name="Pearl"),
    *values("c", total="7.00"),
]
FOUND = [
    *values("a", total="1000", date="04/02/2021"),  # right; another value; name missed
    *values("b", date="5.00", name="Pearl"),  # the total stands under date
    *values("c", total="7.00", name="Nobody"),  # a false alarm
    *values("z", total="9"),  # no goldens: left out
]


def kinds(gold: list[Field], found: list[Field]) -> dict[str, str]:
    outcomes = judge("x", gold, found, RULES).outcomes
    return {one.field: f"{one.kind} {one.taken_as}".strip() for one in outcomes}


def test_every_kind_of_outcome() -> None:
    by_document = {
        name: kinds([it for it in GOLD if it.document_id == name],
                    [it for it in FOUND if it.document_id == name])
        for name in "abc"
    }  # fmt: skip
    assert by_document == {
        "a": {"total": "right", "date": "wrong value", "name": "missed"},
        "b": {"total": "taken for another date", "date": "wrong value", "name": "right"},
        "c": {"total": "right", "name": "false alarm"},
    }


def test_counts_by_hand() -> None:
    found = score_sides(GOLD, FOUND, RULES)
    assert found.scores.ids == ["a", "b", "c"]
    cells = {
        name: [int(one.sum(0)[place]) for one in found.scores.cells(found.scores.counts)]
        for place, name in enumerate(found.scores.labels)
    }
    assert cells == {"total": [2, 0, 1], "date": [0, 2, 2], "name": [1, 1, 1]}
    metrics = found.scores.metrics()
    assert metrics["micro.precision"] == pytest.approx(3 / 6)
    assert metrics["micro.recall"] == pytest.approx(3 / 7)
    assert metrics["exact.f1"] == pytest.approx(2 * 2 / 13), "1000 is not 1,000.00 to the letter"
    assert metrics["normalised.f1"] == pytest.approx(2 * 3 / 13)
    assert metrics["documents.accuracy"] == 0
    assert confusion(found.judged) == {
        NOTHING: {"name": 1},
        "date": {OTHER_VALUE: 2},
        "name": {NOTHING: 1, "name": 1},
        "total": {"total": 2, "date": 1},
    }


def test_costs_weigh_misses_and_false_alarms() -> None:
    scores = score_sides(GOLD, FOUND, RULES).scores
    costs = {"*": Cost(miss=1, false_alarm=10), "total": Cost(miss=100)}
    assert measured(scores, costs)[COST] == pytest.approx(100 * (100 + 2 + 20 + 1 + 10) / 3)


def test_clusters_are_slices_and_unknown_documents_are_in_none() -> None:
    scores = score_sides(
        GOLD, FOUND, RULES, {"a": "cluster 1", "b": "cluster 1", "q": "cluster 2"}
    ).scores
    assert {name: rows.tolist() for name, rows in scores.slices.items()} == {
        "cluster 1": [True, True, False]
    }


def test_clusters_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    clusters = {"a": "cluster 10", "b": "cluster 2", "c": "cluster 1"}
    scored = score_sides(GOLD, FOUND, RULES, clusters)
    assert list(scored.scores.slices) == ["cluster 1", "cluster 2", "cluster 10"]
    scored.scores.save(tmp_path / "scores.json")
    again = FieldScores.load(tmp_path / "scores.json")
    shown = summarise(again, [], [], confusion={}, title="", about="", costs={})
    assert [row.name for row in shown.clusters] == ["cluster 1", "cluster 2", "cluster 10"]


def test_empty_values_and_fields_without_a_rule_are_not_scored() -> None:
    more = [*FOUND, value("c", "date", " "), value("c", "colour", "red")]
    assert np.array_equal(
        score_sides(GOLD, more, RULES).scores.counts, score_sides(GOLD, FOUND, RULES).scores.counts
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=5), st.lists(st.integers(0, 6), max_size=5))
def test_a_greatest_set_of_pairs(gold: list[int], found: list[int]) -> None:
    """Against trying every order: near is not transitive, so the first that comes may be wrong."""

    def near(first: str, second: str) -> bool:
        return abs(int(first) - int(second)) <= 1

    def taken(order: tuple[int, ...]) -> int:
        free, count = list(found), 0
        for place in order:
            mine = next((one for one in free if near(str(gold[place]), str(one))), None)
            if mine is not None:
                free.remove(mine)
                count += 1
        return count

    ours = [value("a", "n", str(one)) for one in gold]
    theirs = [value("a", "n", str(one)) for one in found]
    greedy = max((taken(order) for order in itertools.permutations(range(len(gold)))), default=0)
    made = pairs(ours, theirs, near)
    assert len(made) >= greedy
    assert len({id(one) for one, _ in made}) == len({id(one) for _, one in made}) == len(made)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(("total", "date", "name")), st.sampled_from("123")), max_size=12),
       st.lists(st.tuples(st.sampled_from("abcz"), st.sampled_from(("total", "date", "name")), st.sampled_from("123")), max_size=12))  # fmt: skip
def test_every_gold_and_every_found_value_is_counted_once(
    gold: list[tuple[str, str, str]], found: list[tuple[str, str, str]]
) -> None:
    scores = score_sides(
        [value(*one) for one in gold], [value(*one) for one in found], RULES
    ).scores
    tp, fp, fn = (one.sum() for one in scores.cells(scores.counts))
    told = {document for document, _, _ in gold}
    assert tp + fn == len(gold)
    assert tp + fp == sum(document in told for document, _, _ in found)


def test_scores_come_back_from_their_file(tmp_path) -> None:
    scores = score_sides(GOLD, FOUND, RULES, {"a": "cluster 1"}).scores
    scores.save(tmp_path / "scores.json")
    again = FieldScores.load(tmp_path / "scores.json")
    assert again.metrics() == scores.metrics() and again.slices.keys() == scores.slices.keys()

"""The figures of rankings are trec_eval's."""

from typing import Any

import pytest
import pytrec_eval
from hypothesis import given, settings
from hypothesis import strategies as st

from goldsmith.families.retrieval.metrics import NAMES, figures, score
from goldsmith.families.retrieval.recorded import read_answer
from goldsmith.records import Judgement, Query

THEIRS = {
    "ndcg_10": "ndcg_cut_10",
    "recall_10": "recall_10",
    "recall_100": "recall_100",
    "map": "map",
}
DOCUMENTS = [f"d{number:03}" for number in range(130)]
GRADES = st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(0, 4), min_size=1, max_size=20)
RANKINGS = st.lists(st.sampled_from(DOCUMENTS), unique=True, max_size=100)


def theirs(grades: dict[str, int], ranked: list[str]) -> dict[str, float]:
    measures = {*THEIRS.values(), "recip_rank"}
    run = {name: float(len(ranked) - place) for place, name in enumerate(ranked)}
    found: Any = pytrec_eval.RelevanceEvaluator({"q": grades}, measures).evaluate({"q": run})
    return found.get("q", dict.fromkeys(measures, 0.0))


@settings(max_examples=150, deadline=None)
@given(GRADES, RANKINGS)
def test_figures_are_trec_evals(grades: dict[str, int], ranked: list[str]) -> None:
    ours = figures(grades, ranked)
    if not any(grades.values()):
        assert ours is None
        return
    assert ours is not None
    expected = theirs(grades, ranked)
    for name, theirs_name in THEIRS.items():
        assert ours[name] == pytest.approx(expected[theirs_name], abs=1e-9), name
    # trec_eval has no cut for the reciprocal rank: the ranking is cut for it.
    assert ours["mrr_10"] == pytest.approx(theirs(grades, ranked[:10])["recip_rank"], abs=1e-9)


def query(name: str, **grades: int) -> Query:
    return Query(name, "a question", tuple(Judgement(*one) for one in grades.items()))


def test_scores_are_means_over_queries_that_have_a_relevant_document() -> None:
    goldens = [query("1", a=2, b=0), query("2", a=1), query("3", b=0), query("4")]
    found = [read_answer(one, ["a"]).prediction for one in goldens]
    scores = score(goldens, found)
    assert scores.counts[:, 0].tolist() == [1, 1, 0, 0]
    assert scores.metrics() == dict.fromkeys(NAMES, 1.0)
    assert scores.documents == ["1", "2", "3", "4"]
    nothing = score(goldens, [read_answer(one, []).prediction for one in goldens])
    assert nothing.metrics() == dict.fromkeys(NAMES, 0.0)


def test_what_another_system_says_is_read_with_its_faults() -> None:
    said = [{"document_id": "a", "score": 2}, "a", {"id": "b"}, 7]
    found = read_answer(query("1", a=1), said)
    assert found.prediction.documents == ("a", "7")
    assert [what.partition(" ")[0] for what, _ in found.faults] == ["documents", "items"]
    assert read_answer(query("1", a=1), "a").faults

"""nDCG, reciprocal rank, recall and average precision as trec_eval counts them; light.

nDCG is linear in the grade (Jarvelin and Kekalainen 2002, trec_eval's ndcg_cut); whatever has a grade
above 0 is relevant to the others. A query without a relevant document is not counted: none of the
four is defined for it.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from goldsmith.families.scores import Scores, by_length, ratio
from goldsmith.records import Query

CUT = 10
DEPTH = 100  # documents a query is answered with, and scored on
MILLION = 1_000_000  # figures are kept in millionths, so that columns are whole numbers
NAMES = ("ndcg_10", "mrr_10", "recall_10", "recall_100", "map")
COLUMNS = ("queries", *NAMES)
LENGTHS = ((1, 5), (6, 10), (11, 20), (21, None))


def figures(grades: Mapping[str, int], ranked: Sequence[str]) -> dict[str, float] | None:
    """The figures of one ranking by name; None where nothing is relevant.

    Args:
        grades: of the judged documents.
        ranked: document ids, best first; those behind the hundredth are not looked at.
    """
    relevant = {name for name, grade in grades.items() if grade > 0}
    if not relevant:
        return None
    found = [max(grades.get(name, 0), 0) for name in ranked[:DEPTH]]
    hits = np.cumsum([grade > 0 for grade in found])
    ranks = [place for place, grade in enumerate(found, start=1) if grade > 0]
    ideal = sorted((grades[name] for name in relevant), reverse=True)
    return {
        "ndcg_10": _gain(found[:CUT]) / _gain(ideal[:CUT]),
        "mrr_10": 1 / ranks[0] if ranks and ranks[0] <= CUT else 0.0,
        "recall_10": sum(rank <= CUT for rank in ranks) / len(relevant),
        "recall_100": len(ranks) / len(relevant),
        "map": sum(float(hits[rank - 1]) / rank for rank in ranks) / len(relevant),
    }


def _gain(grades: Sequence[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


class RankingScores(Scores):
    """Queries with a relevant document, and the sum of each figure over them in millionths."""

    def support(self) -> dict[str, int]:
        """Nothing: there are no labels."""
        return {}

    def aggregate(self, totals: np.ndarray) -> dict[str, np.ndarray]:
        """The mean of each figure over the counted queries: (..., c) -> name -> (...)."""
        at = {name: totals[..., place].astype(float) for place, name in enumerate(self.columns)}
        return {name: ratio(at[name] / MILLION, at["queries"]) for name in NAMES}


def grades_of(record: Query) -> dict[str, int]:
    """Grade by document."""
    return {one.document_id: one.grade for one in record.relevant}


def score(goldens: Sequence[Query], predictions: Sequence[Any]) -> RankingScores:
    """Figures of n rankings against n goldens; predictions have `documents`, ids best first."""
    rows = [
        _cells(figures(grades_of(gold), found.documents))
        for gold, found in zip(goldens, predictions, strict=True)
    ]
    ids = [one.id for one in goldens]
    return RankingScores(
        ids,
        list(ids),
        list(COLUMNS),
        np.array(rows, dtype=np.int64).reshape(len(rows), len(COLUMNS)),
        by_length([len(one.text.split()) for one in goldens], LENGTHS, "query of "),
    )


def _cells(found: Mapping[str, float] | None) -> list[int]:
    if found is None:
        return [0] * len(COLUMNS)
    return [1, *(round(found[name] * MILLION) for name in NAMES)]

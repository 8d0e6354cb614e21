"""What the report shows of a retriever: its worst rankings, and how deep one has to look; light."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.families.base import Example, Explanation, Table
from goldsmith.families.retrieval.metrics import figures, grades_of
from goldsmith.records import Query

MAX_ERRORS = 40
CUTS = (1, 3, 5, 10, 20, 50, 100)
SHOWN = 3
FOUND, RELEVANT = "found", "relevant"
FURTHER = "Further down:"


def explain(goldens: Sequence[Query], predictions: Sequence[Any]) -> Explanation:
    """The queries with the least nDCG and what was found for them; recall by depth."""
    pairs = [
        (gold, found, one["ndcg_10"])
        for gold, found in zip(goldens, predictions, strict=True)
        if (one := figures(grades_of(gold), found.documents)) is not None
    ]
    worst = sorted((pair for pair in pairs if pair[2] < 1), key=lambda pair: pair[2])
    return Explanation(
        [],
        np.zeros((0, 0), dtype=np.int64),
        [_example(gold, found) for gold, found, _ in worst[:MAX_ERRORS]],
        [_by_depth([(gold, found) for gold, found, _ in pairs])],
    )


def _example(record: Query, found: Any) -> Example:
    """The first documents that were found, by rank, and the relevant ones that are not among them."""
    corpus = record.corpus.passages if record.corpus else ()
    titles = {one.document_id: one.title or one.text[:80] for one in corpus}
    right = {one.document_id for one in record.relevant if one.grade > 0}
    first = list(found.documents[:SHOWN])
    rest = [name for name in sorted(right) if name not in first][:SHOWN]
    words = []
    for place, name in enumerate(first, start=1):
        shown = _named(name, titles)
        words += [(f"{place}.", "", ""), (shown, FOUND if name in right else "", FOUND)]
    for place, name in enumerate(rest):
        words += [("and" if place else FURTHER, "", ""), (_named(name, titles), RELEVANT, "")]
    return Example(record.id, words, record.text)


def _named(name: str, titles: dict[str, str]) -> str:
    title = titles.get(name)
    return f"[{name}] {title}" if title else f"[{name}]"


def _by_depth(pairs: Sequence[tuple[Query, Any]]) -> Table:
    rows: list[list[str | float | None]] = []
    for cut in CUTS:
        recalls, some = [0.0], 0
        if pairs:
            counts = [_hits(gold, found, cut) for gold, found in pairs]
            recalls = [hits / relevant for hits, relevant in counts]
            some = sum(hits > 0 for hits, _ in counts)
        share = some / len(pairs) if pairs else 0.0
        rows.append([cut, round(float(np.mean(recalls)), 4), round(share, 4)])
    return Table(
        "Recall by depth",
        ("documents looked at", "recall", "queries with a relevant one among them"),
        rows,
        "Recall is the share of a query's relevant documents that are among the first ones.",
    )


def _hits(record: Query, found: Any, cut: int) -> tuple[int, int]:
    right = {one.document_id for one in record.relevant if one.grade > 0}
    return len(right & set(found.documents[:cut])), len(right)

"""What a training is looked at by: the hybrid's figures, the encoder's own, and the best fusion;
light."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from goldsmith.families.retrieval.fusion import Fusion
from goldsmith.families.retrieval.index import Index, ranked
from goldsmith.families.retrieval.metrics import DEPTH, score
from goldsmith.families.retrieval.runtime import Retriever, ranking
from goldsmith.records import Query

EQUAL = 0.5
WEIGHTS = tuple(step / 10 for step in range(11))
_NONE = np.zeros(0, dtype=np.float32)


def plain(settings: Any) -> Fusion:
    """The fusion that nothing is chosen for: both halves count the same, unless it is said otherwise."""
    return Fusion.of(settings, EQUAL if settings.weight is None else settings.weight)


def choices(settings: Any) -> list[Fusion]:
    """What there is to choose among, the most even weight first; nothing where one alone is left."""
    first = plain(settings)
    even = sorted(WEIGHTS, key=lambda weight: abs(weight - EQUAL))
    weights = even if settings.weight is None else [settings.weight]
    found = [first._replace(weight=weight) for weight in weights]
    found += [first._replace(kind="rrf")] if settings.hybrid == "auto" else []
    return found if first.kind == "weighted" and len(found) > 1 else []


def watched(
    retriever: Retriever, records: Sequence[Query], among: Sequence[Fusion] = ()
) -> tuple[dict[str, float], Fusion]:
    """Metrics of the hybrid, and the fusion that they are of.

    Args:
        retriever: with its fusion.
        records: queries of one corpus.
        among: fusions of which the best for these records counts, of equal ones the first; without
            any the retriever's own.

    Returns:
        The metrics, with `dense.ndcg_10` of the encoder alone, `bm25.ndcg_10` of BM25 alone, and
        `constant.ndcg_10` of the same ranking for every query; the fusion.
    """
    fusion = retriever.fusion
    if not records or records[0].corpus is None:
        return {}, fusion
    index = retriever.index(records[0].corpus)
    texts = [one.text for one in records]
    queries, lexical = retriever.embed_queries(texts), index.lexical(texts)

    def at(one: Fusion) -> dict[str, float]:
        return _metrics(records, index, index.fused(queries, texts, lexical, one))

    fusion = max(among, key=lambda one: at(one)["ndcg_10"], default=fusion)
    found = at(fusion)
    found["dense.ndcg_10"] = _metrics(records, index, index.dense(queries))["ndcg_10"]
    found["bm25.ndcg_10"] = _metrics(records, index, lexical)["ndcg_10"]
    found["constant.ndcg_10"] = _metrics(records, index, _constant(records, index))["ndcg_10"]
    return found, fusion


def _metrics(records: Sequence[Query], index: Index, scores: np.ndarray) -> dict[str, float]:
    found = [ranking(hits, index, _NONE) for hits in ranked(scores, DEPTH)]
    return score(records, found).metrics()


def _constant(records: Sequence[Query], index: Index) -> np.ndarray:
    """(b, n) the documents in the order of how many queries they answer, for every query."""
    counts = Counter(one.document_id for each in records for one in each.relevant if one.grade > 0)
    row = np.array([counts[one.document_id] for one in index.passages], dtype=np.float32)
    return np.tile(row, (len(records), 1))

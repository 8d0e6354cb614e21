"""Training pairs with hard negatives: what ranks high for a query, and does not answer it; light."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

import numpy as np

from goldsmith.errors import DataError
from goldsmith.families.retrieval.fusion import Fusion, fuse, top
from goldsmith.families.retrieval.index import Index
from goldsmith.records import Corpus, Query

QUERIES = 256  # ranked at a time


class Pair(NamedTuple):
    """A query and a document that answers it.

    Attributes:
        query: place among the records.
        document: place in the corpus.
        negatives: places of documents that do not answer it.
    """

    query: int
    document: int
    negatives: tuple[int, ...]


def relevant_places(records: Sequence[Query], corpus: Corpus) -> list[set[int]]:
    """Of each query, the places in the corpus of the documents that answer it.

    Raises:
        DataError: a judgement of a document that is not in the corpus, or no query that has one.
    """
    place = {one.document_id: k for k, one in enumerate(corpus.passages)}
    found = []
    for record in records:
        wanted = [one.document_id for one in record.relevant if one.grade > 0]
        absent = [name for name in wanted if name not in place]
        if absent:
            raise DataError(
                f"query {record.id!r} is judged on document {absent[0]!r}, which is not among the "
                f"{len(place):,} of the corpus: add the document, or drop the judgement"
            )
        found.append({place[name] for name in wanted})
    if not any(found):
        raise DataError(
            f"none of the {len(records):,} training queries has a relevant document: there is "
            "nothing to learn from; judgements have a grade above 0 where a document answers"
        )
    return found


def pairs(
    records: Sequence[Query],
    relevant: Sequence[set[int]],
    index: Index,
    queries: np.ndarray,
    count: int,
    depth: int,
    seed: int,
) -> list[Pair]:
    """Every query with each of its documents, and with hard negatives of its own.

    Args:
        records: n queries.
        relevant: n sets of places.
        index: of the corpus, by the base as it is.
        queries: (n, d) embeddings, by the base as it is.
        count: negatives of each pair.
        depth: of the documents that rank best, and are not relevant, how many to draw from.
        seed: of the draw.
    """
    found = []
    for start in range(0, len(records), QUERIES):
        part = slice(start, start + QUERIES)
        texts = [one.text for one in records[part]]
        scores = fuse(index.dense(queries[part]), index.lexical(texts), Fusion("rrf"))
        for query, row in enumerate(scores, start=start):
            answers = relevant[query]
            best = top(row, depth + len(answers)).tolist()
            pool = [place for place in best if place not in answers][:depth]
            draw = Random(f"{seed}/{records[query].id}")
            for document in sorted(answers):
                negatives = draw.sample(pool, min(count, len(pool)))
                found.append(Pair(query, document, tuple(negatives)))
    return found

"""Rankings that any system gave, as predictions: the inverse of the retriever's own answers."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from goldsmith.families.base import Recorded
from goldsmith.families.retrieval.runtime import Ranking
from goldsmith.records import Query

NO_RANKING = "answers that are no list of documents (read as none found)"
NO_DOCUMENT = "items that name no `document_id` (left out)"
TWICE = "documents that stand twice in an answer (counted where they stand first)"
UNKNOWN = "documents that are not in the corpus (kept: they take a place)"


def read_answer(record: Query, answer: Any) -> Recorded:
    """A list of `{document_id, score}` or of ids, best first as it stands; None finds nothing."""
    faults: list[tuple[str, str]] = []
    if answer is not None and not isinstance(answer, list):
        faults.append((NO_RANKING, f"{record.id}: {str(answer)[:40]}"))
    items = answer if isinstance(answer, list) else []
    known = {one.document_id for one in record.corpus.passages} if record.corpus else None
    found: dict[str, tuple[float, str]] = {}
    for item in items:
        value = item if isinstance(item, Mapping) else {"document_id": item}
        name = value.get("document_id")
        if not isinstance(name, str | int) or isinstance(name, bool):
            faults.append((NO_DOCUMENT, f"{record.id}: {str(item)[:40]}"))
        elif str(name) in found:
            faults.append((TWICE, f"{record.id}: {name}"))
        else:
            if known is not None and str(name) not in known:
                faults.append((UNKNOWN, f"{record.id}: {name}"))
            found[str(name)] = _score(value.get("score")), str(value.get("title") or "")
    return Recorded(
        Ranking(
            tuple(found),
            tuple(score for score, _ in found.values()),
            tuple(title for _, title in found.values()),
            np.zeros(0, dtype=np.float32),
        ),
        tuple(faults),
    )


def _score(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0

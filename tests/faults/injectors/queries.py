"""Faults of queries, their judgements and their corpus."""

from random import Random

from tests.faults.clean import retrieval
from tests.faults.goldens import Goldens, Row
from tests.faults.injectors.base import Fault, Named, copied, each, ids


def _to_missing(row: Row, draw: Random) -> None:
    draw.choice(row["relevant"])["document_id"] = f"x{draw.randint(0, 99)}"


def _unjudged(row: Row, draw: Random) -> None:
    row["relevant"] = []


def _irrelevant(row: Row, draw: Random) -> None:
    row["relevant"] = [one | {"grade": 0} for one in row["relevant"]]


def _documents_gone(goldens: Goldens, draw: Random) -> Named:
    judged = sorted({one["document_id"] for row in goldens.rows for one in row["relevant"]})
    gone = set(draw.sample(judged, 4))
    goldens.corpus = [one for one in goldens.corpus if one["document_id"] not in gone]
    return ids(
        row for row in goldens.rows if any(one["document_id"] in gone for one in row["relevant"])
    )


def _emptied(goldens: Goldens, draw: Random) -> Named:
    chosen = draw.sample(goldens.corpus, 10)
    for document in chosen:
        document["title"] = document["text"] = ""
    return ids(chosen, "document_id")


def _same_documents(goldens: Goldens, draw: Random) -> Named:
    chosen = draw.sample(goldens.corpus, 6)
    goldens.corpus += [one | {"text": f"{one['text']} Revised."} for one in chosen]
    return ids(chosen, "document_id")


FAULTS = (
    Fault("judgements to missing documents", retrieval, "one judgement of a query names no document",
          "judged_documents", "error", rows=each(_to_missing)),
    Fault("documents gone", retrieval, "judged documents are missing from the corpus",
          "judged_documents", "error", rows=_documents_gone),
    Fault("judgements gone", retrieval, "queries without any judgement", "judgements", "error",
          rows=each(_unjudged, count=8)),
    Fault("nothing relevant", retrieval, "queries whose judgements all have grade 0", "judgements",
          "error", rows=each(_irrelevant, count=8)),
    Fault("documents empty", retrieval, "documents without title and text", "empty_documents",
          "error", rows=_emptied, names="documents"),
    Fault("documents repeated", retrieval, "two documents under one id", "unique_documents",
          "error", rows=_same_documents, names="documents"),
    Fault("duplicated split (queries)", retrieval, "queries of test again in train", "duplicates",
          "warning", rows=lambda goldens, draw: copied(goldens, draw, 6)),
)  # fmt: skip

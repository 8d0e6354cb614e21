"""The generated help pages and queries: reproducible, split cleanly, harder than their words."""

from collections import Counter

import pytest
from pydantic import ValidationError

from goldsmith.families.retrieval.metrics import score
from goldsmith.families.retrieval.runtime import Bm25
from goldsmith.records import Corpus, Judgement, Passage, Query
from goldsmith.sources.generators._document_words import SYSTEMS, TASKS
from goldsmith.sources.generators.document_retrieval import LONGEST, Options, generate

SMALL = Options(train=60, validation=20, test=40)


def test_the_same_seed_makes_the_same_rows_and_another_seed_others() -> None:
    rows = list(generate(13, SMALL))
    assert rows == list(generate(13, SMALL))
    assert rows != list(generate(14, SMALL))
    tables = Counter(row["split"] for row in rows)
    pages = len(SYSTEMS) * len(TASKS) + len(SYSTEMS) + len(TASKS)
    assert tables == {
        "corpus": pages, "queries": 120, "qrels/train": 120, "qrels/validation": 40, "qrels/test": 80,
    }  # fmt: skip


def test_every_judgement_is_of_a_page_and_no_query_stands_in_two_splits() -> None:
    rows = list(generate(13, Options()))
    pages = {row["_id"] for row in rows if row["split"] == "corpus"}
    judged = [row for row in rows if row["split"].startswith("qrels/")]
    assert {row["corpus-id"] for row in judged} <= pages
    assert {row["score"] for row in judged} == {1, 2}
    texts = [row["text"].lower() for row in rows if row["split"] == "queries"]
    assert len(set(texts)) == len(texts)
    assert max(len(text.split()) for text in texts) <= LONGEST


def test_held_out_wordings_are_not_in_training() -> None:
    rows = list(generate(13, Options()))
    texts = {
        part: " ".join(
            row["text"] for row in rows if row["split"] == "queries" and f"-{part}-" in row["_id"]
        )
        for part in ("train", "test")
    }
    held = [one for system in SYSTEMS for one in system.asked_heldout]
    assert not any(one in texts["train"] for one in held)
    assert any(one in texts["test"] for one in held)


def test_words_alone_do_not_find_the_page() -> None:
    rows = list(generate(13, SMALL))
    corpus = Corpus.of(
        Passage(row["_id"], row["title"], row["text"]) for row in rows if row["split"] == "corpus"
    )
    judged: dict[str, list[Judgement]] = {}
    for row in rows:
        if row["split"] == "qrels/test":
            one = Judgement(row["corpus-id"], row["score"])
            judged.setdefault(row["query-id"], []).append(one)
    queries = [
        Query(row["_id"], row["text"], tuple(judged[row["_id"]]), corpus=corpus)
        for row in rows
        if row["split"] == "queries" and row["_id"] in judged
    ]
    found = score(queries, Bm25(1.2, 0.75).predict(queries)).metrics()
    assert 0.0 < found["ndcg_10"] < 0.5


def test_options_are_bounded() -> None:
    with pytest.raises(ValidationError):
        Options(train=0)

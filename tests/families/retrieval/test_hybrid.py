"""The encoder and BM25 together: by the cosine alone, by a weight or by ranks, and which is chosen."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from goldsmith.families import base
from goldsmith.families.base import read_family, write_family
from goldsmith.families.retrieval import Retrieval
from goldsmith.families.retrieval.fusion import Fusion
from goldsmith.families.retrieval.runtime import Retriever
from goldsmith.families.retrieval.watching import choices, plain, watched
from goldsmith.records import Corpus, Judgement, Passage, Query
from tests.families.kinds import KINDS, train
from tests.families.retrieval.test_searching import turned


def settings(**given: object) -> Retrieval:
    return Retrieval.model_validate({"family": "retrieval", "base": "tiny", **given})


class Known(Retriever):
    """A retriever whose embeddings are known; every query is at 0 degrees."""

    def __init__(self, vectors: np.ndarray, fusion: Fusion) -> None:
        settings: Any = SimpleNamespace(k1=1.2, b=0.75)
        encoder: Any = None
        super().__init__(encoder, settings, fusion)
        self._vectors = vectors

    def forward(self, ids: np.ndarray, mask: np.ndarray) -> np.ndarray:
        raise AssertionError("its embeddings are known")

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        return self._vectors

    def embed_queries(self, texts: Sequence[str], batch_size: int = 1) -> np.ndarray:
        return np.repeat(turned(0), len(texts), axis=0)


@pytest.mark.parametrize("feedback", [0, 1])
def test_cosines_below_0_rank_on_and_are_shown_as_0(feedback: int) -> None:
    names = ("opposite", "behind", "aside", "near")
    corpus = Corpus.of([Passage(name, "", name) for name in names])
    asked = Query("q", "question", (Judgement("behind", 1),), corpus=corpus)
    retriever = Known(turned(180, 130, 110, 10), Fusion("none", feedback=feedback))
    (found,) = retriever.predict([asked])
    assert found.documents == ("near", "aside", "behind", "opposite")
    assert found.scores[0] > 0.9 and found.scores[1:] == (0.0, 0.0, 0.0)
    metrics, _ = watched(retriever, [asked])
    assert metrics["map"] == pytest.approx(1 / 3)
    assert metrics["dense.ndcg_10"] == metrics["ndcg_10"]


@pytest.mark.parametrize(("degrees", "better"), [((90, 0), "encoder"), ((0, 90), "words")])
def test_the_weight_goes_to_whichever_ranks_better(degrees: tuple[int, int], better: str) -> None:
    texts = ("a question", "others") if better == "encoder" else ("others", "a question")
    corpus = Corpus.of([Passage("not", "", texts[0]), Passage("wanted", "", texts[1])])
    asked = Query("q", "question", (Judgement("wanted", 1),), corpus=corpus)
    retriever = Known(turned(*degrees), Fusion("weighted", 0.5))
    metrics, found = watched(retriever, [asked], choices(settings()))
    assert metrics["ndcg_10"] == 1.0
    assert found.weight > 0.5 if better == "encoder" else found.weight < 0.5


def test_what_there_is_to_choose_among() -> None:
    weights = {Fusion("weighted", step / 10) for step in range(11)}
    assert set(choices(settings())) == weights and choices(settings())[0].weight == 0.5
    assert set(choices(settings(hybrid="auto"))) == weights | {Fusion("rrf")}
    both = choices(settings(hybrid="auto", weight=0.3, feedback=2))
    assert both == [Fusion("weighted", 0.3, 2), Fusion("rrf", 0.3, 2)]
    for fixed in ({"weight": 0.3}, {"hybrid": "rrf"}, {"hybrid": "none"}):
        assert choices(settings(**fixed)) == []
    assert plain(settings(hybrid="auto")) == Fusion("weighted", 0.5)


def test_ranks_are_chosen_where_no_weight_does_as_well() -> None:
    """Second by both is first by ranks: every weight puts the first of one of them before it."""
    texts = {"meaning": "others", "wanted": "question " + "word " * 30, "words": "question question",
             "another": "others"}  # fmt: skip
    corpus = Corpus.of([Passage(name, "", text) for name, text in texts.items()])
    asked = Query("q", "question", (Judgement("wanted", 1),), corpus=corpus)
    retriever = Known(turned(0, 100, 180, 120), Fusion("weighted", 0.5))
    metrics, found = watched(retriever, [asked], choices(settings(hybrid="auto")))
    assert found.kind == "rrf" and metrics["ndcg_10"] == 1.0
    metrics, found = watched(retriever, [asked], choices(settings()))
    assert found.kind == "weighted" and metrics["ndcg_10"] < 1.0


def test_of_equally_good_ones_the_even_weight_is_kept() -> None:
    corpus = Corpus.of([Passage("wanted", "", "question"), Passage("other", "", "else")])
    asked = Query("q", "question", (Judgement("wanted", 1),), corpus=corpus)
    retriever = Known(turned(0, 90), Fusion("weighted", 0.5))
    _, found = watched(retriever, [asked], choices(settings(hybrid="auto")))
    assert found == Fusion("weighted", 0.5)


def test_what_was_chosen_is_what_answers(
    tiny_base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kind = KINDS["retriever"]
    kind = replace(kind, model={**kind.model, "hybrid": "auto", "epochs": 1})
    made = train(kind, tmp_path, {"tiny": str(tiny_base)}, tmp_path)
    family: Any = made.family
    _, facts = read_family(made.trained)
    said = Fusion(made.facts["fusion"], made.facts["weight"])
    assert Fusion(facts["fusion"], facts["weight"]) == said
    for number, fusion in enumerate((said, Fusion("rrf", 0.5), Fusion("weighted", 0.3))):
        write_family(made.trained, family, [], fusion=fusion.kind, weight=fusion.weight)
        out = tmp_path / f"exported-{number}"
        out.mkdir()
        family.export(made.trained, out)
        opened: Any = base.open(out, "fp32")
        assert family.reference(made.trained).fusion == opened.fusion == fusion
    write_family(made.trained, family, [], weight=0.3)  # of a time before there was a choice
    assert family.reference(made.trained).fusion == Fusion("weighted", 0.3)

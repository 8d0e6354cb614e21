"""The figures of a report: what the model is worth beside its yardsticks, and who was confused."""

from pathlib import Path

import numpy as np

from goldsmith import config
from goldsmith.families.base import Family
from goldsmith.families.retrieval.metrics import COLUMNS, RankingScores
from goldsmith.families.scores import Scores
from goldsmith.families.sequence_classification.runtime import LabelPrediction
from goldsmith.records import LabelledText
from goldsmith.stages import evaluate, figures

LABELS = ["a", "b", "c"]


def scored(family: Family, guesses: list[str], documents: int) -> Scores:
    goldens = [
        LabelledText(f"r{n}", f"d{n % documents}", "word", LABELS[n % 3])
        for n in range(len(guesses))
    ]
    found = [LabelPrediction(one, 0.9, False, np.zeros(3)) for one in guesses]
    return family.score(goldens, found, LABELS)


def test_a_yardstick_is_held_against_the_model_on_the_same_documents(tmp_path: Path) -> None:
    loaded = config.load("email-routing")
    family = loaded.model
    assert isinstance(family, Family)
    right = [LABELS[n % 3] for n in range(60)]
    for documents in (30, 1):
        model = scored(family, right, documents)
        beside = {"probe": model, "rules": scored(family, ["a"] * 60, documents)}
        for name, one in beside.items():
            one.save(tmp_path / evaluate.scores_file(name))
        known = {"model": {}, **{name: one.metrics() for name, one in beside.items()}}
        probe, rules = figures.yardsticks(loaded, model, known, tmp_path)
        if documents == 1:
            assert probe.gain is None and rules.gain is None
            continue
        assert probe.gain is not None and rules.gain is not None
        assert (probe.name, probe.gain.mean, probe.gain.better) == ("probe", 0.0, False)
        assert rules.gain.better and abs(rules.gain.mean - 2 / 3) < 1e-9
        assert rules.gain.low < rules.gain.mean < rules.gain.high
    rows = figures.labels(model, model.metrics(), "accuracy", rules)
    assert [(row.label, row.support) for row in rows] == [("a", 20), ("b", 20), ("c", 20)]
    assert list(rows[0].figures) == ["precision", "recall", "f1"]
    assert [row.yardstick for row in rows] == [0.5, 0.0, 0.0]
    everything = figures.slices(model, "accuracy")[0]
    assert (everything.name, list(everything.figures)[:2]) == ("all", ["accuracy", "coverage"])


def test_the_pairs_taken_for_one_another_most_often_come_first() -> None:
    found = figures.confused(["a", "b", "c"], [[5, 1, 0], [3, 1, 0], [0, 0, 0]])
    assert [(one.gold, one.predicted, one.count) for one in found] == [("b", "a", 3), ("a", "b", 1)]
    assert found[0].share == 0.75
    many = [f"l{n}" for n in range(40)]
    every = np.ones((40, 40), dtype=int).tolist()
    assert len(figures.confused(many, every)) == figures.MOST_CONFUSED


def test_slices_come_in_the_order_of_their_numbers() -> None:
    names = ["query of 11-20 words", "query of 6-10 words", "query of 1-5 words", "new"]
    part = np.ones(1, dtype=bool)
    counts = np.array([[1, 5, 5, 5, 5, 5]], dtype=np.int64)
    scores = RankingScores(["q"], ["q"], list(COLUMNS), counts, dict.fromkeys(names, part))
    found = [row.name for row in figures.slices(scores, "ndcg_10")]
    assert found == ["all", "new", *reversed(names[:3])]

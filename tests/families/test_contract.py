"""What every family must do, held against each in turn; and a run of one that is only a folder."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goldsmith import config
from goldsmith.config import plugins
from goldsmith.families import base
from goldsmith.families.base import Family, Run
from goldsmith.prepare import prepare
from goldsmith.prepared import COUNTS_FILE, FINAL, Prepared
from goldsmith.records import TaggedTokens, arrow_schema
from tests.command import World
from tests.families.installing import LEXICON_SETTINGS, install
from tests.toys import TINY_SETTINGS, write_goldens

FAMILIES = ("token_classification", "toy_lexicon")
HEAVY = ("torch", "transformers", "datasets", "optimum", "prefect", "mlflow", "pandas")


@dataclass(frozen=True)
class Made:
    """One family's model, trained and exported on the toy goldens."""

    family: Family
    data: Prepared
    trained: Path
    exported: Path
    variants: list[str]
    facts: dict[str, Any]
    path: str


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module", params=FAMILIES)
def made(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    tiny_base: Path,
    package: Path,
) -> Any:
    """Train and export in this process, without pipeline, store or flow."""
    at = tmp_path_factory.mktemp("made")
    (at / "use_cases").mkdir()
    settings = TINY_SETTINGS.format(base=tiny_base)
    text = settings if request.param == "token_classification" else LEXICON_SETTINGS
    (at / "use_cases" / "toy.yaml").write_text(text, encoding="utf-8")
    write_goldens(at / "data" / "raw" / "toy", sizes=(150, 40, 40))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(at)
        patch.setenv("GOLDSMITH_HOME", str(at / "home"))
        patch.syspath_prepend(str(package))
        plugins.load.cache_clear()
        yield _make(at, os.pathsep.join([str(package), os.environ.get("PYTHONPATH", "")]))
    plugins.load.cache_clear()
    config.usecase.use_case_type.cache_clear()


def _make(at: Path, path: str) -> Made:
    loaded = config.load("toy")
    family = loaded.model
    assert isinstance(family, Family)
    folder = at / "prepared"
    folder.mkdir()
    source: Any = loaded.source
    files = source.reader.files(source.location)
    records = source.reader.read(files, source.location)
    kind = source.reader.record.kind
    schema = arrow_schema(kind)
    pq.write_table(pa.Table.from_pylist([one.row() for one in records], schema), at / "raw.parquet")
    counts = prepare(kind, at / "raw.parquet", loaded.prepare, loaded.splits, folder)
    (folder / COUNTS_FILE).write_text(json.dumps(counts), encoding="utf-8")
    data, events = Prepared(folder), []
    trained, exported = at / "trained", at / "exported"
    trained.mkdir()
    exported.mkdir()
    run = Run(events.append, at / "checkpoints", "cpu", 13)
    facts = family.train(data, FINAL, trained, run)
    assert any(event["type"] == "progress" for event in events)
    variants = [variant.name for variant in family.export(trained, exported)]
    return Made(family, data, trained, exported, variants, facts, path)


def test_training_says_what_it_watched(made: Made) -> None:
    assert made.facts["monitor"][made.family.primary] > 0.3
    assert made.facts["monitored_records"] == 40
    assert made.family.collapsed(made.facts["monitor"]) is None
    assert made.family.collapsed({made.family.primary: 0.0})


def test_targets_beyond_what_the_model_reads_are_counted(made: Made) -> None:
    words = ("the",) * 3000
    long = TaggedTokens("1", "", words, (*("O",) * 2999, "B-Rate"))
    short = TaggedTokens("2", "", words[:3], ("O", "O", "B-Rate"))
    lost = made.family.lost_targets([long, short])
    assert lost is None or lost == [int(hasattr(made.family, "max_length")), 0]


def test_every_variant_decides_as_the_trained_model(made: Made) -> None:
    records = made.data.heldout(FINAL)
    expected = made.family.reference(made.trained).predict(records)
    assert {tag for one in expected for tag in one.decisions} > {"O"}
    for name in made.variants:
        found = base.open(made.exported, name).predict(records)
        pairs = [
            (a, b)
            for ours, theirs in zip(found, expected, strict=True)
            for a, b in zip(ours.decisions, theirs.decisions, strict=True)
        ]
        least = 1.0 if name == "fp32" else 0.95
        assert sum(a == b for a, b in pairs) / len(pairs) >= least
        if name == "fp32":
            gap = max(
                np.abs(a.logits - b.logits).max() for a, b in zip(found, expected, strict=True)
            )
            assert gap < 1e-3


def test_predictions_come_in_the_records_order(made: Made) -> None:
    records = list(made.data.heldout(FINAL))
    assert len({len(record.tokens) for record in records}) > 3
    for name in made.variants:
        predictor = base.open(made.exported, name)
        forward = predictor.predict(records, batch_size=7)
        assert [len(one.decisions) for one in forward] == [len(record.tokens) for record in records]
        if name == "fp32":
            backward = predictor.predict(records[::-1], batch_size=7)[::-1]
            assert [one.decisions for one in forward] == [one.decisions for one in backward]


def test_nothing_in_nothing_out(made: Made) -> None:
    for name in made.variants:
        predictor = base.open(made.exported, name)
        assert predictor.predict([]) == []
        assert predictor.answer([]) == []
        assert predictor.answer([{"text": ""}]) == [[]]
        (found,) = predictor.predict([TaggedTokens("a", "", (), ())])
        assert list(found.decisions) == []


def test_predictions_do_not_look_at_the_gold(made: Made) -> None:
    records = list(made.data.heldout(FINAL))[:10]
    blind = [TaggedTokens(one.id, one.document_id, one.tokens, ()) for one in records]
    predictor = base.open(made.exported, made.variants[0])
    assert [a.decisions for a in predictor.predict(records)] == [
        b.decisions for b in predictor.predict(blind)
    ]


def test_recorded_answers_are_read_back_as_the_predictions_that_they_were(made: Made) -> None:
    records = list(made.data.heldout(FINAL))
    predictor = base.open(made.exported, made.variants[0])
    answers = predictor.answer([{"tokens": list(one.tokens)} for one in records])
    read = [
        made.family.recorded(record, json.loads(json.dumps(answer)), made.data.labels)
        for record, answer in zip(records, answers, strict=True)
    ]
    assert [one.faults for one in read] == [()] * len(records)
    expected = predictor.predict(records)
    assert [one.prediction.decisions for one in read] == [one.decisions for one in expected]
    nothing = made.family.recorded(records[0], None, made.data.labels)
    assert nothing.faults == () and set(nothing.prediction.decisions) == {"O"}


def test_scores_have_columns_for_every_label_and_pool(made: Made) -> None:
    records = list(made.data.heldout(FINAL))
    predictions = made.family.reference(made.trained).predict(records)
    whole = made.family.score(records, predictions, made.data.labels)
    halves = [
        made.family.score(records[:20], predictions[:20], made.data.labels),
        made.family.score(records[20:], predictions[20:], made.data.labels),
    ]
    pooled = made.family.scores.pooled(halves)
    assert pooled.columns == whole.columns
    assert np.array_equal(pooled.counts, whole.counts)
    assert made.family.primary in whole.metrics()
    none = made.family.score([], [], made.data.labels)
    assert none.metrics().keys() == whole.metrics().keys()
    assert set(whole.support()) == {"Rate", "Amount"}


def test_explanation_counts_every_word(made: Made) -> None:
    records = list(made.data.heldout(FINAL))
    predictions = made.family.reference(made.trained).predict(records)
    found = made.family.explain(records, predictions)
    assert found.confusion.sum() == sum(len(record.tokens) for record in records)
    assert found.confusion.shape == (len(found.labels),) * 2


def test_exported_folder_opens_lightly_and_without_yaml(made: Made, tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from goldsmith.families import base\n"
        "tagger = base.open(pathlib.Path(sys.argv[1]), 'fp32')\n"
        "found = tagger.answer([{'text': 'paid at 4.5 % per annum'}])\n"
        "assert len(found) == 1\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(made.exported)],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": made.path},
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_family_that_is_only_a_folder_runs_end_to_end(fresh: World, package: Path) -> None:
    fresh.use_case("lexicon").write_text(LEXICON_SETTINGS, encoding="utf-8")
    path = os.pathsep.join([str(package), os.environ.get("PYTHONPATH", "")])
    done = fresh.run("run", "lexicon", PYTHONPATH=path)
    assert done.status == 0, done.text
    assert fresh.aliases("lexicon.demo") == {"champion": 1}
    answered = fresh.run("predict", "lexicon", "--text", "paid at 4.5 % per annum", PYTHONPATH=path)
    assert answered.status == 0, answered.text
    spans = json.loads(answered.out)["prediction"]
    assert [(span["text"], span["label"]) for span in spans] == [("4.5 %", "Rate")]
    again = fresh.run("run", "lexicon", PYTHONPATH=path)
    assert "Nothing new" in again.out, again.text
    # Without the package the family is unknown, and the others are named.
    missing = fresh.run("run", "lexicon")
    assert missing.status == 2
    assert "unknown family 'toy_lexicon'" in missing.err and "token_classification" in missing.err

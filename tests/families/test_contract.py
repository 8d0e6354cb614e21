"""What every family must do, held against each in turn, in every variant.

Use cases of `kind: evaluation` are not here: they have no model, so no family; tests/extraction holds
them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goldsmith import config
from goldsmith.artifacts import file_sha256
from goldsmith.config import plugins
from goldsmith.config.gates import Gates
from goldsmith.errors import DataError
from goldsmith.families import base
from tests.families import mailroom
from tests.families.comparing import agreement, bare, decisions, well_formed
from tests.families.installing import install
from tests.families.kinds import KILLED, KINDS, PIPELINES, Made, killed, make
from tests.families.pipelines import agreement_with_pipelines

GATES = Gates(metrics={}).variants
HEAVY = ("torch", "transformers", "datasets", "optimum", "prefect", "mlflow", "pandas", "peft")
LONG = 200_000  # characters
STRANGE = (
    "paid 4.5 % \U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 $ 900",  # joined emoji
    "pa\u0301id 4\u0336.5 % cafe\u0301 $ 900",  # combining marks
    "\u05e8\u05d9\u05d1\u05d9\u05ea 4.5 % \u202e\u0641\u0627\u0626\u062f\u0629\u202c $ 900",  # right to left
    "paid\x00 4.5 %\x00\x07 $ 900",
    "\ufeff\u200b\u00ad 4.5\u00a0%\u2028$ 900 \ufffd",
    "\u0130\u1e9e\ufb03 4.5 % \U00020000",  # letters that grow when they are lowered
)
LIGHT = """
import json, pathlib, sys
class Never:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in {heavy!r}:
            raise ImportError(name)
sys.meta_path.insert(0, Never())
from goldsmith.families import base
folder, lines = pathlib.Path(sys.argv[1]), json.load(sys.stdin)
print(json.dumps({{name: base.open(folder, name).answer(lines) for name in sys.argv[2:]}}))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    mailroom.install(site)
    return install(site)


@pytest.fixture(scope="module", params=KINDS)
def made(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    bases: dict[str, str],
    package: Path,
) -> Any:
    at = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(at)
        patch.setenv("GOLDSMITH_HOME", str(at / "home"))
        patch.syspath_prepend(str(package))
        plugins.load.cache_clear()
        yield make(KINDS[request.param], at, bases, package)
    plugins.load.cache_clear()
    config.usecase.use_case_type.cache_clear()


def test_training_says_what_it_watched(made: Made) -> None:
    assert made.facts["monitor"][made.family.primary] > made.kind.fewest
    assert made.facts["monitored_records"] == 40
    assert made.family.collapsed(made.facts["monitor"]) is None
    assert made.family.collapsed({made.family.primary: 0.0})


def test_a_killed_training_process_goes_on_to_the_same_weights(made: Made, tmp_path: Path) -> None:
    made.skip_where_it_differs(KILLED)
    events: list[dict[str, Any]] = []
    checkpoints = killed(made, tmp_path / "killed")
    facts = made.training(tmp_path / "resumed", checkpoints, events.append)
    (resumed,) = [event for event in events if event["type"] == "resume"]
    assert 0 < resumed["step"] < facts["steps"]
    files = [folder / "model.safetensors" for folder in (made.trained, tmp_path / "resumed")]
    assert file_sha256(files[0]) == file_sha256(files[1])
    assert facts["monitor"] == made.facts["monitor"]


def test_every_variant_decides_as_the_trained_model(made: Made) -> None:
    expected = made.family.reference(made.trained).predict(made.records)
    assert len({one for found in decisions(expected) for one in found}) > 1
    assert set(made.variants) <= set(GATES)
    for name in made.variants:
        found = base.open(made.exported, name).predict(made.records)
        least = 1.0 if name == "fp32" else GATES[name].min_agreement
        assert agreement(found, expected) >= least, name
        gap = max(np.abs(a.logits - b.logits).max() for a, b in zip(found, expected, strict=True))
        assert gap < (1e-3 if name == "fp32" else 2.0), name


def test_a_batch_decides_as_each_alone_and_in_the_records_order(made: Made) -> None:
    for name in made.variants:
        predictor = base.open(made.exported, name)
        together, alone = (predictor.predict(made.records, batch_size=size) for size in (32, 1))
        least = 1.0 if name == "fp32" else GATES[name].min_batch_agreement
        assert agreement(together, alone) >= least, name
        if name == "fp32":
            backward = predictor.predict(made.records[::-1], batch_size=7)[::-1]
            assert decisions(backward) == decisions(together)


def test_nothing_in_nothing_out(made: Made) -> None:
    for name in made.variants:
        predictor = base.open(made.exported, name)
        assert predictor.predict([]) == []
        assert predictor.answer([]) == []
        for text in ("", " \n\t"):
            (answer,) = predictor.answer([made.kind.of_text(text)])
            assert made.kind.nothing(answer), (name, answer)


def test_a_very_long_text_is_answered_as_the_trained_model_does(made: Made) -> None:
    unit = "the interest was 4.5 % under agreement $ 900 and charged invoice paid notes "
    line = made.kind.of_text((unit * (LONG // len(unit) + 1))[:LONG])
    (expected,) = made.family.reference(made.trained).answer([line])
    for name in made.variants:
        (found,) = base.open(made.exported, name).answer([line])
        assert well_formed(found, line)
        if name == "fp32":
            assert bare(found) == bare(expected)


def test_strange_characters_are_answered_as_the_trained_model_does(made: Made) -> None:
    lines = [made.kind.of_text(text) for text in STRANGE]
    expected = made.family.reference(made.trained).answer(lines)
    for name in made.variants:
        found = base.open(made.exported, name).answer(lines)
        assert all(well_formed(one, line) for one, line in zip(found, lines, strict=True))
        if name == "fp32":
            assert [bare(one) for one in found] == [bare(one) for one in expected]


def test_what_is_no_input_is_refused(made: Made) -> None:
    for line in ({}, made.kind.of_text("half \ud83d of a pair")):
        with pytest.raises(DataError):
            made.family.check_input(line) or base.open(made.exported, "fp32").answer([line])


def test_predictions_do_not_look_at_the_gold(made: Made) -> None:
    blind = [made.blind(one) for one in made.records[:10]]
    predictor = base.open(made.exported, made.variants[0])
    assert decisions(predictor.predict(made.records[:10])) == decisions(predictor.predict(blind))


def test_recorded_answers_are_read_back_as_the_predictions_that_they_were(made: Made) -> None:
    predictor = base.open(made.exported, made.variants[0])
    answers = predictor.answer([made.kind.line(one) for one in made.records])
    read = [
        made.family.recorded(record, json.loads(json.dumps(answer)), made.data.labels)
        for record, answer in zip(made.records, answers, strict=True)
    ]
    assert [one.faults for one in read] == [()] * len(made.records)
    expected = predictor.predict(made.records)
    assert decisions(one.prediction for one in read) == decisions(expected)
    scores = [
        made.family.score(made.records, one, made.data.labels).metrics()[made.family.primary]
        for one in (expected, [one.prediction for one in read])
    ]
    assert scores[0] == scores[1]
    assert made.family.recorded(made.records[0], None, made.data.labels).faults == ()


def test_scores_have_columns_for_every_label_and_pool(made: Made) -> None:
    records, labels = made.records, made.data.labels
    predictions = made.family.reference(made.trained).predict(records)
    whole = made.family.score(records, predictions, labels)
    halves = [
        made.family.score(records[part], predictions[part], labels)
        for part in (slice(20), slice(20, None))
    ]
    pooled = made.family.scores.pooled(halves)
    assert pooled.columns == whole.columns
    assert np.array_equal(pooled.counts, whole.counts)
    assert made.family.primary in whole.metrics()
    none = made.family.score([], [], labels)
    assert none.metrics().keys() <= whole.metrics().keys()
    assert set(whole.support()) == (set() if made.kind.unlabelled else set(made.data.label_names))


def test_explanation_counts_everything_once(made: Made) -> None:
    predictions = made.family.reference(made.trained).predict(made.records)
    found = made.family.explain(made.records, predictions)
    assert found.confusion.shape == (len(found.labels),) * 2
    if found.labels:
        assert found.confusion.sum() == sum(map(len, decisions(predictions)))
    for table in found.tables:
        assert table.rows and all(len(row) == len(table.columns) for row in table.rows)


def test_the_pipelines_of_others_load_it_and_agree(made: Made) -> None:
    made.skip_where_it_differs(PIPELINES)
    # A decoder of their own: a near tie may fall the other way.
    assert all(shared >= 0.9 for shared in agreement_with_pipelines(made))


def test_without_torch_and_transformers_the_answers_are_the_same(
    made: Made, tmp_path: Path
) -> None:
    lines = [made.kind.line(one) for one in made.records[:20]]
    lines += [made.kind.of_text(text) for text in STRANGE]
    done = subprocess.run(
        [sys.executable, "-c", LIGHT.format(heavy=HEAVY), str(made.exported), *made.variants],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": made.path}, input=json.dumps(lines),
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name, answers in json.loads(done.stdout).items():
        assert answers == base.open(made.exported, name).answer(lines), name

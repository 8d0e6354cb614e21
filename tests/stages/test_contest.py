"""Challenger and champion on the same unseen records, and when a person has to decide."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import mlflow
import numpy as np
import pytest

from goldsmith import config
from goldsmith.contests.power import estimate
from goldsmith.contests.testset import current_test_set
from goldsmith.errors import DataError, UserError
from goldsmith.families.scores import Scores
from goldsmith.gates import Comparison
from goldsmith.registry import versions
from goldsmith.registry.versions import Version
from goldsmith.stages import contest
from goldsmith.stages.contest import TestSet, against
from tests.cli.here import here
from tests.command import World

Answers = Callable[[Any], Sequence[Any]]


def right(records: Any) -> list[Any]:
    """The goldens as their own predictions."""
    return list(records)


def empty(records: Any) -> list[Any]:
    return [replace(record, tags=("O",) * len(record.tags)) for record in records]


@dataclass
class Arena:
    """The champion of a trained world, and the use case's test records as they are now."""

    world: World
    test: TestSet
    champion: Version

    def scores(self, answers: Answers, test: TestSet | None = None) -> Scores:
        found = test or self.test
        return found.family.score(found.records, answers(found.records), found.labels)

    def meet(
        self, answers: Answers | None, test: TestSet | None = None, *overrides: str
    ) -> Comparison:
        loaded = config.load("toy", overrides=("gates.champion.resamples=500", *overrides))
        scores = self.scores(answers, test) if answers else None
        return against(loaded, test or self.test, scores)(self.champion)


@pytest.fixture(scope="module")
def world(trained: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """One copy for all of these tests; the last of them breaks the champion's bundle."""
    return trained.copy(tmp_path_factory.mktemp("arena"))


@pytest.fixture
def arena(world: World, monkeypatch: pytest.MonkeyPatch) -> Arena:
    monkeypatch.setenv("GOLDSMITH_HOME", str(world.home))
    monkeypatch.chdir(world.folder)
    return Arena(world, current_test_set(config.load("toy")), versions.find("toy.demo"))


def part(test: TestSet, count: int) -> TestSet:
    records = list(test.records)[:count]
    return replace(test, records=records, keys=test.keys[:count])


def test_a_champion_is_held_against_itself_and_against_nothing(arena: Arena) -> None:
    assert len(arena.test.records) == 80 and arena.world.made("prepare"), "nothing was made again"
    loaded = config.load("toy", overrides=["gates.costs={'*': {miss: 2}}"])
    tie = contest.of_version(loaded, arena.test, arena.champion)(arena.champion)
    assert tie.better is False and "alike on all 21 documents" in tie.reason
    assert "cost.per_100_records is" in tie.reason

    worse = arena.meet(empty)
    assert worse.better is False and "not shown to be better" in worse.reason
    assert "the smallest difference that these goldens can detect is 0." in worse.reason
    assert "(80 % power)" in worse.gates[0].reason
    assert arena.meet(empty, None, "gates.champion.test=non_inferiority").better is False
    folds = arena.meet(None)
    assert folds.better is None and "estimated by folds, and no `goldens:`" in folds.reason


def test_five_records_decide_nothing(arena: Arena) -> None:
    found = arena.meet(right, part(arena.test, 5))
    assert found.better is None and not found.gates
    assert "documents are too few to compare on, gates.champion.min_documents is 20" in found.reason
    assert found.reason.endswith("a person decides")
    allowed = arena.meet(right, part(arena.test, 5), "gates.champion.min_documents=2")
    assert allowed.better is False


def test_records_that_the_champion_was_trained_on_are_left_out_and_counted(arena: Arena) -> None:
    seen = contest.trained_on(arena.champion)
    assert seen is not None and seen.dtype == np.uint64 and len(seen) > 150
    assert not np.isin(arena.test.keys, seen).any(), "prepare keeps equal texts out of test"
    assert (np.diff(seen.astype(object)) > 0).all(), "sorted, each once"

    half = replace(arena.test, keys=np.where(np.arange(80) < 10, seen[0], arena.test.keys))
    found = arena.meet(empty, half, "gates.champion.min_documents=2")
    assert "left out 10 of 80 records" in found.reason and "19 documents" in found.reason
    alone = arena.meet(empty, half)
    assert alone.better is None and "left out 10 of 80 records" in alone.reason
    whole = replace(arena.test, keys=np.full(80, seen[0]))
    assert arena.meet(empty, whole).better is None


def test_a_version_whose_training_records_are_not_known_is_not_compared(arena: Arena) -> None:
    silent = replace(arena.champion, tags={})
    robbed = replace(arena.champion, run_id=_run_without_files())
    other = {**arena.champion.tags, contest.TRAINED_ON_TAG: "0" * 64}
    altered = replace(arena.champion, tags=other)
    loaded = config.load("toy", overrides=["gates.champion.resamples=500"])
    compare = against(loaded, arena.test, arena.scores(empty))
    for version, said in (
        (silent, "version 1 does not say what it was trained on"),
        (robbed, "trained_on.npy, the list of what it was trained on, is gone"),
        (altered, "is altered"),
    ):
        found = compare(version)
        assert found.better is None and said in found.reason


def _run_without_files() -> str:
    client = mlflow.MlflowClient()
    return str(client.create_run(client.create_experiment("other")).info.run_id)


def test_a_label_that_the_champion_never_heard_of_is_its_miss_and_named(arena: Arena) -> None:
    renamed = [
        replace(one, tags=tuple(tag.replace("Rate", "Spread") for tag in one.tags))
        for one in arena.test.records
    ]
    labels = [*arena.test.labels, "B-Spread", "I-Spread"]
    test = replace(arena.test, records=renamed, labels=labels)
    found = arena.meet(right, test)
    assert found.better is True
    assert "the champion does not know Spread (68 mentions), its misses" in found.reason


def test_goldens_power_says_what_these_records_can_tell_apart(arena: Arena) -> None:
    done = here(arena.world, "goldens", "power", "toy", "--json")
    assert done.status == 0, done.text
    found = json.loads(done.out)
    assert (found["documents"], found["records"], found["version"]) == (21, 80, 1)
    assert found["detectable"] == pytest.approx(2.4865 * found["error"], rel=1e-3)
    assert (found["documents_for_half"], found["more_documents"]) == (84, 63)

    alone = estimate(config.load("toy", overrides=["gates.champion.alpha=0.01"]), arena.test, 0.9)
    assert alone.error == pytest.approx(found["error"])
    assert alone.detectable == pytest.approx((2.326 + 0.842) * 0.2**0.5 * alone.error, rel=1e-3)
    words = here(arena.world, "goldens", "power", "toy").out
    assert "Smallest detectable gain of micro.f1: 0.0" in words
    assert "from the scores of toy.demo version 1" in words and "63 more" in words

    nothing = replace(arena.test, records=[], keys=arena.test.keys[:0])
    with pytest.raises(UserError, match="no test mentions to compare versions on"):
        estimate(config.load("toy"), nothing)


def test_a_champion_of_another_family_or_without_its_bytes_is_left_to_a_person(
    arena: Arena,
) -> None:
    other = replace(arena.test, family=arena.test.family.model_copy(update={"family": "other"}))
    found = against(config.load("toy"), other, arena.scores(empty))(arena.champion)
    assert found.better is None
    assert "version 1, is of the family token_classification" in found.reason

    bundle = versions.fetch_bundle(arena.champion)
    graph = next(bundle.rglob("model.onnx"))
    graph.write_bytes(bytes([graph.read_bytes()[0] ^ 1]) + graph.read_bytes()[1:])
    altered = arena.meet(right)
    assert altered.better is None and "altered" in altered.reason
    with pytest.raises(DataError, match="version 1: altered"):
        loaded = config.load("toy")
        contest.of_version(loaded, arena.test, arena.champion)(arena.champion)

    for folder in (bundle, *_stored(arena.world)):
        shutil.rmtree(folder)
    gone = arena.meet(right)
    assert gone.better is None and "they cannot be compared" in gone.reason
    assert gone.reason.endswith("a person decides")
    assumed = estimate(config.load("toy"), arena.test)
    assert assumed.version is None and "the champion cannot be asked" in assumed.notes[0]
    assert assumed.error == pytest.approx((0.2 * 0.8 / 153) ** 0.5)


def _stored(world: World) -> list[Path]:
    rows = world.query("select artifact_location from logged_models")
    return [Path(str(row[0]).removeprefix("file://")) for row in rows]

"""run --why: what changed since the champion, and what would run again."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldsmith import config
from goldsmith.changes import since
from goldsmith.changes.differences import covers, of_config, said
from goldsmith.changes.forecast import forecast
from goldsmith.changes.since import Why
from goldsmith.pipeline import TRAINING
from goldsmith.registry import bundle, versions
from goldsmith.snapshots import Seen
from tests.cli.here import here
from tests.command import World, ended_well

ALL = ["raw", *(one.name for one in TRAINING[1:])]


def why(world: World, *arguments: str) -> dict[str, Any]:
    done = here(world, "run", "toy", "--why", "--json", *arguments)
    assert done.status == 0, done.text
    value: dict[str, Any] = json.loads(done.out)
    return value


def changed(found: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    return {one["name"]: (one["kind"], one["stages"]) for one in found["changes"]}


def states(found: dict[str, Any]) -> dict[str, str]:
    return {one["stage"]: one["state"] for one in found["steps"]}


@pytest.fixture
def seated(champion: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The champion's world as the place of this process."""
    monkeypatch.chdir(champion.folder)
    monkeypatch.setenv("GOLDSMITH_HOME", str(champion.home))
    yield champion


def test_values_and_data_are_named_with_the_stages_that_they_make_run(champion: World) -> None:
    # The champion's bundle is fetched, wherever another test has not fetched it before.
    artifacts = (champion.home / "artifacts").rglob("*")
    before = {path: path.stat().st_mtime_ns for path in artifacts if "bundle" not in path.parts}
    found = why(champion)
    assert (found["champion"], found["changes"], found["untold"], found["runs"]) == (1, [], [], [])
    assert set(states(found)) == set(ALL)

    found = why(champion, "--set", "model.epochs=7", "--set", "gates.min_support=3",
                "--set", "compute.timeout=9000")  # fmt: skip
    assert changed(found) == {
        "model.epochs": ("config", ["train"]),
        "gates.min_support": ("config", ["judge"]),
        "compute.timeout": ("config", []),
    }
    assert found["runs"] == ["train", "judge"]
    assert {name for name, state in states(found).items() if state == "depends"} == {
        "evaluate", "export"
    }  # fmt: skip
    (epochs,) = (one for one in found["changes"] if one["name"] == "model.epochs")
    assert (epochs["old"], epochs["new"]) == ("6", "7")

    with (champion.folder / "data/raw/toy/test.jsonl").open("a", encoding="utf-8") as stream:
        stream.write('{"id": "new", "tokens": ["a"], "ner_tags": ["O"]}\n')
    found = why(champion)
    assert changed(found) == {"test.jsonl": ("data", ["load"])}
    assert found["runs"] == ["raw", "load"] and states(found)["train"] == "depends"
    text = here(champion, "run", "toy", "--why").out
    assert "test.jsonl" in text and "Would run" in text and "raw, load (at least)" in text

    after = {path: path.stat().st_mtime_ns for path in before}
    assert after == before, "looking makes nothing"
    assert len(list((champion.home / "artifacts" / "snapshot").glob("[!.]*"))) == 1


def test_code_libraries_and_base_are_told_from_the_passport(seated: World) -> None:
    champion = versions.champion("toy.demo")
    assert champion is not None
    folder = versions.fetch_bundle(champion)
    passport = json.loads((folder / bundle.PASSPORT_FILE).read_text(encoding="utf-8"))

    def compare(**changes: Any) -> Why:
        return since.compare(config.load("toy"), 1, {**passport, **changes})

    stages = copy.deepcopy(passport["stages"])
    for name in ("train", "evaluate"):
        stages[name]["code"]["text.py"] = "0" * 64
    stages["train"]["identity"]["config.json"] = "1" * 64
    found = compare(stages=stages, libraries={**passport["libraries"], "torch": "1.0"})
    assert [(one.kind, one.name, one.stages) for one in found.changes] == [
        ("code", "text.py", ("train", "evaluate")),
        ("base", "config.json", ("train",)),
        ("library", "torch", ()),
    ]
    assert found.runs == [], "this very code has made its artifacts here"
    old = {key: one for key, one in passport.items() if key not in ("stages", "libraries")}
    found = since.compare(config.load("toy", overrides=["seed=4"]), 1, old)
    assert [one.name for one in found.changes] == ["seed"] and found.runs == ["train"]
    assert found.untold == (since.NO_STAGES, since.NO_LIBRARIES)
    lost = since.compare(config.load("toy"), 1, None, "everything: its passport cannot be read")
    assert lost.changes == () and lost.untold == ("everything: its passport cannot be read",)
    moved = since.compare(config.load("toy", path="data/raw/toy/test.jsonl"), 1, passport)
    assert {one.name for one in moved.changes if one.kind == "data"} == {
        "train.jsonl", "validation.jsonl"
    }  # fmt: skip


def test_before_any_run_everything_would_run(fresh: World) -> None:
    found = why(fresh)
    assert (found["champion"], found["changes"], found["runs"]) == (None, [], ALL)
    assert "has no champion" in here(fresh, "run", "toy", "--why").out
    ended_well(here(fresh, "run", "toy", "--why", "--require-promotion"), 2, "--why runs nothing")
    ended_well(here(fresh, "run", "toy", "--why", "--path", "data/none"), 2, "data/none")
    fresh.use_case().write_text("title: x\nmodel: {family: toy\n", encoding="utf-8")
    ended_well(here(fresh, "run", "toy", "--why"), 2, "use_cases/toy.yaml:3:1", "not valid YAML")


def test_a_value_belongs_to_the_sections_that_hold_it() -> None:
    assert covers("model", "model.base") and covers("model.base", "model")
    assert not covers("model.base", "model.epochs") and not covers("gate", "gates.metrics")
    rows = of_config({"a": {"b": 1}, "c": {}}, {"a": {"b": 2}, "c": {"d": 1}}, TRAINING)
    assert [(one.name, one.old, one.new) for one in rows] == [
        ("a.b", "1", "2"), ("c", "{}", "(none)"), ("c.d", "(none)", "1")
    ]  # fmt: skip
    assert said("ab" * 32) == "abababababab" and len(said("x" * 500)) == 60


def test_generated_goldens_are_told_by_their_generators_settings_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLDSMITH_HOME", str(tmp_path / "home"))
    loaded = config.load("financial-entities", "demo")
    found = since.compare(loaded, None, None)
    assert found.runs[0] == "generate" and "raw" not in found.runs
    parts = forecast(loaded, {}, None, False).parts["generate"]
    passport = {"stages": {"generate": parts}, "config": loaded.model_dump(mode="json")}
    assert since.compare(loaded, 1, passport).changes == ()
    other = config.load("financial-entities", "demo", ["source.seed=14"])
    changes = since.compare(other, 1, passport).changes
    assert [(one.kind, one.name, one.stages) for one in changes] == [
        ("data", "generated goldens", ("load",)),
        ("config", "source.seed", ("generate",)),
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, (None, False)),
        ({"md5": "a.dir"}, ("content", True)),
        ({"md5": "b.dir"}, (None, True)),
        ({"kind": "hub", "commit": "c1"}, ("content", True)),
        ({"kind": "hub", "commit": "c2"}, (None, True)),
    ],
)
def test_data_that_are_not_here_are_told_by_commit_or_md5(
    facts: dict[str, str], expected: tuple[str | None, bool]
) -> None:
    passport = {"data_md5": "a.dir", "data": {"kind": "hub", "commit": "c1"}}
    assert since._raw_content(Seen(None, facts=facts), passport, "content") == expected

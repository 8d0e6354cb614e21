"""Mistakes in a command or a use case: found before anything starts, with place and near names."""

import os
from pathlib import Path

import pytest

from tests.command import World, ended_well


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["run", "tow"], ["unknown use case 'tow'", "did you mean toy?"]),
        (["run", "toy", "--profile", "dem"], ["no profile 'dem'", "did you mean demo?"]),
        (["run", "toy", "--set", "model.epoch=2"], ["unknown key 'model.epoch'", "epochs"]),
        (["run", "toy", "--set", "model.epochs=two"], ["model.epochs", "'two'"]),
        (["run", "toy", "--set", "model.epochs"], ["section.key=value"]),
        (["run", "toy", "--set", "model.family=token_clasification"], ["token_classification"]),
        (["run", "toy", "--set", "model.base=/nowhere"], ["model.base: no such folder: /nowhere"]),
        (["run", "toy", "--source", "filez"], ["unknown source 'filez'", "files"]),
        (["run", "toy", "--set", "gates.metrics={micro.f2: {min: 0.1}}"], ["micro.f2", "micro.f1"]),
        (["run", "toy", "--set", "goldens=nothing.jsonl"], ["goldens", "nothing.jsonl"]),
        (["step", "prepair", "toy"], ["unknown stage 'prepair'", "prepare"]),
        (["step", "train", "toy"], ["goldsmith step prepare toy"]),
        (["predict", "toy"], ["--text", "--input"]),
        (["predict", "toy", "--text", "a"], ["toy.demo has no version yet", "goldsmith run toy"]),
        (["show", "toy@3"], ["toy.demo has no version yet"]),
    ],
)  # fmt: skip
def test_wrong_word_is_named_with_the_near_ones(
    fresh: World, arguments: list[str], parts: list[str]
) -> None:
    ended_well(fresh.run(*arguments), 2, *parts)
    assert fresh.made("train") == [] and fresh.versions() == []


@pytest.mark.parametrize(
    ("verb", "text", "parts"),
    [
        ("run", '{\n "model": {\n  "epoochs": 2\n }\n}\n', ["mine.json:3", "'model.epoochs'", "did you mean epochs?"]),
        ("step prepare", '{"model": {"epochs": 2,}}', ["mine.json:1:24", "not valid JSON"]),
        ("run", None, ["mine.json: cannot be read: No such file"]),
    ],
)  # fmt: skip
def test_wrong_settings_file_is_named_by_its_line(
    fresh: World, verb: str, text: str | None, parts: list[str]
) -> None:
    if text is not None:
        (fresh.folder / "mine.json").write_text(text, encoding="utf-8")
    ended_well(fresh.run(*verb.split(), "toy", "--settings", "mine.json"), 2, *parts)
    assert fresh.versions() == []


def test_what_only_the_training_process_can_refuse_is_no_traceback(fresh: World) -> None:
    text = '{"model": {"training_arguments": {"lr_scheduler_type": "cosin"}}}'
    (fresh.folder / "mine.json").write_text(text, encoding="utf-8")
    done = fresh.run("run", "toy", "--settings", "mine.json")
    ended_well(done, 2, "model.training_arguments", "cosin is not a valid SchedulerType", lines=2)
    assert fresh.made("prepare") and fresh.made("train") == [] and fresh.versions() == []


@pytest.mark.parametrize("arguments", [["run"], ["runn"], ["run", "toy", "--sett", "a=b"]])
def test_wrong_command_line_is_usage(fresh: World, arguments: list[str]) -> None:
    done = fresh.run(*arguments)
    assert done.status == 2
    assert "Usage" in done.err and "Traceback" not in done.text


def test_yaml_syntax_error_has_line_and_column(fresh: World) -> None:
    fresh.use_case().write_text(
        "title: x\nmodel: {family: token_classification\n", encoding="utf-8"
    )
    ended_well(fresh.run("run", "toy"), 2, "use_cases/toy.yaml:3:1", "not valid YAML")


def test_key_in_the_file_has_its_line(fresh: World) -> None:
    path = fresh.use_case()
    text = path.read_text("utf-8").replace("  epochs: 6", "  epoochs: 6")
    path.write_text(text, encoding="utf-8")
    line = 1 + text.splitlines().index("  epoochs: 6")
    ended_well(
        fresh.run("run", "toy"), 2, f"toy.yaml:{line}", "'model.epoochs'", "did you mean epochs?"
    )


def test_use_case_that_is_not_utf8(fresh: World) -> None:
    fresh.use_case().write_bytes(b"title: caf\xe9\n")
    ended_well(fresh.run("run", "toy"), 2, "toy.yaml", "not UTF-8")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_unreadable_use_case(fresh: World) -> None:
    fresh.use_case().chmod(0)
    ended_well(fresh.run("run", "toy"), 2, "toy.yaml", "cannot be read")


def test_use_case_that_is_a_folder(fresh: World) -> None:
    fresh.use_case().unlink()
    fresh.use_case().mkdir()
    ended_well(fresh.run("run", "toy"), 2, "toy.yaml", "cannot be read")


def test_home_that_cannot_be_made(fresh: World, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    home = str(tmp_path / "file" / "home")
    # With a Prefect home elsewhere it is the registry that finds out first.
    ended_well(fresh.run("run", "toy", GOLDSMITH_HOME=home), 1, home, "GOLDSMITH_HOME")
    del fresh.variables["PREFECT_HOME"]
    ended_well(fresh.run("run", "toy", GOLDSMITH_HOME=home), 1, home, "GOLDSMITH_HOME")

"""goldsmith new: a use case out of a file; the next run works without an edit."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.here import here
from tests.command import World, ended_well
from tests.toys import write_goldens, write_queries

STEPS = ("load", "validate_raw", "prepare", "validate_prepared")


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An empty project."""
    (tmp_path / "project").mkdir()
    return World(tmp_path / "project", tmp_path / "home")


def one_file(folder: Path, form: str) -> Path:
    """The toy goldens of all splits in one file, without a split, in another form."""
    write_goldens(folder / "parts", sizes=(300, 150, 150))
    rows = [
        json.loads(line)
        for name in ("train", "validation", "test")
        for line in (folder / "parts" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    path = folder / f"goldens.{form}"
    if form == "conll":
        text = "\n\n".join(
            "\n".join(f"{w} {t}" for w, t in zip(row["tokens"], row["ner_tags"], strict=True))
            for row in rows
        )
        path.write_text(text + "\n", encoding="utf-8")
    else:
        named = [{"Doc ID": row["document_id"], "words": row["tokens"], "y": row["ner_tags"]} for row in rows]  # fmt: skip
        path.write_text(json.dumps(named), encoding="utf-8")
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git/" not in str(path) and ".dvc/" not in str(path)
    }


def make(world: World, *arguments: str) -> Any:
    done = here(world, "new", *arguments, "--family", "token_classification", "--json")
    assert done.status == 0, done.text
    return json.loads(done.out)


def steps(world: World, name: str) -> None:
    for stage in STEPS:
        done = here(world, "step", stage, name)
        assert done.status == 0, done.text


@pytest.mark.parametrize("form", ["json", "conll"])
def test_the_first_steps_run_on_what_was_written(world: World, tmp_path: Path, form: str) -> None:
    made = make(world, "toy-rates", "--from", str(one_file(tmp_path, form)))
    assert (
        made["accepted"] and made["records"] == 600 and made["labels"] == 2 and made["folds"] == 0
    )
    assert (world.folder / "data" / "raw" / "toy-rates" / f"goldens.{form}").is_file()
    assert "Amount" in (world.folder / made["page"]).read_text(encoding="utf-8")
    text = world.use_case("toy-rates").read_text(encoding="utf-8")
    reader = yaml.safe_load(text)["profiles"]["demo"]["source"]["reader"]
    if form == "json":
        assert reader["columns"] == {"document_id": "Doc ID", "tokens": "words", "tags": "y"}
        assert "# column 'y' looks like tags: check it" in text
    steps(world, "toy-rates")


def test_few_records_get_folds_and_rare_labels_are_left_out(world: World, tmp_path: Path) -> None:
    folder = write_goldens(tmp_path / "few", sizes=(90, 1, 0))
    (folder / "test.jsonl").unlink()
    rare = {"id": "r", "tokens": ["very", "odd"], "ner_tags": ["O", "B-Odd"]}
    with (folder / "train.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(rare) + "\n")
    made = make(world, "few", "--from", str(folder))
    written = yaml.safe_load(world.use_case("few").read_text(encoding="utf-8"))
    assert made["folds"] == written["splits"]["folds"] == 5
    assert sorted(written["prepare"]["keep_labels"]) == ["Amount", "Rate"]
    steps(world, "few")


def test_nothing_is_overwritten_and_nothing_is_left_behind(world: World, tmp_path: Path) -> None:
    path = one_file(tmp_path, "json")
    make(world, "toy", "--from", str(path))
    before = tree(world.folder)
    family = ("--family", "token_classification")
    odd, cut = tmp_path / "odd.csv", tmp_path / "cut.json"
    odd.write_text("a,b\n1,2\n", encoding="utf-8")
    cut.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    for arguments, parts in (
        (["toy", *family, "--from", str(path)], ["use_cases/toy.yaml is there already"]),
        (["Toy_2", *family, "--from", str(path)], ["lower case, digits and hyphens"]),
        (["two", "--family", "token_clasification", "--from", str(path)], ["did you mean token_"]),
        (["two", *family, "--from", str(tmp_path / "none.json")], ["no such file or folder"]),
        (["two", *family, "--from", str(odd)], ["no reader of tagged_tokens", "it has a, b"]),
        (["two", *family, "--from", str(cut)], ["no reader of tagged_tokens", "not JSON"]),
        (["two", *family, "--from", str(path), "--set", "gates.metrik=1"], ["did you mean"]),
        (["two", *family, "--from", str(path), "--reader", "{format: tokens, colums: {}}"], ["colum"]),
    ):  # fmt: skip
        ended_well(here(world, "new", *arguments), 2, *parts)
        assert tree(world.folder) == before, arguments


def git_and_dvc(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bin_folder = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", f"{bin_folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for command in (["git", "init", "-q"], ["dvc", "init", "-q"]):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_dvc_gets_a_pointer_and_its_entries(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_and_dvc(world.folder, monkeypatch)
    repository = Path(__file__).parents[2]
    for name in ("dvc.yaml", "params.yaml"):
        (world.folder / name).write_bytes((repository / name).read_bytes())
    made = make(world, "toy", "--from", str(one_file(tmp_path, "json")))
    assert (world.folder / "data" / "raw" / "toy.dvc").is_file()
    assert "data/raw/toy.dvc" in made["written"] and "params.yaml" in made["written"]
    params = yaml.safe_load((world.folder / "params.yaml").read_text(encoding="utf-8"))
    assert params["use_cases"]["toy"] == {
        "family": "token_classification",
        "raw": "data/raw/toy",
        "calls": "src/goldsmith/families/token_classification",
        "functions": "src/goldsmith/functions",
    }
    listed = subprocess.run(
        ["dvc", "stage", "list", "--name-only"], cwd=world.folder, capture_output=True, text=True
    )
    assert "load@toy" in listed.stdout.split(), listed.stdout + listed.stderr
    assert "generate@toy" not in listed.stdout.split()
    before = tree(world.folder)
    done = here(world, "new", "toy", "--family", "token_classification", "--from", "x")
    ended_well(done, 2, "already")
    assert tree(world.folder) == before


@pytest.mark.slow
def test_a_run_on_what_was_written(world: World, tmp_path: Path, tiny_base: Path) -> None:
    make(world, "toy", "--from", str(one_file(tmp_path, "conll")))
    tiny = {"base": tiny_base, "epochs": 6, "learning_rate": 0.005, "head_learning_rate": 0.01}
    given = [part for key, value in tiny.items() for part in ("--set", f"model.{key}={value}")]
    done = world.run("run", "toy", "--json", *given)
    assert done.status == 0, done.text
    assert json.loads(done.out)["outcome"] == "promoted", done.text


def test_values_of_a_settings_file_are_written_and_wrong_ones_named_by_its_line(
    world: World, tmp_path: Path
) -> None:
    goldens, settings = str(one_file(tmp_path, "json")), tmp_path / "mine.json"
    settings.write_text('{\n "model": {"epochz": 2}\n}\n', encoding="utf-8")
    given = ("--from", goldens, "--settings", str(settings))
    done = here(world, "new", "toy-rates", *given, "--family", "token_classification")
    ended_well(done, 2, "mine.json:2: unknown key 'model.epochz'", "epochs")
    assert not world.use_case("toy-rates").exists()
    settings.write_text('{"model": {"epochs": 2}}', encoding="utf-8")
    make(world, "toy-rates", *given, "--set", "model.batch_size=8")
    text = yaml.safe_load(world.use_case("toy-rates").read_text(encoding="utf-8"))
    assert text["model"]["epochs"] == 2 and text["model"]["batch_size"] == 8


def test_a_use_case_of_retrieval_gets_its_index_in_dvc(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_and_dvc(world.folder, monkeypatch)
    repository = Path(__file__).parents[2]
    for name in ("dvc.yaml", "params.yaml"):
        (world.folder / name).write_bytes((repository / name).read_bytes())
    write_queries(tmp_path / "seek", sizes=(300, 60, 80))
    given = ["seek", "--family", "retrieval", "--from", str(tmp_path / "seek")]
    done = here(world, "new", *given, "--json")
    assert done.status == 0 and json.loads(done.out)["accepted"], done.text
    params = yaml.safe_load((world.folder / "params.yaml").read_text(encoding="utf-8"))
    assert params["retrieval"]["seek"] == {
        "family": "retrieval",
        "calls": "src/goldsmith/families/retrieval",
        "documents": "data/raw/seek",
    }
    assert "document-retrieval" in params["retrieval"]
    listed = subprocess.run(
        ["dvc", "stage", "list", "--name-only"], cwd=world.folder, capture_output=True, text=True
    )
    assert {"load@seek", "index@seek"} <= set(listed.stdout.split()), listed.stdout + listed.stderr
    # DVC refuses a stage whose section is not in the file, an empty one too.
    stages = yaml.safe_load((repository / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    wanted = {
        section
        for one in stages.values()
        if one["foreach"] in ("${use_cases}", "${retrieval}")
        for given in one["do"].get("params", [])
        for section in given.get("use_cases/${key}.yaml", [])
    }
    written = yaml.safe_load(world.use_case("seek").read_text(encoding="utf-8"))
    assert {"card", "index", "gates"} <= wanted <= set(written)
    steps(world, "seek")

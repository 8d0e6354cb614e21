"""dvc.yaml says what the stage table says, and `dvc repro` builds the same by the same functions."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from goldsmith import config, functions, pipeline
from tests.conftest import REPOSITORY

NAME = "financial-entities"
STAGES = yaml.safe_load((REPOSITORY / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
PARAMS = yaml.safe_load((REPOSITORY / "params.yaml").read_text(encoding="utf-8"))
USE_CASE = yaml.safe_load((REPOSITORY / "use_cases" / f"{NAME}.yaml").read_text(encoding="utf-8"))


INDEXED = "retrieval"  # the list in params.yaml of use cases that have what follows export
AFTER_EXPORT = [stage for found in pipeline.AFTER_EXPORT.values() for stage in found]
TABLES = {**pipeline.KINDS, "training": (*pipeline.TRAINING, *AFTER_EXPORT)}
ALL = [one for table in TABLES.values() for one in table]
KIND = {one.name: kind for kind, table in TABLES.items() for one in table}
BY_SOURCE = {"source", "profile", "results", "goldens", "pages"}  # DVC sees them as `profiles`


def read_from(name: str) -> str:
    """Where a stage finds what it reads, as dvc.yaml writes it."""
    if name.startswith(pipeline.RAW):
        return f"${{item.{name.removeprefix('raw_')}}}"
    return pipeline.stage(name, KIND[name]).out


def expected_deps(stage: pipeline.Stage) -> list[str]:
    folders = [read_from(name) for name in stage.reads]
    code = [name.replace("{family}", "families/${item.family}") for name in stage.code]
    own = ["${item.functions}"] if stage.functions else []
    own += ["${item.calls}"] if "{family}" in stage.code else []
    own += ["${item.documents}"] if stage in AFTER_EXPORT else []
    return [f.replace("{use_case}", "${key}") for f in (*folders, *stage.beside)] + [
        *(f"src/goldsmith/{c}" for c in code),
        *own,
    ]


@pytest.mark.parametrize("stage", ALL, ids=lambda stage: stage.name)
def test_every_stage_stands_in_dvc_yaml(stage: pipeline.Stage) -> None:
    found = STAGES[stage.name]["do"]
    assert found["cmd"] == f"goldsmith step {stage.name} ${{key}} --profile ${{profile}}"
    assert sorted(found["deps"]) == sorted(expected_deps(stage))
    assert found["outs"] == [stage.out.replace("{use_case}", "${key}")]


def test_params_say_where_raw_goldens_lie() -> None:
    for name, item in PARAMS["use_cases"].items():
        source = config.load(name, PARAMS["profile"]).source
        generated = pipeline.stage("generate").out.format(use_case=name)
        assert (name in PARAMS["generated"]) == (source.kind == "generated")
        assert item["raw"] == PARAMS["generated"].get(name, getattr(source, "path", generated))
        loaded = config.load(name, PARAMS["profile"])
        assert item["family"] == loaded.section("model")["family"]
        called = getattr(loaded.model, "calls", ()) or (item["family"],)
        assert [item["calls"]] == [f"src/goldsmith/families/{one}" for one in called]


def test_params_say_where_both_sides_lie() -> None:
    for name, item in PARAMS["evaluations"].items():
        loaded = config.load_any(name, PARAMS["profile"])
        for side, path in item.items():
            source = getattr(loaded, side)
            assert path == getattr(source, "path", source if isinstance(source, str) else path)


@pytest.mark.parametrize("stage", ALL, ids=lambda stage: stage.name)
def test_the_sections_in_the_key_are_params(stage: pipeline.Stage) -> None:
    named = [p for p in STAGES[stage.name]["do"].get("params", []) if "use_cases/${key}.yaml" in p]
    params = set(named[0]["use_cases/${key}.yaml"]) if named else set()
    sections = {name.split(".")[0] for name in stage.sections} - BY_SOURCE
    assert sections <= params
    listed = "use_cases" if KIND[stage.name] == "training" else "evaluations"
    for name in PARAMS[INDEXED if stage in AFTER_EXPORT else listed]:
        file = yaml.safe_load(config.find(name).read_text(encoding="utf-8"))
        assert params <= set(file), f"DVC refuses params that the file of {name} does not have"


def test_use_cases_with_a_corpus_are_indexed() -> None:
    for name in PARAMS["use_cases"]:
        loaded = config.load(name, PARAMS["profile"])
        kind = loaded.source.reader.record.kind
        assert (name in PARAMS[INDEXED]) == (kind in pipeline.AFTER_EXPORT)
    for name, item in PARAMS[INDEXED].items():
        documents = config.load(name, PARAMS["profile"]).index.documents
        assert item["documents"] == documents or documents is None
        assert item["family"] == PARAMS["use_cases"][name]["family"]


def test_every_use_case_is_built_and_measured() -> None:
    metrics = yaml.safe_load((REPOSITORY / "dvc.yaml").read_text(encoding="utf-8"))["metrics"]
    assert sorted([*PARAMS["use_cases"], *PARAMS["evaluations"]]) == config.names()
    measured = {"use_cases": ("judge", "evaluate"), "evaluations": ("judge_results", "score")}
    assert metrics == [
        f"reports/{name}/{stage}/metrics.json"
        for name in config.names()
        for kind, stages in measured.items()
        if name in PARAMS[kind]
        for stage in stages
    ]


def uncovered(use_case: config.UseCase, item: dict[str, str]) -> list[str]:
    """The files of a use case's own functions that DVC would not see a change of."""
    return [
        name.removeprefix(functions.PROJECT)
        for stage in pipeline.TRAINING
        for name in pipeline.code_parts(stage, use_case)
        if name.startswith(functions.PROJECT)
        and not Path(name.removeprefix(functions.PROJECT)).is_relative_to(item["functions"])
    ]


def test_the_functions_of_use_cases_are_deps_of_the_stages_that_call_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(REPOSITORY)
    for name, item in PARAMS["use_cases"].items():
        assert uncovered(config.load(name, PARAMS["profile"]), item) == [], f"{name}, params.yaml"
    with_functions = config.load(
        NAME, overrides=["source.prepare=features.filings:clean", "splits.assign=features.years:of"]
    )
    monkeypatch.chdir(tmp_path)
    (tmp_path / "features").mkdir()
    (tmp_path / "features" / "filings.py").write_text("import features.words", encoding="utf-8")
    for other in ("words", "years"):
        (tmp_path / "features" / f"{other}.py").touch()
    assert uncovered(with_functions, {"functions": "features/filings.py"}) == [
        "features/words.py",
        "features/years.py",
    ]
    assert uncovered(with_functions, {"functions": "features"}) == []


def test_code_paths_exist() -> None:
    examples = {"training": NAME, "evaluation": "extraction-results"}
    missing = [
        path
        for stage in ALL
        for path in pipeline.code_paths(stage, config.load_any(examples[KIND[stage.name]])).values()
        if not path.exists()
    ]
    assert missing == []


@pytest.fixture
def tree(tmp_path: Path, tiny_base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git and DVC repository with the project's dvc.yaml and a tiny model."""
    folder = tmp_path / "tree"
    (folder / "use_cases").mkdir(parents=True)
    (folder / "src").symlink_to(REPOSITORY / "src")
    for beside in (pipeline.TOMBSTONES, pipeline.GOLDENS):
        (folder / beside).mkdir(parents=True)
    (folder / "dvc.yaml").write_text((REPOSITORY / "dvc.yaml").read_text(encoding="utf-8"))
    mine = {key: {NAME: PARAMS[key][NAME]} for key in ("use_cases", "generated")}
    judged = "extraction-results"
    mine |= {"evaluations": {judged: PARAMS["evaluations"][judged]}, INDEXED: {}}
    text = (REPOSITORY / "use_cases" / f"{judged}.yaml").read_text(encoding="utf-8")
    (folder / "use_cases" / f"{judged}.yaml").write_text(text, encoding="utf-8")
    (folder / "params.yaml").write_text(yaml.safe_dump(PARAMS | mine), encoding="utf-8")
    tiny = {"base": str(tiny_base), "epochs": 4, "learning_rate": 0.003, "head_learning_rate": 0.01}
    use_case = USE_CASE | {"model": USE_CASE["model"] | tiny | {"freeze_embeddings": False}}
    use_case["validation"] = {"min_test_support": 5}
    use_case["profiles"]["demo"]["source"]["options"] = {
        "train": 400,
        "validation": 60,
        "test": 100,
    }
    path = folder / "use_cases" / f"{NAME}.yaml"
    path.write_text(yaml.safe_dump(use_case, sort_keys=False), encoding="utf-8")
    bin_folder = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", f"{bin_folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for command in (
        ["git", "init", "-q"],
        ["dvc", "init", "-q"],
        ["git", "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "start"],
    ):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


def dvc(tree: Path, *arguments: str) -> str:
    done = subprocess.run(["dvc", *arguments], cwd=tree, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.slow
def test_repro_builds_to_verdict_and_then_has_nothing_to_do(tree: Path) -> None:
    dvc(tree, "repro")
    verdict = json.loads((tree / f"reports/{NAME}/judge/verdict.json").read_text(encoding="utf-8"))
    assert (tree / f"models/{NAME}/exported/model/onnx/int8/model.onnx").is_file()
    assert verdict["estimate"] == "test" and verdict["champion_seen"] is None
    judged = tree / "reports/extraction-results/judge_results"
    assert json.loads((judged / "verdict.json").read_text(encoding="utf-8"))["passed"] is True
    assert (judged / "report.html").is_file()
    assert "up to date" in dvc(tree, "repro")

    shown = dvc(tree, "metrics", "show", "--json")  # below it: what the other use cases lack
    metrics = json.loads(shown.partition("\n")[0])
    files = metrics[""]["data"]
    assert 0 < files[f"reports/{NAME}/judge/metrics.json"]["data"]["micro.f1"] <= 1
    dvc(tree, "plots", "show", "-o", "plots")
    assert (tree / "plots" / "index.html").is_file()

    text = (tree / "use_cases" / f"{NAME}.yaml").read_text(encoding="utf-8")
    (tree / "use_cases" / f"{NAME}.yaml").write_text(text.replace("min: 0.75", "min: 0.7"))
    changed = dvc(tree, "params", "diff")
    assert "gates.metrics" in changed and "0.7" in changed
    again = dvc(tree, "repro")
    assert f"Running stage 'judge@{NAME}'" in again
    assert f"Running stage 'train@{NAME}'" not in again

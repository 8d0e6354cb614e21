"""dvc.yaml says what the stage table says, and `dvc repro` builds the same by the same functions."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from goldsmith import config, pipeline
from tests.conftest import REPOSITORY

NAME = "financial-entities"
STAGES = yaml.safe_load((REPOSITORY / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
USE_CASE = yaml.safe_load((REPOSITORY / "use_cases" / f"{NAME}.yaml").read_text(encoding="utf-8"))


def expected_deps(stage: pipeline.Stage) -> list[str]:
    folders = ["${item.raw}" if r == pipeline.RAW else pipeline.stage(r).out for r in stage.reads]
    code = [name.replace("{family}", "families/${item.family}") for name in stage.code]
    return [f.replace("{use_case}", "${key}") for f in (*folders, *stage.beside)] + [
        f"src/goldsmith/{c}" for c in code
    ]


@pytest.mark.parametrize("stage", pipeline.TRAINING, ids=lambda stage: stage.name)
def test_every_stage_stands_in_dvc_yaml(stage: pipeline.Stage) -> None:
    found = STAGES[stage.name]["do"]
    assert found["cmd"] == f"goldsmith step {stage.name} ${{key}} --profile ${{profile}}"
    assert sorted(found["deps"]) == sorted(expected_deps(stage))
    assert found["outs"] == [stage.out.replace("{use_case}", "${key}")]


def test_params_say_where_raw_goldens_lie() -> None:
    params = yaml.safe_load((REPOSITORY / "params.yaml").read_text(encoding="utf-8"))
    for name, item in params["use_cases"].items():
        source = config.load(name, params["profile"]).source
        generated = pipeline.stage("generate").out.format(use_case=name)
        assert (name in params["generated"]) == (source.kind == "generated")
        assert item["raw"] == params["generated"].get(name, getattr(source, "path", generated))
        assert item["family"] == config.load(name, params["profile"]).section("model")["family"]


@pytest.mark.parametrize("stage", pipeline.TRAINING, ids=lambda stage: stage.name)
def test_the_sections_in_the_key_are_params(stage: pipeline.Stage) -> None:
    named = [p for p in STAGES[stage.name]["do"].get("params", []) if "use_cases/${key}.yaml" in p]
    params = set(named[0]["use_cases/${key}.yaml"]) if named else set()
    sections = {name.split(".")[0] for name in stage.sections} - {"source", "profile"}
    assert sections <= params
    assert params <= set(USE_CASE), "DVC refuses params that the file does not have"


def test_code_paths_exist() -> None:
    loaded = config.load(NAME)
    missing = [
        p for s in pipeline.TRAINING for p in pipeline.code_paths(s, loaded) if not p.exists()
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
    for name in ("dvc.yaml", "params.yaml"):
        (folder / name).write_text((REPOSITORY / name).read_text(encoding="utf-8"))
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
    assert "up to date" in dvc(tree, "repro")

    metrics = json.loads(dvc(tree, "metrics", "show", "--json"))
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

"""goldsmith run, end to end: what a user gets from a first, a second and every later run."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.command import World, ended_well
from tests.toys import sentence, write_goldens

SAMPLE = "interest was paid at 4.5 % per annum under the agreement of $ 1,250"


@pytest.fixture(scope="module")
def again(trained: World) -> dict[str, Any]:
    """The answer of a second, equal run in the trained world."""
    return trained.train()


def verdict_of(answer: dict[str, Any]) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(
        (Path(answer["folders"]["judge"]) / "verdict.json").read_text(encoding="utf-8")
    )
    return value


def test_first_run_ends_with_a_champion_and_its_tables(trained: World) -> None:
    text = (trained.home.parent / "first-run.txt").read_text(encoding="utf-8")
    assert trained.aliases() == {"champion": 1}
    assert trained.tags(1)["verdict"] == "passed"
    assert trained.tags(1)["source"] == "files"
    for stage in ("raw", "prepared"):
        assert trained.tags(1)[f"validation.{stage}"].startswith("passed")
    for part in (
        "Figures of",
        "Gates",
        "ONNX",
        "Time",
        "micro",
        "Rate",
        "Amount",
        "toy.demo version 1",
    ):
        assert part in text
    assert "Traceback" not in text
    assert "Nothing new" not in text


def test_first_run_passes_every_gate_on_named_files(again: dict[str, Any]) -> None:
    verdict = verdict_of(again)
    assert verdict["passed"]
    assert verdict["estimate"] == "test"
    assert verdict["champion_seen"] is None
    gates = {(gate["name"], gate["variant"]): gate for gate in verdict["gates"]}
    assert gates["micro.f1", verdict["chosen"]]["value"] >= 0.5
    assert ("parity.agreement", "fp32") in gates and ("parity.agreement", "int8") in gates
    model = Path(again["folders"]["export"]) / "model"
    from goldsmith.artifacts import file_sha256

    for variant in verdict["variants"]:
        assert file_sha256(model / "onnx" / variant["name"] / "model.onnx") == variant["sha256"]


def test_report_is_one_page_that_works_offline(again: dict[str, Any]) -> None:
    page = (Path(again["folders"]["judge"]) / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page and "Rate" in page and "Amount" in page
    assert 'src="http' not in page and 'href="http' not in page


def test_second_run_trains_nothing_and_finds_the_version_again(
    trained: World, again: dict[str, Any]
) -> None:
    assert all(again["cached"].values())
    assert (again["version"], again["new"], again["outcome"]) == (1, False, "champion")
    assert trained.versions() == [1]
    assert len(trained.made("train")) == 1


def test_model_folder_opens_with_transformers(again: dict[str, Any]) -> None:
    from transformers import pipeline

    folder = str(Path(again["folders"]["train"]) / "final")
    found = pipeline("token-classification", model=folder)(SAMPLE)
    assert {item["entity"] for item in found} & {"B-Rate", "I-Rate", "B-Amount"}


@pytest.mark.parametrize("variant", ["fp32", "int8"])
def test_onnx_folder_opens_with_optimum(again: dict[str, Any], variant: str) -> None:
    from optimum.pipelines import pipeline

    folder = str(Path(again["folders"]["export"]) / "model" / "onnx" / variant)
    found = pipeline("token-classification", model=folder, accelerator="ort")(SAMPLE)
    assert {item["entity"] for item in found} & {"B-Rate", "I-Rate", "B-Amount"}


def test_changed_gate_rejudges_without_training_and_refuses(champion: World) -> None:
    strict = ("--set", "gates.metrics={micro.f1: {min: 1.0}}")
    answer = champion.train(*strict)
    assert answer["cached"]["train"] and answer["cached"]["export"]
    assert not answer["cached"]["judge"]
    assert (answer["version"], answer["outcome"]) == (2, "refused")
    assert not verdict_of(answer)["passed"]
    assert champion.aliases() == {"champion": 1}
    assert champion.tags(2)["verdict"] == "refused"

    done = champion.run("run", "toy", "--require-promotion", *strict)
    assert done.status == 3, done.text
    assert "refused" in done.text and "Traceback" not in done.text
    assert champion.versions() == [1, 2]


def test_tie_keeps_the_champion(champion: World) -> None:
    done = champion.run(
        "run", "toy", "--json", "--require-promotion", "--set", "gates.max_size_mb=140"
    )
    assert done.status == 3, done.text
    answer = json.loads(done.out)
    assert (answer["version"], answer["outcome"], answer["champion"]) == (2, "kept", 1)
    assert "not shown to be better" in answer["reason"]
    assert champion.aliases() == {"champion": 1}


@pytest.mark.slow
def test_better_version_becomes_champion(fresh: World, trained: World) -> None:
    weak = ("--set", "model.epochs=3", "--set", "gates.metrics={micro.f1: {min: 0.05}}")
    lenient = (
        "--set",
        "gates.variants={fp32: {min_agreement: 0.9}, int8: {min_agreement: 0.5, max_loss: 0.3}}",
    )
    first = fresh.train(*weak, *lenient)
    assert first["outcome"] == "promoted"
    # The better model was trained before, in the other home: its artifacts are found by their keys.
    for stage in ("train", "evaluate", "export"):
        shutil.copytree(
            trained.home / "artifacts" / stage, fresh.home / "artifacts" / stage, dirs_exist_ok=True
        )
    second = fresh.train()
    assert second["cached"]["train"]
    assert (second["version"], second["outcome"]) == (2, "promoted")
    assert fresh.aliases() == {"champion": 2}
    # The weak one again: registered before, it passes its gates, and loses.
    done = fresh.run("run", "toy", "--json", "--require-promotion", *weak, *lenient)
    assert done.status == 3, done.text
    worse = json.loads(done.out)
    assert (worse["version"], worse["new"], worse["outcome"]) == (1, False, "kept")
    assert fresh.aliases() == {"champion": 2}


@pytest.mark.slow
def test_other_data_are_adhoc_and_never_move_the_alias(champion: World) -> None:
    shutil.copytree(champion.folder / "data" / "raw" / "toy", champion.folder / "elsewhere")
    answer = champion.train("--path", "elsewhere")
    assert (answer["version"], answer["outcome"], answer["champion"]) == (2, "adhoc", 1)
    assert champion.tags(2)["source"] == "adhoc"
    assert champion.aliases() == {"champion": 1}


def test_adhoc_is_no_champion_even_where_there_is_none(fresh: World, trained: World) -> None:
    shutil.copytree(trained.home / "artifacts", fresh.home / "artifacts")
    answer = fresh.train("--path", str(trained.folder / "data" / "raw" / "toy"))
    assert (answer["outcome"], answer["champion"]) == ("adhoc", None)
    assert fresh.aliases() == {}


@pytest.mark.slow
def test_collapse_is_named_and_registers_nothing(champion: World) -> None:
    # The head alone learns in so short a time, and what it learns is that most words are O.
    small = ("--set", "model.epochs=1", "--set", "model.learning_rate=1.0e-6")
    exports = champion.made("export")
    done = champion.run("run", "toy", *small)
    ended_well(done, 1, "training collapsed", "micro.f1 is 0", "model.learning_rate")
    assert champion.versions() == [1]
    assert champion.made("export") == exports
    # The trained model is kept, the refusal too: it must not pass on a second try.
    ended_well(champion.run("run", "toy", *small), 1, "training collapsed")
    assert champion.aliases() == {"champion": 1}


@pytest.mark.nightly
def test_folds_first_is_champion_later_ones_are_candidates(fresh: World) -> None:
    path = fresh.use_case()
    text = path.read_text(encoding="utf-8") + "splits: {folds: 3}\n"
    path.write_text(text, encoding="utf-8")
    first = fresh.train()
    verdict = verdict_of(first)
    assert verdict["estimate"] == "folds"
    assert first["outcome"] == "promoted"
    counts = json.loads((Path(first["folders"]["prepare"]) / "counts.json").read_text("utf-8"))
    assert set(counts["records"]) == {"fold-0", "fold-1", "fold-2"}
    scores = json.loads(
        (Path(first["folders"]["export"]) / f"{verdict['chosen']}.scores.json").read_text("utf-8")
    )
    assert len(scores["records"]) == sum(counts["records"].values())

    second = fresh.train("--set", "gates.max_size_mb=140")
    assert second["cached"]["train"]
    assert (second["outcome"], second["champion"]) == ("candidate", 1)
    assert fresh.aliases() == {"champion": 1, "candidate": 2}

    own = write_goldens(fresh.folder / "own", seed=5, sizes=(1, 1, 120)) / "test.jsonl"
    path.write_text(f"{text}goldens: {own}\n", encoding="utf-8")
    third = fresh.train("--set", "gates.max_size_mb=130")
    assert verdict_of(third)["goldens_md5"]
    assert (third["outcome"], third["champion"]) == ("kept", 1)
    assert "documents" in third["reason"]


def test_sample_sentences_are_learnable() -> None:
    """The tiny goldens hold both labels, or every test above would prove little."""
    import random

    tags = {tag for seed in range(20) for tag in sentence(random.Random(seed))[1]}
    assert tags == {"O", "B-Rate", "I-Rate", "B-Amount"}

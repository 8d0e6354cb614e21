"""goldens: apart from training data: the only test set, never trained on, with a hash of its own."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from goldsmith import config, gates, pipeline
from goldsmith.config.gates import Gates
from goldsmith.curation import fixed
from goldsmith.errors import ConfigError
from goldsmith.prepared import FINAL, Prepared
from goldsmith.stages import load
from tests.cli.test_new import git_and_dvc
from tests.toys import TINY_SETTINGS, write_goldens

HEAD = "goldens: data/goldens/toy\n"


@pytest.fixture
def use_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A use case with a fixed test set of 30 sentences, two of which stand in its training data."""
    source = write_goldens(tmp_path / "data" / "raw" / "toy")
    apart = write_goldens(tmp_path / "data" / "goldens" / "toy", seed=7, sizes=(0, 0, 30))
    for name in ("train", "validation"):
        (apart / f"{name}.jsonl").unlink()
    rows = [json.loads(line) for line in lines(source / "train.jsonl")]
    long = [row for row in rows if len(row["tokens"]) > 12][:2]
    for row, number in zip(long, ("copy", "other"), strict=True):
        again = {**row, "id": number, "tokens": [word.upper() for word in row["tokens"]]}
        if number == "other":
            again["ner_tags"] = ["B-Rate"] + ["O"] * (len(row["tokens"]) - 1)
        with (apart / "test.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(again) + "\n")
    (tmp_path / "use_cases").mkdir()
    path = tmp_path / "use_cases" / "toy.yaml"
    path.write_text(HEAD + TINY_SETTINGS.format(base="packaged:minilm"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def prepared() -> tuple[Prepared, Path]:
    loaded = config.load("toy")
    made = {"raw": pipeline.raw(loaded).folder}
    for stage in ("load", "validate_raw", "prepare"):
        made[stage] = pipeline.run_stage(stage, loaded, made).folder
    pipeline.run_stage("validate_prepared", loaded, made)
    return Prepared(made["prepare"]), made["load"]


def texts(view: Any) -> set[str]:
    return {record.text.lower() for record in view}


def test_they_are_the_test_set_and_training_holds_none_of_their_texts(use_case: Path) -> None:
    data, loaded = prepared()
    held = list(data.heldout(FINAL))
    assert len(held) == 32 and all(record.id.startswith("goldens:") for record in held)
    assert not texts(held) & (texts(data.training(FINAL)) | texts(data.validation(FINAL)))
    dropped = data.counts["dropped"]
    assert dropped["test_of_source"]["records"] + dropped["text_in_goldens"]["records"] > 80
    assert dropped["text_in_goldens"]["records"] >= 2, (
        "the copies in training go, whatever their tags"
    )
    facts = load.read_facts(loaded)
    assert facts["goldens"] == 32 and facts["goldens_md5"].endswith(".dir")
    assert facts["goldens_md5"] == fixed.md5(config.load("toy"))


def test_a_source_of_training_and_validation_alone_keeps_its_division(use_case: Path) -> None:
    Path("data/raw/toy/test.jsonl").unlink()
    data, _ = prepared()
    validation = {json.loads(line)["id"] for line in lines(Path("data/raw/toy/validation.jsonl"))}
    assert {record.id for record in data.validation(FINAL)} <= validation
    assert len(data.validation(FINAL)) > 50 and len(data.heldout(FINAL)) == 32


def test_with_folds_they_stay_apart_from_every_fold(use_case: Path) -> None:
    use_case.write_text(use_case.read_text(encoding="utf-8") + "splits: {folds: 3}\n", "utf-8")
    data, _ = prepared()
    assert set(data.counts["records"]) == {"fold-0", "fold-1", "fold-2", "test"}
    apart = texts(data.heldout(FINAL))
    assert len(data.heldout(FINAL)) == 32 and "test_of_source" not in data.counts["dropped"]
    for part in data.parts:
        assert not apart & texts(data.training(part))
    assert not any(apart & texts(data.heldout(part)) for part in data.judged_parts)


def test_another_test_set_is_another_key_and_the_source_keeps_its_md5(use_case: Path) -> None:
    _, before = prepared()
    path = Path("data/goldens/toy/test.jsonl")
    path.write_text("".join(f"{line}\n" for line in lines(path)[:-1]), encoding="utf-8")
    _, after = prepared()
    old, new = load.read_facts(before), load.read_facts(after)
    assert old["md5"] == new["md5"] and old["goldens_md5"] != new["goldens_md5"]
    assert (old["goldens"], new["goldens"]) == (32, 31)


def test_a_reader_of_its_own(use_case: Path) -> None:
    rows = [json.loads(line) for line in lines(Path("data/goldens/toy/test.jsonl"))]
    text = "\n\n".join(
        "\n".join(f"{w}\t{t}" for w, t in zip(row["tokens"], row["ner_tags"], strict=True))
        for row in rows
    )
    Path("own.conll").write_text(text + "\n", encoding="utf-8")
    own = "goldens: {path: own.conll, reader: {format: conll}}\n"
    whole = use_case.read_text(encoding="utf-8")
    use_case.write_text(whole.replace(HEAD, own), encoding="utf-8")
    assert len(list(fixed.records(config.load("toy")))) == 32
    wrong = "goldens: {path: own.conll, reader: {format: texts}}\n"
    use_case.write_text(whole.replace(HEAD, wrong), encoding="utf-8")
    with pytest.raises(ConfigError, match="format texts makes labelled_text records"):
        fixed.reader(config.load("toy"))


def test_without_goldens_nothing_changes(use_case: Path) -> None:
    use_case.write_text(use_case.read_text(encoding="utf-8").replace(HEAD, ""), encoding="utf-8")
    loaded = config.load("toy")
    assert fixed.digest(loaded) == fixed.md5(loaded) == "" and list(fixed.records(loaded)) == []
    data, _ = prepared()
    assert len(data.heldout(FINAL)) == 80 and "text_in_goldens" not in data.counts["dropped"]


def test_a_pointer_alone_is_pulled_and_names_the_same_md5(
    use_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_and_dvc(Path(), monkeypatch)
    subprocess.run(["dvc", "add", "-q", "data/goldens/toy"], check=True, capture_output=True)
    pointer = yaml.safe_load(Path("data/goldens/toy.dvc").read_text(encoding="utf-8"))
    shutil.rmtree("data/goldens/toy")
    loaded = config.load("toy")
    assert len(list(fixed.records(loaded))) == 32
    assert fixed.md5(loaded) == pointer["outs"][0]["md5"]


def test_a_verdict_of_before_is_read_and_a_new_one_names_its_test_set() -> None:
    verdict = gates.judge([], "fp32", Gates(), "micro.f1", "test", "aa", "bb.dir", "cc.dir")
    written = gates.as_json(verdict)
    assert written["goldens_md5"] == "cc.dir" and gates.from_json(written) == verdict
    del written["goldens_md5"]
    assert gates.from_json(written).goldens_md5 == ""

"""The real FiNER piece: read by names and by the hub's integers, and trained on by folds."""

import json
from pathlib import Path

import pytest

from goldsmith import config, pipeline
from goldsmith.families import bootstrap
from goldsmith.readers.tokens import packaged_names
from goldsmith.stages import judge
from goldsmith.stages.load import read_records

NAME = "financial-entities"
STAGES = ("load", "validate_raw", "prepare", "validate_prepared", "train", "evaluate", "export")


@pytest.fixture
def finer(datasets_folder: Path) -> Path:
    return datasets_folder / "financial_entity_tagging" / "finer139_tokens"


def load(path: Path, *overrides: str) -> config.UseCase:
    return config.load(NAME, source="files", path=str(path), overrides=overrides)


def chain(loaded: config.UseCase, stages: tuple[str, ...]) -> dict[str, Path]:
    made = {"raw": pipeline.raw(loaded).folder}
    for stage in stages:
        made[stage] = pipeline.run_stage(stage, loaded, made).folder
    return made


def test_the_hubs_integers_read_as_the_same_records(finer: Path, tmp_path: Path) -> None:
    number = {name: place for place, name in enumerate(packaged_names("finer139"))}
    lines = (finer / "train.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    as_numbers = [row | {"ner_tags": [number[tag] for tag in row["ner_tags"]]} for row in rows]
    (tmp_path / "train.jsonl").write_text("\n".join(map(json.dumps, as_numbers)), encoding="utf-8")
    named = list(read_records(chain(load(finer), ("load",))["load"]))
    numbered = list(read_records(chain(load(tmp_path), ("load",))["load"]))
    assert named == numbered
    assert len(named) == 1380


def test_every_kept_mention_is_held_out_once(finer: Path) -> None:
    loaded = load(finer)
    folder = chain(loaded, STAGES[:4])["prepare"]
    mentions = json.loads((folder / "counts.json").read_text(encoding="utf-8"))["mentions"]
    assert sorted(mentions) == [f"fold-{number}" for number in range(5)]
    assert sum(count for fold in mentions.values() for count in fold.values()) == 228


@pytest.mark.nightly
def test_a_short_recipe_learns_by_folds(finer: Path, tmp_path: Path) -> None:
    kept = tuple(load(finer).prepare.keep_labels or ())
    lines = (finer / "train.jsonl").read_text(encoding="utf-8").splitlines()
    positive = [line for line in lines if any(f'"B-{label}"' in line for label in kept)]
    negative = [line for line in lines if line not in set(positive)][: len(positive)]
    (tmp_path / "train.jsonl").write_text("\n".join(positive + negative), encoding="utf-8")
    short = load(tmp_path, "splits.folds=2", "model.epochs=4", "model.freeze_layers=4")
    made = chain(short, STAGES)
    made["judge"] = pipeline.run_stage("judge", short, made).folder
    verdict, report = judge.read_verdict(made["judge"]), judge.read_report(made["judge"])
    assert verdict.estimate == "folds"
    assert sum(row.support for row in report.labels) == 228
    assert report.metrics["micro.f1"] > 0.1
    assert {gate.name for gate in verdict.gates} >= {"parity.agreement", "size_mb", "micro.f1"}


@pytest.mark.nightly
@pytest.mark.timeout(4 * 3600)
def test_the_recipe_beats_the_first_one_under_the_same_folds(finer: Path) -> None:
    from benchmarks.finer_folds import scores

    first, _ = scores("baseline", 13, finer, [])
    recipe, _ = scores("recipe", 13, finer, [])
    gain = bootstrap.paired_bootstrap(recipe, first, "micro.f1")
    assert gain.low > 0, gain

"""evaluate and compare as a user types them, on a trained champion."""

import json
import shutil
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from goldsmith.contests import sides
from goldsmith.errors import UserError
from goldsmith.families.token_classification import TokenClassification
from goldsmith.records import LabelledText
from goldsmith.registry import versions
from tests.cli.here import here
from tests.command import World, ended_well
from tests.contests.hand_made import FAMILY, test_records


def answer(world: World, *arguments: str) -> dict[str, Any]:
    done = here(world, *arguments, "--json")
    assert done.status == 0, done.text
    value: dict[str, Any] = json.loads(done.out)
    return value


def test_a_version_its_recorded_answers_and_the_report_say_the_same(champion: World) -> None:
    (judged,) = champion.made("judge")
    report = json.loads((judged / "report.json").read_text(encoding="utf-8"))
    versions = champion.versions()
    found = answer(champion, "evaluate", "toy@1", "--output", "scores.json")
    assert found["metrics"]["micro.f1"]["value"] == pytest.approx(report["metrics"]["micro.f1"])
    assert found["records"] == 80 and found["left_out"] == 0 and found["side"]["version"] == 1
    assert found["labels"]["Rate"]["support"] > 10 and found["slices"]["with entities"]["records"]
    assert [(one["name"], one["passed"]) for one in found["gates"]] == [("micro.f1", True)]
    assert json.loads((champion.folder / "scores.json").read_text(encoding="utf-8")) == found
    text = here(champion, "evaluate", "toy").out
    assert "micro.f1" in text and "toy@1" in text and "Absolute gates" in text

    test = "data/raw/toy/test.jsonl"
    assert here(champion, "predict", "toy", "--input", test, "--output", "own.jsonl").status == 0
    recorded = answer(champion, "evaluate", "toy", "--predictions", "own.jsonl")
    assert recorded["metrics"] == found["metrics"] and recorded["notes"] == []
    others = answer(champion, "evaluate", "toy@1", "--input", test)
    assert others["metrics"] == found["metrics"] and others["goldens"] == test

    own = answer(champion, "compare", "toy@1", "--predictions", "own.jsonl")
    assert own["flips"] == [] and own["both_right"] + own["both_wrong_alike"] == 80
    done = here(champion, "compare", "toy@1", "toy@champion", "--output", "page.html")
    assert done.status == 0 and "compared with itself" in done.out and "page.html" in done.out
    assert "toy@1 against toy@champion (version 1)" in done.out
    assert "No difference shown" in (champion.folder / "page.html").read_text(encoding="utf-8")
    assert champion.versions() == versions and champion.aliases() == {"champion": 1}

    nowhere = here(champion, "evaluate", "toy@1", "--input", "/nonexistent")
    ended_well(nowhere, 2, "/nonexistent: no such file or folder: --input takes")
    trained = "data/raw/toy/train.jsonl"
    ended_well(
        here(champion, "evaluate", "toy@1", "--input", trained), 2, "toy@1", "trained on all"
    )
    mixed = champion.folder / "mixed"
    mixed.mkdir()
    for name in ("train", "test"):
        shutil.copy(champion.folder / f"data/raw/toy/{name}.jsonl", mixed / f"{name}.jsonl")
    found = answer(champion, "evaluate", "toy@1", "--input", "mixed")
    assert (found["records"], found["left_out"]) == (80, 200)
    assert any("was trained on 200 of the records" in one for one in found["remarks"])


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["evaluate", "toy@7"], ["no version '7'", "valid: 1, champion"]),
        (["evaluate", "toy@champoin"], ["'champoin'", "did you mean champion?"]),
        (["evaluate", "tow@1"], ["unknown use case 'tow'", "did you mean toy?"]),
        (["compare", "toy@1", "toy@2"], ["no version '2'"]),
        (["compare", "toy@1"], ["give two versions", "--predictions"]),
        (["compare", "toy@1", "toy@1", "--predictions", "bad.jsonl"], ["give two versions"]),
        (["evaluate", "toy@1", "--predictions", "bad.jsonl"], ["not both", "goldsmith compare"]),
        (["evaluate", "toy", "--predictions", "none.jsonl"], ["none.jsonl: no such file"]),
        (["evaluate", "toy", "--predictions", "bad.jsonl"], ["bad.jsonl:2:1", "not JSON"]),
        (["evaluate", "toy", "--predictions", "others.jsonl"], ["none of its 1 ids", "'z'"]),
        (["evaluate", "toy@1", "--input", "nowhere"], ["nowhere"]),
        (["evaluate", "toy@1", "--input", "bad.jsonl"], ["bad.jsonl:1", "ner_tags"]),
        (["evaluate", "toy@1", "--input", "twice.jsonl"], ["ids that stand twice: s1"]),
        (["evaluate", "toy@1", "--input", "uneven.jsonl"], ["none of the 1 records", "length"]),
        (["evaluate", "toy@1", "--input", "empty.jsonl"], ["empty.jsonl", "no record"]),
        (["evaluate", "toy", "--output", "bad.jsonl", "--predictions", "bad.jsonl"], ["bad.jsonl"]),
    ],
)  # fmt: skip
def test_mistakes_are_named_with_what_would_be_right(
    looked_at: World, arguments: list[str], parts: list[str]
) -> None:
    ended_well(here(looked_at, *arguments), 2, *parts)
    assert not (looked_at.folder / "reports").exists()


class Texts(TokenClassification):
    record: ClassVar[Any] = LabelledText


def test_a_version_of_another_familys_records_is_refused(
    looked_at: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOLDSMITH_HOME", str(looked_at.home))
    texts = replace(test_records(), family=Texts(**FAMILY.model_dump()))
    with pytest.raises(
        UserError, match=r"toy@1 is of family token_classification, .*labelled_text"
    ):
        sides.of_version("toy@1", versions.find("toy.demo", "1"), texts)


@pytest.fixture(scope="module")
def looked_at(trained: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A world with files that are at fault, for looking only."""
    world = trained.copy(tmp_path_factory.mktemp("looked"))
    files = {
        "bad.jsonl": '{"id": "s261", "prediction": []}\nno json\n',
        "others.jsonl": '{"id": "z", "prediction": []}\n',
        "twice.jsonl": '{"id": "s1", "tokens": ["a"], "ner_tags": ["O"]}\n' * 2,
        "uneven.jsonl": '{"id": "s1", "tokens": ["a", "b"], "ner_tags": ["O"]}\n',
        "empty.jsonl": "",
    }
    for name, text in files.items():
        (world.folder / name).write_text(text, encoding="utf-8")
    return world

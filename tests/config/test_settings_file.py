"""Settings from a JSON or YAML file: laid over the profile, below --set, wrong ones by their line."""

import json
from pathlib import Path
from typing import Any

import pytest

from goldsmith import config
from goldsmith.errors import ConfigError
from tests.config.test_load import TEXT

YAML = """\
model:
  epochs: 2
  learning_rate: 1.0e-4
gates:
  metrics:
    micro.f1: {min: 0.7}
"""
JSON = """\
{
\t"model": {
\t\t"epochs": 2, "learning_rate": 1e-4
\t},
\t"gates": {"metrics": {"micro.f1": {"min": 0.7}}}
}
"""


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "use_cases").mkdir()
    path = tmp_path / "use_cases" / "toy.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def loaded(name: str, text: str, **arguments: Any) -> config.UseCase:
    Path(name).write_text(text, encoding="utf-8")
    return config.load("toy", settings=config.read_settings(Path(name)), **arguments)


def refused(name: str, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        loaded(name, text)
    return str(caught.value)


@pytest.mark.parametrize(("name", "text"), [("mine.yaml", YAML), ("mine.json", JSON)])
def test_settings_lie_over_the_profile_and_below_set(name: str, text: str) -> None:
    found = loaded(name, text)
    model = found.model.model_dump()
    assert (model["epochs"], model["learning_rate"], model["base"]) == (2, 1e-4, "packaged:minilm")
    assert found.gates.metrics["micro.f1"].min == 0.7
    assert found.adhoc == ()
    assert loaded(name, text, overrides=["model.epochs=9"]).model.model_dump()["epochs"] == 9


def test_plain_values_mean_the_same_as_the_file() -> None:
    Path("mine.json").write_text(JSON, encoding="utf-8")
    layer = config.read_settings(Path("mine.json"))
    assert layer is not None
    assert config.load("toy", settings=layer) == config.load("toy", settings=layer.tree)
    with pytest.raises(ConfigError, match=r"settings model.epoch: unknown key 'model.epoch'"):
        config.load("toy", settings={"model": {"epoch": 2}})
    with pytest.raises(ConfigError, match="a run takes the values, only the command takes a file"):
        config.load("toy", settings="mine.json")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ('{"model": {"epochs": 2}}', ()),
        ('{"source": {"seed": 4}}', ("--settings source.seed=4",)),
        (
            '{"prepare": {"keep_labels": ["A"]}, "splits": {"test": 0.5}}',
            ('--settings prepare.keep_labels=["A"]', "--settings splits.test=0.5"),
        ),
    ],
)
def test_settings_of_data_mark_the_run(text: str, marks: tuple[str, ...]) -> None:
    assert loaded("mine.json", text).adhoc == marks


def test_the_path_of_the_command_wins_over_the_files() -> None:
    files = {"source": {"kind": "files", "path": "theirs.jsonl", "reader": {"format": "tokens"}}}
    found = loaded("mine.json", json.dumps(files), path="ours.jsonl")
    assert found.source.model_dump()["path"] == "ours.jsonl"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", JSON.replace("epochs", "epochz"), "a.json:3: unknown key 'model.epochz': did you mean epochs?"),
        ("a.yaml", YAML.replace("epochs", "epochz"), "a.yaml:2: unknown key 'model.epochz': did you mean epochs?"),
        ("a.json", JSON.replace('{"min"', '{"mn"'), "a.json:5: unknown key 'gates.metrics.micro.f1.mn': did you mean min"),
        ("a.json", JSON.replace(": 2,", ": 0,"), "a.json:3: model.epochs: Input should be greater than or equal to 1"),
        ("a.json", JSON.replace(": 2,", ": 2"), "a.json:3:15: not valid JSON: Expecting ',' delimiter"),
        ("a.json", "[" * 100_000, "a.json: not valid JSON"),
        ("a.json", '{"seed": 1, "seed": 2}', "a.json:1: key 'seed' stands twice"),
        ("a.json", "[1]", "a.json: settings are a mapping of sections"),
        ("a.json", "", "a.json:1:1: not valid JSON"),
        ("a.yaml", "", "a.yaml: settings are a mapping of sections"),
        ("a.yaml", "- a", "a.yaml: settings are a mapping of sections"),
        ("a.yaml", "a: [", "a.yaml:1:5: not valid YAML"),
        ("a.yaml", "profiles: {demo: {}}", "a.yaml:1: profiles: settings lie over the profile"),
        ("a.json", '{"name": "other"}', "a.json:1: unknown key 'name'"),
        ("a.json", '{"' + "k" * 2000 + '": 1}', "a.json: unknown key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_in_that_file(name: str, text: str, said: str) -> None:
    message = refused(name, text)
    assert said in message
    assert len(message) < 4500 and "toy.yaml" not in message


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "no.json", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(ConfigError, match=f"{path}: cannot be read: {said}"):
            config.read_settings(path)
    (tmp_path / "latin.json").write_bytes(b'{"title": "caf\xe9"}')
    with pytest.raises(ConfigError, match=r"latin\.json: byte 14 is not UTF-8"):
        config.read_settings(tmp_path / "latin.json")

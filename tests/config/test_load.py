"""Loading use cases: layers, overrides, and what is wrong said with place and near names."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from goldsmith import config
from goldsmith.errors import ConfigError

REPOSITORY = Path(__file__).parents[2]

TEXT = """\
title: Toy
model:
  family: token_classification
  base: packaged:minilm
  epochs: 3
gates:
  metrics:
    micro.f1: {min: 0.5}
profiles:
  demo:
    source: {kind: generated, generator: financial_entities}
    model: {epochs: 5}
  full:
    source:
      kind: files
      path: data/raw/toy
      reader: {format: tokens}
sources:
  mine:
    source: {kind: files, path: here.jsonl, reader: {format: tokens}}
    splits: {folds: 5}
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "use_cases" / "toy.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    return path


def refused(**arguments: object) -> str:
    with pytest.raises(ConfigError) as caught:
        config.load("toy", **arguments)
    message = str(caught.value)
    assert "\n" not in message or len(message.splitlines()) <= 6
    return message


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  epochs: 3", "  epochz: 3", "toy.yaml:5: unknown key 'model.epochz': did you mean epochs"),
        ("{min: 0.5}", "{mn: 0.5}", "toy.yaml:8: unknown key 'gates.metrics.micro.f1.mn': did you mean min"),
        ("title: Toy", "titel: Toy", "toy.yaml:1: unknown key 'titel': did you mean title"),
        ("title: Toy\n", "", "toy.yaml: title is missing"),
        ("  epochs: 3", "  dropout: high", "toy.yaml:5: model.dropout: Input should be a valid number"),
        ("epochs: 5", "epochs: 0", "toy.yaml:12: model.epochs: Input should be greater than or equal to 1"),
        ("{min: 0.5}", "{}", "toy.yaml:8: gates.metrics.micro.f1: give min or max"),
        ("token_classification", "token_clasification", "did you mean token_classification"),
        ("kind: generated", "kind: generate", "did you mean generated"),
        ("generator: fin", "generator: fim", "did you mean financial_entities"),
        ("  family: token_classification\n", "", "toy.yaml:11: model.family is missing"),
        ("model:\n", "- model:\n", "toy.yaml:2:1: not valid YAML"),
        ("title: Toy", "title: 'Toy", "not valid YAML"),
        ("title: Toy", "title: 2020-13-45", "not valid YAML"),
        ("  epochs: 3", "  base: other\n  epochs: 3", "toy.yaml:5: key 'base' stands twice"),
        ("title: Toy", "title: Toy\nname: other", "toy.yaml:2: unknown key 'name'"),
        ("title: Toy", "title: Toy\nadhoc: []", "toy.yaml:2: unknown key 'adhoc'"),
        ("title: Toy", "title: Toy\nprepare: {keep_labels: []}", "toy.yaml:2: prepare.keep_labels"),
        ("title: Toy", "title: Toy\nprepare: {keep_labels: [A, A]}", "'A' stands twice"),
        ("title: Toy", "title: Toy\nsplits: {folds: 1}", "toy.yaml:2: splits: one fold holds nothing out"),
        ("title: Toy", "title: Toy\nsplits: {test: 0.9}", "must leave a share for training"),
        ("title: Toy", "title: Toy\ngoldens: none.jsonl", "toy.yaml:2: goldens.path: no such file"),
        ("title: Toy", "title: Toy\npromotion: aproval", "toy.yaml:2: promotion.mode: no such mode: did you mean approval?"),
        ("title: Toy", "title: Toy\npromotion: {mode: approval, wait_hours: -1}", "toy.yaml:2: promotion.wait_hours: Input should be greater than or equal to 0"),
        ("title: Toy", "title: Toy\npromotion: {wait_hours: 2}", "it needs `mode: approval`"),
        (
            "title: Toy",
            "title: Toy\nbaseline: {patterns: [{label: A, pattern: '(x'}]}",
            "toy.yaml:2: baseline.patterns.0: not a regular expression",
        ),
        (
            "title: Toy",
            "title: Toy\nbaseline: {patterns: [{label: A, pattern: x}]}",
            "needs a named group",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(file: Path, old: str, new: str, said: str) -> None:
    assert old in TEXT
    file.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    assert said in refused()


@pytest.mark.parametrize("value", ["demo", "[demo]", "3"])
def test_profiles_that_are_no_mapping(file: Path, value: str) -> None:
    head = TEXT.partition("profiles:")[0]
    file.write_text(f"{head}profiles: {value}\n", encoding="utf-8")
    assert "toy.yaml:9: profiles must be a mapping" in refused()
    with pytest.raises(ConfigError, match="must be a mapping"):
        config.profiles("toy")


def test_a_profile_that_is_no_mapping(file: Path) -> None:
    head = TEXT.partition("profiles:")[0]
    file.write_text(f"{head}profiles:\n  demo: 3\n", encoding="utf-8")
    assert "toy.yaml:10: profiles.demo must be a mapping" in refused()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"title: \xff", "byte 7 is not UTF-8"),
        (b"- a\n- b\n", "a use case is a mapping of sections"),
        (b"", "a use case is a mapping of sections"),
    ],
)
def test_files_that_are_no_use_case(file: Path, content: bytes, said: str) -> None:
    file.write_bytes(content)
    assert said in refused()


def test_a_message_is_bounded(file: Path) -> None:
    wrong = "".join(f"wrong{number}: 1\n" for number in range(30))
    file.write_text(TEXT + wrong, encoding="utf-8")
    assert refused().splitlines()[-1] == "and 25 more"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"profile": "dem"}, "no profile 'dem': did you mean demo"),
        ({"source": "fils"}, "unknown source 'fils': did you mean files"),
        ({"source": "minee"}, "did you mean mine"),
        ({"overrides": ["model.epochs"]}, "write it as section.key=value"),
        ({"overrides": ["=3"]}, "write it as section.key=value"),
        ({"overrides": ["model..epochs=3"]}, "write it as section.key=value"),
        ({"overrides": ["model.epochs=[1"]}, "is not a YAML value"),
        ({"overrides": ["title=2020-13-45"]}, "is not a YAML value"),
        ({"overrides": ["title.x=3"]}, "'title' is a plain value"),
        ({"overrides": ["model.epochs=many"]}, "--set model.epochs: model.epochs: Input should be"),
        ({"overrides": ["model.epoch=3"]}, "--set model.epoch: unknown key 'model.epoch': did you"),
        ({"overrides": ["modle.epochs=3"]}, "unknown key 'modle': did you mean model"),
        ({"overrides": ["model=3"]}, "--set model: model.family is missing"),
        ({"overrides": ["profile=full"]}, "--set profile: unknown key 'profile'"),
        ({"overrides": ["name=other"]}, "--set name: unknown key 'name'"),
        ({"overrides": ["adhoc=[]"]}, "--set adhoc: unknown key 'adhoc'"),
    ],
)
@pytest.mark.usefixtures("file")
def test_wrong_arguments(arguments: dict[str, object], said: str) -> None:
    assert said in refused(**arguments)


def test_an_unknown_use_case(file: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"unknown use case 'toys' in use_cases/: did you mean toy\?"
    ):
        config.load("toys")
    with pytest.raises(ConfigError, match="unknown use case"):
        config.load("../use_cases/toy")


@pytest.mark.usefixtures("file")
def test_layers_lie_over_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = config.load("toy").model.model_dump()
    assert (settings["epochs"], settings["base"]) == (5, "packaged:minilm")
    assert config.load("toy", "full").model.model_dump()["epochs"] == 3
    assert config.load("toy", overrides=["model.epochs=7"]).model.model_dump()["epochs"] == 7
    monkeypatch.setenv("GOLDSMITH_PROFILE", "full")
    assert config.load("toy").profile == "full"


@pytest.mark.usefixtures("file")
def test_a_change_of_kind_replaces_the_section() -> None:
    found = config.load("toy", source="mine")
    assert found.source.model_dump()["path"] == "here.jsonl"
    assert found.splits.folds == 5
    assert "generator" not in found.source.model_dump()


@pytest.mark.usefixtures("file")
def test_values_of_overrides_are_yaml() -> None:
    given = ["prepare.keep_labels=[A, B]", "model.learning_rate=1e-4", "schedule.cron='0 6 * * 1'"]
    found = config.load("toy", overrides=given)
    assert found.prepare.keep_labels == ("A", "B")
    assert found.model.model_dump()["learning_rate"] == 1e-4
    assert found.schedule is not None and found.schedule.cron == "0 6 * * 1"


def test_null_takes_away_a_bound_of_a_layer_below() -> None:
    own = dict(config.load("policy-questions", "demo").gates.metrics)
    assert "unanswered.accuracy" in own
    less = config.load("policy-questions", "demo", ["gates.metrics.unanswered.accuracy=null"])
    assert dict(less.gates.metrics) == {
        name: bound for name, bound in own.items() if name != "unanswered.accuracy"
    }


@pytest.mark.usefixtures("file")
def test_a_key_with_a_dot_in_it_can_be_set() -> None:
    found = config.load("toy", overrides=["gates.metrics.micro.f1.min=0.8"])
    assert found.gates.metrics["micro.f1"].min == 0.8
    assert list(found.gates.metrics) == ["micro.f1"]


@pytest.mark.parametrize(
    ("arguments", "marks"),
    [
        ({}, ()),
        ({"overrides": ["model.epochs=2", "gates.min_support=1"]}, ()),
        ({"overrides": ["source.seed=4"]}, ("--set source.seed=4",)),
        ({"overrides": [" source.seed=4"]}, ("--set  source.seed=4",)),
        ({"overrides": ["prepare.negative_rate=0.1"]}, ("--set prepare.negative_rate=0.1",)),
        ({"source": "mine"}, ("--source mine",)),
        ({"profile": "full", "path": "x.jsonl"}, ("--path x.jsonl",)),
    ],
)
@pytest.mark.usefixtures("file")
def test_a_run_on_other_data_is_marked(
    arguments: dict[str, object], marks: tuple[str, ...]
) -> None:
    assert config.load("toy", **arguments).adhoc == marks


@pytest.mark.usefixtures("file")
def test_a_use_case_is_frozen_and_named() -> None:
    found = config.load("toy")
    with pytest.raises(ValidationError, match="frozen"):
        found.seed = 3
    assert found.model_name == "toy.demo"
    assert config.load("toy", "full").model_name == "toy"


def test_every_shipped_use_case_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    found = [(name, profile) for name in config.names() for profile in config.profiles(name)]
    assert ("financial-entities", "demo") in found
    assert all(config.load_any(*one).title for one in found)


def test_the_files_source_of_financial_entities(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    found = config.load("financial-entities", source="files", path="some/folder")
    assert found.splits.folds == 5
    assert found.adhoc == ("--source files", "--path some/folder")
    assert found.source.model_dump()["path"] == "some/folder"


def test_every_field_has_a_help_text() -> None:
    kind = config.usecase.use_case_type("token_classification", "files")
    sections = [kind, *(field.annotation for field in kind.model_fields.values())]
    models = [one for one in sections if hasattr(one, "model_fields")]
    bare = [n for one in models for n, field in one.model_fields.items() if not field.description]
    assert not bare


def test_every_shipped_use_case_shows_an_input_without_an_empty_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(REPOSITORY)
    for name in config.names():
        loaded = config.load_any(name, "demo")
        if isinstance(loaded, config.UseCase):
            assert loaded.gates.sample and all(loaded.gates.sample.values()), name

"""list, show, doctor, --version, --help: looking changes nothing."""

import json
import os
import subprocess
import sys

import pytest

from tests.command import World, ended_well


def answer(world: World, *arguments: str) -> object:
    done = world.run(*arguments, "--json")
    assert done.status == 0, done.text
    return json.loads(done.out)


def test_list_names_use_case_family_and_profiles(fresh: World) -> None:
    row = {"name": "toy", "title": "Toy rates and amounts", "family": "token_classification",
           "kind": "training", "profiles": ["demo"]}  # fmt: skip
    assert answer(fresh, "list") == [row]
    text = fresh.run("list").out
    assert all(word in text for word in ("toy", "token_classification", "demo"))
    assert not fresh.home.exists()


def test_list_goes_on_after_a_use_case_that_cannot_be_read(fresh: World) -> None:
    fresh.use_case("ill").write_text("title: Ill\nmodell: {}\n", encoding="utf-8")
    done = fresh.run("list", "--json")
    assert [row["name"] for row in json.loads(done.out)] == ["toy"]
    ended_well(done, 2, "ill.yaml")


def test_show_of_a_use_case_has_configuration_and_versions(trained: World) -> None:
    found = answer(trained, "show", "toy")
    assert isinstance(found, dict)
    assert found["model"] == "toy.demo"
    assert found["config"]["model"]["epochs"] == 6
    (version,) = found["versions"]
    assert (version["version"], version["aliases"], version["verdict"]) == (
        1,
        ["champion"],
        "passed",
    )


@pytest.mark.parametrize("target", ["toy@1", "toy@champion"])
def test_show_of_a_version_has_verdict_and_passport(trained: World, target: str) -> None:
    found = answer(trained, "show", target)
    assert isinstance(found, dict)
    assert found["version"]["number"] == 1
    assert found["verdict"]["passed"] is True
    passport = found["passport"]
    assert passport["use_case"] == "toy" and passport["seed"] == 13
    assert passport["data_md5"] == found["verdict"]["data_md5"]
    assert passport["config"]["model"]["learning_rate"] == 0.005
    made = {path.name for stage in passport["artifacts"] for path in trained.made(
        "snapshot" if stage == "raw" else stage)}  # fmt: skip
    assert set(passport["artifacts"].values()) <= made


def test_doctor_finds_all_well_and_says_what_is_not(trained: World) -> None:
    found = answer(trained, "doctor")
    assert isinstance(found, list)
    assert {row["what"] for row in found} >= {
        "python",
        "prefect",
        "MLflow store",
        "disk",
        "accelerator",
    }
    done = trained.run("doctor", "--json", MLFLOW_TRACKING_URI="http://127.0.0.1:9")
    assert done.status == 1
    (row,) = [row for row in json.loads(done.out) if row["what"] == "MLflow store"]
    assert not row["ok"] and "MLFLOW_TRACKING_URI" in row["remedy"]
    assert "Traceback" not in done.text


def test_help_is_light_and_has_examples(fresh: World) -> None:
    done = fresh.run("--help")
    assert done.status == 0 and "run" in done.out and "predict" in done.out
    for verb in ("list", "run", "step", "show", "predict", "doctor"):
        text = fresh.run(verb, "--help").out
        assert f"goldsmith {verb}" in text
    code = (
        "import sys; sys.argv = ['goldsmith', '--help']\n"
        "from goldsmith.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = ('torch', 'transformers', 'prefect', 'mlflow', 'datasets', 'pandas', 'dvc')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.stderr.strip() == "[]"


def test_version(fresh: World) -> None:
    from importlib.metadata import version

    assert fresh.run("--version").out.strip() == version("goldsmith")

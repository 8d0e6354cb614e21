"""show, verify, and predict without a verdict: what is known of a version, and what is noticed."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from goldsmith import config
from goldsmith.artifacts import file_hashes, file_sha256
from goldsmith.families import base
from goldsmith.prepared import FINAL, Prepared
from goldsmith.registry import registering
from goldsmith.registry.bundle import BUNDLE_TAG, VERDICT_TAG
from tests.cli.here import here
from tests.command import REPOSITORY, World, ended_well

SAMPLE = "interest was paid at 4.5 % per annum"


def answer(world: World, *arguments: str, status: int = 0) -> Any:
    done = here(world, *arguments, "--json")
    assert done.status == status, done.text
    return json.loads(done.out)


def states(world: World, target: str = "toy@1", status: int = 0) -> dict[str, str]:
    found = answer(world, "verify", target, status=status)
    assert found["holds"] == (status == 0)
    return {one["what"]: f"{one['state']}: {one['detail']}" for one in found["items"]}


def in_mlflow(world: World) -> Path:
    """The folder of version 1's bundle in MLflow's store."""
    (found,) = (world.home / "mlflow").rglob("artifacts/bundle/bundle.json")
    return found.parent


def forget_copies(world: World) -> None:
    """Delete what was fetched from MLflow; the copied world has it under another key anyway."""
    shutil.rmtree(world.home / "artifacts" / "bundle", ignore_errors=True)


def kept_here(world: World) -> Path:
    (found,) = world.made("bundle")
    return found


def edit(file: Path, **changes: Any) -> None:
    value = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**value, **changes}), encoding="utf-8")


def relist(bundle: Path) -> None:
    files = {name: one for name, one in file_hashes(bundle).items() if name != "bundle.json"}
    edit(bundle / "bundle.json", files=files)


def sql(world: World, text: str, *values: str) -> None:
    with closing(sqlite3.connect(world.home / "mlflow" / "mlflow.db")) as found, found:
        found.execute(text, values)


def test_a_champions_passport_is_whole_and_holds(trained: World) -> None:
    assert json.loads(here(trained, "predict", "toy", "--text", SAMPLE).out)["prediction"]
    found = states(trained)
    for what in ("bundle", "bundle, copy kept here", "passport", "verdict", "ledger, entry 1",
                 "promotion.json", "data", "config", "stages", "artifacts", "base"):  # fmt: skip
        assert found[what].startswith("holds: "), (what, found)
    assert found["lock"].startswith("cannot be checked here: there was no requirements.lock")
    passport = answer(trained, "show", "toy@1")["passport"]
    schema = json.loads((REPOSITORY / "docs/schemas/passport.json").read_text(encoding="utf-8"))
    jsonschema.validate(passport, schema)
    assert {"python", "torch", "onnxruntime", "goldsmith"} <= passport["libraries"].keys()
    assert passport["verdict_sha256"] == file_sha256(in_mlflow(trained) / "verdict.json")
    (made,) = trained.made("train")
    manifest = json.loads((made / "artifact.json").read_text(encoding="utf-8"))
    assert passport["stages"]["train"] == manifest["about"]["made_from"]
    assert passport["contents"]["train"] == manifest["content"]


def test_people_read_tables_and_mlflow_shows_the_card_and_the_tags(trained: World) -> None:
    text = here(trained, "show", "toy@1").out
    for part in ("toy.demo version 1 (champion)", "Verdict: passed", "micro.f1", "Passport",
                 "data md5", "onnxruntime", "Tags", "learning_rate: 0.005", "goldsmith verify toy@1"):  # fmt: skip
        assert part in text, part
    assert '"' not in text, "raw JSON"
    listing = here(trained, "show", "toy").out
    assert "champion" in listing and "promoted" in listing and "first" in listing
    assert "Nothing is changed or missing" in here(trained, "verify", "toy").out
    tags = trained.tags(1)
    assert (tags["verdict"], tags["seed"], tags["primary"]) == ("passed", "13", "micro.f1")
    assert tags["data_md5"].endswith(".dir") and float(tags["primary.value"]) > 0.5
    assert tags["base"].endswith("base0")
    ((card,),) = trained.query("select description from model_versions")
    assert card == (in_mlflow(trained) / "card.md").read_text(encoding="utf-8")
    assert "- data: not stated" in card, "a use case without a section `card:` has a card too"
    ((about,),) = trained.query("select description from registered_models")
    assert about.startswith("Toy rates and amounts: a model that Goldsmith trains")


def test_figures_of_the_verdict_are_of_the_very_files_that_answer(trained: World) -> None:
    bundle, (export,) = in_mlflow(trained), trained.made("export")
    verdict = json.loads((bundle / "verdict.json").read_text(encoding="utf-8"))
    measured = json.loads((export / "variants.json").read_text(encoding="utf-8"))
    assert {one["name"] for one in verdict["variants"]} == {"fp32", "int8"}
    for one in verdict["variants"]:
        file = f"onnx/{one['name']}/model.onnx"
        assert one["sha256"] == file_sha256(bundle / file) == file_sha256(export / "model" / file)
        assert one["sha256"] in {item["sha256"] for item in measured}
    # Scored again, from the registered file alone: the same figure to the last digit.
    family, facts = base.read_family(bundle)
    data = Prepared(trained.made("prepare")[0])
    records = data.heldout(FINAL)
    found = base.open(bundle, verdict["chosen"]).predict(records)
    value = family.score(records, found, facts["labels"]).metrics()["micro.f1"]
    (gate,) = [one for one in verdict["gates"] if one["name"] == "micro.f1"]
    assert gate["variant"] == verdict["chosen"] and gate["value"] == round(value, 6)
    named = {one["variant"] for one in verdict["gates"] if one["name"].startswith("parity.")}
    assert named == {"fp32", "int8"}
    assert {one["variant"] for one in verdict["gates"] if one["name"].startswith("p95_ms")} == {
        verdict["chosen"]
    }


def verdict_alone(bundle: Path) -> None:
    edit(bundle / "verdict.json", estimate="folds")


def verdict_and_list(bundle: Path) -> None:
    verdict_alone(bundle)
    relist(bundle)


def card_gone(bundle: Path) -> None:
    (bundle / "card.md").unlink()


def file_beside(bundle: Path) -> None:
    (bundle / "onnx" / "notes.txt").write_text("beside", encoding="utf-8")


@pytest.mark.parametrize(
    ("alter", "names"),
    [
        (verdict_alone, {"verdict.json": "changed"}),
        (verdict_and_list, {"bundle.json": "changed", "verdict.json": "changed"}),
        (card_gone, {"card.md": "missing"}),
        (file_beside, {"onnx/notes.txt": "changed: in no list"}),
    ],
)
def test_what_was_altered_in_mlflow_is_named(
    champion: World, alter: Callable[[Path], None], names: dict[str, str]
) -> None:
    forget_copies(champion)
    alter(in_mlflow(champion))
    done = here(champion, "predict", "toy", "--text", SAMPLE)
    ended_well(done, 2, "toy.demo version 1: altered", *names, "--without-verdict")
    assert done.out == ""
    found = states(champion, status=1)
    for name, state in names.items():
        assert found[f"bundle: {name}"].startswith(state), found
    done = here(champion, "predict", "toy", "--text", SAMPLE, "--without-verdict")
    assert done.status == 0, done.text
    assert "toy.demo version 1 answers without a passing verdict: altered" in done.err
    said = json.loads(done.out)["model"]["without_verdict"]
    assert all(name in said for name in names)


def test_a_copy_here_or_a_tag_that_was_altered_is_told_apart(champion: World) -> None:
    forget_copies(champion)
    assert here(champion, "predict", "toy", "--text", SAMPLE).status == 0
    copy = kept_here(champion)
    text = (copy / "verdict.json").read_text(encoding="utf-8")
    (copy / "verdict.json").write_text(text.replace("test", "tset", 1), encoding="utf-8")
    done = here(champion, "predict", "toy", "--text", SAMPLE)
    ended_well(done, 2, "verdict.json (changed)", str(copy), "it is fetched again")
    found = states(champion, status=1)
    assert found["bundle"].startswith("holds")
    said = found["bundle, copy kept here: verdict.json"]
    assert said.startswith("changed: not as bundle.json lists it; delete ") and str(copy) in said
    shutil.rmtree(copy)
    assert here(champion, "predict", "toy", "--text", SAMPLE).status == 0
    sql(champion, "update model_version_tags set value = 'f00' where key = ?", VERDICT_TAG)
    ended_well(here(champion, "predict", "toy", "--text", SAMPLE), 2, f"tag {VERDICT_TAG}")
    assert f"bundle: tag {VERDICT_TAG}" in states(champion, status=1)


def test_a_version_from_before_the_tags_answers_and_says_what_cannot_be_told(
    champion: World,
) -> None:
    forget_copies(champion)
    bundle = in_mlflow(champion)
    passport = json.loads((bundle / "passport.json").read_text(encoding="utf-8"))
    new = ("schema", "bundle", "verdict_sha256", "stages", "contents", "config_sha256", "base",
           "libraries", "project_commit", "model")  # fmt: skip
    old = {name: value for name, value in passport.items() if name not in new}
    (bundle / "passport.json").write_text(json.dumps(old), encoding="utf-8")
    relist(bundle)
    for tag in (BUNDLE_TAG, VERDICT_TAG):
        sql(champion, "delete from model_version_tags where key = ?", tag)
    assert json.loads(here(champion, "predict", "toy", "--text", SAMPLE).out)["prediction"]
    found = states(champion)
    assert found["bundle"].startswith("holds") and found["verdict"].startswith("holds")
    assert found["data"].startswith("holds"), found
    for what in ("bundle's list", "passport", "config", "code", "base"):
        assert found[what].startswith("cannot be checked here"), (what, found)
    assert "data md5" in here(champion, "show", "toy@1").out


def test_a_refused_version_answers_only_when_told_in_so_many_words(champion: World) -> None:
    import mlflow
    import pandas

    (judged,), (export,), (trained,) = map(champion.made, ("judge", "export", "train"))
    refused = champion.home / "refused"
    shutil.copytree(judged, refused)
    verdict = json.loads((refused / "verdict.json").read_text(encoding="utf-8"))
    gates = [{**verdict["gates"][0], "passed": False, "reason": "too slow for anybody"}]
    edit(refused / "verdict.json", passed=False, variants=[], gates=gates)
    passport = answer(champion, "show", "toy@1")["passport"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOLDSMITH_HOME", str(champion.home))
        made = registering.register(
            "toy.demo", export / "model", refused, trained / FINAL / "history.csv", passport,
            {"micro.f1": 0.1}, {"verdict": "refused"}, "another",
        )  # fmt: skip
        assert made.number == 2 and made.new
        asked = ("predict", "toy@2", "--text", SAMPLE)
        ended_well(here(champion, *asked), 2, "toy.demo version 2: refused", "too slow for anybody")
        done = here(champion, *asked, "--without-verdict")
        assert done.status == 0 and "toy.demo version 2 answers without" in done.err
        assert "too slow" in json.loads(done.out)["model"]["without_verdict"]
        assert "does not answer: refused" in here(champion, "show", "toy@2").out
        assert states(champion, "toy@2")["verdict"].startswith("holds: refused")
        table = pandas.DataFrame({"text": [SAMPLE]})
        with pytest.raises(Exception, match="too slow for anybody"):
            mlflow.pyfunc.load_model("models:/toy.demo/2")
        told = mlflow.pyfunc.load_model(
            "models:/toy.demo/2", model_config={"without_verdict": True}
        )
        passed = mlflow.pyfunc.load_model("models:/toy.demo@champion")
        assert told.predict(table) == passed.predict(table) != [[]]


def test_what_is_not_there_is_said(champion: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for verb in ("verify", "show"):
        ended_well(
            here(champion, verb, "toy@7"), 2, "toy.demo has no version '7'", "valid: 1, champion"
        )
        ended_well(here(champion, verb, "toi@1"), 2, "toi", "toy")
    for stage in ("snapshot", "train", "prepare"):
        shutil.rmtree(champion.home / "artifacts" / stage)
    found = states(champion)
    said = found["other artifacts"]
    assert said.startswith("cannot be checked here") and "raw, prepare, train" in said, said
    assert found["artifacts"].startswith("holds: 6 of 9")
    assert found["data"].startswith("holds") and "data/raw/toy as it is here" in found["data"]
    (champion.folder / "data/raw/toy/test.jsonl").unlink()
    assert "no commit here has a pointer" in states(champion, status=1)["data"]
    forget_copies(champion)
    assert here(champion, "predict", "toy", "--text", SAMPLE).status == 0
    shutil.rmtree(in_mlflow(champion))
    found = states(champion, status=1)
    assert found["bundle"].startswith("missing: toy.demo version 1: MLflow's store has no bundle")
    assert found["bundle, copy kept here"].startswith("holds"), found
    shutil.rmtree(kept_here(champion))
    assert states(champion, status=1)["data, code, config, lock"].startswith("cannot be checked")
    ended_well(here(champion, "predict", "toy", "--text", SAMPLE), 2, "toy.demo version 1")
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    for arguments in (("verify", "toy@1"), ("show", "toy"), ("predict", "toy", "--text", "a")):
        ended_well(here(champion, *arguments), 1, "http://127.0.0.1:9 cannot be reached")


def test_full_is_barred_from_a_tree_that_differs_from_its_commit(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import subprocess

    from goldsmith.errors import UserError
    from goldsmith.stages import passport
    from goldsmith.versioning import code

    file = project / "use_cases" / "toy.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        f"{text}  full:\n{text.partition('  demo:')[2].lstrip(chr(10))}", encoding="utf-8"
    )
    monkeypatch.setattr(code, "PACKAGE", project / "nothing")  # the code that runs is no part of it
    subprocess.run(
        "git init -q && git add . && git -c user.name=t -c user.email=t@e.org commit -qm one",
        shell=True, check=True, cwd=project,
    )  # fmt: skip
    full, demo = config.load("toy", "full"), config.load("toy")
    passport.require_clean(full)
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    passport.require_clean(demo)
    with pytest.raises(UserError, match=r"profile full: this folder differs .*use_cases/toy\.yaml"):
        passport.require_clean(full)

"""A package that is no part of the repository brings a family, a reader and a source."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from goldsmith import config
from goldsmith.config import plugins
from goldsmith.families.base import Family, Run
from tests.command import World, ended_well
from tests.families.kinds import prepared
from tests.families.mailroom import MAIL_SETTINGS, install, write_mails
from tests.toys import write_texts

REPOSITORY = Path(__file__).parents[2]
TEXTS = {"kind": "files", "path": "data/raw/toy", "reader": {"format": "texts"}}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("site"))


def path_with(site: Path) -> str:
    return os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])


@pytest.mark.slow
def test_an_installed_package_runs_end_to_end(fresh: World, site: Path, tmp_path: Path) -> None:
    own = tmp_path / "site"
    shutil.copytree(site, own)
    write_mails(fresh.folder / "data" / "raw" / "mails.zip")
    fresh.use_case("mail").write_text(MAIL_SETTINGS, encoding="utf-8")
    fresh.variables["PYTHONPATH"] = path_with(own)
    done = fresh.run("run", "mail")
    assert done.status == 0, done.text
    assert fresh.aliases("mail.demo") == {"champion": 1}
    answered = fresh.run("predict", "mail", "--text", "wrong amount on my invoice")
    assert answered.status == 0, answered.text
    assert json.loads(answered.out)["prediction"][0]["label"] == "billing"

    again = fresh.run("run", "mail")
    assert "Nothing new" in again.out, again.text
    # The package is in the keys of the stages that call it, and in the key of no other.
    with (own / "mailroom" / "reader.py").open("a", encoding="utf-8") as stream:
        stream.write("# another edition\n")
    why = json.loads(fresh.run("run", "mail", "--why", "--json").out)
    (change,) = [one for one in why["changes"] if one["kind"] == "code"]
    assert change["name"] == "package:mailroom"
    assert change["stages"] == [
        "load", "validate_prepared", "train", "evaluate", "export", "judge",
    ]  # fmt: skip


FAULTY = {
    "syntax": ("def broken(:", "SyntaxError", "ill.py:1"),
    "lacking": ("import no_such_module", "No module named 'no_such_module'", "ill.py:1"),
    "raises": ("raise RuntimeError('not today')", "not today", "ill.py:1"),
    "misspelt": ("class Other: pass", "has no attribute 'Family'", "does not import"),
    "no class": ("Family = 3", "is no class of settings", "goldsmith.families.base.Family"),
    "no family": (
        "from pydantic import BaseModel\nclass Family(BaseModel): pass",
        "has no `record`",
        "goldsmith.families.base.Family",
    ),
}


@pytest.mark.parametrize("name", FAULTY)
def test_a_package_that_fails_is_named_with_its_line(
    fresh: World, tmp_path: Path, name: str
) -> None:
    source, *said = FAULTY[name]
    about = tmp_path / "site" / "ill-0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: ill\nVersion: 0\n")
    (about / "entry_points.txt").write_text("[goldsmith.families]\nill = ill:Family\n")
    (tmp_path / "site" / "ill.py").write_text(source + "\n")
    fresh.variables["PYTHONPATH"] = path_with(tmp_path / "site")
    done = fresh.run("run", "toy", "--set", "model={family: ill}")
    ended_well(done, 2, "family 'ill'", "installed package ill", *said)


def test_new_leaves_dvc_yaml_alone_for_a_family_of_a_package(
    fresh: World, site: Path, tmp_path: Path
) -> None:
    fresh.variables["PYTHONPATH"] = path_with(site)
    for name in ("dvc.yaml", "params.yaml"):
        shutil.copy(REPOSITORY / name, fresh.folder / name)
    goldens = tmp_path / "texts.csv"
    rows = [f"{n},invoice {n} of May,billing\n{n}b,meter {n} shows,metering\n" for n in range(60)]
    goldens.write_text("id,text,label\n" + "".join(rows), encoding="utf-8")
    done = fresh.run("new", "mine", "--family", "hashed_ngrams", "--from", str(goldens), "--json")
    assert done.status == 0, done.text
    made = json.loads(done.out)
    assert not {"dvc.yaml", "params.yaml"} & set(made["written"])
    assert any("`dvc repro` does not" in note for note in made["notes"])
    assert (fresh.folder / "params.yaml").read_bytes() == (REPOSITORY / "params.yaml").read_bytes()


def test_its_trainer_goes_on_where_it_was_killed(
    tmp_path: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(site))
    plugins.load.cache_clear()
    write_texts(tmp_path / "data" / "raw" / "toy", sizes=(60, 10, 10))
    fields = {
        "title": "Texts", "model": {"family": "hashed_ngrams", "size": 256, "steps": 60},
        "profiles": {"demo": {"source": TEXTS}},
    }  # fmt: skip
    (tmp_path / "use_cases").mkdir()
    (tmp_path / "use_cases" / "toy.yaml").write_text(json.dumps(fields), encoding="utf-8")
    loaded = config.load("toy")
    data, family = prepared(loaded, tmp_path), loaded.model
    assert isinstance(family, Family)
    whole, resumed = tmp_path / "whole", tmp_path / "resumed"
    for folder in (whole, resumed):
        folder.mkdir()
    family.train(data, "final", whole, Run(lambda event: None, tmp_path / "a", "cpu", 13))

    def die(event: dict[str, Any]) -> None:
        if event["step"] == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        family.train(data, "final", resumed, Run(die, tmp_path / "b", "cpu", 13))
    events: list[dict[str, Any]] = []
    family.train(data, "final", resumed, Run(events.append, tmp_path / "b", "cpu", 13))
    assert events[0] == {"type": "resume", "step": 20}
    assert (whole / "weights.npy").read_bytes() == (resumed / "weights.npy").read_bytes()


def test_without_the_package_its_names_are_unknown(fresh: World) -> None:
    fresh.use_case("mail").write_text(MAIL_SETTINGS, encoding="utf-8")
    ended_well(
        fresh.run("run", "mail"), 2, "unknown family 'hashed_ngrams'", "token_classification"
    )
    ended_well(
        fresh.run("run", "toy", "--set", "source.reader={format: mbox}"), 2, "unknown format 'mbox'"
    )

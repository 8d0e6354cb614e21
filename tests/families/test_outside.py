"""A package that is no part of the repository brings a family, a reader and a source."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.command import World, ended_well
from tests.families.mailroom import MAIL_SETTINGS, install, write_mails


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


def test_without_the_package_its_names_are_unknown(fresh: World) -> None:
    fresh.use_case("mail").write_text(MAIL_SETTINGS, encoding="utf-8")
    ended_well(
        fresh.run("run", "mail"), 2, "unknown family 'hashed_ngrams'", "token_classification"
    )
    ended_well(
        fresh.run("run", "toy", "--set", "source.reader={format: mbox}"), 2, "unknown format 'mbox'"
    )

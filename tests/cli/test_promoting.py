"""promote and rollback as a person types them, on a real model; and an alias moved by hand."""

import json
import sqlite3
from contextlib import closing

import pytest

from tests.command import World, ended_well
from tests.test_notices import hook

pytestmark = pytest.mark.slow

ADA = ("--by", "Ada", "--reason", "misses new notes")


def test_a_person_moves_the_champion_and_back(champion: World) -> None:
    with hook() as (address, notices):
        champion.variables["GOLDSMITH_NOTIFY"] = address
        moved(champion)
    assert [(one["version"], one["outcome"]) for one in notices] == [
        (2, "forced"),
        (1, "restored"),
        (2, "rolled_back"),
    ]
    assert notices[1]["text"].startswith("toy.demo version 1 is champion again, by a rollback: ")
    del champion.variables["GOLDSMITH_NOTIFY"]

    database = champion.home / "mlflow" / "mlflow.db"
    with closing(sqlite3.connect(database)) as found, found:
        found.execute("update registered_model_aliases set version = 2 where alias = 'champion'")
    answered = champion.run("predict", "toy", "--text", "paid at 4.5 % per annum")
    assert json.loads(answered.out)["model"]["version"] == 1
    assert "warning: toy.demo: the alias 'champion' stood at version 2" in answered.err
    assert champion.aliases() == {"champion": 1}


def moved(champion: World) -> None:
    """Forced, rolled back, and what an equal run says then."""
    equal = champion.train("--set", "gates.max_size_mb=140")
    assert (equal["version"], equal["outcome"]) == (2, "kept")
    ended_well(champion.run("promote", "toy", *ADA), 2, "name the version too", "toy@VERSION")
    ended_well(champion.run("promote", "toy@9", *ADA), 2, "toy.demo has no version '9'")
    refused = champion.run("promote", "toy@2", *ADA)
    assert refused.status == 3 and "refused: not shown to be better" in refused.err, refused.text
    assert champion.aliases() == {"champion": 1}

    forced = champion.run("promote", "toy@2", *ADA, "--force", "--json")
    assert forced.status == 0, forced.text
    answer = json.loads(forced.out)
    assert (answer["outcome"], answer["champion"]) == ("forced", 2)
    assert answer["gates"][-1]["name"] == "champion.superiority"
    assert champion.aliases() == {"champion": 2}

    back = champion.run("rollback", "toy", "--reason", "misses new notes")
    assert back.status == 0 and "toy.demo: version 1 is champion (restored)" in back.out, back.text
    assert champion.aliases() == {"champion": 1}
    listed = json.loads(champion.run("show", "toy", "--json").out)["versions"]
    assert [one["promotion"] for one in listed] == ["rolled_back", "restored"]
    again = champion.run("rollback", "toy", "--reason", "once more")
    assert again.status == 3 and "there is no champion to go back to" in again.err, again.text
    replay = champion.train("--set", "gates.max_size_mb=140")
    assert (replay["version"], replay["outcome"], replay["champion"]) == (2, "rolled_back", 1)

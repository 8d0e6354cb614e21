"""gc as people call it: after it everything that is needed still answers, verifies and goes back."""

import json
import shutil
from pathlib import Path

import pytest

from goldsmith.keeping.stored import COPIES
from tests.cli.here import here
from tests.cli.test_passport import SAMPLE, states
from tests.command import World, ended_well

STRICT = ("--keep-days", "0", "--keep-versions", "0")


def listing(folder: Path) -> set[str]:
    left_out = ("leases", "locks")
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()
            and one.relative_to(folder).parts[0] not in left_out}  # fmt: skip


def test_a_champion_and_all_it_needs_survive_the_strictest_gc(champion: World) -> None:
    (champion.home / "work" / f"train-{'0' * 24}").mkdir(parents=True)
    for stage in COPIES:  # of the registry's, which a test before this one may have left
        shutil.rmtree(champion.home / "artifacts" / stage, ignore_errors=True)
    before = listing(champion.home)
    done = here(champion, "gc", "--dry-run", *STRICT)
    assert done.status == 0 and listing(champion.home) == before, done.text
    for part in ("toy.demo version 1", "champion", "nobody went on", "1 thing(s) would go"):
        assert part in done.out.replace("\n", " "), (part, done.out)
    found = json.loads(here(champion, "gc", "--json", *STRICT).out)
    assert [one["kind"] for one in found["removed"]] == ["checkpoints"]
    assert found["policy"] == {"days": 0.0, "versions": 0} and not found["failed"]
    assert {one["why"] for one in found["kept"] if one["kind"] == "version"} == {"champion"}
    answers = states(champion)
    assert answers["artifacts"].startswith("holds: 9 of 9"), answers
    assert json.loads(here(champion, "predict", "toy", "--text", SAMPLE).out)["prediction"]
    assert here(champion, "show", "toy@champion").status == 0
    again = here(champion, "gc", *STRICT)
    assert "Nothing to delete" in again.out, again.text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--keep-days", "-1"), "--keep-days"),
        (("--keep-versions", "many"), "--keep-versions"),
        (("toy",), "unexpected extra argument"),
    ],
)
def test_a_wrong_policy_is_bad_usage(fresh: World, arguments: tuple[str, ...], said: str) -> None:
    done = here(fresh, "gc", *arguments)
    assert done.status == 2 and said in done.err, done.text
    assert not (fresh.home / "artifacts").exists()


def test_a_home_where_nothing_was_made_has_nothing_to_go(fresh: World) -> None:
    done = here(fresh, "gc")
    assert done.status == 0 and "Nothing to delete" in done.out, done.text
    assert not (fresh.home / "mlflow").exists()


def test_a_registry_that_is_away_deletes_nothing(
    champion: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    before = listing(champion.home)
    ended_well(here(champion, "gc", *STRICT), 1, "cannot be reached")
    assert listing(champion.home) == before

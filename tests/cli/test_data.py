"""`goldsmith data ...` and `--data-rev` as a user types them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.here import here
from tests.command import Done, World, ended_well, free_port
from tests.versioning.conftest import Project, empty, project
from tests.versioning.test_adding import new_file

__all__ = ["empty", "project"]  # fixtures


@pytest.fixture
def world(project: Project, home: Path) -> World:
    return World(project.folder, home, {"GIT_CONFIG_GLOBAL": "/dev/null"})


def test_the_verbs(world: World, project: Project, tmp_path: Path) -> None:
    status = world.run("data", "status", "toy", "--json")
    assert status.status == 0, status.text
    found = json.loads(status.out)
    assert (found["records"], found["in_cache"], found["changed"]) == (92, 4, False)

    ended_well(world.run("data", "push", "toy"), 2, "no DVC remote to use: none is configured")
    project.remote(str(tmp_path / "far"))
    pushed = world.run("data", "push", "toy")
    assert pushed.status == 0 and pushed.out == "4 object(s) sent\n", pushed.text
    assert "3 of 3 object(s) sent to " in pushed.err

    (tmp_path / "ids").write_text(project.ids()[0] + "\n", encoding="utf-8")
    gone = world.run("data", "forget", "toy", "--ids", str(tmp_path / "ids"))
    assert gone.status == 0, gone.text
    assert "1 record(s) removed, 91 left; tombstones in data/tombstones/toy.jsonl" in gone.out
    assert "  git add data/raw/toy.dvc data/raw/.gitignore data/tombstones/toy.jsonl" in gone.out

    shown = world.run("data", "diff", "toy", "one")
    assert shown.status == 0 and "0 added, 1 removed, 0 changed" in shown.out, shown.text


def test_add_says_what_comes_next(world: World, project: Project, tmp_path: Path) -> None:
    from prefect.settings import PREFECT_API_URL, temporary_settings

    project.share(tmp_path)
    more = new_file(tmp_path / "more.jsonl", 1, 2)
    done = here(world, "data", "add", "toy", str(more))
    commit = project.git("rev-parse", "--short=10", "HEAD")
    assert done.status == 0 and "data/raw/toy: 94 records, md5 " in done.out, done.text
    assert done.out.endswith(f"Next:\n  goldsmith run toy --data-rev {commit}\n")
    assert f"committed data/raw/toy.dvc as {commit}" in done.err
    assert "pushed to origin/main" in done.err

    new_file(more, 1, 2, 3)
    with temporary_settings({PREFECT_API_URL: f"http://127.0.0.1:{free_port()}/api"}):
        for _ in range(2):  # until it is told
            failed = here(world, "data", "add", "toy", str(more), "--json")
            ended_well(
                failed, 1, "did not take the event goldsmith.data.versioned",
                "run this again to send it",
            )  # fmt: skip

    kept = here(world, "data", "add", "toy", str(new_file(more, 4)), "--no-commit")
    assert kept.status == 0 and '  git commit -m "toy: new goldens"\n' in kept.out, kept.text
    assert project.git("status", "--porcelain") == "M data/raw/toy.dvc"


@pytest.mark.parametrize(
    ("arguments", "status", "part"),
    [
        (("data", "diff", "toy", "onne"), 2, "unknown revision 'onne'"),
        (("data", "forget", "toy"), 2, "give --ids FILE"),
        (("run", "toy", "--data-rev", "onne"), 2, "did you mean one?"),
    ],
)
def test_mistakes_are_messages(
    world: World, arguments: tuple[str, ...], status: int, part: str
) -> None:
    ended_well(world.run(*arguments), status, part)


@pytest.mark.slow
def test_a_run_on_a_revision_is_no_override(fresh: World) -> None:
    fresh.variables["GIT_CONFIG_GLOBAL"] = "/dev/null"

    def do(*command: str) -> str:
        done = subprocess.run(command, cwd=fresh.folder, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    who = ("git", "-c", "user.name=t", "-c", "user.email=t@example.org")
    do("git", "init", "-q")
    do(sys.executable, "-m", "dvc", "init", "-q")
    data = fresh.folder / "data" / "raw" / "toy"
    for tag in ("one", "two"):
        added: Done = fresh.run("data", "add", "toy", "--no-commit")
        assert added.status == 0, added.text
        do("git", "add", ".")
        do(*who, "commit", "-qm", tag)
        do("git", "tag", tag)
        if tag == "one":
            lines = (data / "train.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
            (data / "train.jsonl").write_text("".join(lines[1:]), encoding="utf-8")
    result = fresh.train("--data-rev", "one")
    assert result["outcome"] == "promoted"
    tags = fresh.tags(1)
    assert tags["source"] == "files"
    passport = json.loads(fresh.run("show", "toy@1", "--json").out)["passport"]
    assert passport["data_rev"] == do("git", "rev-parse", "one^{commit}")
    assert passport["data"]["md5"] == passport["data_md5"] == tags["data_md5"]
    assert passport["config"]["adhoc"] == []

    first = json.loads(lines[0])["id"]
    (fresh.folder / "ids").write_text(f"{first}\n", encoding="utf-8")
    gone = fresh.run("data", "forget", "toy", "--ids", "ids", "--json")
    assert gone.status == 0, gone.text
    versions = json.loads(gone.out)["versions"]
    assert [(one["version"], one["held"]) for one in versions] == [(1, True)]

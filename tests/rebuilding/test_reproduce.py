"""A version made again, end to end: by the code, the folder and the data of its commits."""

import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_clearing import listing
from tests.command import REPOSITORY, World, ended_well
from tests.toys import write_texts

pytestmark = pytest.mark.slow


def git(folder: Path, *arguments: str) -> str:
    name = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *name, *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "as it is")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """This very code, whatever is committed of it, as a clean clone."""
    folder = tmp_path / "code"
    folder.mkdir()
    names = git(REPOSITORY, "ls-files", "-zco", "--exclude-standard").split("\0")
    there = "\n".join(name for name in names if (REPOSITORY / name).is_file())
    packed = subprocess.run(["tar", "cf", "-", "-T", "-"], cwd=REPOSITORY, input=there.encode(),
                            capture_output=True, check=True).stdout  # fmt: skip
    subprocess.run(["tar", "xf", "-"], cwd=folder, input=packed, check=True)
    git(folder, "init", "-q")
    commit(folder)
    return folder


@pytest.fixture
def world(tmp_path: Path, code: Path, tiny_base: Path, goldens: Path, prefect_home: Path) -> World:
    """A project in git that runs the code of the clone."""
    path = f"{code / 'src'}:{code}"
    made = World.make(tmp_path / "world", tiny_base, goldens, PREFECT_HOME=str(prefect_home), PYTHONPATH=path)  # fmt: skip
    git(made.folder, "init", "-q")
    commit(made.folder)
    return made


def answer(world: World, into: Path, status: int) -> dict[str, Any]:
    done = world.run("reproduce", "toy@1", "--into", str(into), "--json")
    assert done.status == status, done.text
    found: dict[str, Any] = json.loads(done.out)
    return {**found, "said": done.err}


def test_a_version_is_made_again_by_its_own_code_on_its_own_data(
    world: World, code: Path, tmp_path: Path
) -> None:
    assert world.train()["outcome"] == "promoted"
    then = git(code, "rev-parse", "HEAD")
    # Since then the code fails, the data are others, and so are the settings.
    (code / "src/goldsmith/finetune/__init__.py").write_text("raise SystemExit('not then')\n")
    commit(code)
    file = world.folder / "data/raw/toy/train.jsonl"
    file.write_text("\n".join(file.read_text().splitlines()[:100]) + "\n")
    world.use_case().write_text(world.use_case().read_text().replace("epochs: 6", "epochs: 1"))
    commit(world.folder)
    before = listing(world.home)

    into = tmp_path / "again"
    found = answer(world, into, 0)
    assert found["reproduced"] and found["tolerance"]["primary"] == 0.0, found
    assert {one["result"] for one in found["items"]} == {"same"}, found["items"]
    assert {one["result"] for one in found["figures"]} == {"same"}, found["figures"]
    assert {"data", "code", "settings", "base model", "weights", "int8 sha256"} <= {
        one["what"] for one in found["items"]
    }
    for part in (
        f"commit {then[:10]}",
        "data/raw/toy at the commit",
        "epoch 6: validation micro.f1",
    ):
        assert part in found["said"], found["said"]
    assert listing(world.home) == before and world.versions() == [1]
    assert git(world.folder, "status", "--porcelain") == git(code, "status", "--porcelain") == ""
    assert git(into / "code", "rev-parse", "HEAD") == then

    # What was begun there goes on: nothing is trained again. And a figure that differs is a failure.
    with closing(sqlite3.connect(world.home / "mlflow" / "mlflow.db")) as store, store:
        for table in ("metrics", "latest_metrics"):
            store.execute(f"update {table} set value = value - 0.001 where key = 'micro.f1'")
    found = answer(world, into, 1)
    assert not found["reproduced"] and "nothing new" in found["said"]
    assert [one["name"] for one in found["figures"] if one["result"] == "differs"] == ["micro.f1"]

    git(code, "checkout", "-q", "--orphan", "other")
    commit(code)
    for name in ("main", "master"):
        subprocess.run(["git", "branch", "-qD", name], cwd=code, capture_output=True)
    git(code, "reflog", "expire", "--expire=now", "--all")
    git(code, "gc", "-q", "--prune=now")
    done = world.run("reproduce", "toy@1", "--into", str(into))
    ended_well(done, 1, "nothing was run", f"commit {then[:10]} is not in the clone", "git fetch")


def test_a_version_of_a_table_is_made_again_from_its_snapshot(world: World, tmp_path: Path) -> None:
    """The table has other rows by then, and its database may be anywhere."""
    write_texts(tmp_path / "texts", sizes=(120, 40, 40))
    rows = [
        {**json.loads(line), "split": split}
        for split in ("train", "validation", "test")
        for line in (tmp_path / "texts" / f"{split}.jsonl").read_text("utf-8").splitlines()
    ]
    with closing(sqlite3.connect(tmp_path / "mails.db")) as database:
        database.execute("create table mails (id text primary key, text text, label text, split text)")  # fmt: skip
        values = [(one["id"], one["text"], one["label"], one["split"]) for one in rows]
        database.executemany("insert into mails values (?, ?, ?, ?)", values)
        database.commit()
    source = {"kind": "sql", "url_env": "MAILS", "table": "mails", "reader": {"format": "texts"}}
    settings = {
        "title": "Mails",
        "model": {
            "family": "sequence_classification",
            "base": "packaged:minilm",
            "epochs": 3,
            "learning_rate": 5.0e-4,
            "max_length": 48,
        },
        "splits": {"by": "source"},
        "validation": {"min_rows": 10, "min_train_support": 1, "min_test_support": 1},
        "gates": {"metrics": {"accuracy": {"min": 0}}},
        "profiles": {"demo": {"source": source}},
    }
    world.use_case("mails").write_text(json.dumps(settings), encoding="utf-8")
    commit(world.folder)
    world.variables["MAILS"] = f"sqlite:///{tmp_path / 'mails.db'}"
    done = world.run("run", "mails")
    assert done.status == 0, done.text
    (tmp_path / "mails.db").unlink()
    done = world.run("reproduce", "mails@1", "--json")
    assert done.status == 0, done.text
    found = json.loads(done.out)
    assert {one["what"]: one["result"] for one in found["items"]}["settings"] == "same"
    assert {one["result"] for one in found["items"]} == {"same"}, found["items"]
    assert "the snapshot of its rows in this machine's artifact store" in done.err
    for folder in (world.home / "artifacts" / "snapshot").iterdir():
        shutil.rmtree(folder)
    done = world.run("reproduce", "mails@1")
    ended_well(done, 1, "nothing was run", "mails of $MAILS: sql has no revisions", "GOLDSMITH_ARTIFACTS")  # fmt: skip

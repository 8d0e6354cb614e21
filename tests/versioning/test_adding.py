"""`goldsmith data add`: bad data change nothing, good data arrive whole."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from goldsmith import pipeline
from goldsmith.errors import ConfigError, DataError, UserError
from goldsmith.revisions import adding, moving
from goldsmith.versioning import pointers, swapping, tombstones
from goldsmith.versioning.tombstones import Tombstone, Tombstones
from tests.versioning.conftest import Project

GOOD = '{"id": "n%d", "tokens": ["pays", "%d", "%%", "per", "annum"], "ner_tags": ["O", "B-Rate", "I-Rate", "O", "O"]}'


def new_file(path: Path, *numbers: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(GOOD % (n, n) + "\n" for n in numbers), encoding="utf-8")
    return path


def state(project: Project) -> dict[str, bytes]:
    folder = project.folder / "data"
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_come_in_and_the_pointer_names_them(empty: Project, tmp_path: Path) -> None:
    more = new_file(tmp_path / "more.jsonl", 1, 2)
    done = adding.add(empty.config(), [more], empty.say)
    assert (done.records, done.forgotten, done.new) == (94, 0, True)
    assert done.pointer == pointers.read(empty.data)
    assert done.commands == (
        "git add data/raw/toy.dvc data/raw/.gitignore",
        'git commit -m "toy: new goldens"',
    )
    assert (empty.data / "more.jsonl").read_bytes() == more.read_bytes()
    empty.commit("one")
    assert empty.git("ls-files", "data") == "data/raw/.gitignore\ndata/raw/toy.dvc"

    again = adding.add(empty.config(), [more], empty.say)
    assert not again.new and again.pointer == done.pointer
    assert sorted(path.name for path in (empty.folder / "data/raw").iterdir()) == [
        ".gitignore",
        "toy",
        "toy.dvc",
    ]
    new_file(more, 3)
    assert adding.add(empty.config(), [more], empty.say).records == 93, (
        "it takes the old one's place"
    )


def test_goldens_that_are_not_here_are_fetched_first(project: Project, tmp_path: Path) -> None:
    for path in project.data.iterdir():
        path.unlink()
    project.data.rmdir()
    more = new_file(tmp_path / "more.jsonl", 1)
    assert adding.add(project.config(), [more], project.say).records == 93


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '{"id": "x", "tokens": ["a"]',
            r"nothing was changed: data/raw/toy/bad\.jsonl:1:\d+: not JSON",
        ),
        (GOOD % (1, 1) + "\n" + GOOD % (1, 2), r"nothing was changed: [\s\S]*n1"),
    ],
    ids=["not JSON", "an id twice"],
)
def test_bad_data_change_nothing(project: Project, tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "bad.jsonl").write_text(line + "\n", encoding="utf-8")
    before = state(project)
    with pytest.raises(DataError, match=message):
        adding.add(project.config(), [tmp_path / "bad.jsonl"], project.say)
    assert state(project) == before


def test_what_cannot_be_taken_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    one, other = new_file(tmp_path / "x.jsonl", 1), new_file(tmp_path / "deeper" / "x.jsonl", 2)
    text = new_file(tmp_path / "notes.text", 1)
    before = state(project)
    for files, kind, message in (
        ([tmp_path / "none.jsonl"], UserError, "none.jsonl: no such file"),
        ([tmp_path / "deeper"], UserError, "deeper: a folder; name the files in it"),
        ([one, other], UserError, "two files of one name: x.jsonl"),
        ([text], DataError, "notes.text: format tokens does not read it"),
    ):
        with pytest.raises(kind, match=message):
            adding.add(project.config(), files, project.say)
    assert state(project) == before
    use_case = project.config(
        source="hub", overrides=["source.dataset=a/b", "source.reader={format: tokens}"]
    )
    with pytest.raises(ConfigError, match=r"source\.kind is hub"):
        adding.add(use_case, [one], project.say)


def test_goldens_that_git_keeps_are_refused(empty: Project) -> None:
    empty.commit("goldens")
    with pytest.raises(UserError, match=r"git keeps data/raw/toy itself: `git rm -r --cached"):
        adding.add(empty.config(), [], empty.say)


def test_forgotten_records_do_not_come_back(project: Project, tmp_path: Path) -> None:
    known = Tombstones("toy")
    tombstones.write(Tombstones("toy", [Tombstone(known.id_hash("n2"), None, "now", "")]))
    more = new_file(tmp_path / "more.jsonl", 1, 2, 3)
    done = adding.add(project.config(), [more], project.say)
    assert (done.records, done.forgotten) == (94, 1)
    lines = (project.data / "more.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["n1", "n3"]


def test_two_at_once_both_arrive(project: Project, tmp_path: Path) -> None:
    files = [new_file(tmp_path / f"more{n}.jsonl", n) for n in (1, 2)]
    command = [sys.executable, "-m", "goldsmith", "data", "add", "toy"]
    both = [
        subprocess.Popen(
            [*command, str(file)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for file in files
    ]
    ends = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], ends
    assert project.git("rev-list", "--count", "one..HEAD") == "2"
    assert project.git("status", "--porcelain") == ""
    assert len(project.cached()) == 8  # 3 + 2 files, and three listings: one after the other
    found = pipeline.raw(project.config())
    assert {"more1.jsonl", "more2.jsonl"} < {path.name for path in found.folder.iterdir()}
    assert moving.status(project.config()).changed is False


KILLED = """
import os, signal, sys
from pathlib import Path
from goldsmith import config
from goldsmith.revisions import adding
from goldsmith.versioning import objects, swapping

def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

if sys.argv[1] == "between":
    swapping._exchange = lambda one, other: False
    Path.rename, rename = (
        lambda path, to: rename(path, to) and path.name == "toy" and die(), Path.rename
    )
else:
    objects.Objects.add = die
adding.add(config.load("toy"), [Path(sys.argv[2])], print)
"""


@pytest.mark.parametrize("moment", ["between", "after"])
def test_killed_half_way(project: Project, tmp_path: Path, moment: str) -> None:
    more = new_file(tmp_path / "more.jsonl", 1)
    done = subprocess.run([sys.executable, "-c", KILLED, moment, str(more)], capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    if moment == "between":
        assert not project.data.exists()
        assert len(list(pipeline.raw(project.config()).folder.glob("*.jsonl"))) == 3
    assert adding.add(project.config(), [more], project.say).records == 93
    assert moving.status(project.config()).changed is False
    assert not list((project.folder / "data" / "raw").glob(".partial-*"))


def test_a_swap_leaves_no_gap(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "old").touch()
    gaps, done = threading.Event(), threading.Event()

    def watch() -> None:
        while not done.is_set():
            if not target.is_dir():
                gaps.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    for n in range(50):
        new = tmp_path / f"new{n}"
        new.mkdir()
        (new / str(n)).touch()
        swapping.replace(new, target)
    done.set()
    watcher.join()
    assert not gaps.is_set()
    assert [path.name for path in target.iterdir()] == ["49"]
    assert list(tmp_path.iterdir()) == [target]

"""Many workers on one DVC repository: readers take no lock, writers wait, and the dead hold nothing."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from goldsmith import pipeline
from goldsmith.artifacts import Artifact, Store, digest, file_sha256
from goldsmith.revisions import adding, moving
from goldsmith.settings import Settings
from goldsmith.versioning import checking_out, git, locking, objects, pointers
from tests.command import until
from tests.versioning.conftest import Project
from tests.versioning.test_adding import new_file

SPLITS = ("train", "validation", "test")
READERS, READS = 8, 13
DVC = (sys.executable, "-m", "dvc")

# Holds DVC's own lock, or an entry in its rwlock, until it is told to go or is killed.
HOLDER = """
import sys
from dvc.repo import Repo, lock_repo
from dvc.rwlock import rwlock

with Repo() as repo:
    held = (
        lock_repo(repo)
        if sys.argv[1] == "lock"
        else rwlock(repo.tmp_dir, repo.fs, "dvc repro", [sys.argv[2]], [], False)
    )
    with held:
        print("held", flush=True)
        sys.stdin.readline()
"""


@contextmanager
def holder(*words: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdout.readline() == "held\n"
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("kind", [pytest.param("lock", marks=pytest.mark.slow), "rwlock"])
def test_a_writer_waits_and_says_for_whom(project: Project, tmp_path: Path, kind: str) -> None:
    more, done = new_file(tmp_path / "more.jsonl", 1), []
    with holder(kind, str(project.data.absolute())) as process:
        thread = threading.Thread(
            target=lambda: done.append(adding.add(project.config(), [more], project.say))
        )
        thread.start()
        waiting = f"waiting for DVC's lock: another dvc command is at work (process {process.pid})"
        until("the message", lambda: waiting in project.said, 60)
        found = moving.status(project.config())  # a reader goes on meanwhile
        assert found.in_cache == found.objects == 4 and not done
        process.kill()  # as kill -9: what it held must not count any more
        process.wait()
        thread.join(60)
    assert [one.records for one in done] == [93]
    assert project.said.count(waiting) == 1


def test_entries_of_the_dead_are_cleared_and_of_the_living_kept(project: Project) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    with holder("lock") as living, objects.opened(project.data) as found:
        path = Path(found.repo.tmp_dir) / "rwlock"

        def left(entries: dict[str, Any], old: bool = False) -> Any:
            path.write_text(json.dumps(entries), encoding="utf-8")
            if old:  # written before the process that has its number now
                os.utime(path, (1e9, 1e9))
            locking.clear_stale(found.repo)
            return json.loads(path.read_text(encoding="utf-8"))

        gone, here = {"pid": dead.pid, "cmd": "dvc"}, {"pid": living.pid, "cmd": "dvc"}
        mixed = {"read": {"/a": [gone, here], "/b": [gone]}, "write": {"/c": gone, "/d": here}}
        assert left(mixed) == {"read": {"/a": [here]}, "write": {"/d": here}}
        assert left(mixed, old=True) == {"read": {}, "write": {}}
        path.write_text('{"read": {', encoding="utf-8")  # killed while it was written
        locking.clear_stale(found.repo)
        assert json.loads(path.read_text(encoding="utf-8")) == {"read": {}, "write": {}}


def test_missing_goldens_are_pulled_by_one_of_many(project: Project) -> None:
    shutil.rmtree(project.data)
    threads = [
        threading.Thread(target=checking_out.pull_if_pointer, args=(project.data,))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    first = until("the goldens", lambda: project.data.is_dir() and project.data.stat().st_ino)
    for thread in threads:
        thread.join()
    assert project.data.stat().st_ino == first, "nobody puts them there a second time"


def test_goldens_that_are_exchanged_meanwhile_lie_in_their_repository(project: Project) -> None:
    away, ended = Path("away"), threading.Event()

    def exchange() -> None:
        while not ended.is_set():
            project.data.rename(away)
            shutil.copytree(away, project.data)
            shutil.rmtree(away)

    thread = threading.Thread(target=exchange)
    thread.start()
    try:
        found = {git.root(project.data / "train.jsonl") for _ in range(100)}
    finally:
        ended.set()
        thread.join()
    assert found == {project.folder.resolve()}


READER = """
import itertools, json, os, sys, tempfile
from pathlib import Path
from goldsmith import config, pipeline, versioning
from goldsmith.settings import quiet_environment

quiet_environment()
print("ready", flush=True)
sys.stdin.readline()
least, written = int(sys.argv[1]), Path(sys.argv[2])
for turn in itertools.count():
    if turn >= least and (written.exists() or turn >= 10 * least):
        break
    rev = ("one", "two", None)[turn % 3]
    with tempfile.TemporaryDirectory() as home:
        os.environ["GOLDSMITH_HOME"] = home
        loaded = config.load("toy", data_rev=rev)
        made = pipeline.raw(loaded)
        files = loaded.source.reader.files(made.folder)
        print(json.dumps([rev, versioning.md5(files, single=False)]), flush=True)
"""
ADDER = """
import sys
from pathlib import Path
from goldsmith import config
from goldsmith.revisions import adding
from goldsmith.settings import quiet_environment

quiet_environment()
print("ready", flush=True)
while True:
    for name in sys.argv[1:]:
        adding.add(config.load("toy"), [Path(name)], lambda text: None)
        print("added", flush=True)
"""


def start(code: str, *words: str) -> subprocess.Popen[str]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    found = subprocess.Popen([sys.executable, "-c", code, *words], text=True, **pipes)
    assert found.stdout
    return found


@pytest.mark.slow
def test_a_hundred_reads_beside_writers(project: Project, tmp_path: Path) -> None:
    """Eight at once, each read in a fresh home, from an empty cache at first; nobody fails."""
    states = [new_file(tmp_path / name / "more.jsonl", n) for n, name in enumerate("ab")]
    known = {}
    for rev, file in zip(("two", "three"), states, strict=True):
        adding.add(project.config(), [file], project.say)
        project.commit(rev)
    for rev in ("one", "two", "three"):
        known[rev] = pointers.find(project.data, rev).md5
    project.remote(str(tmp_path / "far"))
    subprocess.run([*DVC, "push", "-q", "--all-commits"], check=True)
    shutil.rmtree(project.folder / ".dvc" / "cache")
    shutil.copytree(project.data, project.folder / "other")

    written = tmp_path / "written"  # by both kinds of writers: until then the readers go on
    readers = [start(READER, str(READS), str(written)) for _ in range(READERS)]
    adder = start(ADDER, *map(str, states))
    for one in (*readers, adder):
        assert one.stdout and one.stdout.readline() == "ready\n"
    for one in readers:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    foreign = 0
    while any(one.poll() is None for one in readers) and adder.poll() is None:
        (project.folder / "other" / "new").write_text(str(foreign), encoding="utf-8")
        command = [*DVC, "add", "-q", "other"]
        foreign += subprocess.run(command, capture_output=True).returncode == 0
        if foreign:
            written.touch()
    assert adder.poll() is None, adder.communicate()[1]
    adder.kill()
    added = adder.communicate()[0].count("added")
    ends = [one.communicate() for one in readers]
    assert [one.returncode for one in readers] == [0] * READERS, "\n".join(end[1] for end in ends)
    found = [json.loads(line) for end in ends for line in end[0].splitlines()]
    assert len(found) >= READERS * READS and added and foreign
    for rev, md5 in found:
        assert md5 in ([known[rev]] if rev else [known["two"], known["three"]])
    assert moving.status(project.config()).in_cache == 5


@pytest.mark.parametrize("which", ["listing", "file"])
def test_an_object_that_is_being_written_is_looked_at_again(
    project: Project, tmp_path: Path, which: str
) -> None:
    """As DVC's cache looks to a reader while `dvc add` writes: empty, and a moment later whole."""
    pointer = pointers.find(project.data, "one")
    said: list[str] = []
    with objects.opened(project.data) as found:
        md5 = pointer.md5 if which == "listing" else found.files(pointer)[0][1]
        kept = Path(found.cache.oid_to_path(md5))
        whole, beside = kept.read_bytes(), kept.with_name("beside")
        beside.touch(0o444)  # of what may be written to, DVC checks the hash
        beside.replace(kept)

        def written(text: str) -> None:
            said.append(text)
            beside.write_bytes(whole)
            beside.replace(kept)

        out = found.copy_out(pointer, tmp_path / "out", written)
    assert "perhaps another DVC command is writing it" in said[0]
    assert sorted(path.name for path in out.iterdir()) == sorted(f"{name}.jsonl" for name in SPLITS)


def test_goldens_that_change_before_they_are_copied_are_read_again(project: Project) -> None:
    """What lies in the store under the hash of some bytes are those bytes."""
    store = Store(Settings().artifacts)
    files = {f"{name}.jsonl": project.data / f"{name}.jsonl" for name in SPLITS}
    key = digest({name: file_sha256(path) for name, path in sorted(files.items())})
    events: list[dict[str, Any]] = []
    made: list[Artifact] = []
    with store.lock(f"snapshot-{key[:24]}"):  # so that the run has hashed, and copies after that
        thread = threading.Thread(
            target=lambda: made.append(pipeline.raw(project.config(), events.append))
        )
        thread.start()
        lock = str((Settings().home / "locks" / f"snapshot-{key[:24]}.lock").stat().st_ino)
        until("the run to wait", lambda: any("->" in one and lock in one for one in waiting()), 60)
        project.write(project.lines()[10:])
    thread.join(60)
    assert store.find("snapshot", key) is None
    text = (made[0].folder / "train.jsonl").read_text(encoding="utf-8")
    assert text.splitlines() == project.lines() and len(project.lines()) == 50
    assert any("changed while it was read: it is read again" in one["text"] for one in events)


def waiting() -> list[str]:
    return Path("/proc/locks").read_text(encoding="utf-8").splitlines()

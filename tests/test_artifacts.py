"""The artifact store: complete or not there, made once, and named by its content."""

import json
import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from goldsmith.artifacts import MANIFEST, VOLATILE, Store, content_of, digest, place
from goldsmith.errors import StoreError

MAKER = """
import sys
from pathlib import Path
from goldsmith.artifacts import Store

def make(folder):
    (folder / "half").write_text("half")
    print("making", flush=True)
    sys.stdin.readline()
    (folder / "whole").write_text(sys.argv[2])

def wait():
    print("waiting", flush=True)

found = Store(Path(sys.argv[1])).ensure("stage", "key", make, on_wait=wait)
print("cached" if found.cached else "made", flush=True)
"""


def start(root: Path, text: str = "a") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", MAKER, str(root), text]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def fill(folder: Path) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "a.txt").write_text("a")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "artifacts")


def test_made_once_then_found(store: Store) -> None:
    first = store.ensure("stage", "key", fill, {"use_case": "toy"})
    second = store.ensure("stage", "key", lambda folder: pytest.fail("made again"))
    assert (first.cached, second.cached) == (False, True)
    assert first.content == second.content == content_of(first.folder)
    assert json.loads((first.folder / MANIFEST).read_text())["about"] == {"use_case": "toy"}


def test_content_is_of_names_and_bytes_but_not_of_measured_times(store: Store) -> None:
    def timed(seconds: int) -> str:
        def make(folder: Path) -> None:
            fill(folder)
            (folder / VOLATILE).write_text(str(seconds))

        return store.ensure("stage", f"key-{seconds}", make).content

    assert timed(1) == timed(2) == store.ensure("stage", "plain", fill).content
    changed = store.ensure("stage", "other", lambda folder: (folder / "b.txt").touch())
    assert changed.content != timed(1)


@pytest.mark.parametrize("damage", ["truncate", "remove", "add", "manifest", "no manifest"])
def test_a_damaged_artifact_is_made_again(store: Store, damage: str) -> None:
    folder = store.ensure("stage", "key", fill).folder
    {
        "truncate": lambda: (folder / "inner" / "a.txt").write_text(""),
        "remove": lambda: (folder / "inner" / "a.txt").unlink(),
        "add": lambda: (folder / "more").touch(),
        "manifest": lambda: (folder / MANIFEST).write_text("{"),
        "no manifest": lambda: (folder / MANIFEST).unlink(),
    }[damage]()
    assert store.find("stage", "key") is None
    assert not store.ensure("stage", "key", fill).cached
    assert store.ensure("stage", "key", fill).cached


def test_a_failed_make_leaves_nothing(store: Store) -> None:
    def fail(folder: Path) -> None:
        fill(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.ensure("stage", "key", fail)
    assert list((store.root / "stage").iterdir()) == []
    assert not store.ensure("stage", "key", fill).cached


def test_the_second_of_two_equal_processes_waits_and_reuses(store: Store) -> None:
    first, second = start(store.root), None
    assert line(first) == "making"
    second = start(store.root)
    assert line(second) == "waiting"
    first.communicate("\n")
    assert second.communicate()[0].strip() == "cached"


def test_kill_9_frees_the_lock_and_its_half_is_ignored(store: Store) -> None:
    first = start(store.root)
    assert line(first) == "making"
    second = start(store.root, "b")
    assert line(second) == "waiting"
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert store.find("stage", "key") is None
    assert line(second) == "making"
    second.communicate("\n")
    found = store.find("stage", "key")
    assert found and (found.folder / "whole").read_text() == "b"
    assert len(list((store.root / "stage").iterdir())) == 1


def test_two_threads_make_one(store: Store) -> None:
    made: list[Path] = []
    both = threading.Barrier(2)

    def run() -> None:
        both.wait()
        store.ensure("stage", "key", lambda folder: made.append(folder))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_place_replaces_and_leaves_nothing_beside(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "out" / "data"
    target.mkdir(parents=True)
    (target / "old").touch()
    made = store.ensure("stage", "key", fill)
    place(made, target)
    place(made, target)
    assert sorted(path.name for path in target.iterdir()) == [MANIFEST, "inner"]
    assert [path.name for path in target.parent.iterdir()] == ["data"]
    assert content_of(target) == made.content


def test_place_over_a_file_or_a_link(store: Store, tmp_path: Path) -> None:
    made = store.ensure("stage", "key", fill)
    (tmp_path / "file").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("file", "link"):
        place(made, tmp_path / name)
        assert (tmp_path / name / "inner" / "a.txt").is_file()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_content_outside_the_store_is_hashed_where_sizes_differ(
    tmp_path: Path, store: Store
) -> None:
    made = store.ensure("stage", "key", fill)
    place(made, tmp_path / "out")
    (tmp_path / "out" / "inner" / "a.txt").write_text("changed")
    assert content_of(tmp_path / "out") != made.content
    plain = tmp_path / "plain"
    plain.mkdir()
    fill(plain)
    assert content_of(plain) == made.content


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))


def test_a_full_disk_is_a_store_error_and_leaves_nothing(store: Store) -> None:
    code = MAKER.replace('"half")\n    print', '"half" * 9999)\n    print')
    command = [sys.executable, "-c", code, str(store.root), "a"]
    found = subprocess.run(command, capture_output=True, text=True, preexec_fn=limited)
    assert "goldsmith.errors.StoreError: cannot write" in found.stderr
    assert "GOLDSMITH_HOME" in found.stderr and "File too large" in found.stderr
    assert list((store.root / "stage").iterdir()) == []


def test_a_root_that_is_a_file_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(StoreError, match=r"cannot write .*home"):
        Store(tmp_path / "home" / "artifacts").ensure("stage", "key", fill)


def test_digests_of_equal_values_are_equal() -> None:
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1})
    assert digest({"a": 1}) != digest({"a": "1"})

"""gc of a home: what processes make or use stays, what killed ones left behind goes."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from goldsmith import keeping
from goldsmith.artifacts import MANIFEST, PARTIAL, Store
from goldsmith.errors import StoreError
from goldsmith.keeping import Policy
from goldsmith.settings import Settings
from tests.test_artifacts import fill, line

KEYS = [f"{place}{0:063x}" for place in range(8)]
OLD = time.time() - 100 * 86400
USER = """
import sys
from pathlib import Path
from goldsmith.artifacts import Store

def make(folder):
    (folder / "half").write_text("half")
    print("making", flush=True)
    sys.stdin.readline()

Store(Path(sys.argv[1])).ensure("stage", sys.argv[2], make)
print("using", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def store() -> Store:
    return Store(Settings().artifacts)


def old(folder: Path) -> Path:
    """As if nobody had touched it for a hundred days."""
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (OLD, OLD))
    return folder


def made(store: Store, key: str, stage: str = "stage", **about: str) -> Path:
    """An old artifact, made by a process that is gone."""
    folder = store.root / stage / key
    folder.mkdir(parents=True)
    (folder / "a").write_text("abc")
    manifest = {"schema": 1, "stage": stage, "key": key, "content": key, "seconds": 1.0,
                "files": {"a": "0" * 64}, "sizes": {"a": 3}, "about": about}  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(manifest))
    return old(folder)


def user(store: Store, key: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", USER, str(store.root), key]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def sweep(days: float = 30, dry: bool = False) -> keeping.Swept:
    return keeping.sweep(Policy(days, 1), dry)


def names(found: tuple[keeping.Item, ...]) -> set[str]:
    return {one.name for one in found}


def end(*processes: "subprocess.Popen[str]") -> None:
    for process in processes:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def test_old_artifacts_go_but_not_those_that_a_process_makes_or_uses(store: Store) -> None:
    unused, used, young = (made(store, key) for key in KEYS[:3])
    os.utime(young / MANIFEST)
    using, making = user(store, KEYS[1]), user(store, KEYS[3])
    assert (line(using), line(making)) == ("using", "making")
    old(used), old(half := store.root / "stage" / f"{PARTIAL}{KEYS[3]}")
    before = names(sweep(dry=True).removed)
    assert before == {f"stage/{KEYS[0]}"} and unused.exists()
    done = sweep()
    assert names(done.removed) == before and done.size == sum(one.size for one in done.removed) > 3
    assert not unused.exists() and used.exists() and young.exists() and half.exists()
    reasons = {one.name: one.why for one in done.kept}
    assert reasons[f"stage/{KEYS[1]}"] == "in use by a process"
    assert reasons[f"stage/{KEYS[2]}"] == "used within 30 days"
    end(using, making)
    assert names(sweep().removed) == {f"stage/{KEYS[1]}", f"stage/{KEYS[3]}"}
    assert not half.exists() and young.exists() and names(sweep().removed) == set()
    assert not list(store.leases.folder.glob("*.lease")), "dead processes' leases are cleared away"
    assert not (Settings().home / "mlflow").exists(), "looking for a registry makes none"


def test_an_artifact_that_is_looked_up_again_stays_for_its_days(store: Store) -> None:
    made(store, KEYS[0])
    store.ensure("stage", KEYS[0], fill)
    assert names(sweep(0.001).removed) == set(), "this very process uses it"
    assert (store.root / "stage" / KEYS[0] / MANIFEST).stat().st_mtime > time.time() - 3600


def test_somebody_who_begins_to_use_it_between_plan_and_deletion_keeps_it(store: Store) -> None:
    folder = made(store, KEYS[0])
    (item,) = sweep(dry=True).removed
    using = user(store, KEYS[0])
    assert line(using) == "using"
    assert not keeping.stored.discard(item) and folder.exists()
    end(using)
    assert keeping.stored.discard(item) and not folder.exists()


def test_checkpoints_of_finished_and_forgotten_trainings_go(store: Store) -> None:
    work = Settings().home / "work"
    folders = [work / f"train-{place}{'0' * 23}" for place in range(4)]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "weights").write_text("x" * 100)
    finished, forgotten, at_work, fresh = folders
    made(store, KEYS[0], "train")
    old(forgotten), old(at_work)
    gone = old_folder(work / ".gone-train-abc")
    with store.lock(at_work.name):
        done = sweep()
    began = {finished.name, forgotten.name, gone.name}
    assert began <= names(done.removed) <= {*began, f"train/{KEYS[0]}"}
    assert at_work.exists() and fresh.exists()
    assert not any(one.exists() for one in (finished, forgotten, gone))


def test_what_killed_downloads_left_goes_and_two_sweeps_share_the_work(store: Store) -> None:
    left = [old_folder(Settings().home / "tmpabcdefgh"), old_folder(store.root / "bundle" / "tmp12345678")]  # fmt: skip
    young = Settings().home / "tmpqrstuvwx"
    young.mkdir()
    cache = old_folder(Settings().home / "datasets" / "parquet" / "default-1")
    for key in KEYS:
        made(store, key)
    with ThreadPoolExecutor(2) as pool:
        done = [one.result() for one in (pool.submit(sweep), pool.submit(sweep))]
    assert [one.failed for one in done] == [(), ()]
    assert sorted(len(one.removed) for one in done) == [0, len(KEYS) + 3]
    assert young.exists() and not any(one.exists() for one in (*left, cache))


def old_folder(path: Path) -> Path:
    path.mkdir(parents=True)
    (path / "file").write_text("abc")
    return old(path)


def test_models_of_another_registry_keep_what_they_may_need(store: Store) -> None:
    for stage in ("train", "snapshot"):
        made(store, KEYS[0], stage, use_case="toy")
    other = made(store, KEYS[1], "train")
    lock = Settings().home / "locks" / "register-toy.demo.lock"
    lock.parent.mkdir()
    lock.touch()
    done = sweep()
    assert names(done.removed) == {f"train/{KEYS[1]}"} and not other.exists()
    assert any("is MLFLOW_TRACKING_URI another?" in one.why for one in done.kept)


def test_nothing_goes_where_the_registry_cannot_be_asked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made(store, KEYS[0])
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    with pytest.raises(StoreError, match="cannot be reached"):
        sweep()
    assert folder.exists()

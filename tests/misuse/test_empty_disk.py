"""A machine dies, and another with an empty disk goes on: from the mirror, in a folder or in S3."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from goldsmith import mirror
from tests.command import World, ended_well, finish, until

EPOCHS = ("model.epochs=12", "model.patience=0")  # long enough to be hit in the middle
# The stages up to training, as `goldsmith step` runs them, in one process.
CHAIN = """
import json, sys
from goldsmith import config, pipeline
from goldsmith.settings import quiet_environment

def say(event):
    if event["type"] in ("note", "resume"):
        print(event.get("text") or f"resumed at {event['step']}", flush=True)

quiet_environment()
loaded = pipeline.pinned(config.load("toy", overrides=sys.argv[1:]))
made = {"raw": pipeline.raw(loaded, say)}
for name in ("load", "validate_raw", "prepare", "validate_prepared", "train"):
    folders = {stage: one.folder for stage, one in made.items()}
    made[name] = pipeline.run_stage(name, loaded, folders, say)
    print(name, "found" if made[name].cached else "made", flush=True)
"""


def chain(world: World, *overrides: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHAIN, *EPOCHS, *overrides],
        cwd=world.folder,
        env=world.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def trained(world: World) -> dict[str, Any]:
    """What a whole training came to: facts, and the content of its artifact."""
    (folder,) = world.made("train")
    manifest = json.loads((folder / "artifact.json").read_text("utf-8"))
    facts = json.loads((folder / "facts.json").read_text("utf-8"))
    return {"content": manifest["content"], "facts": facts}


def homes(first: World, at: Path, location: str, *names: str) -> list[World]:
    """Machines that share nothing but the project and the mirror."""
    shared = {**first.variables, "GOLDSMITH_ARTIFACTS": location}
    return [World(first.folder, at / name, shared) for name in names]


def kill_in_training(world: World, process: Any, location: str, part: str = "final") -> None:
    """Kill everything at once, as soon as the mirror has a checkpoint of a part."""

    mark = f"work/train-*/{part}/checkpoints/*/*/complete.json"
    until("a checkpoint", lambda: list(world.home.glob(mark)) or process.poll() is not None)
    trainer = world.trainer()
    os.kill(trainer, signal.SIGSTOP)  # so that it is not done before the checkpoint is sent
    place = mirror.opened(location)
    assert place is not None

    def sent() -> bool:
        lists = (one for one in place.names("checkpoints") if one.endswith(".json"))
        return any(f"/{part}/" in one for one in lists)

    until("it in the mirror", sent)
    os.kill(process.pid, signal.SIGKILL)
    finish(process, 60)
    until("its training process to die with it", lambda: not world.trainer(), 10)
    assert world.made("train") == []


@pytest.mark.slow
def test_a_run_goes_on_from_s3(fresh: World, tmp_path: Path, bucket: str) -> None:
    location = f"s3://{bucket}/mirror"
    one, two, three = homes(fresh, tmp_path, location, "one", "two", "three")
    kill_in_training(one, chain(one), location)

    after = finish(chain(two))
    assert after.status == 0, after.text
    assert "fetched part final as it was after checkpoint" in after.out
    assert after.out.count("resumed at") == 1
    assert after.out.count(" found") == 4 and "train made" in after.out
    alone = World(fresh.folder, tmp_path / "alone", fresh.variables)
    assert finish(chain(alone)).status == 0
    assert trained(two) == trained(alone)

    place = mirror.opened(location)
    assert place is not None and place.names("checkpoints") == []
    last = finish(chain(three))
    assert last.out.count(" found") == 5 and " made" not in last.out, last.text
    assert trained(three) == trained(two)


@pytest.mark.nightly
def test_folds_go_on_at_the_fold_that_died(fresh: World, tmp_path: Path) -> None:
    location, folds = str(tmp_path / "shared"), "splits={folds: 2}"
    Path(location).mkdir()
    one, two = homes(fresh, tmp_path, location, "one", "two")
    kill_in_training(one, chain(one, folds), location, "fold-1")

    done = finish(chain(two, folds))
    assert done.status == 0, done.text
    for part in ("final", "fold-0"):
        assert f"fetched the finished part {part}" in done.out
    assert "fetched part fold-1 as it was after checkpoint" in done.out
    assert done.out.count("resumed at") == 1
    alone = World(fresh.folder, tmp_path / "alone", fresh.variables)
    assert finish(chain(alone, folds)).status == 0
    assert trained(two) == trained(alone)


@pytest.mark.slow
def test_a_mirror_that_is_not_there_is_refused_before_any_work(fresh: World) -> None:
    done = fresh.run("run", "toy", GOLDSMITH_ARTIFACTS="not/mounted")
    ended_well(done, 1, "no such folder", "not/mounted", "mkdir -p")
    done = fresh.run("step", "load", "toy", GOLDSMITH_ARTIFACTS="gs://x")
    ended_well(done, 2, "GOLDSMITH_ARTIFACTS: gs:// is no place for it")
    assert not fresh.made("snapshot") and not fresh.made("load")

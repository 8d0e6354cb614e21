"""Interrupted and killed runs: nothing stays behind, the champion stays, the next run goes on."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from goldsmith.artifacts import file_sha256
from tests.command import World, ended_well, finish, until

pytestmark = pytest.mark.slow

# Long enough to be hit in the middle, with a checkpoint at every epoch.
LONG = ("--set", "model.epochs=12", "--set", "model.patience=0")


def data_stages(world: World) -> None:
    for stage in ("load", "validate_raw", "prepare", "validate_prepared"):
        assert world.run("step", stage, "toy").status == 0


def checkpoint(world: World) -> Path | None:
    """A complete checkpoint of the training process at work."""
    found = (world.home / "work").glob("train-*/*/checkpoints/*/checkpoint-*/complete.json")
    return next(iter(sorted(found)), None)


def events(world: World) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in (world.home / "work").glob("train-*/*/events.jsonl"):
        lines = path.read_text("utf-8").splitlines()
        found += [json.loads(line) for line in lines]
    return found


def gone(world: World) -> bool:
    return not world.trainer()


def test_interrupted_run_ends_with_130_and_the_next_one_goes_on(champion: World) -> None:
    process = champion.start("run", "toy", *LONG)
    until("a checkpoint", lambda: checkpoint(champion))
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    done = finish(process, 60)
    ended_well(done, 130, "interrupted", "run again")
    until("the training process to end", lambda: gone(champion), 10)
    until("every process to end", lambda: not champion.processes(), 30)
    assert champion.versions() == [1] and champion.aliases() == {"champion": 1}
    answer = champion.run("run", "toy", *LONG)
    assert answer.status == 0, answer.text
    assert "resumed from the checkpoint at step" in answer.text


def test_interrupted_before_training_ends_with_130(fresh: World) -> None:
    process = fresh.start("run", "toy", *LONG)
    until("the data stages", lambda: fresh.made("load"))
    os.killpg(process.pid, signal.SIGINT)
    ended_well(finish(process, 60), 130, "interrupted")
    assert fresh.versions() == []


def test_killed_run_resumes_to_the_same_weights(fresh: World, tmp_path: Path) -> None:
    undisturbed = fresh.copy(tmp_path / "undisturbed") if fresh.home.is_dir() else None
    process = fresh.start("run", "toy", *LONG)
    until("a checkpoint", lambda: checkpoint(fresh))
    trainer = fresh.trainer()
    assert trainer
    os.kill(process.pid, signal.SIGKILL)
    finish(process, 30)
    until("the training process to die with its parent", lambda: gone(fresh), 10)
    assert fresh.made("train") == [] and fresh.versions() == []
    before = max(event["step"] for event in events(fresh) if event["type"] == "checkpoint")

    after = fresh.run("run", "toy", *LONG)
    assert after.status == 0, after.text
    assert f"resumed from the checkpoint at step {before}" in after.text
    assert fresh.aliases() == {"champion": 1}

    if undisturbed is None:
        undisturbed = World(fresh.folder, tmp_path / "undisturbed-home", fresh.variables)
    data_stages(undisturbed)
    whole = undisturbed.run("step", "train", "toy", *LONG)
    assert whole.status == 0, whole.text
    pair = [world.made("train")[0] / "final" for world in (fresh, undisturbed)]
    assert len({file_sha256(folder / "model.safetensors") for folder in pair}) == 1
    facts = [json.loads((folder.parent / "facts.json").read_text("utf-8")) for folder in pair]
    assert facts[0]["final"]["monitor"] == facts[1]["final"]["monitor"]
    assert facts[0]["final"]["steps"] == facts[1]["final"]["steps"]
    manifests = [json.loads((one.parent / "artifact.json").read_text("utf-8")) for one in pair]
    assert manifests[0]["content"] == manifests[1]["content"]


@pytest.mark.nightly
def test_killed_training_process_is_named_and_resumed(fresh: World) -> None:
    data_stages(fresh)
    process = fresh.start("step", "train", "toy", *LONG)
    until("a checkpoint", lambda: checkpoint(fresh))
    os.kill(fresh.trainer(), signal.SIGKILL)
    ended_well(finish(process, 60), 1, "was killed by signal 9", "run again", lines=20)
    # A half-written checkpoint, newer than the whole one, must not be taken.
    whole = checkpoint(fresh)
    assert whole
    half = whole.parent.with_name("checkpoint-9999")
    half.mkdir()
    (half / "model.safetensors").write_bytes(b"half")
    done = fresh.run("step", "train", "toy", *LONG)
    assert done.status == 0, done.text
    assert "resumed from the checkpoint at step" in done.text and "step 9999" not in done.text


def test_killed_in_export_the_next_run_trains_nothing(champion: World) -> None:
    for folder in champion.made("export"):
        (folder / "artifact.json").unlink()
    process = champion.start("run", "toy")
    root = champion.home / "artifacts" / "export"
    until("a half-written export", lambda: list(root.glob(".partial-*/model/onnx/fp32/*.onnx")))
    os.kill(process.pid, signal.SIGKILL)
    finish(process, 30)
    assert list(root.glob(".partial-*")) and champion.made("export") == []
    answer = champion.train()
    assert answer["cached"]["train"] and not answer["cached"]["export"]
    assert not list(root.glob(".partial-*"))
    assert champion.aliases() == {"champion": 1}


def test_two_equal_runs_at_once_train_once(fresh: World) -> None:
    data_stages(fresh)
    first = fresh.start("run", "toy", *LONG)
    trainer = until("training", lambda: fresh.trainer())
    os.kill(trainer, signal.SIGSTOP)  # so that the first is still at it when the second gets there
    second = fresh.start("run", "toy", *LONG)
    waiting = "an equal train is running; waiting for its result"
    assert any(waiting in line for line in second.stdout)
    os.kill(trainer, signal.SIGCONT)
    for done in (finish(first), finish(second)):
        assert done.status == 0, done.text
    assert len(fresh.made("train")) == 1
    assert fresh.versions() == [1] and fresh.aliases() == {"champion": 1}

"""One training in two processes (gloo): as good as one, resumed after kills, nothing left behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goldsmith.artifacts import file_sha256
from goldsmith.errors import ConfigError, GoldsmithError
from tests.command import REPOSITORY, until
from tests.stages import training

pytestmark = pytest.mark.slow

TWO = "compute.processes=2"


@pytest.fixture
def folder(tmp_path: Path, tiny_base: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    training.write(tmp_path, tiny_base)
    return tmp_path


def facts(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "facts.json").read_text(encoding="utf-8"))["final"]
    return found


def at_work(folder: Path) -> dict[int, bool]:
    """Process ids of the trainings of a folder; of each, whether it is one of several."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"goldsmith.families" in words and any(w.startswith(bytes(folder)) for w in words):
            found[int(path.parent.name)] = words[-3].startswith(bytes(folder))
    return found


def workers(folder: Path) -> list[int]:
    return [pid for pid, is_worker in at_work(folder).items() if is_worker]


def at_a_checkpoint(act: Callable[[], None]) -> Callable[[dict[str, Any]], None]:
    """A report that acts once, when a checkpoint is whole."""
    acts = [act]

    def report(event: dict[str, Any]) -> None:
        if event["type"] == "checkpoint" and acts:
            acts.pop()()

    return report


def test_two_processes_train_as_one_does_and_resume_after_kills(folder: Path) -> None:
    one, two = training.run("one"), training.run("two", TWO)
    assert facts(two)["processes"] == 2 and "processes" not in facts(one)
    assert facts(two)["steps"] == facts(one)["steps"]
    alone, together = (facts(out)["monitor"] for out in (one, two))
    assert alone["accuracy"] > 0.8
    assert together["accuracy"] == pytest.approx(alone["accuracy"], abs=0.02)
    assert not list(two.rglob("process-*"))
    lines = [(out / "final" / "history.csv").read_text("utf-8").splitlines() for out in (one, two)]
    losses = [[float(line.split(",")[-1]) for line in found[1:]] for found in lines]
    assert losses[1] == pytest.approx(losses[0], abs=0.01)

    kill_the_parent(folder, "killed")
    until("its processes to be gone", lambda: not at_work(folder), 30)
    again = training.run("killed", TWO)
    assert facts(again)["monitor"] == together
    assert len({file_sha256(out / "final" / "model.safetensors") for out in (two, again)}) == 1


def kill_the_parent(folder: Path, name: str) -> None:
    """Train in another process, and kill that at a checkpoint."""
    path = os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])
    work = folder / f"work-{name}" / "final"
    parent = subprocess.Popen(
        [sys.executable, "-m", "tests.stages.training", name, TWO],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.DEVNULL,
    )
    until("a checkpoint", lambda: list(work.glob("checkpoints/**/complete.json")))
    assert len(workers(folder)) == 2 and len(at_work(folder)) == 3
    parent.kill()
    parent.wait()


@pytest.mark.nightly
def test_interrupted_or_with_one_of_them_killed_it_leaves_no_process_and_goes_on(
    folder: Path,
) -> None:
    seen: list[int] = []

    def interrupt() -> None:
        seen.extend(workers(folder))
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        training.run("disturbed", TWO, report=at_a_checkpoint(interrupt))
    until("its processes to be gone", lambda: not at_work(folder), 30)
    assert len(seen) == 2

    def kill() -> None:
        seen.extend(workers(folder))
        os.kill(seen[-1], signal.SIGKILL)

    with pytest.raises(GoldsmithError, match=r"was killed by signal 9; run again: it goes on"):
        training.run("disturbed", TWO, report=at_a_checkpoint(kill))
    assert len(seen) == 4 and not at_work(folder)
    events: list[dict[str, Any]] = []
    assert facts(training.run("disturbed", TWO, report=events.append))["steps"]
    assert events[0]["type"] == "resume" and events[0]["step"] > 13


@pytest.mark.nightly
def test_a_refusal_of_any_process_is_the_users(folder: Path) -> None:
    wrong = "model.training_arguments={lr_scheduler_type: cosin}"
    with pytest.raises(ConfigError, match="cosin is not a valid SchedulerType"):
        training.run("refused", TWO, wrong)
    assert not at_work(folder)

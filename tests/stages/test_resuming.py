"""The state of a training in the mirror: fetched where it is ahead, two kept, none once it is done."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from goldsmith import checkpoints, mirror
from goldsmith.errors import StoreError
from goldsmith.stages import Context, resuming

Events = list[dict[str, Any]]


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shared").mkdir()
    monkeypatch.setenv("GOLDSMITH_ARTIFACTS", str(tmp_path / "shared"))
    return tmp_path / "shared"


class Machine:
    """A work folder, and a training in it that does what a test says."""

    def __init__(self, at: Path) -> None:
        self.work = at / "train-key"
        self.folder = self.work / "final"
        self.events: Events = []

    def context(self) -> Context:
        none: Any = None
        return Context(none, {}, self.work, self.work, self.events.append)

    @property
    def notes(self) -> list[str]:
        return [event["text"] for event in self.events if event["type"] == "note"]

    def checkpoint(self, step: int, name: str = "main", marked: bool = True) -> dict[str, Any]:
        """Write what a training process writes; keeps two checkpoints, as the trainer does."""
        root = self.folder / "checkpoints" / name
        made = root / f"checkpoint-{step}"
        made.mkdir(parents=True)
        (made / "weights").write_text(f"{name} {step}")
        (made / "deeper").mkdir()
        (made / "deeper" / "same").write_text("the same at every step")
        for old in sorted(root.iterdir(), key=checkpoints.step_of)[:-2]:
            shutil.rmtree(old)
        if marked:
            checkpoints.mark_complete(made)
        event = {"type": "checkpoint", "step": step}
        with (self.folder / "events.jsonl").open("a") as stream:
            stream.write(json.dumps(event) + "\n")
        return event

    def steps(self, name: str = "main") -> list[int]:
        root = self.folder / "checkpoints" / name
        return sorted(map(checkpoints.step_of, root.iterdir())) if root.is_dir() else []

    def train(self, *steps: int, last: bool = True) -> None:
        """A training that dies after these steps."""
        with (
            pytest.raises(ZeroDivisionError),
            resuming.following(self.context(), "final", last) as at,
        ):
            for step in steps:
                at.report(self.checkpoint(step))
            raise ZeroDivisionError


def lists(shared: Path) -> list[str]:
    return sorted(path.stem for path in shared.glob("checkpoints/train-key/final/*.json"))


def test_another_machine_goes_on_from_the_newest_state(shared: Path, tmp_path: Path) -> None:
    one, two = Machine(tmp_path / "one"), Machine(tmp_path / "two")
    one.folder.mkdir(parents=True)
    (one.folder / "memory.json").write_text('{"accumulate": 2}')
    one.train(10, 20, 30)
    assert lists(shared)[-1] == "00000003" and len(lists(shared)) <= 2
    with resuming.following(two.context(), "final", last=True):
        assert two.steps() == [20, 30]
        newest = checkpoints.newest(two.folder / "checkpoints" / "main")
        assert newest and (newest / "weights").read_text() == "main 30"
        assert (two.folder / "memory.json").read_text() == '{"accumulate": 2}'
        assert (two.folder / "events.jsonl").read_bytes() == (
            one.folder / "events.jsonl"
        ).read_bytes()
    assert two.notes == [
        f"fetched part final as it was after checkpoint 3 from {shared}/checkpoints/train-key/final/"
        "00000003.json"
    ]
    assert not list(one.folder.glob(".sending/*")), "what was sent is gone"


def test_who_is_ahead_goes_on_from_its_own_disk(shared: Path, tmp_path: Path) -> None:
    one, two = Machine(tmp_path / "one"), Machine(tmp_path / "two")
    one.train(10)
    two.train(20)  # from step 10
    assert two.steps() == [10, 20]
    with resuming.following(two.context(), "final", last=True):
        assert len(two.notes) == 1, "nothing is fetched twice"
    with resuming.following(one.context(), "final", last=True):
        assert one.steps() == [10, 20], "the mirror is ahead of this disk"


def test_two_states_are_kept_with_their_files_and_no_more(shared: Path, tmp_path: Path) -> None:
    one = Machine(tmp_path / "one")
    for step in (10, 20, 30, 40):
        one.train(step)
    assert lists(shared) == ["00000003", "00000004"]
    texts = [path.read_text() for path in shared.glob("checkpoints/train-key/final/files/*/*")]
    assert {text for text in texts if text.startswith("main")} == {"main 20", "main 30", "main 40"}
    assert texts.count("the same at every step") == 1
    said: list[str] = []
    resuming.clear(one.work, said.append)
    assert not list(shared.rglob("*.json")) and not list(shared.glob("checkpoints/*")) and not said


@pytest.mark.parametrize("damage", ["blob", "list"])
def test_a_damaged_state_is_passed_over(shared: Path, tmp_path: Path, damage: str) -> None:
    one, two = Machine(tmp_path / "one"), Machine(tmp_path / "two")
    one.train(10)
    one.train(20)
    newest = shared / "checkpoints" / "train-key" / "final" / "00000002.json"
    if damage == "list":
        newest.write_text("{")
    for path in shared.glob("checkpoints/train-key/final/files/*/*"):
        if damage == "blob" and path.read_text() == "main 20":
            path.write_text("main 21")
    with resuming.following(two.context(), "final", last=True):
        assert two.steps() == [10]
    assert two.notes[0].startswith(f"warning: {newest}: ") and "passed over" in two.notes[0]
    assert "after checkpoint 1" in two.notes[1]


def test_half_a_checkpoint_is_not_sent_and_every_phase_is(shared: Path, tmp_path: Path) -> None:
    one, two = Machine(tmp_path / "one"), Machine(tmp_path / "two")
    with pytest.raises(OSError), resuming.following(one.context(), "final", last=True) as at:
        one.checkpoint(5, "first")
        one.checkpoint(10, marked=False)
        at.report(one.checkpoint(20))
        raise OSError
    with resuming.following(two.context(), "final", last=True):
        assert (two.steps("first"), two.steps()) == ([5], [20])


def test_a_family_that_marks_nothing_has_all_its_checkpoints_sent(
    shared: Path, tmp_path: Path
) -> None:
    one, two = Machine(tmp_path / "one"), Machine(tmp_path / "two")
    with pytest.raises(OSError), resuming.following(one.context(), "final", last=True) as at:
        event = one.checkpoint(5, marked=False)
        at.report(event)
        raise OSError
    with resuming.following(two.context(), "final", last=True):
        assert (two.folder / "checkpoints/main/checkpoint-5/weights").read_text() == "main 5"


def test_a_finished_part_is_not_trained_again(shared: Path, tmp_path: Path) -> None:
    one, two = Machine(tmp_path / "one"), Machine(tmp_path / "two")
    with resuming.following(one.context(), "final", last=False) as at:
        at.report(one.checkpoint(10))
        (one.folder / "model").mkdir()
        (one.folder / "model" / "weights").write_text("done")
        (one.folder / resuming.FACTS_FILE).write_text("{}")
    with resuming.following(two.context(), "final", last=False):
        assert (two.folder / resuming.FACTS_FILE).is_file()
        assert (two.folder / "model" / "weights").read_text() == "done"
    assert two.notes[0].startswith(f"fetched the finished part final from {shared}")
    assert lists(shared)[-1] == "00000002"


def test_a_mirror_that_fails_stops_no_training_but_its_beginning(
    shared: Path, tmp_path: Path
) -> None:
    one = Machine(tmp_path / "one")
    with pytest.raises(OSError), resuming.following(one.context(), "final", last=True) as at:
        shared.rmdir()
        at.report(one.checkpoint(10))
        raise OSError
    assert len(one.notes) == 1
    assert one.notes[0].startswith("warning: the checkpoint was not mirrored: GOLDSMITH_ARTIFACTS:")
    with pytest.raises(StoreError), resuming.following(one.context(), "final", last=True):
        pytest.fail("trained")
    shared.mkdir()
    one.train(20)
    assert lists(shared) == ["00000002"] and len(one.notes) == 1


def test_without_a_mirror_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOLDSMITH_ARTIFACTS", raising=False)
    one = Machine(tmp_path / "one")
    context = one.context()
    with resuming.following(context, "final", last=True) as at:
        assert at is context
    resuming.clear(one.work, pytest.fail)
    assert mirror.opened("") is None

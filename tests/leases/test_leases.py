"""Real processes that share devices: in order, all or nothing, and freed by a kill."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from goldsmith import leases
from goldsmith.errors import StoreError
from tests.command import REPOSITORY, until


class Machine:
    """Processes that share devices."""

    def __init__(self, at: Path) -> None:
        self.folder, self.log = at / "locks", at / "log.txt"
        self.running: dict[str, Any] = {}

    def start(self, name: str, count: int = 1, devices: str = "0", way: str = "plain") -> None:
        """Start one, and wait until it has its devices or its place in the queue."""
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", "tests.leases.holder", name, str(count), devices, way,
             str(self.folder), str(self.log)],
            cwd=REPOSITORY, stdin=subprocess.PIPE, text=True,
        )  # fmt: skip
        until(f"{name} to queue", lambda: self.served(name) or self.waits(name), 60)

    def tickets(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*.ticket"))

    def lines(self, mark: str) -> list[str]:
        text = self.log.read_text(encoding="utf-8") if self.log.is_file() else ""
        return [line[1:] for line in text.splitlines() if line.startswith(mark)]

    def served(self, name: str) -> str:
        """The devices that a process was given; empty as long as it waits."""
        found = [line.split()[1] for line in self.lines("+") if line.split()[0] == name]
        return found[0] if found else ""

    def waits(self, name: str) -> bool:
        return any(line.split()[0] == name for line in self.lines("?"))

    def let_go(self, name: str) -> None:
        self.running[name].stdin.close()
        assert self.running[name].wait(60) == 0

    def kill(self, name: str) -> None:
        self.running[name].kill()
        self.running[name].wait()


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    found = Machine(tmp_path)
    yield found
    for one in found.running.values():
        one.kill()
        one.wait()
        one.stdin.close()


def test_ten_in_a_queue_are_served_in_order_whoever_is_killed(machine: Machine) -> None:
    names = [f"run-{number}" for number in range(10)]
    for name in names:
        machine.start(name)
    assert machine.served(names[0]) == "0" and len(machine.lines("+")) == 1
    machine.kill("run-3")
    machine.kill("run-0")  # the holder itself
    left = [name for name in names if name not in ("run-0", "run-3")]
    for place, name in enumerate(left):
        until(f"{name}'s turn", lambda name=name: machine.served(name), 60)
        assert len(machine.lines("+")) == place + 2, "two at once"
        machine.let_go(name)
    assert [line.split()[0] for line in machine.lines("+")] == ["run-0", *left]
    first = machine.lines("?")[0]
    pid = machine.running["run-0"].pid
    assert first.startswith(f"run-1 waits for GPU 0: held by process {pid} (run-0) since ")
    assert any("; 4 before us in the queue" in line for line in machine.lines("?"))
    assert machine.tickets() == []


def test_several_are_taken_at_once_and_nobody_overtakes(machine: Machine) -> None:
    machine.start("holder")
    machine.start("both", 2, "0,1")
    machine.start("small", 1, "1")  # device 1 is free, but kept for the one before
    machine.start("any", 1, "1,2")  # of its two devices nobody before it waits for 2
    assert (machine.served("any"), machine.served("small")) == ("2", "")
    machine.kill("holder")
    until("both", lambda: machine.served("both"), 60)
    assert machine.served("both") == "0,1" and not machine.served("small")
    machine.let_go("both")
    until("small", lambda: machine.served("small"), 60)
    (said, *_) = (line for line in machine.lines("?") if line.startswith("both"))
    assert said.startswith("both waits for 2 of the GPUs 0, 1: 0 held by process ")


def test_a_lease_outlives_exec_and_not_its_process(machine: Machine) -> None:
    machine.start("first", way="exec")
    machine.start("second", way="fork")
    assert machine.served("first") and not machine.served("second")
    machine.kill("first")
    until("the second", lambda: machine.served("second"), 60)
    machine.start("third")
    machine.kill("second")  # its child lives on, and holds nothing
    until("the third", lambda: machine.served("third"), 60)


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file/locks: Not a directory: .*GOLDSMITH_GPU_LOCKS"):
        leases.take(tmp_path / "file" / "locks", {"0": "pci"}, 1, "a run")


def test_every_user_can_take_part(tmp_path: Path) -> None:
    leases.take(tmp_path / "locks", {"0": "pci/0"}, 1, "a run").close()
    modes = {path.name: oct(path.stat().st_mode)[-4:] for path in (tmp_path / "locks").iterdir()}
    assert modes == {"queue.lock": "0666", "pci_0.device": "0666"}
    assert oct((tmp_path / "locks").stat().st_mode)[-4:] == "1777"

"""Three processes at work on one model, and whoever kills, wakes and replaces them."""

import multiprocessing
import os
import signal
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Self

from goldsmith.registry import ledger
from tests.command import until
from tests.races.worker import Done, Task, work

PROCESSES = 3
BEFORE_WRITING = ("read", "judged", "stored")
SECONDS = 300.0
PRELOADED = [
    "mlflow",
    "mlflow.store.tracking.sqlalchemy_store",
    "mlflow.store.model_registry.sqlalchemy_store",
    "psycopg2",
    "goldsmith.registry.promotion",
    "tests.races.contestants",
]


@dataclass
class Late:
    """A promotion that slept before it wrote, while others wrote.

    Attributes:
        step: where it slept.
        before, woken: the ledger when it fell asleep, and when it was woken.
        done: its report.
    """

    step: str
    before: tuple[ledger.Entry, ...]
    woken: tuple[ledger.Entry, ...]
    done: Done | None = None


@dataclass
class Hand:
    """One process and what it is at."""

    process: Any
    pipe: Connection
    task: Task | None = None
    asleep: str = ""  # the step at which it was stopped
    due: int = 0  # ended promotions after which it is woken
    entries: tuple[ledger.Entry, ...] = ()  # the ledger when it fell asleep
    late: Late | None = None


@dataclass
class Story:
    """What happened.

    Attributes:
        outcomes: how promotions ended; killed and failed among them.
        completed: versions whose promotion ran to completion.
        faults: (kill or stop, step) -> how often.
        late: those that slept while others became champion.
        rounds: promotions that were refused by the store at least once.
        errors: messages of those that failed.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    completed: set[int] = field(default_factory=set)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    late: list[Late] = field(default_factory=list)
    rounds: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def ended(self) -> int:
        return self.outcomes.total()


class Crew:
    """Works through lists of promotions, each of one model."""

    def __init__(self, variables: dict[str, str]) -> None:
        # All is imported once, by a process that the others are forked from.
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(PRELOADED)
        self.variables = variables
        self.hands: list[Hand] = []

    def __enter__(self) -> Self:
        self.hands = [self._hire() for _ in range(PROCESSES)]
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self.hands:
            os.kill(hand.process.pid, signal.SIGKILL)
            hand.process.join()

    def run(self, tasks: list[Task]) -> Story:
        """Promote all; returns what happened."""
        self.story, self.model, waiting = Story(), tasks[0].model, list(reversed(tasks))
        while waiting or any(hand.task for hand in self.hands):
            for hand in self.hands:
                if hand.task is None and waiting:
                    hand.task = waiting.pop()
                    hand.pipe.send(hand.task)
            self._wake_who_is_due()
            self._listen()
        return self.story

    def _hire(self) -> Hand:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=work, args=(theirs, self.variables))
        process.start()
        theirs.close()
        return Hand(process, ours)

    def _listen(self) -> None:
        """Take the next report of each process that has one."""
        busy = {hand.pipe: hand for hand in self.hands if hand.task and not hand.asleep}
        ready = wait(list(busy), SECONDS)
        assert ready, f"no report within {SECONDS:g} s"
        for pipe in ready:
            hand = busy[pipe]
            done: Done = hand.pipe.recv()
            if done.kind == "stopping":
                self._asleep(hand, done.text)
            elif done.kind == "killing":
                self._killed(hand, done.text)
            else:
                self._ended(hand, done)

    def _asleep(self, hand: Hand, step: str) -> None:
        assert hand.task is not None
        until("a stopped process", lambda: _state(hand.process.pid) == "T")
        self.story.faults["stop", step] += 1
        hand.asleep, hand.due = step, self.story.ended + hand.task.sleep
        hand.entries = ledger.read(self.model).entries

    def _killed(self, hand: Hand, step: str) -> None:
        hand.process.join()
        assert hand.process.exitcode == -signal.SIGKILL
        self.story.faults["kill", step] += 1
        self.story.outcomes["killed"] += 1
        self.hands[self.hands.index(hand)] = self._hire()

    def _ended(self, hand: Hand, done: Done) -> None:
        assert hand.task is not None
        self.story.outcomes["failed" if done.kind == "failed" else done.text] += 1
        if done.kind == "failed":
            self.story.errors.append(done.text)
        else:
            self.story.completed.add(hand.task.version)
        self.story.rounds += len(done.judged) > 1
        if hand.late:
            hand.late.done = done
        hand.task, hand.late = None, None

    def _wake_who_is_due(self) -> None:
        sleeping = [hand for hand in self.hands if hand.asleep]
        awake = [hand for hand in self.hands if hand.task and not hand.asleep]
        for hand in sorted(sleeping, key=lambda one: one.due):
            if hand.due <= self.story.ended or not awake:
                self._wake(hand)
                awake.append(hand)

    def _wake(self, hand: Hand) -> None:
        now = ledger.read(self.model).entries
        if hand.asleep in BEFORE_WRITING and len(now) > len(hand.entries):
            hand.late = Late(hand.asleep, hand.entries, now)
            self.story.late.append(hand.late)
        hand.asleep = ""
        os.kill(hand.process.pid, signal.SIGCONT)


def _state(pid: int) -> str:
    """R, S, T (stopped), Z, ..."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]

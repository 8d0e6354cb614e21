"""A process that promotes what it is told to, and that dies or falls asleep where it is told to."""

import os
import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Literal

STEPS = ("begun", "anchored", "read", "judged", "stored", "written", "aliased", "checked")


@dataclass(frozen=True)
class Task:
    """One promotion.

    Attributes:
        model, version: whom.
        fault: what befalls the process.
        step: where.
        sleep: how many other promotions end before a stopped process goes on.
    """

    model: str
    version: int
    fault: Literal["", "kill", "stop"] = ""
    step: str = ""
    sleep: int = 0


@dataclass(frozen=True)
class Done:
    """What the process reports: a step at which a fault comes next, or the end.

    Attributes:
        kind: killing, stopping, done or failed.
        text: the step, the outcome, or the error.
        judged: champions that it was judged against, in order.
    """

    kind: str
    text: str
    judged: tuple[int, ...] = ()


def work(pipe: Connection, variables: dict[str, str]) -> None:
    """Promote versions until there are no more tasks."""
    os.environ.update(variables)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            task: Task | None = pipe.recv()
        except EOFError:
            return
        if task is None:
            return
        pipe.send(_promote(pipe, task))


def _promote(pipe: Connection, task: Task) -> Done:
    from goldsmith.errors import GoldsmithError
    from goldsmith.registry import promotion, versions
    from tests.races import contestants

    faults = [task.fault] if task.fault else []  # one a promotion: the second round is left alone

    def at(step: str) -> None:
        if not faults or step != task.step:
            return
        if faults.pop() == "kill":
            pipe.send(Done("killing", step))
            os.kill(os.getpid(), signal.SIGKILL)
        pipe.send(Done("stopping", step))
        os.kill(os.getpid(), signal.SIGSTOP)

    judged: list[int] = []
    try:
        version = versions.get(task.model, task.version)
        assert version is not None
        decided = promotion.promote(
            version, contestants.verdict(version), contestants.judge(version, judged), at=at
        )
    except GoldsmithError as error:
        return Done("failed", str(error), tuple(judged))
    return Done("done", decided.outcome, tuple(judged))

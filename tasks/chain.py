"""A chain of stages in one flow run: what was made so far, and how events reach people."""

import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from prefect.logging import get_run_logger
from prefect.states import Completed, State

from goldsmith import pipeline
from goldsmith.artifacts import Artifact
from goldsmith.config import UseCase
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version
from tasks import words
from tasks.because import Cause

Listener = Callable[[str, dict[str, Any]], None]
LISTENER: ContextVar[Listener] = ContextVar("goldsmith_listener", default=lambda stage, event: None)
LOG_SECONDS = 10.0


@dataclass
class Chain:
    """One run of a pipeline.

    Attributes:
        config: the use case.
        made: finished artifacts by stage; `raw` is what load read.
        seconds: time that each stage took in this run.
        version: what was registered.
        decided: what became of it.
        cause: what triggered the run; None: a schedule or a person did.
    """

    config: UseCase
    made: dict[str, Artifact] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    version: Version | None = None
    decided: Promotion | None = None
    cause: Cause | None = None

    def keep(self, name: str, artifact: Artifact, started: float) -> State[Any]:
        """Remember a stage's artifact; the task run ends as Cached if it was there before."""
        self.made[name] = artifact
        self.seconds[name] = time.monotonic() - started
        LISTENER.get()(
            name, {"type": "done", "cached": artifact.cached, "seconds": self.seconds[name]}
        )
        place = f"{artifact.stage}/{artifact.key[:12]}"
        said = words.of(name, artifact.folder)
        text = f"{said} ({place})" if said else place
        return (
            Completed(name="Cached", message=text) if artifact.cached else Completed(message=text)
        )

    def perform(self, name: str, watch: Listener = lambda stage, event: None) -> State[Any]:
        """Run one stage of the table on what was made so far."""
        started = time.monotonic()
        announce(name, watch)({"type": "start"})
        artifact = pipeline.make_stage(
            name,
            self.config,
            {stage: found.folder for stage, found in self.made.items()},
            announce(name, watch),
            {stage: found.content for stage, found in self.made.items()},
        )
        self.made[name] = artifact
        pipeline.accept(name, self.config, artifact.folder, announce(name, watch))
        return self.keep(name, artifact, started)


def announce(stage: str, watch: Listener = lambda stage, event: None) -> pipeline.Report:
    """A function that hands a stage's events to Prefect's log, the listener and a watcher."""
    logger, logged = get_run_logger(), [0.0]

    def report(event: dict[str, Any]) -> None:
        LISTENER.get()(stage, event)
        watch(stage, event)
        if event["type"] in ("note", "resume", "checkpoint"):
            logger.info("%s", event.get("text") or f"{event['type']} at step {event['step']}")
        elif event["type"] == "progress" and time.monotonic() - logged[0] > LOG_SECONDS:
            logged[0] = time.monotonic()
            logger.info("%s", progress_line(event))

    return report


def progress_line(event: dict[str, Any]) -> str:
    """A training step in words."""
    return (
        f"step {event['step']}/{event['steps']}, epoch {event['epoch']:.2f}, loss {event['loss']:.4f}, "
        f"{event['tokens_per_second']:,} tokens/s, {event['padding_share']:.0%} padding"
    )

"""Prefect automations that look after runs: who is dead is marked crashed, and starts again.

A worker that dies takes its runs with it, and then nobody tells the server. So the server watches
for itself, by rules that it keeps with the deployments:

- a running run whose heartbeat stops for 90 seconds is crashed;
- a run that a worker took and that does not start within ten minutes is crashed;
- a crashed run starts again, unless it crashed for the fourth time: that one has failed.

Starting again waits ten seconds for another word on the run: so the fourth crash is a failure before
it could be one more start.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import (
    AutomationCore,
    EventTrigger,
    Posture,
    ResourceSpecification,
)

from goldsmith.artifacts import digest

STARTS_AGAIN = 3
SILENT = timedelta(seconds=90)  # three heartbeats
SLOW = timedelta(minutes=10)  # to start: loading the libraries from a cold disk
PAUSE = timedelta(seconds=10)  # the shortest that Prefect takes
MEMORY = timedelta(days=7)  # over which crashes of one run are counted
TAG = "goldsmith"
RUN = "prefect.resource.id"
HEARD = "prefect.flow-run.heartbeat"
STARTED = ("Running", "Retrying")
SETTLED = ("Completed", "Failed", "Cancelled", "Cancelling", "TimedOut", "Skipped")
OVER = (*SETTLED, "Crashed")
AT_REST = ("Paused", "Suspended", "Scheduled", "AwaitingRetry", "Late")


def wanted() -> list[AutomationCore]:
    """The rules, as they should stand on the server."""
    return [
        _rule(
            "goldsmith: no heartbeat",
            "A run whose heartbeat has stopped is dead, with its machine or its worker.",
            # One that dies before its first heartbeat has at least begun to run.
            _missing([HEARD, *_events(STARTED)], [HEARD, *_events((*OVER, *AT_REST))], SILENT),
            _state(StateType.CRASHED, "Crashed", "no heartbeat for 90 s: its process is dead"),
        ),
        _rule(
            "goldsmith: not started",
            "A run that a worker took and never started.",
            _missing(_events(["Pending"]), _events((*OVER, *AT_REST, *STARTED)), SLOW),
            _state(StateType.CRASHED, "Crashed", "taken by a worker, and not started in 10 min"),
        ),
        _rule(
            "goldsmith: start again",
            f"A crashed run starts again, {STARTS_AGAIN} times at most, and goes on where it was.",
            _missing(
                _events(["Crashed"]), _events((*SETTLED, *AT_REST, *STARTED, "Pending")), PAUSE
            ),
            _state(StateType.SCHEDULED, "AwaitingRetry", "crashed: starts again where it was"),
        ),
        _rule(
            "goldsmith: crashed too often",
            "A run that crashes every time is a failure for people to look at.",
            _present("Crashed", STARTS_AGAIN + 1, MEMORY),
            _state(
                StateType.FAILED,
                "Failed",
                f"crashed {STARTS_AGAIN + 1} times: it is not started again; the log of its last start, or "
                "of its worker, says why",
            ),
        ),
    ]


def ensure(dry: bool = False) -> list[str]:
    """Make or renew the rules on PREFECT_API_URL's server.

    Args:
        dry: change nothing.

    Returns:
        Names of those that were not there as they should be.
    """
    changed = []
    with get_client(sync_client=True) as client:
        for rule in wanted():
            found = client.read_automations_by_name(rule.name)
            if found and set(found[0].tags) == set(rule.tags):
                continue
            changed.append(rule.name)
            if dry:
                continue
            if found:
                client.update_automation(found[0].id, rule)
            else:
                client.create_automation(rule)
    return changed


def _rule(name: str, description: str, trigger: EventTrigger, action: Any) -> AutomationCore:
    said = digest(_sorted([trigger.model_dump(), action.model_dump(), description]))
    return AutomationCore(
        name=name,
        description=description,
        enabled=True,
        tags=[TAG, f"{TAG}:{said[:12]}"],  # by which a rule of another version is known
        trigger=trigger,
        actions=[action],
    )


def _sorted(value: Any) -> Any:
    """Plain values whose order is no accident: a set's differs from process to process."""
    if isinstance(value, dict):
        return {name: _sorted(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return sorted((_sorted(one) for one in value), key=str)
    return str(value)


def _state(kind: StateType, name: str, message: str) -> ChangeFlowRunState:
    return ChangeFlowRunState(state=kind, name=name, message=message, force=True)


def _events(names: Iterable[str]) -> list[str]:
    return [f"prefect.flow-run.{name}" for name in names]


def _missing(after: Sequence[str], expected: Sequence[str], within: timedelta) -> EventTrigger:
    return EventTrigger(
        posture=Posture.Proactive,
        match=ResourceSpecification({RUN: "prefect.flow-run.*"}),
        match_related=_ours(),
        for_each={RUN},
        after=set(after),
        expect=set(expected),
        threshold=1,
        within=within,
    )


def _present(name: str, times: int, within: timedelta) -> EventTrigger:
    return EventTrigger(
        posture=Posture.Reactive,
        match=ResourceSpecification({RUN: "prefect.flow-run.*"}),
        match_related=_ours(),
        for_each={RUN},
        expect=set(_events([name])),
        threshold=times,
        within=within,
    )


def _ours() -> ResourceSpecification:
    return ResourceSpecification({RUN: f"prefect.tag.{TAG}", "prefect.resource.role": "tag"})

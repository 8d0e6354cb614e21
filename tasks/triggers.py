"""Whether a triggered run may start: cool-down and daily cap, counted by Prefect's own runs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from prefect import runtime
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterStartTime,
)
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Completed, State

from goldsmith import notices
from goldsmith.config.triggers import Triggers
from goldsmith.errors import StoreError, UserError
from tasks import notices as telling
from tasks import places
from tasks.because import DEGRADED, NEW_DATA, Cause, read
from tasks.chain import Chain, announce

SKIPPED = "Skipped"
DAY = timedelta(hours=24)
PAGE = 200  # runs asked for at once


def skipped(chain: Chain) -> State[Any] | None:
    """The end of a run that its trigger may not start now, in words; None where it may.

    Raises:
        StoreError: the Prefect server cannot be asked.
    """
    if chain.cause is None:
        return None
    rule, now = chain.config.triggers, datetime.now(UTC)
    switch = {NEW_DATA: ("new_data", rule.new_data), DEGRADED: ("degraded", rule.degraded)}
    name, on = switch[chain.cause.event]
    before = list(_earlier(chain.config.name, now - _window(rule)))
    started = [(cause, run) for cause, run in before if run.state_name != SKIPPED]
    why = _why_not(chain.cause.event, rule, started, now) if on else f"triggers.{name} is false"
    if not why:
        return None
    # Monitoring may repeat itself every hour: people hear of it once.
    last = max((run.start_time for _, run in started), default=now - _window(rule))
    if not any(run.state_name == SKIPPED and run.start_time > last for _, run in before):
        _tell(chain, why)
    text = f"not started: {why}; triggered by {chain.cause.words}"
    announce("triggers")({"type": "note", "text": text})
    answer = {"model": chain.config.model_name, "outcome": "skipped", "reason": why}
    return Completed(name=SKIPPED, message=text[:300], data=answer)


def _window(rule: Triggers) -> timedelta:
    return max(DAY, timedelta(hours=max(rule.cool_down, rule.data_cool_down)))


def _earlier(use_case: str, since: datetime) -> Iterator[tuple[Cause, FlowRun]]:
    """The triggered runs of this run's deployment that began since then, newest first."""
    deployment, own = runtime.deployment.id, str(runtime.flow_run.id)
    if not deployment:
        return
    wanted = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=[deployment]),
        start_time=FlowRunFilterStartTime(after_=since),
    )
    try:
        with get_client(sync_client=True) as client:
            offset = 0
            while True:
                found = client.read_flow_runs(
                    flow_run_filter=wanted,
                    sort=FlowRunSort.START_TIME_DESC,
                    limit=PAGE,
                    offset=offset,
                )
                for run in found:
                    cause = _cause(run, use_case)
                    # The filter takes one that still waits, too.
                    if cause and run.start_time and str(run.id) != own:
                        yield cause, run
                if len(found) < PAGE:
                    return
                offset += PAGE
    except Exception as error:
        raise StoreError(
            f"the Prefect server does not say which runs were triggered before: {str(error)[:200]}"
        ) from error


def _cause(run: FlowRun, use_case: str) -> Cause | None:
    try:
        return read(run.parameters.get("because"), use_case)
    except UserError:
        return None  # it was refused for that, and trained nothing


def _why_not(
    event: str, rule: Triggers, started: list[tuple[Cause, FlowRun]], now: datetime
) -> str:
    hours = rule.cool_down if event == DEGRADED else rule.data_cool_down
    name = "cool_down" if event == DEGRADED else "data_cool_down"
    last = max((run.start_time for _, run in started), default=None)
    if last and now - last < timedelta(hours=hours):
        ago = (now - last).total_seconds() / 3600
        return (
            f"the last triggered run began {ago:.1f} h ago, and triggers.{name} is {hours:g} h; "
            f"the next may start at {last + timedelta(hours=hours):%Y-%m-%d %H:%M} UTC"
        )
    today = [
        run for cause, run in started if now - run.start_time < DAY and cause.event == DEGRADED
    ]
    if event == DEGRADED and len(today) >= rule.daily:
        return (
            f"{event} started {len(today)} run(s) within 24 h, and triggers.daily is {rule.daily}"
        )
    return ""


def _tell(chain: Chain, why: str) -> None:
    config = chain.config
    assert chain.cause is not None
    notice = notices.compose(
        config.name, config.model_name, None, "skipped", why, places.run() or "the log of the run",
        chain.cause.words,
    )  # fmt: skip
    warning = telling.tell(notice)
    if warning:
        announce("triggers")({"type": "note", "text": f"warning: {warning}"})

"""What ran, runs and waits, and why: flow runs of Goldsmith's flows, as a Prefect server knows them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    TaskRunFilter,
    TaskRunFilterState,
    TaskRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort

FLOWS = ("training", "extraction", "watch")
WAITING = (StateType.SCHEDULED, StateType.PENDING)
ACTIVE = (StateType.RUNNING, StateType.PAUSED, StateType.CANCELLING)
ENDED = (StateType.COMPLETED, StateType.FAILED, StateType.CRASHED, StateType.CANCELLED)
SLOT = "AwaitingConcurrencySlot"


class Row(NamedTuple):
    """One run.

    Attributes:
        id: Prefect's, of the flow run.
        flow: such as training.
        use_case: what it is a run of.
        profile: of it; empty where the run was not told.
        state: Prefect's name of its state.
        when: when it started, or is to start.
        seconds: how long it has run; 0 for one that has not.
        starts: how many times it was started.
        why: in words, why it is in that state.
    """

    id: str
    flow: str
    use_case: str
    profile: str
    state: str
    when: datetime | None
    seconds: float
    starts: int
    why: str


def rows(use_case: str | None, limit: int) -> list[Row]:
    """What runs, then what waits (the next one first), then what ended (the last one first).

    Args:
        use_case: of this one alone.
        limit: most runs that wait, and most that ended.
    """
    with get_client(sync_client=True) as client:
        running = _runs(client, ACTIVE, FlowRunSort.EXPECTED_START_TIME_DESC, limit)
        waiting = _runs(client, WAITING, FlowRunSort.EXPECTED_START_TIME_ASC, limit)
        ended = _runs(client, ENDED, FlowRunSort.END_TIME_DESC, limit)
        pools = _pools_without_workers(client, waiting)
        doing = _tasks(client, [run.id for run in running])
        names = {run.flow_id: "" for run in (*running, *waiting, *ended)}
        names = {one: client.read_flow(one).name for one in names}
    found = [_row(run, names[run.flow_id], doing, pools) for run in (*running, *waiting, *ended)]
    return [row for row in found if use_case in (None, row.use_case)]


def _runs(
    client: SyncPrefectClient, types: Sequence[StateType], sort: FlowRunSort, limit: int
) -> list[FlowRun]:
    return client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=list(FLOWS))),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(types)))
        ),
        sort=sort,
        limit=limit,
    )


def _tasks(client: SyncPrefectClient, runs: Sequence[UUID]) -> dict[UUID, str]:
    """The task that each run is at."""
    if not runs:
        return {}
    found = client.read_task_runs(
        flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=list(runs))),
        task_run_filter=TaskRunFilter(
            state=TaskRunFilterState(type=TaskRunFilterStateType(any_=[StateType.RUNNING]))
        ),
    )
    return {one.flow_run_id: one.name.rpartition("-")[0] for one in found if one.flow_run_id}


def _pools_without_workers(client: SyncPrefectClient, runs: Sequence[FlowRun]) -> set[str]:
    names = {run.work_pool_name for run in runs if run.work_pool_name}
    lost = set()
    for name in names:
        workers = client.read_workers_for_work_pool(name)
        if not any(getattr(worker.status, "value", "") == "ONLINE" for worker in workers):
            lost.add(name)
    return lost


def _row(run: FlowRun, flow: str, doing: Mapping[UUID, str], pools: set[str]) -> Row:
    state = run.state
    assert state is not None
    return Row(
        id=str(run.id),
        flow=flow,
        use_case=str(run.parameters.get("use_case", "")),
        profile=str(run.parameters.get("profile") or ""),
        state=state.name or state.type.value.title(),
        when=run.start_time or run.expected_start_time,
        seconds=run.total_run_time.total_seconds() if run.start_time else 0.0,
        starts=run.run_count,
        why=_why(run, doing.get(run.id, ""), pools),
    )


def _why(run: FlowRun, task: str, pools: set[str]) -> str:
    state = run.state
    assert state is not None
    message = " ".join((state.message or "").split())
    if state.type in ACTIVE:
        return f"at {task}" if task else message
    if state.type not in WAITING:
        return message
    if state.name == SLOT:
        return "another run of this use case goes first"
    due = run.expected_start_time
    if due is not None and due > datetime.now(UTC):
        return message or ("on its schedule" if run.auto_scheduled else "")
    if run.work_pool_name in pools:
        return f"no worker serves pool {run.work_pool_name}: prefect worker start --pool {run.work_pool_name}"
    return message or "waits for a worker to take it"

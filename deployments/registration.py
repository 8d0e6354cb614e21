"""Registration of deployments on a Prefect server: what differs, and making it so.

Registering again changes nothing: only what differs from the YAML is touched.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.client.schemas.responses import DeploymentResponse
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled

from deployments.plans import SLUG, TAG, Plan
from goldsmith import config
from goldsmith.errors import ConfigError, StoreError, UserError, near
from tasks.preflight import DEPLOYED_BY
from tasks.temporary_server import reach

OWN_POOLS = ("cpu", "gpu")  # made where they lack; others are an administrator's
POOL_TYPE = "process"
PAGE = 200


class Change(NamedTuple):
    """What registering does to one deployment.

    Attributes:
        name: `flow/deployment`.
        kind: new, changed, same, or gone: no use case asks for it any more.
        details: a line for each thing that changes, `what: old -> new`.
    """

    name: str
    kind: str
    details: tuple[str, ...] = ()


def server() -> str:
    """The address of PREFECT_API_URL's server, which has been asked for its health.

    Raises:
        UserError: there is no PREFECT_API_URL.
        StoreError: it does not answer, or the URL is none.
    """
    url = os.environ.get("PREFECT_API_URL", "")
    if not url:
        raise UserError(
            "PREFECT_API_URL is not set: `goldsmith up` starts a server and everything else on this "
            "machine; for one that runs elsewhere, `export PREFECT_API_URL=http://HOST:4200/api`"
        )
    reach(url)
    return url


def compare(wanted: Sequence[Plan]) -> list[Change]:
    """What registering would change.

    Raises:
        ConfigError: a use case names a work pool that is not there.
    """
    with get_client(sync_client=True) as client:
        _check_pools(client, wanted)
        return [_compare(client, plan) for plan in wanted]


def apply(wanted: Sequence[Plan], changes: Sequence[Change]) -> None:
    """Register what is new or changed, and the work pools that lack.

    Raises:
        StoreError: the server refuses.
    """
    with get_client(sync_client=True) as client:
        for pool in {plan.deployment.work_pool_name for plan in wanted}:
            _ensure_pool(client, str(pool))
    for plan, change in zip(wanted, changes, strict=True):
        if change.kind == "same":
            continue
        try:
            identity = plan.deployment.apply()
        except Exception as error:
            raise StoreError(
                f"{plan.name}: the Prefect server refused: {str(error)[:300]}"
            ) from error
        if not plan.deployment.schedules:
            _drop_schedule(UUID(str(identity)))


def orphans(root: Path) -> list[Change]:
    """Deployments that were registered from `root` and that no use case asks for any more."""
    with get_client(sync_client=True) as client:
        return [
            Change(name, "gone", (f"no use case {_use_case(found)} with that profile",))
            for name, found in _registered(client, root)
            if not _asked_for(found)
        ]


def prune(root: Path) -> list[Change]:
    """Delete them; a run of theirs that waits is cancelled, one that runs goes on."""
    gone = orphans(root)
    names = {change.name for change in gone}
    with get_client(sync_client=True) as client:
        for name, found in _registered(client, root):
            if name in names:
                _cancel_waiting(client, found.id)
                client.delete_deployment(found.id)
    return gone


def _registered(client: SyncPrefectClient, root: Path) -> Iterator[tuple[str, DeploymentResponse]]:
    filters = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    found: list[DeploymentResponse] = []
    while page := client.read_deployments(deployment_filter=filters, limit=PAGE, offset=len(found)):
        found += page
    flows = {one.flow_id: client.read_flow(one.flow_id).name for one in found}
    for one in found:
        if _folder(one.pull_steps) == str(root):
            yield f"{flows[one.flow_id]}/{one.name}", one


def _use_case(found: DeploymentResponse) -> str:
    return str(found.parameters.get("use_case"))


def _asked_for(found: DeploymentResponse) -> bool:
    name, profile = _use_case(found), found.parameters.get("profile")
    return name in config.names() and profile in config.profiles(name)


def _cancel_waiting(client: SyncPrefectClient, deployment_id: UUID) -> None:
    waiting = FlowRunFilter(
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
    )
    of_it = DeploymentFilter(id=DeploymentFilterId(any_=[deployment_id]))
    state = Cancelled(message="its use case is no more: the deployment was pruned")
    for run in client.read_flow_runs(flow_run_filter=waiting, deployment_filter=of_it, limit=PAGE):
        client.set_flow_run_state(run.id, state, force=True)


def _compare(client: SyncPrefectClient, plan: Plan) -> Change:
    wanted = _facts_of_plan(plan.deployment)
    try:
        found = client.read_deployment_by_name(plan.name)
    except ObjectNotFound:
        told = tuple(f"{what}: {wanted[what]}" for what in ("profile", "schedule", "pool"))
        return Change(plan.name, "new", told)
    there = _facts_of_server(client, found)
    told = tuple(
        f"{what}: {there[what] or '(none)'} -> {wanted[what] or '(none)'}"
        for what in wanted
        if wanted[what] != there[what]
    )
    return Change(plan.name, "changed" if told else "same", told)


def _facts_of_plan(deployment: RunnerDeployment) -> dict[str, str]:
    step: Any = deployment.storage.to_pull_step() if deployment.storage else {}
    limit, rules = deployment.concurrency_limit, [str(one.name) for one in deployment.triggers]
    return _facts(deployment, [step], deployment.work_pool_name, limit, rules)


def _facts_of_server(client: SyncPrefectClient, found: DeploymentResponse) -> dict[str, str]:
    limit = found.global_concurrency_limit
    at_once = limit.limit if limit else None
    rules = client.read_resource_related_automations(f"prefect.deployment.{found.id}")
    names = [one.name for one in rules]
    return _facts(found, found.pull_steps, found.work_pool_name, at_once, names)


def _facts(
    one: Any, steps: Any, pool: str | None, limit: int | None, rules: Sequence[str]
) -> dict[str, str]:
    """What people would call the same deployment, in words: of a plan or of the server's."""
    environment = (one.job_variables or {}).get("env") or {}
    return {
        "profile": str(one.parameters.get("profile")),
        "use case": str(one.parameters.get("use_case")),
        "schedule": ", ".join(_schedule(found) for found in one.schedules or ()) or "on demand",
        "triggers": ", ".join(sorted(rules)),
        "pool": str(pool or ""),
        "title": one.description or "",
        "folder": _folder(steps),
        "entry": one.entrypoint or "",
        "runs at once": str(limit),
        "goldsmith": str(environment.get(DEPLOYED_BY)),
        "runs with": ", ".join(
            f"{name}={value}" for name, value in sorted(environment.items()) if name != DEPLOYED_BY
        ),
    }


def _schedule(found: Any) -> str:
    """A schedule in words: `0 3 * * 1 UTC`, `every 0:15:00`; `(paused)` where it is."""
    one = found.schedule
    words = f"{one.cron} {one.timezone}" if hasattr(one, "cron") else f"every {one.interval}"
    return f"{words}{'' if found.active else ' (paused)'}"


def _folder(steps: Any) -> str:
    return next(
        (str(inputs.get("directory", "")) for step in steps or () for inputs in step.values()), ""
    )


def _check_pools(client: SyncPrefectClient, wanted: Sequence[Plan]) -> None:
    there = {one.name for one in client.read_work_pools(limit=PAGE)}
    for plan in wanted:
        pool = str(plan.deployment.work_pool_name)
        if pool not in there and pool not in OWN_POOLS:
            raise ConfigError(
                f"{config.find(plan.use_case.name)}: compute.pool: no work pool {pool!r} on the server: "
                f"{near(pool, there | set(OWN_POOLS))}; or make it: prefect work-pool create {pool} "
                f"--type {POOL_TYPE}"
            )


def _ensure_pool(client: SyncPrefectClient, name: str) -> None:
    try:
        client.read_work_pool(name)
    except ObjectNotFound:
        client.create_work_pool(WorkPoolCreate(name=name, type=POOL_TYPE))


def _drop_schedule(deployment_id: UUID) -> None:
    """Take away what an earlier registration left: an update without schedules keeps them."""
    with get_client(sync_client=True) as client:
        for found in client.read_deployment_schedules(deployment_id):
            if found.slug == SLUG:
                client.delete_deployment_schedule(deployment_id, found.id)

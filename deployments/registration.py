"""One Prefect deployment per use case, made from its YAML: registering again changes nothing.

Building them imports no training library, so a small machine or a CI job can register.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.flows import EntrypointType
from prefect.runner.storage import LocalStorage
from prefect.schedules import Cron, Schedule

from flows.training import training
from goldsmith import config
from goldsmith.config import UseCase
from goldsmith.errors import ConfigError, StoreError

POOL = "cpu"
POOL_TYPE = "process"
SLUG = "use-case"  # of the schedule that the YAML gives
HEALTH_SECONDS = 10.0


class Registered(NamedTuple):
    """What became of one use case: `training/NAME`, its profile and when it runs by itself."""

    name: str
    profile: str
    schedule: str


def check_server(url: str) -> None:
    """Ask a Prefect server for its health.

    Raises:
        StoreError: it does not answer, or the URL is none.
    """
    try:
        urlopen(f"{url.rstrip('/')}/health", timeout=HEALTH_SECONDS).close()
    except (OSError, ValueError) as error:
        raise StoreError(
            f"the Prefect server at PREFECT_API_URL={url} does not answer: {error}; start it with "
            "`prefect server start`, or correct the URL (it ends in /api)"
        ) from None


def choose(names: Sequence[str], profile: str) -> tuple[list[UseCase], list[str]]:
    """The named use cases (all if none is named) under a profile, and those without that profile.

    Raises:
        ConfigError: an unknown name, a named use case without the profile, or a faulty file.
    """
    if names:
        return [config.load(name, profile) for name in names], []
    having = [name for name in config.names() if profile in config.profiles(name)]
    lacking = [name for name in config.names() if name not in having]
    return [config.load(name, profile) for name in having], lacking


def build(use_case: UseCase, root: Path) -> RunnerDeployment:
    """The deployment of one use case; its runs work in `root`, where `use_cases/` lies.

    Raises:
        ConfigError: a schedule that Prefect does not understand.
    """
    try:
        schedules = _schedules(use_case)
        deployment = RunnerDeployment.from_flow(
            training,
            name=use_case.model_name,
            schedules=schedules,
            parameters={"use_case": use_case.name, "profile": use_case.profile},
            # Two trainings of one use case at once would only wait for each other's result.
            concurrency_limit=ConcurrencyLimitConfig(
                limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE
            ),
            description=use_case.title,
            tags=["goldsmith", use_case.profile],
            work_pool_name=POOL,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
    except ValueError as error:
        file = config.find(use_case.name)
        last = str(error).strip().splitlines()[-1].strip()
        raise ConfigError(f"{file}: schedule: {last[:200]}") from None
    deployment.storage = LocalStorage(str(root))
    return deployment


def _schedules(use_case: UseCase) -> list[Schedule]:
    found = use_case.schedule
    if found is None:
        return []
    return [Cron(found.cron, timezone=found.timezone, active=found.active, slug=SLUG)]


def register(use_cases: Sequence[UseCase], root: Path) -> list[Registered]:
    """Register deployments, and the work pool if there is none; the server is PREFECT_API_URL's.

    Raises:
        ConfigError: see `build`; nothing is registered then.
        StoreError: the server refuses.
    """
    deployments = [build(use_case, root) for use_case in use_cases]
    try:
        _ensure_pool()
        for deployment in deployments:
            identity = deployment.apply()
            if not deployment.schedules:
                _drop_schedule(identity)
    except Exception as error:
        raise StoreError(f"the Prefect server refused: {str(error)[:300]}") from error
    return [
        Registered(one.name, use_case.profile, _when(use_case))
        for one, use_case in zip(deployments, use_cases, strict=True)
    ]


def _ensure_pool() -> None:
    with get_client(sync_client=True) as client:
        try:
            client.read_work_pool(POOL)
        except ObjectNotFound:
            client.create_work_pool(WorkPoolCreate(name=POOL, type=POOL_TYPE))


def _drop_schedule(deployment_id: UUID) -> None:
    """Take away what an earlier registration left: an update without schedules keeps them."""
    with get_client(sync_client=True) as client:
        for found in client.read_deployment_schedules(deployment_id):
            if found.slug == SLUG:
                client.delete_deployment_schedule(deployment_id, found.id)


def _when(use_case: UseCase) -> str:
    found = use_case.schedule
    if found is None:
        return "on demand"
    return f"{found.cron} {found.timezone}{'' if found.active else ' (paused)'}"

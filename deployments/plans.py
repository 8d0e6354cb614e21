"""What should be registered: one Prefect deployment a use case and flow, from the YAML alone.

Building them imports no training library, so a small machine or a CI job can register.
"""

from collections.abc import Sequence
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.events import DeploymentEventTrigger, ResourceSpecification
from prefect.flows import EntrypointType
from prefect.runner.storage import LocalStorage
from prefect.schedules import Cron, Interval, Schedule

from flows.extraction import extraction
from flows.training import training
from flows.watching import watch
from goldsmith import config
from goldsmith.config import Evaluation, UseCase
from goldsmith.config.compute import CPU_POOL
from goldsmith.errors import ConfigError
from tasks.because import DEGRADED, NEW_DATA, TEMPLATE, match
from tasks.preflight import DEPLOYED_BY

TAG = "goldsmith"
SLUG = "use-case"  # of the schedule that the YAML gives
RUNS_WITH = {
    # Prefect takes no shorter interval; three missed ones are the 90 s after which a run is dead.
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    # What its server answers while its own database is away; Prefect asks again at 503 and 502 alone.
    "PREFECT_CLIENT_RETRY_EXTRA_CODES": "500",
}


class Plan(NamedTuple):
    """A deployment as a use case asks for it."""

    use_case: UseCase | Evaluation
    deployment: RunnerDeployment

    @property
    def name(self) -> str:
        """`flow/deployment`."""
        return self.deployment.full_name


def choose(names: Sequence[str], profile: str) -> tuple[list[UseCase | Evaluation], list[str]]:
    """The named use cases (all if none is named) under a profile, and those without that profile.

    Raises:
        ConfigError: an unknown name, a named use case without the profile, or a faulty file.
    """
    if names:
        return [config.load_any(name, profile) for name in names], []
    having = [name for name in config.names() if profile in config.profiles(name)]
    lacking = [name for name in config.names() if name not in having]
    return [config.load_any(name, profile) for name in having], lacking


def plans(use_case: UseCase | Evaluation, root: Path) -> list[Plan]:
    """The deployments of one use case; their runs work in `root`, where `use_cases/` lies.

    Raises:
        ConfigError: a schedule that Prefect does not understand.
    """
    if isinstance(use_case, Evaluation):
        return [Plan(use_case, _scheduled(extraction, use_case, root, []))]
    made = [_scheduled(training, use_case, root, _triggers(use_case))]
    if use_case.watch:
        made.append(_watch(use_case, root))
    return [Plan(use_case, one) for one in made]


def _scheduled(
    flow: Any, use_case: UseCase | Evaluation, root: Path, triggers: list[DeploymentEventTrigger]
) -> RunnerDeployment:
    try:
        return _deployment(
            flow,
            use_case,
            root,
            schedules=_schedules(use_case),
            triggers=triggers,
            # Two runs of one use case at once would only wait for each other's result.
            concurrency_limit=ConcurrencyLimitConfig(
                limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE
            ),
            work_pool_name=use_case.compute.work_pool,
        )
    except ValueError as error:  # Prefect's words on a cron or a time zone
        last = str(error).strip().splitlines()[-1].strip()
        raise ConfigError(f"{config.find(use_case.name)}: schedule: {last[:200]}") from None


def _watch(use_case: UseCase, root: Path) -> RunnerDeployment:
    assert use_case.watch is not None
    every = Interval(timedelta(minutes=use_case.watch.every), slug=SLUG)
    # A look takes seconds: one that waits for another would only find nothing.
    alone = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW)
    return _deployment(
        watch,
        use_case,
        root,
        schedules=[every],
        concurrency_limit=alone,
        work_pool_name=CPU_POOL,
    )


def _triggers(use_case: UseCase) -> list[DeploymentEventTrigger]:
    """The events that start a training, each with itself as the run's reason."""
    wanted = {NEW_DATA: use_case.triggers.new_data, DEGRADED: use_case.triggers.degraded}
    return [
        DeploymentEventTrigger(
            name=f"train {use_case.model_name} on {event}",
            expect={event},
            match=ResourceSpecification(match(use_case, event)),
            parameters={"because": TEMPLATE},
        )
        for event, on in wanted.items()
        if on
    ]


def _deployment(
    flow: Any, use_case: UseCase | Evaluation, root: Path, **more: Any
) -> RunnerDeployment:
    deployment = RunnerDeployment.from_flow(
        flow,
        name=use_case.model_name,
        parameters={"use_case": use_case.name, "profile": use_case.profile},
        description=use_case.title,
        tags=[TAG, use_case.profile],
        job_variables={"env": RUNS_WITH | {DEPLOYED_BY: version("goldsmith")}},
        entrypoint_type=EntrypointType.MODULE_PATH,
        **more,
    )
    deployment.storage = LocalStorage(str(root))
    return deployment


def _schedules(use_case: UseCase | Evaluation) -> list[Schedule]:
    found = use_case.schedule
    if found is None:
        return []
    return [Cron(found.cron, timezone=found.timezone, active=found.active, slug=SLUG)]

"""The first task: refuse what cannot end well, before any work starts."""

import os
from importlib.metadata import version
from typing import Any

from prefect import task

from goldsmith import mirror, pipeline
from goldsmith.errors import ConfigError
from goldsmith.registry import store
from goldsmith.settings import Settings
from goldsmith.stages import passport, train
from tasks.chain import Chain
from tasks.retries import DELAYS, can_pass_unattended

DEPLOYED_BY = "GOLDSMITH_DEPLOYED_BY"  # which version registered the deployment that runs


@task(
    name="preflight",
    retries=len(DELAYS),
    retry_delay_seconds=DELAYS,
    retry_condition_fn=can_pass_unattended,
)
def preflight(chain: Chain) -> None:
    """Look that GPUs, source, base model, the registry's store and the mirror are there; pin what
    can move."""
    require_version()
    passport.require_clean(chain.config)
    train.gpus_for(chain.config.compute)
    settings = Settings()
    mirror.check(settings.mirror, settings.artifacts)
    chain.config = pipeline.pinned(chain.config)
    family: Any = chain.config.model
    family.identity()
    store.check()


def require_version() -> None:
    """A worker of another version would do other work than the deployment was made for."""
    deployed, here = os.environ.get(DEPLOYED_BY), version("goldsmith")
    if deployed and deployed != here:
        raise ConfigError(
            f"this worker runs goldsmith {here}, but {deployed} registered the deployment: install "
            f"goldsmith {deployed} on the worker, or run `goldsmith deploy` with {here}"
        )

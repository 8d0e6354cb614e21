"""The first task: refuse what cannot end well, before any work starts."""

from typing import Any

from prefect import task

from goldsmith.registry import store
from tasks.chain import Chain


@task(name="preflight")
def preflight(chain: Chain) -> None:
    """Look that the registry's store can be reached and the base model is there."""
    family: Any = chain.config.model
    family.identity()
    store.check()

"""The first task: refuse what cannot end well, before any work starts."""

from typing import Any

from prefect import task

from goldsmith import pipeline
from goldsmith.registry import store
from goldsmith.stages import passport
from tasks.chain import Chain


@task(name="preflight")
def preflight(chain: Chain) -> None:
    """Look that source, base model and the registry's store can be reached; pin what can move."""
    passport.require_clean(chain.config)
    chain.config = pipeline.pinned(chain.config)
    family: Any = chain.config.model
    family.identity()
    store.check()

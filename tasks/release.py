"""Tasks that change the registry: register and promote."""

import time

from prefect import runtime, task
from prefect.artifacts import create_markdown_artifact

from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version
from goldsmith.stages import release
from tasks.chain import LISTENER, Chain, announce


@task(name="register", retries=2, retry_delay_seconds=[2, 10])
def register(chain: Chain) -> Version:
    """Register the judged bundle; an equal version is found again."""
    started, report = time.monotonic(), announce("register")
    report({"type": "start"})
    version = release.register(chain.config, chain.made, str(runtime.flow_run.id or ""))
    chain.seconds["register"] = time.monotonic() - started
    word = "registered" if version.new else "registered before"
    report({"type": "note", "text": f"{version.model} version {version.number} {word}"})
    LISTENER.get()(
        "register",
        {"type": "done", "cached": not version.new, "seconds": chain.seconds["register"]},
    )
    return version


@task(name="promote")
def promote(chain: Chain, version: Version) -> Promotion:
    """Let the version be champion if it earned it."""
    started, report = time.monotonic(), announce("promote")
    report({"type": "start"})
    decided = release.promote(chain.config, chain.made, version)
    chain.seconds["promote"] = time.monotonic() - started
    text = f"{version.model} version {version.number}: {decided.outcome}: {decided.reason}"
    report({"type": "note", "text": text})
    create_markdown_artifact(text, key=f"{chain.config.name}-promotion")
    LISTENER.get()(
        "promote", {"type": "done", "cached": False, "seconds": chain.seconds["promote"]}
    )
    return decided

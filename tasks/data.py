"""Tasks of the data half: load, validate, prepare."""

import time
from typing import Any

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.states import State

from goldsmith import pipeline
from goldsmith.validation import report as validation_report
from tasks.chain import Chain, announce
from tasks.retries import DELAYS, can_pass_unattended


@task(
    name="load",
    retries=len(DELAYS),
    retry_delay_seconds=DELAYS,
    retry_condition_fn=can_pass_unattended,
)
def load(chain: Chain) -> State[Any]:
    """Take the raw goldens into the store, and read them into records."""
    started = time.monotonic()
    report = announce("load")
    report({"type": "start"})
    chain.made["raw"] = pipeline.raw(chain.config, report)
    chain.seconds["raw"] = time.monotonic() - started
    return chain.perform("load")


def _show(chain: Chain, stage: str) -> None:
    """The checks as a Prefect artifact, also when they failed and stop the run."""
    found = validation_report.read(chain.made[stage].folder)
    key = f"{chain.config.name}-{stage}".replace("_", "-")
    create_markdown_artifact(validation_report.markdown(found), key=key, description=stage)


@task(name="validate raw")
def validate_raw(chain: Chain) -> State[Any]:
    """Hold the raw records to the data contract; what breaks it stops the run here."""
    return _validate(chain, "validate_raw")


@task(name="validate prepared")
def validate_prepared(chain: Chain) -> State[Any]:
    """Hold the prepared records to it."""
    return _validate(chain, "validate_prepared")


def _validate(chain: Chain, stage: str) -> State[Any]:
    try:
        return chain.perform(stage)
    finally:
        if stage in chain.made:
            _show(chain, stage)


@task(name="prepare")
def prepare(chain: Chain) -> State[Any]:
    """Map, filter and split."""
    return chain.perform("prepare")

"""A person's decision on a candidate, as the input of a paused flow run."""

import math
from typing import Any

import anyio
from prefect.client.orchestration import get_client
from prefect.context import FlowRunContext
from prefect.flow_runs import apause_flow_run
from prefect.input import RunInput
from prefect.input.run_input import keyset_from_base_key
from prefect.logging import get_run_logger
from prefect.states import Completed, State
from pydantic import Field

from goldsmith.errors import StoreError
from goldsmith.stages import approval

KEY = "decision"
POLL_SECONDS = 5
# Prefect fails a run whose pause has timed out; ours is over before, and ends well.
GRACE_SECONDS = 3600


class Decision(RunInput):
    """The form that a person fills in."""

    approve: bool = Field(description="Yes: it becomes champion if it still beats the champion.")
    by: str = Field(min_length=1, pattern=r"\S", description="Your name, for the ledger.")
    reason: str = Field(min_length=1, pattern=r"\S", description="Why, for the ledger.")


def answer(model: str, version: int, question: str, wait_hours: float) -> Decision | None:
    """Pause the flow run until a person has answered, or has decided in another way.

    Args:
        model, version: the candidate.
        question: stands above the form.
        wait_hours: how long to wait.

    Returns:
        The answer; None if there was none in time, or if the version became champion meanwhile.
    """
    return anyio.run(_answer, model, version, question, 3600.0 * wait_hours)


async def _answer(model: str, version: int, question: str, seconds: float) -> Decision | None:
    form: Any = Decision.with_initial_data(description=question)
    with anyio.move_on_after(seconds):
        async with anyio.create_task_group() as group:

            async def watch() -> None:
                while not await _over(model, version):
                    await anyio.sleep(POLL_SECONDS)
                group.cancel_scope.cancel()

            group.start_soon(watch)
            timeout = math.ceil(seconds) + GRACE_SECONDS
            await apause_flow_run(form, timeout=timeout, poll_interval=POLL_SECONDS, key=KEY)
            group.cancel_scope.cancel()
    return await _given()


async def _given() -> Decision | None:
    """The answer, if the run was resumed; also one that came in the last seconds."""
    state = await _state()
    if state is None or not state.is_running():
        return None
    return await Decision.aload(keyset_from_base_key(f"paused-{KEY}"))


async def _state() -> State[Any] | None:
    context: Any = FlowRunContext.get()
    async with get_client() as client:
        run = await client.read_flow_run(context.flow_run.id)
    return run.state


async def _over(model: str, version: int) -> bool:
    """Whether there is nothing to wait for: somebody cancelled the run, or decided by command."""
    state = await _state()
    cancelled = state is not None and (state.is_cancelling() or state.is_final())
    return cancelled or await anyio.to_thread.run_sync(_settled, model, version)


def _settled(model: str, version: int) -> bool:
    """A store that is away for a while must not end the waiting."""
    try:
        return approval.settled(model, version)
    except StoreError as error:
        get_run_logger().warning("%s", error)
        return False


def words(found: Decision | None, wait_hours: float) -> State[Any]:
    """The end of the approval's flow run, in words."""
    if found is None:
        text = f"no answer here, asked for up to {wait_hours:g} h"
    else:
        said = "approved" if found.approve else "rejected"
        text = f"{said} by {found.by.strip()}: {found.reason.strip()}"
    return Completed(message=text[:300], data=found)

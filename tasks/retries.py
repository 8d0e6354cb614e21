"""Which failures a task is tried again after: those that can pass by themselves."""

from typing import Any

from prefect import runtime
from prefect.states import State

from goldsmith.errors import KilledError, StoreError, UserError

# A server that is started again is back within these; seconds before each try.
DELAYS = [2.0, 10.0, 30.0, 60.0]


def can_pass(task: Any, run: Any, state: State[Any]) -> bool:
    """A network, a lock or a server may be back soon; a user's mistake or a refusal stays one."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, (StoreError, KilledError, OSError)) and not isinstance(
        error, UserError
    )


def can_pass_unattended(task: Any, run: Any, state: State[Any]) -> bool:
    """The same where nobody watches: a person at a terminal is told at once."""
    return bool(runtime.deployment.id) and can_pass(task, run, state)

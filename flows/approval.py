"""The approval flow: a run that pauses until a person has decided on a candidate.

It is a run of its own, within the training run. Were the training run itself paused, its
deployment's concurrency slot would be released, and Prefect would end the run minutes later because
the slot's lease can no longer be renewed. Suspended and started again it would load whatever data
and code are there by then, and ask about another version than the one that was looked at.
"""

from typing import Any

from prefect import flow

from tasks.decision import answer, words


@flow(
    name="approval",
    flow_run_name="approve {model} version {version}",
    persist_result=False,
    validate_parameters=False,
)
def approval(model: str, version: int, question: str, wait_hours: float) -> Any:
    """Ask a person whether a candidate may be champion.

    Args:
        model, version: the candidate.
        question: what the person reads above the form.
        wait_hours: how long to wait; nobody's answer leaves the candidate as it is.
    """
    return words(answer(model, version, question, wait_hours), wait_hours)

"""How a training run ends: its answer and final state in words, or a notice of its failure."""

from typing import Any

from prefect.client.schemas.objects import FlowRun
from prefect.flows import Flow
from prefect.states import Completed, State
from prefect.utilities.urls import url_for

from goldsmith import notices
from goldsmith.errors import GoldsmithError, UserError
from goldsmith.settings import Settings
from tasks import notices as telling
from tasks.because import read
from tasks.chain import LISTENER, Chain
from tasks.release import registered

LONGEST = 300  # characters of a state's message
INTERRUPTED = "interrupt signal"  # as Prefect words it


def ended(chain: Chain) -> State[dict[str, Any]]:
    """The run's answer, in a state that says in words what became of the version."""
    version, decided = registered(chain), chain.decided
    assert decided is not None
    answer = {
        "model": version.model,
        "version": version.number,
        "new": version.new,
        "outcome": decided.outcome,
        "reason": decided.reason,
        "champion": decided.champion,
        "folders": {name: str(one.folder) for name, one in chain.made.items()},
        "cached": {name: one.cached for name, one in chain.made.items()},
        "seconds": chain.seconds,
    }
    text = f"{version.model} version {version.number} {decided.outcome}: {decided.reason}"
    return Completed(message=text[:LONGEST], data=answer)


def tell_failure(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Send a notice that a run has failed; a person's ctrl-C is no failure."""
    if INTERRUPTED in (state.message or ""):
        return
    use_case, model = model_of(flow, flow_run)
    where = url_for(flow_run) or "the log of the run"
    cause = _cause(flow_run.parameters.get("because"), use_case)
    notice = notices.compose(use_case, model, None, "failed", reason(state), where, cause)
    warning = telling.tell(notice)
    if warning:
        LISTENER.get()("run", {"type": "note", "text": f"warning: {warning}"})


def model_of(flow: Flow[Any, Any], flow_run: FlowRun) -> tuple[str, str]:
    """The use case and the model that a run is about, from its parameters."""
    given = flow_run.parameters
    use_case = str(given.get("use_case", flow.name))
    profile = str(given.get("profile") or Settings().profile)
    return use_case, use_case if profile == "full" else f"{use_case}.{profile}"


def _cause(because: Any, use_case: str) -> str:
    try:
        cause = read(because, use_case)
    except UserError:
        return ""  # that is what it failed of
    return cause.words if cause else ""


def reason(state: State[Any]) -> str:
    """Why a run failed, in words; an error that is not ours may hold secrets, and is named by its type."""
    if state.is_crashed():
        return "the process ended before the run did"
    error = state.result(raise_on_failure=False)
    if isinstance(error, GoldsmithError):
        return str(error)
    return f"an unexpected {type(error).__name__}"

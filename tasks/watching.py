"""A look at a watched place as a task: its log, its retries, and notices of what was refused."""

import contextlib
from pathlib import Path
from typing import Any

from prefect import task
from prefect.client.schemas.objects import FlowRun
from prefect.flows import Flow
from prefect.logging import get_run_logger
from prefect.states import Completed, State

from goldsmith import config as configs
from goldsmith import notices
from goldsmith.config import UseCase
from goldsmith.revisions import watching
from goldsmith.revisions.watching import Refused
from goldsmith.settings import Settings
from tasks import announcing
from tasks import notices as telling
from tasks.ending import model_of, reason, tell_failure
from tasks.retries import can_pass

LONGEST = 300  # characters of a state's message


# The next look is near: one more try is for a network that was away for a moment.
@task(name="take", retries=1, retry_delay_seconds=5, retry_condition_fn=can_pass)
def take(use_case: str, profile: str | None) -> State[Any]:
    """Take what is new into the goldens; the state says in words what became of it."""
    config, logger = configs.load(use_case, profile), get_run_logger()
    announce = announcing.announce if announcing.has_server() else None
    done = watching.look(
        config, lambda text: logger.info("%s", text), announce, lambda one: _tell(config, one)
    )
    _failing(config.model_name).unlink(missing_ok=True)
    name = "Quarantined" if done.refused else "Taken" if done.taken else "Nothing new"
    answer = {
        "taken": list(done.taken),
        "quarantined": [name for one in done.refused for name in one.names],
        "revision": done.delivered.revision if done.delivered else None,
    }
    return Completed(name=name, message=done.words[:LONGEST], data=answer)


def ended(found: State[Any]) -> State[Any]:
    """The flow run's end, as its one task's; Prefect would word a task's state as one of several."""
    return Completed(name=found.name, message=found.message, data=found.result())


def _tell(config: UseCase, refused: Refused) -> None:
    reason = f"{', '.join(refused.names)}: {refused.reason}"
    notice = notices.compose(
        config.name, config.model_name, None, "quarantined", reason, str(refused.folder)
    )
    warning = telling.tell(notice)
    if warning:
        get_run_logger().warning("%s", warning)


def tell_once(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Send a notice of a failure that is another than the last look's: the next one is near."""
    _, model = model_of(flow, flow_run)
    file, why = _failing(model), reason(state)
    if file.is_file() and file.read_text(encoding="utf-8") == why:
        return
    tell_failure(flow, flow_run, state)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(why, encoding="utf-8")


def _failing(model: str) -> Path:
    return Settings().home.absolute() / "watch" / model / "failing.txt"

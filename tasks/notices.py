"""Notices by Prefect: what happened to a model as an event, and in words to GOLDSMITH_NOTIFY.

The command's `promote` and `rollback` tell through this module too.
"""

import re

from goldsmith import notices
from goldsmith.errors import near
from goldsmith.notices import Notice
from goldsmith.registry.ledger import ACCEPTED, CHAMPION
from goldsmith.registry.promotion import Promotion
from goldsmith.registry.versions import Version
from goldsmith.settings import Settings
from tasks import places

BLOCK = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")
EVENTS = {
    "promoted": "promoted",
    "approved": "promoted",
    "forced": "promoted",
    "candidate": "candidate",
    "refused": "refused",
    "restored": "rolled_back",
    "rolled_back": "candidate",
}


def tell(notice: Notice) -> str:
    """Emit a notice as Prefect's event and send it to where GOLDSMITH_NOTIFY says.

    Returns:
        What went wrong in words, for a warning; empty if nothing did, or if nowhere is named. A
        webhook's address is not in it.
    """
    emit(notice)
    return send(notice)


def of_promotion(
    use_case: str,
    version: Version,
    decided: Promotion,
    where: str = "",
    cause: str = "",
    alias: str = CHAMPION,
) -> Notice:
    """The notice of what became of a version; `where` to look: the command that shows it if empty.

    Args:
        use_case: its name.
        version: which.
        decided: what became of it.
        where: a link, where there is one.
        cause: what triggered the run, in words.
        alias: the one that was decided on: the champion's, or `accepted`.
    """
    look = where or places.show(use_case, version)
    words = notices.ACCEPTED_WORDS if alias == ACCEPTED else notices.WORDS
    return notices.compose(
        use_case, version.model, version.number, decided.outcome, decided.reason, look, cause, words
    )


def send(notice: Notice) -> str:
    """Send a notice to where GOLDSMITH_NOTIFY says; what went wrong in words, empty if nothing."""
    target = Settings().notify.get_secret_value().strip()
    if not target:
        return ""
    if target.lower().startswith(notices.WEB):
        failure, remedy = notices.post(target, notice), "look at the address and at who serves it"
    elif BLOCK.fullmatch(target):
        failure, _ = notices.within(notices.SECONDS * notices.TRIES, lambda: _hand(target, notice))
        remedy = f"look at the block {target} in Prefect's UI, under Blocks"
    else:
        failure = (
            "is neither an http(s) address nor a block's TYPE/NAME, such as slack-webhook/team"
        )
        remedy = "correct or unset it"
    about = f"{notice.model} {notice.outcome}"
    return (
        f"the notice ({about}) was not sent: GOLDSMITH_NOTIFY {failure}; {remedy}"
        if failure
        else ""
    )


def _hand(target: str, notice: Notice) -> tuple[str, bool]:
    """Give a notice to a notification block; see `notices.within`.

    The text of an error may hold the block's secret: its type must do.
    """
    from pydantic import ValidationError

    try:
        import prefect.blocks.notifications  # noqa: F401 - makes its blocks known by name
        from prefect.blocks.abstract import NotificationBlock
        from prefect.blocks.core import Block

        block = Block.load(target)
        if not isinstance(block, NotificationBlock):
            return "names a block that is no notification block", True
        with block.raise_on_failure():
            block.notify(notice.text, f"Goldsmith: {notice.model}")
    except ValueError as error:
        if isinstance(error, ValidationError):
            return "names a block that cannot be read", True
        return f"names no block on this Prefect server: {_nearest(target)}", True
    except Exception as error:
        return f"names a block that failed ({type(error).__name__})", True
    return "", False


def _nearest(target: str) -> str:
    from prefect.client.orchestration import get_client

    with get_client(sync_client=True) as client:
        found = client.read_block_documents()
    names = [f"{one.block_type.slug}/{one.name}" for one in found if one.name and one.block_type]
    return near(target, names)


def emit(notice: Notice) -> None:
    """Emit a notice as an event of the model, on a real server or from within a run."""
    from prefect import runtime
    from prefect.events import emit_event
    from prefect.settings import PREFECT_API_URL

    word = EVENTS.get(notice.outcome)
    if word is None or not (PREFECT_API_URL.value() or runtime.flow_run.id):
        return
    resource = {
        "prefect.resource.id": f"goldsmith.model.{notice.model}",
        "prefect.resource.name": notice.model,
    }
    payload = {
        "use_case": notice.use_case, "model": notice.model, "version": notice.version,
        "outcome": notice.outcome, "reason": notice.reason,
    }  # fmt: skip
    emit_event(f"goldsmith.model.{word}", resource=resource, payload=payload)

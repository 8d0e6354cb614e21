"""Telling a Prefect server of new goldens, so that its automations start what listens."""

from typing import Any

from goldsmith.errors import StoreError
from goldsmith.revisions.delivering import Revision
from tasks.because import NEW_DATA, data_resource
from tasks.temporary_server import lasting_server

RECENT = 50  # events looked through for one that was sent before


def has_server() -> bool:
    """Whether there is a server that outlives the command."""
    return lasting_server() is not None


def announce(found: Revision, perhaps_told: bool) -> None:
    """Send the event of a new revision, and wait until the server has it.

    `emit_event` hands events to a thread that drops them where the server does not answer: no
    training would ever start, and nobody would know.

    Args:
        found: the revision.
        perhaps_told: a killed command may have sent it; the server is asked first.

    Raises:
        StoreError: the server does not take it.
    """
    from prefect.client.orchestration import get_client
    from prefect.events import Event

    resource = data_resource(found.use_case, found.profile)
    event = Event(event=NEW_DATA, resource=resource, payload=found.as_json())
    try:
        with get_client(sync_client=True) as client:
            if perhaps_told and _sent(client, found):
                return
            client.request("POST", "/events", json=[event.model_dump(mode="json")])
    except Exception as error:
        words = str(error).strip().splitlines() or [type(error).__name__]
        raise StoreError(
            f"the goldens are committed as {found.revision[:10]}, but the Prefect server at "
            f"PREFECT_API_URL did not take the event {NEW_DATA}: {words[0][:200]}; run this again "
            f"to send it, or train by `{command(found)}`"
        ) from None


def _sent(client: Any, found: Revision) -> bool:
    wanted = {
        "event": {"name": [NEW_DATA]},
        "resource": {"id": [f"goldsmith.use-case.{found.use_case}"]},
        "order": "DESC",
    }
    answer = client.request("POST", "/events/filter", json={"filter": wanted, "limit": RECENT})
    return any(one["payload"] == found.as_json() for one in answer.json()["events"])


def command(found: Revision) -> str:
    """What trains on a revision by hand."""
    from goldsmith.settings import Settings

    profile = "" if found.profile == Settings().profile else f" --profile {found.profile}"
    return f"goldsmith run {found.use_case}{profile} --data-rev {found.revision[:10]}"

"""Why a run was started: the event behind it, as an automation hands it on in `because`.

An event's payload may hold anything, and whoever may emit events may start a run with one: nothing
of it is believed before it is looked at.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldsmith.config import UseCase
from goldsmith.errors import UserError, near

NEW_DATA = "goldsmith.data.versioned"
DEGRADED = "goldsmith.model.degraded"
EVENTS = (NEW_DATA, DEGRADED)
# What an automation gives as the parameter `because`. `tojson` keeps every value's type; a plain
# template would make texts of numbers, or numbers of texts.
TEMPLATE = {
    "event": {"__prefect_kind": "jinja", "template": "{{ event.event }}"},
    "id": {"__prefect_kind": "jinja", "template": "{{ event.id }}"},
    "payload": {
        "__prefect_kind": "json",
        "value": {"__prefect_kind": "jinja", "template": "{{ event.payload | tojson }}"},
    },
}
_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHOWN = 200  # characters of a reason that an event gives


@dataclass(frozen=True)
class Cause:
    """The event that started a run.

    Attributes:
        event: its name, one of EVENTS.
        id: its id on the Prefect server; empty if not given.
        payload: its evidence.
    """

    event: str
    id: str
    payload: Mapping[str, Any]

    @property
    def revision(self) -> str | None:
        """The commit whose goldens to train on; None: what the working tree has."""
        return str(self.payload["revision"]) if self.event == NEW_DATA else None

    @property
    def words(self) -> str:
        """The cause for people."""
        if self.event == NEW_DATA:
            records = self.payload.get("records")
            many = f", {records:,} records" if isinstance(records, int) else ""
            return f"new goldens (revision {str(self.revision)[:10]}{many})"
        reason = " ".join(str(self.payload.get("reason") or "no reason given").split())
        return f"a degraded model ({reason[:_SHOWN]})"


def read(because: Any, use_case: str) -> Cause | None:
    """The cause that a run was given; None where it was given none.

    Args:
        because: the flow's parameter, of whatever type it came.
        use_case: of the run.

    Raises:
        UserError: not an event that starts this use case's training; says what is wrong.
    """
    if because is None:
        return None
    if not isinstance(because, Mapping):
        raise _wrong(f"must be a mapping with event, id and payload, not {_kind(because)}")
    event, payload = because.get("event"), because.get("payload")
    if not isinstance(event, str) or event not in EVENTS:
        hint = near(event, EVENTS) if isinstance(event, str) else f"valid: {' and '.join(EVENTS)}"
        raise _wrong(f"event {str(event)[:80]!r} starts no training: {hint}")
    if not isinstance(payload, Mapping):
        raise _wrong(f"payload of {event} must be a mapping, not {_kind(payload)}")
    named = payload.get("use_case", use_case)
    if named != use_case:
        raise _wrong(f"payload.use_case is {str(named)[:80]!r}, and this run is of {use_case!r}")
    revision = payload.get("revision")
    if event == NEW_DATA and not (isinstance(revision, str) and _COMMIT.fullmatch(revision)):
        shown = f"{str(revision)[:80]!r}, {_kind(revision)}"
        raise _wrong(f"payload.revision must be a whole commit (40 hex digits), not {shown}")
    return Cause(event, str(because.get("id") or ""), payload)


def revision_for(cause: Cause | None, data_rev: str | None) -> str | None:
    """The revision to train on: what the run was told, else that of the event.

    Raises:
        UserError: both name one, and not the same.
    """
    found = cause.revision if cause else None
    if found and data_rev not in (None, found):
        raise UserError(
            f"data_rev {data_rev!r} and because.payload.revision {found[:10]} name two revisions: "
            "leave data_rev to the event"
        )
    return found or data_rev


def match(use_case: UseCase, event: str) -> dict[str, str]:
    """The labels of the resource that the event of a use case under a profile is about."""
    if event == NEW_DATA:
        return data_resource(use_case.name, use_case.profile)
    return {"prefect.resource.id": f"goldsmith.model.{use_case.model_name}"}


def data_resource(use_case: str, profile: str) -> dict[str, str]:
    """The resource of the event NEW_DATA."""
    return {
        "prefect.resource.id": f"goldsmith.use-case.{use_case}",
        "prefect.resource.name": use_case,
        "goldsmith.profile": profile,
    }


def _kind(value: Any) -> str:
    names = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false"}
    return "nothing" if value is None else names.get(type(value), f"a {type(value).__name__}")


def _wrong(text: str) -> UserError:
    return UserError(f"because: {text} (see docs/deploying.md, Triggers)")

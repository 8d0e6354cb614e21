"""Events wait for the one that they follow, and not for one that only a dead server saw."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from prefect.server.events.ordering import EventArrivedEarly, get_triggers_causal_ordering
from prefect.server.events.schemas.events import ReceivedEvent
from prefect.settings import PREFECT_SERVER_EVENTS_CAUSAL_ORDERING, temporary_settings

from deployments.ordering import PATIENCE, CausalOrdering
from deployments.stack import ORDERING

RUN = {"prefect.resource.id": "prefect.flow-run.one"}


def event(name: str, follows: UUID | None = None, ago: timedelta = timedelta()) -> ReceivedEvent:
    at = datetime.now(UTC) - ago
    return ReceivedEvent(
        id=uuid4(), event=name, occurred=at, received=at, follows=follows, resource=RUN
    )


def heard(ordering: CausalOrdering, *events: ReceivedEvent) -> list[str]:
    """Names of the events that were looked at, in order."""
    seen: list[str] = []

    async def look(one: ReceivedEvent, depth: int = 0) -> None:
        async with ordering.preceding_event_confirmed(look, one, depth):
            seen.append(one.event)

    async def all_of_them() -> None:
        for one in events:
            try:
                await look(one)
            except EventArrivedEarly:
                seen.append(f"({one.event})")
        for one in await ordering.get_lost_followers():
            await look(one)

    asyncio.run(all_of_them())
    return seen


@pytest.fixture
def ordering() -> CausalOrdering:
    return CausalOrdering(scope=str(uuid4()))


def test_who_comes_early_waits_for_the_one_before(ordering: CausalOrdering) -> None:
    running = event("running")
    crashed = event("crashed", running.id)
    assert heard(ordering, crashed, running) == ["(crashed)", "running", "crashed"]


def test_what_only_a_dead_server_saw_is_not_waited_for(ordering: CausalOrdering) -> None:
    young, old = event("young", uuid4()), event("old", uuid4(), PATIENCE)
    assert heard(ordering, young, old) == ["(young)", "old"]
    later = young.model_copy(update={"received": young.received - PATIENCE})
    again = CausalOrdering(scope=str(uuid4()))
    asyncio.run(again.record_follower(later))
    assert heard(again) == ["young"], "after its wait"
    assert heard(again) == [], "once"


def test_the_stacks_server_loads_it() -> None:
    with temporary_settings({PREFECT_SERVER_EVENTS_CAUSAL_ORDERING: ORDERING}):
        assert type(get_triggers_causal_ordering()) is CausalOrdering

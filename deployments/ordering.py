"""The order in which a Prefect server looks at events: one that was killed leaves none waiting.

An event names the one that it follows, and waits until that one has been seen; who has seen what, a
server only remembers in memory. Prefect's own ordering lets it wait for 15 minutes, so that after a
restart a run whose last event only the dead server saw would be started again that much later.
A server loads this one by PREFECT_SERVER_EVENTS_CAUSAL_ORDERING=deployments.ordering.
"""

from datetime import UTC, datetime, timedelta

from prefect.server.events.ordering import memory
from prefect.server.events.schemas.events import ReceivedEvent

PATIENCE = timedelta(seconds=30)  # events that a live server gets are seconds apart


class CausalOrdering(memory.CausalOrdering):
    """Prefect's ordering in memory, in which no event waits longer than PATIENCE."""

    async def wait_for_leader(self, event: ReceivedEvent) -> None:
        """Return once an event may be looked at.

        Raises:
            EventArrivedEarly: the one that it follows has not been seen yet.
        """
        if datetime.now(UTC) - event.received < PATIENCE:
            await super().wait_for_leader(event)

    async def get_lost_followers(self) -> list[ReceivedEvent]:
        """Take the events whose wait is over from the list, in the order in which they occurred."""
        before = datetime.now(UTC) - PATIENCE
        async with self._lock:
            over = [id for id, received in self._waitlist.items() if received <= before]
            events = [self._events[id] for id in over]
        for event in events:
            await self.forget_follower(event)
        return sorted(events, key=lambda event: event.occurred)

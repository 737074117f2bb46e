"""Which digipunts exist, without a query for each visit.

Registering a visit is one round trip, yet needs the digipunt's municipality and the days it is open. The municipality never
changes; the days do, so an entry is at most a second old. The process that changes a digipunt bypasses its cache for that
second, so whoever closes a digipunt there sees it closed at once. In another process a visit may slip in for up to a second
after a closing: a closing counts by day, so the result is the same as if the visit had come first.
"""

from __future__ import annotations

import sqlalchemy as sa

from chassis.clock import Clock
from chassis.storage.database import Database
from services.visits.model.digipunts import Digipunt
from services.visits.tables import digipunts

FRESH_SECONDS = 1.0


class DigipuntCache:
    """The digipunts of one application's database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._digipunts: dict[str, Digipunt] = {}
        self._fresh_until = float("-inf")
        self._bypass_until = float("-inf")

    def get(self, id: str) -> Digipunt | None:
        """The digipunt with this id, if there is one. An unknown id is always looked up: it may be new."""
        now = self._clock.monotonic()
        if now < self._bypass_until or now >= self._fresh_until or id not in self._digipunts:
            return self._load(now).get(id)
        return self._digipunts[id]

    def invalidate(self) -> None:
        """A digipunt is being changed in this process; its transaction is expected to end within a second."""
        self._bypass_until = self._clock.monotonic() + FRESH_SECONDS

    def _load(self, now: float) -> dict[str, Digipunt]:
        # Set before the query: callers that come while it runs use the entries there are instead of querying too.
        self._fresh_until = now + FRESH_SECONDS
        columns = (digipunts.c.id, digipunts.c.municipality, digipunts.c.opened_on, digipunts.c.closed_on)
        with self._database.read() as connection:
            found = {row.id: Digipunt(*row) for row in connection.execute(sa.select(*columns))}
        self._digipunts = found
        return found

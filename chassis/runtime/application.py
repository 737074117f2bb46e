"""What the entrypoints of one running service share. Built once, by the runner; nothing in it is global."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from chassis.clock import Clock
from chassis.errors import NotFound
from chassis.faults import FaultPoints
from chassis.inbox import dead_letters
from chassis.inbox.consumer import Consumer
from chassis.outbox.journal import Journal
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.rates import Turnstile
from chassis.revocations import Revocations
from chassis.settings import Settings
from chassis.storage.database import Database


class Application:
    """One service with its database, clock and journal."""

    def __init__(
        self,
        name: str,
        settings: Settings,
        database: Database,
        *,
        clock: Clock,
        new_id: Callable[[], str],
        faults: FaultPoints,
    ) -> None:
        self.name = name
        self.settings = settings
        self.database = database
        self.clock = clock
        self.new_id = new_id
        self.faults = faults
        self.revocations = Revocations(database)
        self.turnstile = Turnstile(settings.rates, clock.monotonic)
        self.journal = Journal(database, service=name, deployment=settings.deployment)
        self.consumers: dict[str, Consumer] = {}
        self.seen: OrderedDict[str, None] = OrderedDict()
        """What the trail of this hour is known to hold (`chassis.http.trail`)."""
        self.wake_relay: Callable[[], None] = _no_relay
        self._checks: dict[str, Callable[[], bool | str]] = {}

    def unit_of_work(self, trace: str | None = None, within: sa.Connection | None = None) -> UnitOfWork:
        """A new unit of work; `trace` is the `traceparent` of what asks for it, `within` a transaction to take part in."""
        return UnitOfWork(
            self.database,
            clock=self.clock,
            new_id=self.new_id,
            when_recorded=self._recorded,
            faults=self.faults,
            trace=trace,
            within=within,
        )

    def add_readiness(self, name: str, check: Callable[[], bool | str]) -> None:
        """`check` answers True, or a sentence that says what is not ready."""
        self._checks[name] = check

    def readiness(self) -> dict[str, bool | str]:
        """Each part's readiness: True, or a sentence that says what is not ready."""
        answers: dict[str, bool | str] = {}
        try:
            self.database.ping()
            answers["database"] = True
        except Exception:
            answers["database"] = "the database does not answer"
        return answers | {name: check() for name, check in self._checks.items()}

    def subscriptions_status(self) -> list[dict[str, Any]]:
        """Position, head, lag, dead letters and state of every subscription of this service."""
        return [consumer.status() for consumer in self.consumers.values()]

    def parked(self) -> list[dict[str, Any]]:
        """Dead letters, oldest first, with the reason; at most 500."""
        with self.database.read() as connection:
            return dead_letters.oldest(connection)

    def retry_parked(self, subject: str | None = None) -> dict[str, int]:
        """Apply dead letters again; `{"applied": n, "left": n}`."""
        results = [consumer.retry(subject) for consumer in self.consumers.values()]
        return {"applied": sum(done for done, _ in results), "left": sum(left for _, left in results)}

    def drop_parked(self, id: int, reason: str, by: str) -> dict[str, int]:
        """Give up one dead letter, and apply what waited behind it; `{"applied": n, "left": n}`. Raises NotFound."""
        with self.database.begin() as connection:
            subject = dead_letters.drop(connection, id, reason, by, self.clock.now())
        # Nothing waits behind bytes that are no event: no subject is empty.
        return self.retry_parked(subject or "")

    def request_rebuild(self, source: str | None = None) -> dict[str, int]:
        """Begin to rebuild read models; source → generation being filled.

        Of `source`, or of all whose journal was ever read: a service that is not there yet has none.
        """
        if source is not None and source not in self.consumers:
            raise NotFound("subscription", source)
        chosen = [
            each
            for name, each in self.consumers.items()
            if name == source or (source is None and each.status()["epoch"] is not None)
        ]
        return {each.source: each.request_rebuild() for each in chosen}

    def _recorded(self) -> None:
        self.wake_relay()


def _no_relay() -> None:
    """Without a relay in this process, another one's poll finds the event."""

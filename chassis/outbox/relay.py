"""Carries the journal to the broker, and never stops silently.

Promise: what is in the journal reaches the exchange `<service>.events` at least once, in order of position. Any error
drops the private connection and starts over; only what the broker confirmed is marked as published.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from chassis.broker.connection import BROKER_ERRORS, HEARTBEAT, Publisher
from chassis.clock import Clock
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.outbox.journal import Journal
from chassis.storage.database import is_outage
from contracts.events import exchange

BATCH = 500
"""Events that are stamped, published and confirmed together."""

POLL = 0.2
"""Seconds until a commit of another process is seen; our own wake the relay at once."""

LONGEST_PAUSE = 5.0

log = structlog.get_logger(__name__)


class Relay:
    """The relay of one service's journal in this process."""

    def __init__(
        self,
        journal: Journal,
        *,
        broker_url: str,
        service: str,
        clock: Clock,
        new_id: Callable[[], str],
        faults: FaultPoints = NO_FAULTS,
    ) -> None:
        self._journal = journal
        self._broker_url = broker_url
        self._exchange = exchange(service)
        self._name = new_id()
        self._clock = clock
        self._faults = faults
        self._publisher: Publisher | None = None
        self._woken = threading.Event()
        self._stopping = False
        self.state = "starting"
        """`starting`, `running`, `standby` (another relay works), or `waiting` after an error."""

    def wake(self) -> None:
        """Something was recorded."""
        self._woken.set()

    def stop(self) -> None:
        """End `run` after the batch in work."""
        self._stopping = True
        self._woken.set()

    def run(self) -> None:
        """Relay until `stop`; returns with the connection closed and the lease given back."""
        pause = 0.0
        while not self._stopping:
            try:
                self._relay_what_waits()
                pause = 0.0
                self._rest()
            except Exception as error:
                self._drop()
                self.state = "waiting"
                pause = min(max(0.2, pause * 2), LONGEST_PAUSE)
                expected = isinstance(error, BROKER_ERRORS) or is_outage(error)
                log.warning(
                    "relay starts over", exchange=self._exchange, error=repr(error), exc_info=not expected
                )
                self._woken.wait(pause)
                self._woken.clear()
        self._drop()
        try:
            self._journal.release(self._name)
        except Exception as error:
            log.info("relay's lease is left to run out", error=repr(error))

    def _relay_what_waits(self) -> None:
        while not self._stopping and self._journal.has_work():
            self._faults.reach("relay.beforeStamp")
            head = self._journal.claim_and_stamp(self._name, BATCH)
            if head is None:
                self.state = "standby"
                return
            self._faults.reach("relay.stamped")
            entries = self._journal.unpublished(head, BATCH)
            if not entries:
                continue
            publisher = self._connected()
            self._faults.reach("relay.beforePublish")
            publisher.send([(entry.type, entry.id, entry.body) for entry in entries])
            self._faults.reach("relay.published")
            publisher.confirm()
            self._faults.reach("relay.confirmed")
            self._journal.mark_published(entries[-1].position)
            self._faults.reach("relay.marked")
        self._connected()
        self.state = "running"

    def _rest(self) -> None:
        """Wait for work; the heartbeat goes on meanwhile."""
        until = self._clock.monotonic() + HEARTBEAT / 2
        while not self._woken.is_set() and self._clock.monotonic() < until:
            self._woken.wait(POLL)
            if not self._woken.is_set() and self._journal.has_work():
                break
        self._woken.clear()
        if self._publisher is not None:
            self._publisher.keep_alive()

    def _connected(self) -> Publisher:
        if self._publisher is None:
            self._publisher = Publisher(self._broker_url, self._exchange)
        return self._publisher

    def _drop(self) -> None:
        if self._publisher is not None:
            self._publisher.close()
            self._publisher = None

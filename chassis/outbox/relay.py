"""Carries the journal to the broker, and never stops silently.

Promise: what is in the journal reaches the exchange `<service>.events` at least once, in order of position. Any error
drops the private connection and starts over; only what the broker confirmed is marked as published.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog

from chassis.backoff import retrying
from chassis.broker.connection import BROKER_ERRORS, HEARTBEAT
from chassis.broker.publisher import Publisher
from chassis.clock import Clock
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.outbox.journal import Journal
from chassis.storage.database import is_outage

BATCH = 500
"""Events that are stamped, published and confirmed together."""

POLL = 0.2
"""Seconds until a commit of another process is seen; our own wake the relay at once."""

FIRST_PAUSE = 0.2
"""Seconds before the relay starts over after an error; they grow (`chassis.backoff`)."""

log = structlog.get_logger(__name__)


class Relay:
    """The relay of one service's journal in this process; `connect` opens a publisher on its exchange."""

    def __init__(
        self,
        journal: Journal,
        *,
        exchange: str,
        connect: Callable[[], Publisher],
        clock: Clock,
        new_id: Callable[[], str],
        faults: FaultPoints = NO_FAULTS,
    ) -> None:
        self._journal = journal
        self._exchange = exchange
        self._connect = connect
        self._name = new_id()
        self._clock = clock
        self._faults = faults
        self._publisher: Publisher | None = None
        self._woken = threading.Event()
        self._stopping = False
        self.state = "starting"
        """`starting`, `running`, `standby` (another relay works), or `waiting` after an error until something got through."""
        self.why = "the broker does not answer"
        """What it waits for, while it does."""

    def wake(self) -> None:
        """Something was recorded."""
        self._woken.set()

    def stop(self) -> None:
        """End `run` after the batch in work."""
        self._stopping = True
        self._woken.set()

    def run(self) -> None:
        """Relay until `stop`; returns with the connection closed and the lease given back."""
        start_over = retrying(
            FIRST_PAUSE, stopped=lambda: self._stopping, sleep=self._pause, on_error=self._after_error
        )
        while not self._stopping:
            start_over(self._relay_and_rest)
        self._drop()
        try:
            self._journal.release(self._name)
        except Exception as error:
            log.info("relay.leaseLeft", exchange=self._exchange, error=repr(error))

    def _relay_and_rest(self) -> None:
        self._relay_what_waits()
        self._rest()

    def _after_error(self, error: BaseException) -> None:
        self._drop()
        self.state = "waiting"
        self.why = f"the {'database' if is_outage(error) else 'broker'} does not answer"
        expected = isinstance(error, BROKER_ERRORS) or is_outage(error)
        log.warning(
            "relay.restarting",
            exchange=self._exchange,
            error=repr(error),
            exc_info=None if expected else error,
        )

    def _pause(self, seconds: float) -> None:
        self._woken.wait(seconds)
        self._woken.clear()

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
            # Under load the journal is never empty; what was confirmed just now has got through.
            self.state = "running"
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
            self._publisher = self._connect()
        return self._publisher

    def _drop(self) -> None:
        if self._publisher is not None:
            self._publisher.close()
            self._publisher = None

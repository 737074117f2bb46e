"""Feeds a projection from the broker, and from the owner's journal where the broker has let something slip.

Promise: whatever becomes of the queue, the projection ends level with the owner's journal. The owner's head is asked for on
start, on reconnect and every 15 s; a gap is closed at once. While one batch is being applied the connection is drained and
its heartbeat answered, so a slow batch never costs the connection.

An owner that is away holds up what is missing, and nothing else: what follows the checkpoint is applied as it arrives. What
somebody deleted at the broker is made again with each look at the head.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog

from chassis.backoff import retrying
from chassis.broker.connection import Connection
from chassis.broker.rpc_client import RpcUnavailable
from chassis.clock import Clock
from chassis.inbox.intake import Intake
from chassis.inbox.origin import Origin
from chassis.inbox.patience import Patience
from chassis.inbox.projection import Projection
from chassis.inbox.rebuild import Rebuild
from chassis.inbox.remote_journal import RemoteJournal
from chassis.inbox.trouble import Trouble
from contracts.events import exchange, types_of

log = structlog.get_logger(__name__)

BATCH = 500
PREFETCH = 2 * BATCH
PAGE = 2000
HEAD_EVERY = 15.0
"""Seconds between two looks at the owner's head, which find a lost tail."""

FIRST_LOOKS = 1.0
"""The same on a new connection, growing: a queue whose node was just lost may hand out nothing for many seconds."""

FIRST_PAUSE = 0.1
"""Seconds before what failed for want of a database or an owner is tried again; they grow (`chassis.backoff`)."""

QUEUE_ARGUMENTS = {
    "x-queue-type": "quorum",
    "x-single-active-consumer": True,
    "x-delivery-limit": 1000,
    "x-max-length": 100_000,
    "x-overflow": "drop-head",
}
"""Replicas take turns instead of tearing the order apart; the journal makes up for whatever the bound drops."""


class ConsumerSession:
    """One connection's worth of consuming; a new one is made after every error."""

    def __init__(
        self,
        projection: Projection,
        connection: Connection,
        journal: RemoteJournal,
        origin: Origin,
        *,
        queue: str,
        clock: Clock,
    ) -> None:
        self._projection = projection
        self.trouble = Trouble(clock)
        self._connection = connection
        self._journal = journal
        self._clock = clock
        self._rebuild = Rebuild(projection, clock)
        self._arrived = threading.Event()
        self._messages: deque[Any] = deque()
        self._behind = False
        self._hole = False
        self._owner_answers = False
        self.owner_heard = False
        self._heard_at = clock.monotonic()
        self._look_at_head = threading.Event()
        self._rebuild_requested = threading.Event()
        self._stopping = threading.Event()
        self._generation = projection.prepare()
        self._intake = Intake(projection, origin)
        self._patience: dict[int, Patience] = {}
        owner = origin.service
        self._binding = queue, exchange(owner), f"{types_of(owner)}#"
        connection.ensure_exchange(exchange(owner))
        channel = connection.channel
        channel.declare_queue(queue, arguments=QUEUE_ARGUMENTS)
        channel.bind(*self._binding)
        channel.limit_prefetch(PREFETCH)
        channel.consume(queue, self._on_message)

    def _on_message(self, message: Any) -> None:
        self._messages.append(message)
        self._arrived.set()

    def drain(self, seconds: float) -> None:
        """Receive for up to `seconds`, then answer the broker's heartbeat."""
        self._connection.drain(seconds)
        self._connection.heartbeat()

    def stop(self) -> None:
        """End `work`, `watch` and `rebuild` after the batch in hand."""
        self._stopping.set()
        self._arrived.set()
        self._look_at_head.set()
        self._rebuild_requested.set()
        self._journal.cancel()

    def rebuild_requested(self) -> None:
        """Look for a rebuild that was requested."""
        self._rebuild_requested.set()

    def owner_silent(self) -> float:
        """Seconds since the owner was last heard of, or since the session began."""
        return self._clock.monotonic() - self._heard_at

    def work(self) -> None:
        """Apply what arrives until `stop`; messages are acknowledged after the commit only."""
        while not self._stopping.is_set():
            self._arrived.clear()
            if not (self._messages or self._can_close_gap() or self._stopping.is_set()):
                self._arrived.wait()
            messages = [self._messages.popleft() for _ in range(min(BATCH, len(self._messages)))]
            if messages and self._until_done("apply", lambda messages=messages: self._handle(messages)):  # type: ignore[misc]
                self._connection.channel.ack(messages[-1].delivery_tag)
                self._projection.reach("subscription.acked")
            # What a head tells is missing may be among the messages; what is beyond a hole can only be asked for.
            if self._can_close_gap() and (self._hole or not self._messages):
                self._until_done("catch up", self._close_gap)

    def watch(self) -> None:
        """Hold the owner's head against the checkpoint now and every 15 s, until `stop`.

        Beside `work`, because what is in the queue can be applied even while the owner is away.
        """
        pause = FIRST_LOOKS
        while not self._stopping.is_set():
            self._look_at_head.clear()
            self._until_done("head", self._check_head)
            self._look_at_head.wait(pause)
            pause = min(pause * 1.5, HEAD_EVERY)

    def rebuild(self) -> None:
        """Rebuild the read models whenever that is requested, until `stop`; `work` goes on beside it."""
        while not self._stopping.is_set():
            self._until_done("rebuild", self._fill_next_generation)
            self._rebuild_requested.wait(HEAD_EVERY)
            self._rebuild_requested.clear()

    def _until_done(self, name: str, step: Callable[[], None]) -> bool:
        """Do `step`, again and again while the database or the owner is away; False when stopped meanwhile."""
        last = ""

        def report(error: BaseException) -> None:
            # Logged once: an owner may be away for months, where a municipality does without that service.
            nonlocal last
            self.trouble.failed(name, error)
            if repr(error) == last:
                return
            last = repr(error)
            if isinstance(error, RpcUnavailable):
                log.info("consumer.waitingForOwner", source=self._projection.source, reason=str(error))
            else:
                log.warning("consumer.waiting", source=self._projection.source, error=last, exc_info=error)

        def attempt() -> bool:
            step()
            self.trouble.passed(name)
            return True

        if self._stopping.is_set():
            return False
        done: bool | None = retrying(
            FIRST_PAUSE, stopped=self._stopping.is_set, sleep=self._stopping.wait, on_error=report
        )(attempt)
        return bool(done)

    def _handle(self, messages: list[Any]) -> None:
        """Apply them. What is beyond a gap is let go of: the journal has it, with what is missing."""
        taken = self._intake.take([message.body for message in messages], self._generation)
        if taken.doubt:
            self._look_at_head.set()
        if taken.gap:
            self._behind = self._hole = True

    def _can_close_gap(self) -> bool:
        """Whether something is missing that the owner can be asked for: the next look at its head says when it is back."""
        return self._behind and self._owner_answers

    def _close_gap(self) -> None:
        hole, self._hole, self._behind = self._hole, False, False
        try:
            self._catch_up(self._generation)
        except RpcUnavailable:
            self._hole, self._behind, self._owner_answers = hole, True, False
            self._look_at_head.set()

    def _check_head(self) -> None:
        self._renew()
        self._generation = self._projection.prepare()
        before = self._projection.position(self._generation)
        try:
            head = self._journal.head()
        except RpcUnavailable:
            self._owner_answers = False
            raise
        self._owner_answers = self.owner_heard = True
        self._heard_at = self._clock.monotonic()
        outcome = self._projection.reconcile_head(head, self._generation, before=before)
        self._behind = self._behind or outcome.gap
        self._arrived.set()

    def _renew(self) -> None:
        """Make again what carries events and answers here, where it is gone."""
        self._connection.channel.renew_binding(*self._binding)
        self._journal.renew()

    def _catch_up(self, generation: int) -> None:
        """Read the owner's journal from the checkpoint to the head. What cannot be read is an alarm, after some tries."""
        patience = self._patience.setdefault(generation, Patience())
        try:
            for page in self._journal.pages(self._projection.position(generation), PAGE):
                outcome = self._projection.apply_page(page, generation)
                patience.renew()
                self._heard_at = self._clock.monotonic()
                if outcome.gap:
                    self._projection.stop(generation, f"has a hole after position {outcome.position}")
                if self._stopping.is_set() or outcome.stopped or outcome.gap or outcome.position >= page.head:
                    return
        except Exception as error:
            if not patience.is_spent(error):
                raise
            self._projection.stop(generation, f"cannot be applied: {type(error).__name__}: {error}")

    def _fill_next_generation(self) -> None:
        """Fill the next generation, if one was requested or is due, and make it the active one."""
        generation = self._rebuild.due()
        attempt = 0
        while generation is not None and not self._stopping.is_set():
            self._catch_up(generation)
            if self._stopping.is_set() or self._rebuild.restart_if_spoiled(generation):
                # With a pause: the journal may be one that cannot be applied.
                break
            attempt += 1
            if self._rebuild.finish(generation, attempt):
                generation = None
                self._look_at_head.set()
        if attempt:
            self._rebuild.sweep()

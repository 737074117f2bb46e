"""Feeds a subscription from the broker, and from the owner's journal where the broker has let something slip.

Promise: whatever becomes of the queue, the subscription ends level with the owner's journal. The owner's head is asked for
on start, on reconnect and every 15 s; a gap is closed at once. While one batch is being applied the link is drained and its
heartbeat answered, so a slow batch never costs the connection.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog

from chassis.broker.connection import Link
from chassis.broker.rpc_client import Owner, RpcUnavailable
from chassis.clock import Clock
from chassis.inbox.checkpoints import service_of
from chassis.inbox.projection import Outcome, Project, Subscription
from chassis.inbox.rebuild import Rebuild
from contracts.envelope import Event, Undecodable
from contracts.events import exchange

log = structlog.get_logger(__name__)

BATCH = 500
PREFETCH = 2 * BATCH
PAGE = 2000
HEAD_EVERY = 15.0
"""Seconds between two looks at the owner's head, which find a lost tail."""

FIRST_LOOKS = 1.0
"""The same on a new link, growing: a queue whose node was just lost may hand out nothing for many seconds."""

LONGEST_PAUSE = 5.0

QUEUE_ARGUMENTS = {
    "x-queue-type": "quorum",
    "x-single-active-consumer": True,
    "x-delivery-limit": 1000,
    "x-max-length": 100_000,
    "x-overflow": "drop-head",
}
"""Replicas take turns instead of tearing the order apart; the journal makes up for whatever the bound drops."""

Run = Callable[[Callable[[Project], Any]], Any]
"""Runs a piece of work that needs the projection, where the service class lives: in a worker of its container."""


class Follower:
    """One connection's worth of following; a new one is made after every error."""

    def __init__(
        self,
        subscription: Subscription,
        *,
        url: str,
        queue: str,
        run: Run,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._subscription = subscription
        self._rebuild = Rebuild(subscription, clock)
        self._run = run
        self._clock = clock
        self._guard = threading.Lock()
        self._arrived = threading.Event()
        self._buffer: deque[Any] = deque()
        self._behind = False
        self._look_at_head = threading.Event()
        self._rebuild_asked = threading.Event()
        self._stopping = False
        self._generation = subscription.prepare()
        self.link = Link(url)
        try:
            self._consume(queue, new_id)
        except BaseException:
            self.link.close()
            raise

    def _consume(self, queue: str, new_id: Callable[[], str]) -> None:
        source = service_of(self._subscription.source)
        channel = self.link.channel
        self.link.ensure_exchange(exchange(source))
        channel.queue_declare(queue=queue, durable=True, auto_delete=False, arguments=QUEUE_ARGUMENTS)
        channel.queue_bind(queue=queue, exchange=exchange(source), routing_key=f"be.digipunt.{source}.#")
        channel.basic_qos(0, PREFETCH, False)
        self._owner = Owner(self.link, source, new_id=new_id, guard=self._guard)
        self.link.consume(queue, self._on_message)

    def _on_message(self, message: Any) -> None:
        self._buffer.append(message)
        self._arrived.set()

    def drain(self, seconds: float) -> None:
        """Receive for up to `seconds`, then answer the broker's heartbeat."""
        self.link.drain(seconds)
        with self._guard:
            self.link.connection.heartbeat_check()

    def stop(self) -> None:
        """End `work` after the batch in hand."""
        self._stopping = True
        self._arrived.set()
        self._look_at_head.set()
        self._rebuild_asked.set()
        self._owner.give_up()

    def wake(self) -> None:
        """A rebuild was asked for."""
        self._rebuild_asked.set()

    def work(self) -> None:
        """Apply what arrives until `stop`; the broker's messages are acked after the commit only."""
        while not self._stopping:
            if not self._buffer and not self._behind:
                self._arrived.clear()
                self._arrived.wait()
            messages = [self._buffer.popleft() for _ in range(min(BATCH, len(self._buffer)))]
            if messages and self._patiently(lambda messages=messages: self._handle(messages)):  # type: ignore[misc]
                with self._guard:
                    self.link.channel.basic_ack(messages[-1].delivery_tag, multiple=True)
                self._subscription.reach("subscription.acked")
            if self._behind and not self._buffer:
                self._behind = False
                self._patiently(lambda: self._catch_up(self._generation))

    def watch(self) -> None:
        """Hold the owner's head against the checkpoint now and every 15 s, until `stop`.

        Beside `work`, because what is in the queue can be applied also while the owner is away.
        """
        pause = FIRST_LOOKS
        while not self._stopping:
            self._look_at_head.clear()
            self._patiently(self._check_head)
            self._look_at_head.wait(pause)
            pause = min(pause * 1.5, HEAD_EVERY)

    def rebuild(self) -> None:
        """Build the read models anew whenever that is asked for, until `stop`; `work` goes on beside it."""
        while not self._stopping:
            self._patiently(self._build_anew)
            self._rebuild_asked.wait(HEAD_EVERY)
            self._rebuild_asked.clear()

    def _patiently(self, step: Callable[[], None]) -> bool:
        """Do `step`, again and again while the database or the owner is away; False when told to stop meanwhile."""
        pause, said = 0.1, ""
        while not self._stopping:
            try:
                step()
                return True
            except Exception as error:
                away = isinstance(error, RpcUnavailable)
                # Said once: an owner may be away for months, where a municipality does without that service.
                if repr(error) != said:
                    said = repr(error)
                    source = self._subscription.source
                    if away:
                        log.info("subscription waits for the owner", source=source, reason=str(error))
                    else:
                        log.warning("subscription waits", source=source, error=said, exc_info=True)
                self._pause(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        return False

    def _pause(self, seconds: float) -> None:
        until = self._clock.monotonic() + seconds
        while not self._stopping and self._clock.monotonic() < until:
            threading.Event().wait(min(0.1, seconds))

    def _handle(self, messages: list[Any]) -> None:
        events: list[Event] = []
        for message in messages:
            try:
                events.append(Event.decode(message.body))
            except Undecodable as error:
                self._subscription.park_raw(_text(message.body), error)
                self._look_at_head.set()
        if events and self._apply(events, self._generation).gap:
            self._catch_up(self._generation)

    def _apply(self, events: list[Event], generation: int) -> Outcome:
        outcome: Outcome = self._run(lambda project: self._subscription.apply(events, generation, project))
        return outcome

    def _check_head(self) -> None:
        self._generation = self._subscription.prepare()
        before = self._subscription.position(self._generation)
        epoch, position = self._owner.head()
        outcome = self._subscription.saw_head(epoch, position, self._generation, before=before)
        if outcome.gap:
            self._behind = True
            self._arrived.set()

    def _catch_up(self, generation: int) -> None:
        """Read the owner's journal from the checkpoint to the head."""
        for head, events in self._owner.pages(self._subscription.position(generation), PAGE):
            outcome = self._apply(events, generation)
            if self._stopping or outcome.stopped or outcome.gap or outcome.position >= head:
                return

    def _build_anew(self) -> None:
        """Fill the next generation, if one was asked for, and make it the active one."""
        generation = self._rebuild.pending()
        attempt = 0
        while generation is not None and not self._stopping:
            self._catch_up(generation)
            if not self._stopping and not self._rebuild.restart_if_stopped(generation):
                attempt += 1
                if self._rebuild.finish(generation, attempt):
                    generation = None
                    self._look_at_head.set()
        if attempt:
            self._rebuild.sweep()


def _text(body: bytes | str) -> str:
    return body if isinstance(body, str) else body.decode("utf-8", errors="backslashreplace")

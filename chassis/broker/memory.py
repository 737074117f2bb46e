"""A broker inside the process: kombu's `memory://`, mended so that it can carry real services.

What kombu's own gets wrong for us, measured (docs/adr/0005): it polls once a second, its messages lack the
`content_type` property that nameko's RPC reads, one delivery tag is shared by every queue that got the message, and a
requeued message is sent to all of them again. Here a put wakes the consumers at once, each queue gets a message of its
own, and a requeue goes back to the front of the queue it came from.

It promises no durability: it dies with the process, and the journal brings back what was on the way.
`memory://name` is a broker apart from `memory://`, so that tests do not meet.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import deque
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, virtual

_BROKERS: dict[str, Broker] = {}


class Broker:
    """The queues and bindings behind every connection to one `memory://name`."""

    def __init__(self) -> None:
        self.state = virtual.BrokerState()
        self.queues: dict[str, deque[dict[str, Any]]] = {}
        self.tags = itertools.count(1)
        self._changes = 0
        self._changed = threading.Condition()

    @property
    def changes(self) -> int:
        """A number that grows with every change a consumer may be waiting for."""
        return self._changes

    def notify(self) -> None:
        """Wake everybody who waits: there is a message, or room for one."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def wait(self, seen: int, timeout: float | None) -> None:
        """Return when something changed since `seen`, at the latest after `timeout` seconds."""
        with self._changed:
            if self._changes == seen:
                self._changed.wait(timeout)


class Channel(virtual.Channel):
    """One consumer's or publisher's view of the broker."""

    supports_fanout = True
    do_restore = False
    body_encoding = None

    @property
    def broker(self) -> Broker:
        broker: Broker = self.connection.broker
        return broker

    def prepare_message(self, body: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        message: dict[str, Any] = super().prepare_message(body, *args, **kwargs)
        message["properties"]["content_type"] = message.get("content-type")
        return message

    def _has_queue(self, queue: str, **kwargs: Any) -> bool:
        return queue in self.broker.queues

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        self.broker.queues.setdefault(queue, deque())

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        waiting = self.broker.queues.get(queue)
        if not waiting:
            raise Empty
        return waiting.popleft()

    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:
        waiting = self.broker.queues.get(queue)
        if waiting is None:
            return
        properties = message["properties"]
        own = {
            **properties,
            "delivery_tag": next(self.broker.tags),
            "delivery_info": {**properties["delivery_info"], "queue": queue},
        }
        waiting.append({**message, "properties": own})
        self.broker.notify()

    def _put_fanout(self, exchange: str, message: dict[str, Any], routing_key: str, **kwargs: Any) -> None:
        for queue in self._lookup(exchange, routing_key):
            self._put(queue, message)

    def _restore(self, message: virtual.Message) -> None:
        raw = message.serializable()
        raw["redelivered"] = True
        waiting = self.broker.queues.get(message.delivery_info["queue"])
        if waiting is not None:
            waiting.appendleft(raw)
            self.broker.notify()

    def _queue_bind(self, *args: Any) -> None:
        """Bindings live in the broker's state; there is nothing else to tell."""

    def _size(self, queue: str) -> int:
        return len(self.broker.queues.get(queue, ()))

    def _purge(self, queue: str) -> int:
        size = self._size(queue)
        self.broker.queues[queue] = deque()
        return size

    def _delete(self, queue: str, *args: Any, **kwargs: Any) -> None:
        self.broker.queues.pop(queue, None)

    def basic_ack(self, delivery_tag: int, multiple: bool = False) -> None:
        tags = [tag for tag in self.qos._delivered if tag <= delivery_tag] if multiple else [delivery_tag]
        for tag in tags:
            self.qos.ack(tag)
        self.broker.notify()

    def basic_reject(self, delivery_tag: int, requeue: bool = False) -> None:
        super().basic_reject(delivery_tag, requeue=requeue)
        self.broker.notify()


class Transport(virtual.Transport):
    """kombu's virtual transport, woken by the broker instead of a clock."""

    Channel = Channel
    driver_type = "memory"
    driver_name = "memory"
    implements = virtual.Transport.implements.extend(exchange_type=frozenset(["direct", "topic", "fanout"]))

    def __init__(self, client: Any, **kwargs: Any) -> None:
        super().__init__(client, **kwargs)
        # kombu makes "localhost" of an absent name on some of its ways in.
        name = client.hostname if client.hostname not in (None, "localhost") else ""
        self.broker = _BROKERS.setdefault(name, Broker())
        self.state = self.broker.state

    def driver_version(self) -> str:
        return "1"

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            seen = self.broker.changes
            try:
                self.cycle.get(self._deliver, timeout=timeout)
                return
            except Empty:
                remaining = None if deadline is None else deadline - time.monotonic()
                if remaining is not None and remaining <= 0:
                    raise TimeoutError from None
                self.broker.wait(seen, remaining)


def register() -> None:
    """Make `memory://` mean this transport, in this process."""
    TRANSPORT_ALIASES["memory"] = f"{__name__}:Transport"


def forget(name: str = "") -> None:
    """Drop the broker `memory://name` with all that waits in it."""
    _BROKERS.pop(name, None)

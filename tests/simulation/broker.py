"""A broker as unkind as RabbitMQ may be: queues, topic exchanges, confirms, acknowledgements, redelivery.

What a client sends lies on its wire until the schedule has the broker take it, so a cut loses any tail of it. What a queue
holds reaches a consumer when the schedule has it delivered. Single active consumer, prefetch and confirms are as on RabbitMQ.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from amqp.exceptions import ConsumerCancelled, NotFound

SILENT = 20.0
"""Seconds after which a peer that says nothing is taken for lost: two heartbeats."""


@dataclass(slots=True, eq=False)
class Message:
    """A message as it is handed out; `number` tells one from its duplicate."""

    number: int
    exchange: str
    key: str
    body: str | bytes
    properties: dict[str, Any]
    redelivered: bool = False
    expires: float | None = None
    delivery_tag: int = 0
    told: Any = None
    """What `Broker.on_delivered` said when it was handed out."""

    @property
    def delivery_info(self) -> dict[str, Any]:
        return {"exchange": self.exchange, "routing_key": self.key, "redelivered": self.redelivered}


@dataclass(slots=True, eq=False)
class Consumer:
    """Somebody to whom a queue hands out, with what is not yet acknowledged; `prefetch` bounds it."""

    tag: str
    wire: Wire
    channel: int
    callback: Callable[[Any], None]
    no_ack: bool
    prefetch: int
    cancelled: bool = False
    unacked: dict[int, Message] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Queue:
    name: str
    exclusive: Wire | None = None
    waiting: deque[Message] = field(default_factory=deque)
    consumers: list[Consumer] = field(default_factory=list)

    def next_consumer(self) -> Consumer | None:
        """The first one is the active one, and takes no more than its prefetch."""
        first = next((each for each in self.consumers if not each.cancelled), None)
        if first is None or not self.waiting:
            return None
        if first.no_ack or len(first.unacked) < first.prefetch:
            return first
        return None


class Wire:
    """A connection as the network and the broker have it: frames on their way out and in."""

    def __init__(self, broker: Broker, name: str) -> None:
        self.broker = broker
        self.name = name
        self.outgoing: deque[tuple[Any, ...]] = deque()
        self.incoming: deque[Callable[[], None]] = deque()
        self.open = True
        self.silent_since: float | None = None
        """Since when nothing arrives at either end although nobody has hung up."""
        self.confirming: dict[int, tuple[Any, Any]] = {}
        self.lose_confirms = 0
        self.tags = count(1)
        self.published: dict[int, int] = {}
        self.error: Exception | None = None


class Broker:
    """`on_taken` is told of each message that an exchange took, `on_acked` of each that a consumer has acknowledged."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.up = True
        self.exchanges: dict[str, None] = {}
        self.queues: dict[str, Queue] = {}
        self.bindings: dict[tuple[str, str, str], None] = {}
        self.wires: list[Wire] = []
        self.numbers = count(1)
        self.on_taken: Callable[[Message], None] = lambda message: None
        self.on_delivered: Callable[[str, Message], Any] = lambda queue, message: None
        self.on_acked: Callable[[str, Message], None] = lambda queue, message: None

    def connect(self, name: str) -> Wire:
        """Raises ConnectionRefusedError while it is down."""
        if not self.up:
            raise ConnectionRefusedError("simulated: the broker is down")
        wire = Wire(self, name)
        self.wires.append(wire)
        return wire

    # What the schedule has happen

    def take(self, wire: Wire, frames: int) -> None:
        """The next frames on this wire arrive."""
        for _ in range(min(frames, len(wire.outgoing))):
            if not wire.open or wire.silent_since is not None:
                return
            kind, *rest = wire.outgoing.popleft()
            {"publish": self._take_publish, "ack": self._take_ack, "bind": self._take_bind}[kind](wire, *rest)

    def deliver(self, queue: Queue, messages: int) -> None:
        """The queue hands out the next messages."""
        for _ in range(messages):
            consumer = queue.next_consumer()
            if consumer is None or consumer.wire.silent_since is not None:
                return
            message = queue.waiting.popleft()
            if message.expires is not None and message.expires <= self.now():
                continue
            tag = next(consumer.wire.tags)
            if not consumer.no_ack:
                consumer.unacked[tag] = message
                message.told = self.on_delivered(queue.name, message)
            given = Message(
                message.number, message.exchange, message.key, message.body, message.properties,
                message.redelivered, delivery_tag=tag,
            )  # fmt: skip
            consumer.wire.incoming.append(lambda consumer=consumer, given=given: consumer.callback(given))  # type: ignore[misc]

    def publish(self, exchange: str, key: str, body: str | bytes, properties: dict[str, Any]) -> None:
        """Put a message into every queue that is bound for it."""
        expires = properties.get("expiration")
        for bound, queue, pattern in self.bindings:
            if bound == exchange and matches(pattern, key) and queue in self.queues:
                message = Message(next(self.numbers), exchange, key, body, properties)
                message.expires = None if expires is None else self.now() + int(expires) / 1000
                self.queues[queue].waiting.append(message)

    def again(self, message: Message) -> Message:
        """Another message that says the same."""
        return Message(
            next(self.numbers),
            message.exchange,
            message.key,
            message.body,
            message.properties,
            expires=message.expires,
        )

    def cut(self, wire: Wire, arriving: int = 0) -> None:
        """The connection is gone; the first `arriving` frames that were on the way out still came."""
        if not wire.open:
            return
        self.take(wire, arriving)
        wire.open = False
        wire.outgoing.clear()
        wire.incoming.clear()
        self.wires.remove(wire)
        for name, queue in list(self.queues.items()):
            if queue.exclusive is wire:
                self.delete_queue(name)
                continue
            for consumer in [each for each in queue.consumers if each.wire is wire]:
                self._requeue(queue, consumer)
                queue.consumers.remove(consumer)

    def restart(self) -> None:
        """All connections are gone, what is durable is not."""
        for wire in list(self.wires):
            self.cut(wire)

    def wipe(self) -> None:
        """Everything is gone."""
        self.restart()
        self.exchanges.clear()
        self.queues.clear()
        self.bindings.clear()

    def delete_queue(self, name: str) -> None:
        """Gone with all that waits in it, and its bindings; its consumers are told so."""
        found = self.queues.pop(name, None)
        for consumer in found.consumers if found else ():
            if found is not None and found.exclusive is not consumer.wire:
                consumer.wire.error = ConsumerCancelled(f"simulated: {name} was deleted")
        self.bindings = {each: None for each in self.bindings if each[1] != name}

    def delete_exchange(self, name: str) -> None:
        """Gone with its bindings."""
        self.exchanges.pop(name, None)
        self.bindings = {each: None for each in self.bindings if each[0] != name}

    def hang_up_on_the_silent(self) -> None:
        """Close what has been silent for two heartbeats, as both ends do."""
        for wire in list(self.wires):
            if wire.silent_since is not None and self.now() - wire.silent_since >= SILENT:
                wire.outgoing.clear()
                self.cut(wire)

    def _requeue(self, queue: Queue, consumer: Consumer) -> None:
        for message in reversed(list(consumer.unacked.values())):
            message.redelivered = True
            queue.waiting.appendleft(message)
        consumer.unacked.clear()

    def _take_publish(
        self, wire: Wire, channel: int, exchange: str, key: str, body: Any, properties: Any
    ) -> None:
        if exchange not in self.exchanges:
            wire.error = NotFound(f"simulated: no exchange {exchange}")
            return
        self.publish(exchange, key, body, properties)
        self.on_taken(Message(0, exchange, key, body, properties))
        if channel in wire.confirming:
            wire.published[channel] = number = wire.published.get(channel, 0) + 1
            on_ack, _ = wire.confirming[channel]
            if wire.lose_confirms:
                wire.lose_confirms -= 1
            else:
                wire.incoming.append(lambda: on_ack(number, False))

    def _take_bind(self, wire: Wire, queue: str, exchange: str, key: str) -> None:
        if queue in self.queues and exchange in self.exchanges:
            self.bindings[(exchange, queue, key)] = None
        else:
            wire.error = NotFound(f"simulated: no queue {queue} or no exchange {exchange}")

    def _take_ack(self, wire: Wire, channel: int, tag: int, multiple: bool) -> None:
        for queue in list(self.queues.values()):
            for consumer in queue.consumers:
                if consumer.wire is wire and consumer.channel == channel:
                    for each in [
                        each for each in consumer.unacked if each == tag or (multiple and each < tag)
                    ]:
                        self.on_acked(queue.name, consumer.unacked.pop(each))


def matches(pattern: str, key: str) -> bool:
    """Whether a topic binding takes this key; of wildcards it knows those that we use."""
    if pattern.endswith("#"):
        return key.startswith(pattern[:-1])
    if pattern.endswith("*"):
        head = pattern[:-1]
        return key.startswith(head) and "." not in key[len(head) :]
    return pattern == key

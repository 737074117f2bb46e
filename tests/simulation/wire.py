"""`chassis.broker.connection.Connection`, over the simulated broker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any, ClassVar

from chassis.broker.connection import Message
from tests.simulation.broker import SILENT, Broker, Consumer, Queue
from tests.simulation.tasks import Process, Scheduler

GLANCE = 0.01
"""Seconds."""


class Channel:
    """What the spine does with a channel."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self._wire = connection.wire
        self._broker = connection.wire.broker
        self._number = number
        self._prefetch = 1 << 30
        self._tags = count(1)

    def declare_exchange(self, name: str) -> None:
        self._connection.ask("declareExchange")
        self._broker.exchanges[name] = None

    def declare_queue(self, name: str, *, exclusive: bool = False, **options: Any) -> None:
        self._connection.ask("declareQueue")
        if name not in self._broker.queues:
            self._broker.queues[name] = Queue(name, self._wire if exclusive else None)

    def bind(self, queue: str, exchange: str, routing_key: str) -> None:
        self._connection.ask("bind")
        self._broker.bindings[(exchange, queue, routing_key)] = None

    def renew_binding(self, queue: str, exchange: str, routing_key: str) -> None:
        self._connection.speak("renewBinding")
        self._wire.outgoing.append(("bind", queue, exchange, routing_key))

    def unbind(self, queue: str, exchange: str, routing_key: str) -> None:
        self._connection.ask("unbind")
        self._broker.bindings.pop((exchange, queue, routing_key), None)

    def limit_prefetch(self, messages: int) -> None:
        self._prefetch = messages

    def consume(
        self, queue: str, on_message: Callable[[Any], None], *, no_ack: bool = False, priority: int = 0
    ) -> str:
        """The newest consumer with a priority comes first, as it is asked for here only."""
        self._connection.ask("consume")
        found = self._broker.queues.get(queue)
        if found is None:
            raise ConnectionResetError(f"simulated: no queue {queue}")
        tag = f"{self._number}-{next(self._tags)}"
        consumer = Consumer(tag, self._wire, self._number, on_message, no_ack, self._prefetch)
        found.consumers.insert(0 if priority else len(found.consumers), consumer)
        return tag

    def cancel(self, consumer: str) -> None:
        self._connection.ask("cancel")
        for queue in self._broker.queues.values():
            for each in queue.consumers:
                each.cancelled = each.cancelled or (each.wire is self._wire and each.tag == consumer)

    def ack(self, delivery_tag: int, *, multiple: bool = True) -> None:
        self._connection.speak("ack")
        self._wire.outgoing.append(("ack", self._number, delivery_tag, multiple))

    def confirm_publishes(
        self, on_ack: Callable[[int, bool], None], on_nack: Callable[[int, bool], None]
    ) -> None:
        self._connection.ask("confirmSelect")
        self._wire.confirming[self._number] = (on_ack, on_nack)

    def publish(
        self, exchange: str, routing_key: str, body: str, *, content_type: str, **properties: Any
    ) -> None:
        self.publish_batch(exchange, [(routing_key, body, properties)], content_type=content_type)

    def publish_batch(self, exchange: str, messages: Iterable[Message], *, content_type: str) -> None:
        self._connection.speak("publish")
        for routing_key, body, properties in messages:
            self._wire.outgoing.append(("publish", self._number, exchange, routing_key, body, properties))


class Connection:
    """Belongs to the process whose thread opens it."""

    broker: ClassVar[Broker]
    scheduler: ClassVar[Scheduler]
    confirms = True

    def __init__(self, url: str) -> None:
        self.scheduler.stand("connect")
        task = self.scheduler.current
        assert task is not None, "only threads of a process connect"
        self._process: Process = task.process
        self.wire = self.broker.connect(task.name)
        self._process.wires.append(self.wire)
        self._numbers = count(1)
        self.channel = self.open_channel()

    def open_channel(self) -> Channel:
        return Channel(self, next(self._numbers))

    def speak(self, what: str) -> None:
        """Stand before something that is sent. Raises when the connection is gone."""
        self.scheduler.stand(what)
        if not self.wire.open:
            raise ConnectionResetError("simulated: the connection is gone")

    def ask(self, what: str) -> None:
        """The same where the broker's answer is waited for: all that was sent before has arrived by then."""
        self.speak(what)
        if self.wire.silent_since is not None:
            self.scheduler.wait(lambda: not self.wire.open, SILENT, what)
            raise TimeoutError("simulated: no answer")
        self.broker.take(self.wire, len(self.wire.outgoing))
        self._raise_error()

    def drain(self, timeout: float) -> bool:
        """Handle all that has arrived; a glance, which is shorter than any of our waits, takes no time."""
        if timeout < GLANCE:
            self.scheduler.stand("drain")
            timeout = 0.0
        self.scheduler.wait(
            lambda: bool(self.wire.incoming) or not self.wire.open or self.wire.error is not None,
            timeout,
            "drain",
        )
        if not self.wire.open:
            raise ConnectionResetError("simulated: the connection is gone")
        self._raise_error()
        arrived = bool(self.wire.incoming)
        while self.wire.incoming:
            self.wire.incoming.popleft()()
        return arrived

    def heartbeat(self) -> None:
        silent = self.wire.silent_since
        if silent is not None and self.scheduler.now - silent >= SILENT:
            raise ConnectionResetError("simulated: two heartbeats were missed")

    def declare_exchange(self, name: str) -> None:
        self.channel.declare_exchange(name)

    def ensure_exchange(self, name: str) -> None:
        self.channel.declare_exchange(name)

    def close(self) -> None:
        """What lies on the wire may still arrive, as when a socket is closed; the schedule has decided by then."""
        if self._process.alive:
            self.broker.cut(self.wire, len(self.wire.outgoing) if self.wire.silent_since is None else 0)
            if self.wire in self._process.wires:
                self._process.wires.remove(self.wire)

    def _raise_error(self) -> None:
        error, self.wire.error = self.wire.error, None
        if error is not None:
            raise error

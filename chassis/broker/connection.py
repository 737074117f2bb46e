"""A private connection to the broker that can always be closed.

nameko's own publisher and consumer hang for as long as a frozen broker does (docs/adr/0001, 0025). Here every wait has an end,
and after an error the connection is collected without asking the broker's leave: whoever uses a `Connection` is free again
within seconds and starts over with a new one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from itertools import count
from typing import Any

import kombu
from amqp.exceptions import AMQPError, NotFound
from kombu.exceptions import KombuError

CONNECT_TIMEOUT = 3.0
CLOSE_TIMEOUT = 2.0
HEARTBEAT = 10
"""Seconds. A connection that stays silent for two heartbeats is taken for lost."""

SILENCE = 2.0 * HEARTBEAT
"""Seconds within which the broker answers what it is asked, and takes a piece of what it is sent."""

RENEW_EVERY = 15.0
"""Seconds after which exchanges and bindings are declared again: somebody may have deleted them."""

READ_AHEAD = 16_384
"""Bytes: a dozen events. More is slower, because py-amqp moves the rest of its buffer for each part it takes."""

BROKER_ERRORS = (OSError, AMQPError, KombuError)
"""What a connection raises when the broker is away, frozen or wiped."""


class Renewal:
    """When what belongs to the broker is to be declared again."""

    def __init__(self) -> None:
        self._at = time.monotonic()

    def due(self) -> bool:
        """Whether it is time again; then it is not, for a while."""
        if time.monotonic() - self._at < RENEW_EVERY:
            return False
        self._at = time.monotonic()
        return True


Message = tuple[str, str, Mapping[str, Any]]
"""Routing key, body and properties."""


class Channel:
    """A channel of a `Connection`. Any thread may write to it; what it receives arrives in `Connection.drain`."""

    def __init__(self, raw: Any, write_lock: threading.Lock, transport: Any) -> None:
        self._raw = raw
        self._write_lock = write_lock
        self._transport = transport
        self._tags = count(1)

    def declare_exchange(self, name: str) -> None:
        """Make sure that the durable topic exchange `name` is there."""
        self._raw.exchange_declare(exchange=name, type="topic", durable=True, auto_delete=False)

    def declare_queue(
        self,
        name: str,
        *,
        durable: bool = True,
        exclusive: bool = False,
        arguments: Mapping[str, Any] | None = None,
    ) -> None:
        """Make sure that the queue is there. An exclusive one goes when its connection does."""
        self._raw.queue_declare(
            queue=name, durable=durable, exclusive=exclusive, auto_delete=exclusive, arguments=arguments
        )

    def bind(self, queue: str, exchange: str, routing_key: str) -> None:
        """Have what is published on `exchange` under `routing_key` put into `queue`."""
        self._raw.queue_bind(queue=queue, exchange=exchange, routing_key=routing_key)

    def renew_binding(self, queue: str, exchange: str, routing_key: str) -> None:
        """`bind` again what may be gone, without waiting for an answer, so that any thread may.

        Where the queue or the exchange itself is gone, the broker closes the channel, and `Connection.drain` raises.
        """
        with self._write_lock:
            self._raw.queue_bind(queue=queue, exchange=exchange, routing_key=routing_key, nowait=True)

    def unbind(self, queue: str, exchange: str, routing_key: str) -> None:
        """Undo `bind`."""
        self._raw.queue_unbind(queue=queue, exchange=exchange, routing_key=routing_key)

    def delete_queue(self, name: str) -> None:
        """Delete the queue with all that waits in it."""
        self._raw.queue_delete(queue=name)

    def limit_prefetch(self, messages: int) -> None:
        """Let the broker send at most so many messages that are not yet acknowledged."""
        self._raw.basic_qos(0, messages, False)

    def consume(
        self, queue: str, on_message: Callable[[Any], None], *, no_ack: bool = False, priority: int = 0
    ) -> str:
        """Have `on_message` called with every raw message of `queue`, those of a higher priority first; the consumer's tag."""
        tag = f"digipunt-{next(self._tags)}"
        self._raw.basic_consume(
            queue,
            no_ack=no_ack,
            callback=on_message,
            consumer_tag=tag,
            arguments={"x-priority": priority} if priority else None,
        )
        return tag

    def cancel(self, consumer: str) -> None:
        """Take no more messages for the consumer with this tag."""
        self._raw.basic_cancel(consumer)

    def ack(self, delivery_tag: int, *, multiple: bool = True) -> None:
        """Acknowledge this message, and with `multiple` all that came before it."""
        with self._write_lock:
            self._raw.basic_ack(delivery_tag, multiple=multiple)

    def confirm_publishes(
        self, on_ack: Callable[[int, bool], None], on_nack: Callable[[int, bool], None]
    ) -> None:
        """Have the broker confirm what is published from now on, counted from 1: called with (number, and all before it)."""
        self._raw.confirm_select()
        self._raw.events["basic_ack"].add(on_ack)
        self._raw.events["basic_nack"].add(on_nack)

    def publish(
        self, exchange: str, routing_key: str, body: str, *, content_type: str, **properties: Any
    ) -> None:
        """Publish one message of UTF-8 text."""
        with self._write_lock:
            self._publish(exchange, routing_key, body, content_type, properties)

    def publish_batch(self, exchange: str, messages: Iterable[Message], *, content_type: str) -> None:
        """Publish messages in order. They are handed to the network in one piece; on an error, none of them is."""
        with self._write_lock:
            if self._transport is None:
                for routing_key, body, properties in messages:
                    self._publish(exchange, routing_key, body, content_type, properties)
                return
            write, gathered = self._transport._write, bytearray()
            self._transport._write = gathered.extend
            try:
                for routing_key, body, properties in messages:
                    self._publish(exchange, routing_key, body, content_type, properties)
            finally:
                self._transport._write = write
            write(gathered)

    def _publish(
        self, exchange: str, routing_key: str, body: str, content_type: str, properties: Mapping[str, Any]
    ) -> None:
        message = self._raw.prepare_message(
            body, content_type=content_type, content_encoding="utf-8", properties=dict(properties)
        )
        self._raw.basic_publish(message, exchange=exchange, routing_key=routing_key)


class Connection:
    """One connection, with one channel to begin with."""

    def __init__(self, url: str) -> None:
        self._kombu = kombu.Connection(url, heartbeat=HEARTBEAT, connect_timeout=CONNECT_TIMEOUT)
        self._write_lock = threading.Lock()
        try:
            self._kombu.connect()
            if self.confirms:
                # It would wait for ever for an answer of a broker that vanished, and for room to write to it.
                self._kombu.connection.transport.sock.settimeout(SILENCE)
                _read_ahead(self._kombu.connection.transport)
                _read_only_in_drain(self._kombu.connection)
            self.channel = self.open_channel()
        except BaseException:
            self.close()
            raise

    @property
    def confirms(self) -> bool:
        """Whether this broker confirms what it has taken; the one in this process has no need to."""
        return bool(self._kombu.transport.driver_type == "amqp")

    def open_channel(self) -> Channel:
        """A further channel: what arrives there is not held up by the prefetch of another."""
        transport = self._kombu.connection.transport if self.confirms else None
        return Channel(self._kombu.channel(), self._write_lock, transport)

    def drain(self, timeout: float) -> bool:
        """Handle what arrives within `timeout` seconds; False when nothing did. For one thread at a time."""
        try:
            self._kombu.drain_events(timeout=timeout)
        except TimeoutError:
            return False
        return True

    def heartbeat(self) -> None:
        """Send a heartbeat when one is due. Raises when the broker has been silent for two."""
        with self._write_lock:
            self._kombu.heartbeat_check()

    def declare_exchange(self, name: str) -> None:
        """Make sure that the durable topic exchange `name` is there."""
        self.channel.declare_exchange(name)

    def ensure_exchange(self, name: str) -> None:
        """The same for an exchange of another service: where it is there already, no right to make it is needed."""
        if self.confirms:
            probe = self._kombu.channel()
            try:
                probe.exchange_declare(exchange=name, type="topic", passive=True)
                probe.close()
                return
            except NotFound:
                pass  # the broker has closed the probe
        self.declare_exchange(name)

    def close(self) -> None:
        """Close within seconds, whether or not the broker answers."""
        self._kombu.collect(socket_timeout=CLOSE_TIMEOUT)


def _read_ahead(transport: Any) -> None:
    """Let py-amqp take what has arrived, instead of asking the system six times for each message.

    Its buffer for that is there; what it asks for is just what it needs next. On green sockets every call is expensive.
    """
    receive = transport._quick_recv
    transport._quick_recv = lambda size: receive(max(size, READ_AHEAD))


def _read_only_in_drain(connection: Any) -> None:
    """Keep py-amqp from reading within a publish, where it looks whether the broker has blocked the connection.

    Beside a `drain` at work that would be a second reader of one stream: what either had half read, the other would lose,
    and the connection would wait for ever for the rest. A broker that blocks is noticed by the confirm that does not come.
    """
    connection.client_properties["capabilities"]["connection.blocked"] = False

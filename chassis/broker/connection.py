"""A private connection to the broker that can always be let go of.

nameko's own publisher hangs for as long as a frozen broker does (docs/adr/0001). Here every wait has an end, and after an
error the connection is collected without asking the broker's leave: whoever uses a `Link` is free again within seconds and
starts over with a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import kombu
from amqp.exceptions import AMQPError, NotFound
from kombu.exceptions import KombuError

from contracts.envelope import CONTENT_TYPE

CONNECT_TIMEOUT = 3.0
CONFIRM_TIMEOUT = 3.0
CLOSE_TIMEOUT = 2.0
HEARTBEAT = 10
"""Seconds. A link that stays silent for two heartbeats is taken for lost."""

READ_AHEAD = 16_384
"""Bytes: a dozen events. More is slower, because py-amqp moves the rest of its buffer for each part it takes."""

BROKER_ERRORS = (OSError, AMQPError, KombuError)
"""What a broker that is away, frozen or wiped makes a link raise."""


class NotConfirmed(OSError):
    """The broker refused, or did not confirm in time, what was published."""


class Link:
    """One connection with one channel."""

    def __init__(self, url: str) -> None:
        self.connection = kombu.Connection(url, heartbeat=HEARTBEAT, connect_timeout=CONNECT_TIMEOUT)
        try:
            self.connection.connect()
            if self.confirms:
                _read_ahead(self.connection.connection.transport)
                _read_only_in_drain(self.connection.connection)
            self.channel: Any = self.connection.channel()
            self._tags = count(1)
        except BaseException:
            self.close()
            raise

    @property
    def confirms(self) -> bool:
        """Whether this broker confirms what it has taken; the one in this process has no need to."""
        return bool(self.connection.transport.driver_type == "amqp")

    def drain(self, timeout: float) -> bool:
        """Handle what arrives within `timeout` seconds; False when nothing did."""
        try:
            self.connection.drain_events(timeout=timeout)
        except TimeoutError:
            return False
        return True

    @contextmanager
    def together(self) -> Iterator[None]:
        """Gather what is written meanwhile, and hand it to the network in one piece; on an error, not at all."""
        if not self.confirms:
            yield
            return
        transport: Any = self.connection.connection.transport
        write, gathered = transport._write, bytearray()
        transport._write = gathered.extend
        try:
            yield
        finally:
            transport._write = write
        write(gathered)

    def declare_exchange(self, name: str) -> None:
        """Make sure that the durable topic exchange `name` is there."""
        self.channel.exchange_declare(exchange=name, type="topic", durable=True, auto_delete=False)

    def ensure_exchange(self, name: str) -> None:
        """The same for an exchange of somebody else: where it is there already, no right to make it is needed."""
        if self.confirms:
            probe = self.connection.channel()
            try:
                probe.exchange_declare(exchange=name, type="topic", passive=True)
                probe.close()
                return
            except NotFound:
                pass  # the broker has closed the probe
        self.declare_exchange(name)

    def consume(
        self, queue: str, on_message: Callable[[Any], None], *, channel: Any = None, no_ack: bool = False
    ) -> None:
        """Have `on_message` called with every raw message of `queue` that `drain` receives."""
        tag = f"digipunt-{next(self._tags)}"
        (channel or self.channel).basic_consume(queue, no_ack=no_ack, callback=on_message, consumer_tag=tag)

    def close(self) -> None:
        """Let go, within seconds, whether or not the broker answers."""
        self.connection.collect(socket_timeout=CLOSE_TIMEOUT)


def _read_ahead(transport: Any) -> None:
    """Let py-amqp take what has arrived, instead of asking the system six times for each message.

    Its buffer for that is there; what it asks for is just what it needs next. Green sockets make every call dear.
    """
    receive = transport._quick_recv
    transport._quick_recv = lambda size: receive(max(size, READ_AHEAD))


def _read_only_in_drain(connection: Any) -> None:
    """Keep py-amqp from reading within a publish, where it looks whether the broker has blocked the connection.

    Beside a `drain` at work that would be a second reader of one stream: what either had half read, the other would lose,
    and the link would wait for ever for the rest. A broker that blocks is noticed by the confirm that does not come.
    """
    connection.client_properties["capabilities"]["connection.blocked"] = False


class Publisher:
    """Publishes pages of messages and returns when the broker has taken responsibility for all of them."""

    def __init__(self, url: str, exchange: str) -> None:
        self.link = Link(url)
        self.exchange = exchange
        self._unconfirmed: set[int] = set()
        self._refused = False
        try:
            self.link.declare_exchange(exchange)
            if self.link.confirms:
                self.link.channel.confirm_select()
                self.link.channel.events["basic_ack"].add(self._on_ack)
                self.link.channel.events["basic_nack"].add(self._on_nack)
        except BaseException:
            self.link.close()
            raise
        self._tag = 0

    def send(self, messages: Sequence[tuple[str, str, str]]) -> None:
        """Hand `(routing key, message id, body)` to the broker, persistent, in order; `confirm` waits for it."""
        channel = self.link.channel
        with self.link.together():
            for routing_key, message_id, body in messages:
                message = channel.prepare_message(
                    body,
                    content_type=CONTENT_TYPE,
                    content_encoding="utf-8",
                    properties={"delivery_mode": 2, "message_id": message_id},
                )
                channel.basic_publish(message, exchange=self.exchange, routing_key=routing_key)
                if self.link.confirms:
                    self._tag += 1
                    self._unconfirmed.add(self._tag)

    def confirm(self) -> None:
        """Wait until all that was sent is confirmed; raises NotConfirmed when it is not."""
        while self._unconfirmed:
            if not self.link.drain(CONFIRM_TIMEOUT):
                raise NotConfirmed("the broker did not confirm in time")
            if self._refused:
                raise NotConfirmed("the broker refused a message")

    def keep_alive(self) -> None:
        """Response and send heartbeats while there is nothing to publish."""
        if self.link.confirms:
            self.link.drain(0.001)
            self.link.connection.heartbeat_check()

    def close(self) -> None:
        self.link.close()

    def _on_ack(self, tag: int, multiple: bool) -> None:
        if multiple:
            self._unconfirmed = {other for other in self._unconfirmed if other > tag}
        else:
            self._unconfirmed.discard(tag)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self._refused = True

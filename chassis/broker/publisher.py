"""Publishes pages of messages and returns when the broker has taken responsibility for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from chassis.broker.connection import Connection, Renewal
from contracts.envelope import CONTENT_TYPE

CONFIRM_TIMEOUT = 3.0
"""Seconds within which the broker confirms something, or is taken for lost."""


class NotConfirmed(OSError):
    """The broker refused, or did not confirm in time, what was published."""


class Publisher:
    """Publishes events on one exchange over a connection of its own."""

    def __init__(self, url: str, exchange: str) -> None:
        self._connection = Connection(url)
        self._exchange = exchange
        self._published = 0
        self._unconfirmed: set[int] = set()
        self._refused = False
        try:
            self._connection.declare_exchange(exchange)
            self._renewal = Renewal()
            if self._connection.confirms:
                self._connection.channel.confirm_publishes(self._on_ack, self._on_nack)
        except BaseException:
            self._connection.close()
            raise

    def send(self, messages: Sequence[tuple[str, str, str]]) -> None:
        """Hand `(routing key, message id, body)` to the broker, persistent, in order; `confirm` waits for it."""
        batch = [
            (routing_key, body, {"delivery_mode": 2, "message_id": message_id})
            for routing_key, message_id, body in messages
        ]
        self._connection.channel.publish_batch(self._exchange, batch, content_type=CONTENT_TYPE)
        if self._connection.confirms:
            first, self._published = self._published + 1, self._published + len(messages)
            self._unconfirmed.update(range(first, self._published + 1))

    def confirm(self) -> None:
        """Wait until all that was sent is confirmed; raises NotConfirmed when it is not."""
        while self._unconfirmed:
            if not self._connection.drain(CONFIRM_TIMEOUT):
                raise NotConfirmed("the broker did not confirm in time")
            if self._refused:
                raise NotConfirmed("the broker refused a message")

    def keep_alive(self) -> None:
        """Answer and send heartbeats while there is nothing to publish, and have the exchange there for its subscribers."""
        if self._connection.confirms:
            self._connection.drain(0.001)
            self._connection.heartbeat()
            if self._renewal.due():
                self._connection.declare_exchange(self._exchange)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _on_ack(self, number: int, multiple: bool) -> None:
        if multiple:
            self._unconfirmed = {other for other in self._unconfirmed if other > number}
        else:
            self._unconfirmed.discard(number)

    def _on_nack(self, number: int, multiple: bool) -> None:
        self._refused = True

"""Asks the owner of a journal for its head and its pages, over nameko's RPC protocol on a link that exists already.

nameko's own proxy knows no timeout and would need a second connection; this speaks the same messages to the same
`rpc-<service>` queue, and every call ends.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

from chassis.broker import Link
from contracts.envelope import Event

RPC_EXCHANGE = "nameko-rpc"
CALL_TIMEOUT = 10.0


class OwnerAway(Exception):
    """The owner did not answer in time, or answered with an error."""


class Owner:
    """The owner of `service`'s journal, at the other end of `link`.

    Somebody else drains the link; a call waits for the reply that arrives there. `guard` is held for every write.
    """

    def __init__(self, link: Link, service: str, *, new_id: Callable[[], str], guard: Any) -> None:
        self._service = service
        self._new_id = new_id
        self._guard = guard
        self._waiting: dict[str, tuple[threading.Event, list[dict[str, Any]]]] = {}
        self._reply_to = new_id()
        queue = f"rpc.reply-{service}-journal-{self._reply_to}"
        link.declare_exchange(RPC_EXCHANGE)
        # A channel of its own: replies must arrive also when the other one's prefetch is used up.
        self._channel: Any = link.connection.channel()
        self._channel.queue_declare(queue=queue, durable=False, exclusive=True, auto_delete=True)
        self._channel.queue_bind(queue=queue, exchange=RPC_EXCHANGE, routing_key=self._reply_to)
        link.consume(queue, self._on_reply, channel=self._channel, no_ack=True)

    def head(self) -> tuple[str, int]:
        """Epoch and last position of the journal."""
        answer = self._call("journal_head")
        return answer["epoch"], answer["position"]

    def page(self, after: int, limit: int) -> tuple[int, list[Event]]:
        """The head's position, and up to `limit` events after `after`, in order."""
        answer = self._call("journal_page", after, limit)
        return answer["position"], [Event.decode(body) for body in answer["events"]]

    def _call(self, method: str, *args: Any) -> Any:
        call = self._new_id()
        arrived = threading.Event()
        slot: list[Any] = []
        self._waiting[call] = (arrived, slot)
        body = json.dumps({"args": args, "kwargs": {}})
        try:
            with self._guard:
                message = self._channel.prepare_message(
                    body,
                    content_type="application/json",
                    content_encoding="utf-8",
                    properties={
                        "reply_to": self._reply_to,
                        "correlation_id": call,
                        "expiration": str(int(CALL_TIMEOUT * 1000)),
                        "delivery_mode": 1,
                    },
                )
                self._channel.basic_publish(
                    message, exchange=RPC_EXCHANGE, routing_key=f"{self._service}.{method}"
                )
            if not arrived.wait(CALL_TIMEOUT):
                raise OwnerAway(f"{self._service} did not answer {method} within {CALL_TIMEOUT:.0f} s")
        finally:
            self._waiting.pop(call, None)
        reply = slot[0]
        if reply.get("error"):
            raise OwnerAway(f"{self._service} answered {method} with {reply['error'].get('exc_type')}")
        return reply["result"]

    def _on_reply(self, message: Any) -> None:
        waiting = self._waiting.get(message.properties.get("correlation_id"))
        if waiting is not None:
            arrived, slot = waiting
            slot.append(json.loads(message.body))
            arrived.set()

"""Asks the owner of a journal for its head and its pages, over nameko's RPC protocol on a link that exists already.

nameko's own proxy knows no timeout and would need a second connection; this speaks the same messages to the same
`rpc-<service>` queue, and every call ends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from chassis.broker.connection import Link
from contracts.envelope import Event

RPC_EXCHANGE = "nameko-rpc"
CALL_TIMEOUT = 10.0


class RpcUnavailable(Exception):
    """The owner did not answer in time, or answered with an error."""


@dataclass(eq=False, slots=True)
class _Call:
    id: str
    method: str
    replied: threading.Event = field(default_factory=threading.Event)
    reply: dict[str, Any] = field(default_factory=dict)


class Owner:
    """The owner of `service`'s journal, at the other end of `link`.

    Somebody else drains the link; a call waits for the reply that arrives there. `guard` is held for every write.
    """

    def __init__(self, link: Link, service: str, *, new_id: Callable[[], str], guard: Any) -> None:
        self._service = service
        self._new_id = new_id
        self._guard = guard
        self._waiting: dict[str, _Call] = {}
        self._reply_to = new_id()
        queue = f"rpc.reply-{service}-journal-{self._reply_to}"
        link.ensure_exchange(RPC_EXCHANGE)
        # A channel of its own: replies must arrive also when the other one's prefetch is used up.
        self._channel: Any = link.connection.channel()
        self._channel.queue_declare(queue=queue, durable=False, exclusive=True, auto_delete=True)
        self._channel.queue_bind(queue=queue, exchange=RPC_EXCHANGE, routing_key=self._reply_to)
        link.consume(queue, self._on_reply, channel=self._channel, no_ack=True)

    def head(self) -> tuple[str, int]:
        """Epoch and last position of the journal."""
        answer = self.call("journal_head")
        return answer["epoch"], answer["position"]

    def pages(self, after: int, limit: int) -> Iterator[tuple[int, list[Event]]]:
        """The head's position, and up to `limit` events, in order; page after page to the end of the journal.

        While the caller works on a page, the owner is making the next one already.
        """
        call = self._ask("journal_page", after, limit)
        try:
            while True:
                answer = self._answer(call)
                self._forget(call)
                head, events = answer["position"], [Event.decode(body) for body in answer["events"]]
                if not events:
                    return
                last = events[-1].position
                if last < head:
                    call = self._ask("journal_page", last, limit)
                yield head, events
                if last >= head:
                    return
        finally:
            self._forget(call)

    def give_up(self) -> None:
        """Wait for no answer any more, so that a service with an absent owner stops at once."""
        for call in list(self._waiting.values()):
            call.replied.set()

    def call(self, method: str, *args: Any) -> Any:
        """What the RPC method answers. Raises RpcUnavailable."""
        call = self._ask(method, *args)
        try:
            return self._answer(call)
        finally:
            self._forget(call)

    def _ask(self, method: str, *args: Any) -> _Call:
        call = _Call(self._new_id(), method)
        self._waiting[call.id] = call
        body = orjson.dumps({"args": args, "kwargs": {}}).decode()
        try:
            with self._guard:
                message = self._channel.prepare_message(
                    body,
                    content_type="application/json",
                    content_encoding="utf-8",
                    properties={
                        "reply_to": self._reply_to,
                        "correlation_id": call.id,
                        "expiration": str(int(CALL_TIMEOUT * 1000)),
                        "delivery_mode": 1,
                    },
                )
                self._channel.basic_publish(
                    message, exchange=RPC_EXCHANGE, routing_key=f"{self._service}.{method}"
                )
        except BaseException:
            self._forget(call)
            raise
        return call

    def _answer(self, call: _Call) -> Any:
        if not call.replied.wait(CALL_TIMEOUT) or not call.reply:
            raise RpcUnavailable(f"{self._service} did not answer {call.method} within {CALL_TIMEOUT:.0f} s")
        if call.reply.get("error"):
            raise RpcUnavailable(
                f"{self._service} answered {call.method} with {call.reply['error'].get('exc_type')}"
            )
        return call.reply["result"]

    def _forget(self, call: _Call) -> None:
        self._waiting.pop(call.id, None)

    def _on_reply(self, message: Any) -> None:
        call = self._waiting.get(message.properties.get("correlation_id"))
        if call is not None:
            call.reply = orjson.loads(message.body)
            call.replied.set()

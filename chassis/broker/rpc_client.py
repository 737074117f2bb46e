"""Calls a service's RPC methods over a connection that exists already, and every call ends.

nameko's own proxy knows no timeout and would need a second connection; this speaks the same messages to the same
`rpc-<service>` queue.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from chassis.broker.connection import Connection

RPC_EXCHANGE = "nameko-rpc"
CALL_TIMEOUT = 10.0
"""Seconds within which a service answers, or is taken for unavailable."""


class RpcUnavailable(Exception):
    """The service did not answer in time, or answered with an error."""


@dataclass(eq=False, slots=True)
class Call:
    """A call that is under way."""

    id: str
    method: str
    read: Callable[[Any], Any]
    replied: threading.Event = field(default_factory=threading.Event)
    reply: dict[str, Any] = field(default_factory=dict)
    unreadable: Exception | None = None

    def end(self, body: bytes | str) -> None:
        """Read what the service answered, and let the caller go on with that, or with what is wrong with it."""
        try:
            reply = orjson.loads(body)
            if not reply.get("error"):
                reply["result"] = self.read(reply["result"])
            self.reply = reply
        except Exception as error:
            self.unreadable = error
        self.replied.set()


def _as_it_is(answer: Any) -> Any:
    return answer


class RpcClient:
    """Calls the service `service`. Somebody else drains the connection; a call waits for the reply that arrives there."""

    def __init__(self, connection: Connection, service: str, *, new_id: Callable[[], str]) -> None:
        self._service = service
        self._new_id = new_id
        self._waiting: dict[str, Call] = {}
        self._reply_to = new_id()
        queue = self._queue = f"rpc.reply-{service}-journal-{self._reply_to}"
        connection.ensure_exchange(RPC_EXCHANGE)
        # A channel of its own: replies must arrive even when the other one's prefetch is used up.
        self._channel = connection.open_channel()
        self._channel.declare_queue(queue, durable=False, exclusive=True)
        self._channel.bind(queue, RPC_EXCHANGE, self._reply_to)
        self._channel.consume(queue, self._on_reply, no_ack=True)

    def renew(self) -> None:
        """Have replies arrive again, should somebody have deleted what carries them. Does not wait."""
        self._channel.renew_binding(self._queue, RPC_EXCHANGE, self._reply_to)

    def call(self, method: str, *args: Any) -> Any:
        """What the method answers. Raises RpcUnavailable."""
        return self.result(self.begin(method, *args))

    def begin(self, method: str, *args: Any, read: Callable[[Any], Any] = _as_it_is) -> Call:
        """Send a call, and let the service work on it while the caller does something else; `result` ends it.

        `read` makes of the answer what `result` returns, as soon as it arrives.
        """
        call = Call(self._new_id(), method, read)
        self._waiting[call.id] = call
        try:
            self._channel.publish(
                RPC_EXCHANGE,
                f"{self._service}.{method}",
                orjson.dumps({"args": args, "kwargs": {}}).decode(),
                content_type="application/json",
                reply_to=self._reply_to,
                correlation_id=call.id,
                expiration=str(int(CALL_TIMEOUT * 1000)),
                delivery_mode=1,
            )
        except BaseException:
            self.forget(call)
            raise
        return call

    def result(self, call: Call) -> Any:
        """What the method answers. Raises RpcUnavailable, and what reading the answer raised."""
        try:
            replied = call.replied.wait(CALL_TIMEOUT)
            if call.unreadable is not None:
                raise call.unreadable
            if not replied or not call.reply:
                raise RpcUnavailable(
                    f"{self._service} did not answer {call.method} within {CALL_TIMEOUT:.0f} s"
                )
        finally:
            self.forget(call)
        if call.reply.get("error"):
            raise RpcUnavailable(
                f"{self._service} answered {call.method} with {call.reply['error'].get('exc_type')}"
            )
        return call.reply["result"]

    def forget(self, call: Call) -> None:
        """Take no reply to this call any more."""
        self._waiting.pop(call.id, None)

    def cancel(self) -> None:
        """End every call that waits, so that a service stops at once although another one is away."""
        for call in list(self._waiting.values()):
            call.replied.set()

    def _on_reply(self, message: Any) -> None:
        call = self._waiting.get(message.properties.get("correlation_id"))
        if call is not None:
            call.end(message.body)

"""Answers the calls of other services, over connections that let go of a dead broker.

Promise: while the broker is there, `rpc-<service>` has this service as its consumer; it is back within two heartbeats and some
seconds after the broker vanished, with or without a word, and after somebody deleted queue, exchange or binding. The messages
are those of nameko's RPC.

A call is acknowledged when it is answered. One whose answer cannot be sent comes again, until its caller has given up.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
import structlog

from chassis.backoff import retrying
from chassis.broker.connection import BROKER_ERRORS, Connection, Renewal
from chassis.broker.rpc_client import RPC_EXCHANGE

FIRST_PAUSE = 0.2
"""Seconds before the server starts over after an error; they grow (`chassis.backoff`)."""

EPOCH = 1_767_225_600
"""The first second of 2026, from which consumers count their priority."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """A call of another service."""

    method: str
    body: bytes | str
    reply_to: str | None
    correlation_id: str | None
    _tag: int
    _link: _Link

    def arguments(self) -> tuple[list[Any], dict[str, Any]]:
        """What the method is called with. Raises ValueError when the caller sent something else."""
        try:
            call = orjson.loads(self.body)
            return list(call["args"]), dict(call["kwargs"])
        except (ValueError, TypeError, KeyError):
            raise ValueError("a call has `args` and `kwargs` in JSON") from None

    def answer(self, body: bytes) -> None:
        """Send `body`, a result or an error in JSON, and acknowledge the call. Raises what the connection raises."""
        self._link.answer(self, body)


class _Link:
    """Two connections: calls arrive over one, and over the other go answers, which take a while when they are long."""

    def __init__(self, url: str, service: str, most: int, take: Callable[[Request], None]) -> None:
        self._take = take
        self._queue = f"rpc-{service}"
        self._routing_key = f"{service}.*"
        self._renewal = Renewal()
        self._answering = threading.Lock()
        self._calls = Connection(url)
        self._answers: Connection | None = None
        try:
            self._answers = Connection(url)
            self._calls.ensure_exchange(RPC_EXCHANGE)
            channel = self._calls.channel
            channel.declare_queue(self._queue)
            channel.bind(self._queue, RPC_EXCHANGE, self._routing_key)
            channel.limit_prefetch(most)
            # The newest consumer comes first: until the broker misses them, those of a machine that vanished get no calls.
            self._consumer: str | None = channel.consume(
                self._queue, self._on_message, priority=max(1, int(time.time()) - EPOCH)
            )
        except BaseException:
            self.close()
            raise

    def tend(self, *, leaving: bool) -> None:
        """Take calls for a second, and keep both connections alive; `leaving`, take no more."""
        if leaving and self._consumer is not None:
            self._calls.channel.cancel(self._consumer)
            self._consumer = None
        self._calls.drain(1.0)
        self._calls.heartbeat()
        if self._renewal.due():
            self._calls.channel.renew_binding(self._queue, RPC_EXCHANGE, self._routing_key)
        # While an answer is being written the connection is alive, and nobody else may use it.
        if self._answers is not None and self._answering.acquire(blocking=False):
            try:
                if self._answers.confirms:
                    self._answers.drain(0.001)
                self._answers.heartbeat()
            finally:
                self._answering.release()

    def answer(self, request: Request, body: bytes) -> None:
        if request.reply_to:
            assert self._answers is not None, "there was a call"
            with self._answering:
                self._answers.channel.publish(
                    RPC_EXCHANGE,
                    request.reply_to,
                    body.decode(),
                    content_type="application/json",
                    correlation_id=request.correlation_id,
                    delivery_mode=1,
                )
        self._calls.channel.ack(request._tag, multiple=False)

    def close(self) -> None:
        for connection in (self._calls, self._answers):
            if connection is not None:
                connection.close()

    def _on_message(self, message: Any) -> None:
        if self._consumer is None:
            return  # It is not acknowledged, and goes to another replica when the connection is closed.
        properties = message.properties
        method = message.delivery_info["routing_key"].rpartition(".")[2]
        reply_to, correlation_id = properties.get("reply_to"), properties.get("correlation_id")
        self._take(Request(method, message.body, reply_to, correlation_id, message.delivery_tag, self))


class RpcServer:
    """Has `take` called with each call of `service`, of which at most `most` are not answered yet; `take` does not wait."""

    def __init__(self, url: str, service: str, *, most: int, take: Callable[[Request], None]) -> None:
        self._url = url
        self._service = service
        self._most = most
        self._take = take
        self._consuming = False
        self._leaving = False
        self._stopping = threading.Event()

    def run(self) -> None:
        """Take calls until `stop`, over one link after the other."""
        start_over = retrying(
            FIRST_PAUSE, stopped=self._stopping.is_set, sleep=self._stopping.wait, on_error=self._report
        )
        while not self._stopping.is_set():
            start_over(self._serve)

    def leave(self) -> None:
        """Take no more calls; those that were taken can still be answered."""
        self._leaving = True

    def stop(self) -> None:
        """End `run`."""
        self._stopping.set()

    def ready(self) -> bool | str:
        """Whether calls are taken, or a sentence that says why not."""
        if not self._consuming:
            return "other services get no answers from here: the broker does not answer"
        return True

    def _serve(self) -> None:
        link = _Link(self._url, self._service, self._most, self._take)
        try:
            self._consuming = True
            while not self._stopping.is_set():
                link.tend(leaving=self._leaving)
        finally:
            self._consuming = False
            link.close()

    def _report(self, error: BaseException) -> None:
        expected = isinstance(error, BROKER_ERRORS)
        log.warning(
            "rpc.restarting",
            service=self._service,
            error=repr(error),
            exc_info=None if expected else error,
        )

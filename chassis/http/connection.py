"""One client's connection: bytes come in, responses go out, and every wait has a deadline.

Kept promises: a client can neither hold a connection for ever nor fill memory; whether a request is admitted is decided
before its body is taken; and a refused client still gets to read why. See ADR 0002.
"""

from __future__ import annotations

import errno
import math
import time
from contextlib import suppress
from typing import Any, Protocol

import structlog
from eventlet import hubs, patcher

from chassis.http import problems, wire
from chassis.http.parser import Limits, Refusal, RequestParser, too_large
from chassis.http.request import Request
from chassis.http.responses import Response
from chassis.http.routing import Target
from chassis.http.trace import continued, trace_id

log = structlog.get_logger(__name__)
socket: Any = patcher.original("socket")
"""Plain sockets, made non-blocking: the hub is called only when there is something to wait for."""

CHUNK = 64 * 1024
LINGER_BYTES = 32 * 1024 * 1024
CREDIT_BYTES = 1024
"""As if sent already, so that a client that has just come is not the slowest."""

NEVER = math.inf
TOO_SLOW = Refusal(problems.REQUEST_TIMEOUT, "requestTooSlow")
TOO_MANY = Refusal(problems.UNAVAILABLE, "tooManyClients")
TOO_MUCH = Refusal(problems.UNAVAILABLE, "tooMuchArriving")


class Server(Protocol):
    """The part of the server that a connection needs."""

    limits: Limits
    stopping: bool

    def admit(self, request: Request) -> Target | Response: ...
    def hold(self, size: int) -> bool: ...
    def release(self, size: int) -> None: ...
    def remove(self, connection: Connection) -> None: ...


class Connection:
    """One client's connection.

    `deadline` (monotonic seconds) is when the server ends the current wait, `since` when that wait began; `held` is how many
    bytes of bodies are in memory for this client.
    """

    __slots__ = (
        "address",
        "admitted",
        "deadline",
        "dismissed",
        "expired",
        "held",
        "parser",
        "sending",
        "server",
        "since",
        "sock",
        "target",
    )

    def __init__(self, server: Server, sock: Any, address: str, *, admitted: bool) -> None:
        self.address = address
        self.admitted = admitted
        self.server = server
        self.sock = sock
        self.parser = RequestParser(server.limits)
        self.since = time.monotonic()
        self.deadline = self.since + server.limits.head_seconds
        self.dismissed = False
        self.expired = False
        self.held = 0
        self.sending = False
        self.target: Target | None = None

    def run(self) -> None:
        try:
            if self.admitted:
                self._serve()
            else:
                self._refuse(TOO_MANY)
        except (ConnectionError, TimeoutError):
            pass  # The client went away: nobody is left to answer.
        except OSError as error:
            log.warning("http.connectionFailed", error=errno.errorcode.get(error.errno or 0))
        finally:
            self.sock.close()
            self.parser.close()
            self.server.release(self.held)
            self.server.remove(self)

    @property
    def idle(self) -> bool:
        """Whether no request is under way."""
        return self.waiting and not self.parser.started

    @property
    def waiting(self) -> bool:
        """Whether the client's next bytes are all that can happen here."""
        return not (self.sending or self.dismissed or self.deadline is NEVER)

    def pace(self, now: float) -> float:
        """Bytes a second of the request that is arriving."""
        return (self.parser.received + CREDIT_BYTES) / (now - self.since + 1)

    def give_way(self) -> None:
        """End this wait, because others need the room more than this client uses it."""
        if self.parser.started:
            self.expire()
        else:
            self.dismiss()

    def dismiss(self) -> None:
        """Close the connection once the requests that have arrived by now are answered."""
        self.dismissed = True
        self._shut(socket.SHUT_RD)

    def expire(self) -> None:
        """End the current wait, which has lasted too long; the connection's own green thread does the rest."""
        self.expired = True
        self.deadline = NEVER
        self._shut(socket.SHUT_RDWR if self.sending else socket.SHUT_RD)

    def _shut(self, how: int) -> None:
        with suppress(OSError):  # The client has closed it already.
            self.sock.shutdown(how)

    def _serve(self) -> None:
        parser = self.parser
        while True:
            data = self._receive()
            if not data:
                if self.expired and parser.started:
                    self._refuse(TOO_SLOW)
                return
            before, looked_at = parser.stage, parser.arriving
            refusal: Refusal | Response | None = parser.feed(data)
            while parser.requests:
                if not self._reply(*parser.requests.popleft()):
                    return
            if refusal is None and parser.arriving is not None:
                refusal = self._look_at(parser.arriving, new=parser.arriving is not looked_at)
            if refusal is not None:
                self._refuse(refusal)
                return
            if parser.stage != before:
                self._set_deadline()
            if parser.wants_continue:
                parser.wants_continue = False
                self._send(wire.CONTINUE)

    def _set_deadline(self) -> None:
        parser, limits = self.parser, self.server.limits
        self.since = time.monotonic()
        if not parser.started:
            self.deadline = self.since + limits.idle_seconds
        elif parser.arriving is None:
            self.deadline = self.since + limits.head_seconds
        else:
            self.deadline = self.since + limits.body_seconds

    def _look_at(self, request: Request, *, new: bool) -> Refusal | Response | None:
        """Why the request whose body is arriving goes no further, if so."""
        if new:
            verdict = self._admit(request)
            if isinstance(verdict, Response):
                return verdict
            self.target = verdict
        assert self.target is not None
        if self.parser.body_bytes > self.target.body_bytes:
            return too_large(self.target.body_bytes)
        return None if self._hold(self.parser.body_bytes) else TOO_MUCH

    def _admit(self, request: Request) -> Target | Response:
        request.address = self.address
        return self.server.admit(request)

    def _hold(self, size: int) -> bool:
        """Hold so many bytes from now on; False when there is no room for them."""
        more, self.held = size - self.held, size
        return self.server.hold(more)

    def _reply(self, request: Request, keep_alive: bool) -> bool:
        """Answer one request; returns whether the connection stays open."""
        self.deadline = NEVER
        response = self._response(request)
        close = not keep_alive or self.dismissed or self.server.stopping
        trace, head_only = trace_id(request.trace), request.method == "HEAD"
        try:
            data = wire.serialize(response, trace=trace, head_only=head_only, close=close)
        except Exception as error:
            response = problems.from_error(error, request)
            data = wire.serialize(response, trace=trace, head_only=head_only, close=close)
        self._send(data)
        if close and (self.parser.started or self.parser.requests):
            self._linger()
        return not close

    def _response(self, request: Request) -> Response:
        target, self.target = self.target or self._admit(request), None
        if isinstance(target, Response):
            return target
        if len(request.body) > target.body_bytes:
            return self._problem(too_large(target.body_bytes), request)
        if not request.body:
            return target.handler(request)
        try:
            if not self._hold(len(request.body)):
                return self._problem(TOO_MUCH, request)
            return target.handler(request)
        finally:
            self._hold(0)

    def _refuse(self, refusal: Refusal | Response) -> None:
        """Answer with a refusal and close."""
        request = self.parser.arriving or Request("", "", self.parser.headers)
        request.trace = request.trace or continued(None)
        response = refusal if isinstance(refusal, Response) else self._problem(refusal, request)
        self._send(wire.serialize(response, trace=trace_id(request.trace), head_only=False, close=True))
        self._linger()

    def _problem(self, refusal: Refusal, request: Request) -> Response:
        headers = {"Retry-After": "2"} if refusal.type is problems.UNAVAILABLE else None
        return problems.problem(refusal.type, refusal.code, request.trace, headers, language=request.language)

    def _linger(self) -> None:
        """Read on for a while: closing with unread bytes resets the connection before the client has our response."""
        self._shut(socket.SHUT_WR)
        self.deadline = time.monotonic() + self.server.limits.linger_seconds
        received = 0
        while received < LINGER_BYTES and (data := self._receive()):
            received += len(data)

    def _receive(self) -> bytes:
        while True:
            hubs.trampoline(self.sock, read=True)
            try:
                return self.sock.recv(CHUNK)  # type: ignore[no-any-return]
            except BlockingIOError:
                continue

    def _send(self, data: bytes) -> None:
        try:
            sent = self.sock.send(data)
        except BlockingIOError:
            sent = 0
        if sent == len(data):
            return
        self.sending = True
        self.deadline = time.monotonic() + self.server.limits.send_seconds
        rest = memoryview(data)[sent:]
        while rest:
            hubs.trampoline(self.sock, write=True)
            try:
                rest = rest[self.sock.send(rest) :]
            except BlockingIOError:
                continue
        self.sending = False
        self.deadline = NEVER

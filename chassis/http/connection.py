"""One client's connection: bytes come in, responses go out, and every wait has a deadline.

Kept promises: a client can neither hold a connection for ever nor fill memory, and a refused client still gets to
read why. See ADR 0002.
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
from chassis.http.parser import Limits, Refusal, RequestParser
from chassis.http.request import Request
from chassis.http.responses import Response
from chassis.http.trace import continued, trace_id
from chassis.refusals import preferred

log = structlog.get_logger(__name__)
socket: Any = patcher.original("socket")
"""Plain sockets, made non-blocking: the hub is called only when there is something to wait for."""

CHUNK = 64 * 1024
LINGER_BYTES = 32 * 1024 * 1024
NEVER = math.inf


class Server(Protocol):
    """The part of the server that a connection needs."""

    limits: Limits
    stopping: bool

    def respond(self, request: Request) -> Response: ...
    def remove(self, connection: Connection) -> None: ...


class Connection:
    """One client's connection. `deadline` (monotonic seconds) is when the server ends the current wait."""

    __slots__ = ("admitted", "deadline", "dismissed", "expired", "parser", "sending", "server", "sock")

    def __init__(self, server: Server, sock: Any, *, admitted: bool) -> None:
        self.admitted = admitted
        self.server = server
        self.sock = sock
        self.parser = RequestParser(server.limits)
        self.deadline = time.monotonic() + server.limits.head_seconds
        self.dismissed = False
        self.expired = False
        self.sending = False

    def run(self) -> None:
        try:
            if self.admitted:
                self._serve()
            else:
                self._refuse(Refusal(problems.UNAVAILABLE, "tooManyClients"))
        except (ConnectionError, TimeoutError):
            pass  # The client went away: nobody is left to answer.
        except OSError as error:
            log.warning("http.connectionFailed", error=errno.errorcode.get(error.errno or 0))
        finally:
            self.sock.close()
            self.server.remove(self)

    @property
    def idle(self) -> bool:
        """Whether no request is under way."""
        return not (self.parser.started or self.sending or self.dismissed or self.deadline is NEVER)

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
        parser, limits = self.parser, self.server.limits
        while True:
            data = self._receive()
            if not data:
                if self.expired and parser.started:
                    self._refuse(Refusal(problems.REQUEST_TIMEOUT, "requestTooSlow"))
                return
            was_started, was_in_body = parser.started, parser.in_body
            refusal = None
            try:
                parser.feed(data)
            except Refusal as error:
                refusal = error
            while parser.requests:
                if not self._reply(*parser.requests.popleft()):
                    return
            if refusal is not None:
                self._refuse(refusal)
                return
            if not parser.started:
                self.deadline = time.monotonic() + limits.idle_seconds
            elif parser.in_body and not (was_started and was_in_body):
                self.deadline = time.monotonic() + limits.body_seconds
            elif not was_started:
                self.deadline = time.monotonic() + limits.head_seconds
            if parser.wants_continue:
                parser.wants_continue = False
                self._send(wire.CONTINUE)

    def _reply(self, request: Request, keep_alive: bool) -> bool:
        """Answer one request; returns whether the connection stays open."""
        self.deadline = NEVER
        response = self.server.respond(request)
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

    def _refuse(self, refusal: Refusal) -> None:
        trace = continued(None)
        headers = {"Retry-After": "2"} if refusal.type is problems.UNAVAILABLE else None
        language = preferred(self.parser.headers.get("accept-language", ""))
        response = problems.problem(refusal.type, refusal.code, trace, headers, language=language)
        self._send(wire.serialize(response, trace=trace_id(trace), head_only=False, close=True))
        self._linger()

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

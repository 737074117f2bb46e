"""The process's HTTP/1.1 server: one green thread per connection, every wait bounded.

Kept promises: a client can neither hold a connection for ever nor fill memory; a refused client still gets to
read why; a stop lets the requests under way end, up to its deadline; a second server on the port is an error and
not a silent sharing (eventlet's own `listen` sets SO_REUSEPORT). See ADR 0002.
"""

from __future__ import annotations

import errno
import math
import time
from contextlib import suppress
from typing import Any

import eventlet
import structlog
from eventlet import hubs, patcher
from eventlet.event import Event

from chassis.errors import ConfigurationError
from chassis.http import problems, wire
from chassis.http.messages import Request, Response
from chassis.http.parser import Limits, Refusal, RequestParser
from chassis.http.routing import Handler, Router
from chassis.http.trace import continued, trace_id
from chassis.runtime.metrics import http_observer

__all__ = ["HttpServer", "Limits"]

log = structlog.get_logger(__name__)
socket: Any = patcher.original("socket")
"""Plain sockets, made non-blocking: the hub is called only when there is something to wait for."""

CHUNK = 64 * 1024
BACKLOG = 1024
LINGER_BYTES = 32 * 1024 * 1024
NEVER = math.inf


class HttpServer:
    """Listens on `host` and `port` (0: a free one) and answers with the handlers of its routes."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, *, limits: Limits | None = None) -> None:
        self.host = host
        self.port = port
        self.limits = limits or Limits()
        self.stopping = False
        self._router = Router()
        self._connections: dict[_Connection, Any] = {}
        self._listener: Any = None
        self._threads: list[Any] = []
        self._all_closed: Event | None = None

    @property
    def address(self) -> str:
        """Where a client on this machine finds the server."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - not bound here
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def add_route(self, method: str, path: str, handler: Handler) -> None:
        """Response `method` on `path` with handler(request). What it raises becomes a problem."""
        observe = http_observer(path.split("/")[1], method, path)

        def observed(request: Request) -> Response:
            began = time.perf_counter()
            answer = self._answer(handler, request)
            observe(answer.status, time.perf_counter() - began)
            return answer

        self._router.add(method, path, observed)

    def remove_route(self, method: str, path: str) -> None:
        """The path is unknown from now on."""
        self._router.remove(method, path)

    def bind(self) -> None:
        """Take the address; clients wait until `start`. Raises ConfigurationError when it cannot be had."""
        listener: Any = None
        try:
            family, _, _, _, address = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
            listener = socket.socket(family, socket.SOCK_STREAM)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(BACKLOG)
        except OSError as error:
            if listener is not None:
                listener.close()
            raise ConfigurationError(self._why_not(error)) from None
        listener.setblocking(False)
        self._listener = listener
        self.port = listener.getsockname()[1]

    def start(self) -> None:
        """Response requests, after `bind` if that was not done yet."""
        if self._listener is None:
            self.bind()
        self._threads = [eventlet.spawn(self._accept), eventlet.spawn(self._watch)]

    def _why_not(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return (
                f"port {self.port} on {self.host} is in use, perhaps by an earlier digipunt: "
                "stop that one or choose another port"
            )
        return f"cannot listen on {self.host} port {self.port}: {error.strerror or error}"

    def stop(self, deadline: float = 10.0) -> None:
        """Take no new connections, let requests under way end for `deadline` seconds, then close them."""
        if self._listener is None:
            return
        self.stopping = True
        if self._threads:
            self._threads[0].kill()
            self._accept_waiting()
        self._listener.close()
        self._listener = None
        if self._connections:
            self._all_closed = Event()
            for connection in list(self._connections):
                if connection.idle:
                    connection.dismiss()
            with eventlet.Timeout(deadline, False):
                self._all_closed.wait()
        for thread in list(self._connections.values()):
            thread.kill()
        for thread in self._threads:
            thread.kill()

    def _accept(self) -> None:
        while True:
            hubs.trampoline(self._listener, read=True)
            self._accept_waiting()

    def _accept_waiting(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except BlockingIOError:
                return
            except OSError as error:
                # Out of file descriptors, or a client that left at once: the others go on.
                log.warning("http.acceptFailed", error=errno.errorcode.get(error.errno or 0))
                eventlet.sleep(0.05)
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = _Connection(self, sock, admitted=self._has_room())
            self._connections[connection] = eventlet.spawn(connection.run)

    def _has_room(self) -> bool:
        """Whether one more client may come in; when full, the one that has been idle longest is let go for it."""
        if len(self._connections) < self.limits.connections:
            return True
        idle = [connection for connection in self._connections if connection.idle]
        if idle:
            min(idle, key=lambda connection: connection.deadline).dismiss()
        return bool(idle)

    def left(self, connection: _Connection) -> None:
        """A connection has ended."""
        self._connections.pop(connection, None)
        if self._all_closed is not None and not self._connections and not self._all_closed.ready():
            self._all_closed.send(None)

    def _watch(self) -> None:
        """One look at all deadlines every so often costs less than a timer for each wait."""
        limits = self.limits
        shortest = min(
            limits.head_seconds,
            limits.body_seconds,
            limits.send_seconds,
            limits.idle_seconds,
            limits.linger_seconds,
        )
        while True:
            eventlet.sleep(min(1.0, shortest / 2))
            now = time.monotonic()
            for connection in list(self._connections):
                if now > connection.deadline:
                    connection.expire()

    def respond(self, request: Request) -> Response:
        """The answer to one request."""
        request.trace = continued(request.headers.get("traceparent"))
        try:
            target, request.params = self._router.find(request.method, request.path)
        except Exception as error:
            return problems.answer(error, request.trace)
        return target.handler(request)

    def _answer(self, handler: Handler, request: Request) -> Response:
        try:
            answer = handler(request)
        except Exception as error:
            return problems.answer(error, request.trace)
        if "if-none-match" in request.headers and request.method in ("GET", "HEAD") and answer.status == 200:
            return wire.not_modified(answer, request.headers["if-none-match"])
        return answer


class _Connection:
    """One client's connection. `deadline` (monotonic seconds) is when the server's watch ends the current wait."""

    __slots__ = ("admitted", "deadline", "dismissed", "expired", "parser", "sending", "server", "sock")

    def __init__(self, server: HttpServer, sock: Any, *, admitted: bool) -> None:
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
                self._refuse(Refusal(problems.UNAVAILABLE, "Too many clients are connected just now."))
        except (ConnectionError, TimeoutError):
            pass  # The client went away: nobody is left to tell.
        except OSError as error:
            log.warning("http.connectionFailed", error=errno.errorcode.get(error.errno or 0))
        finally:
            self.sock.close()
            self.server.left(self)

    @property
    def idle(self) -> bool:
        """Whether no request is under way."""
        return not (self.parser.started or self.sending or self.dismissed or self.deadline is NEVER)

    def dismiss(self) -> None:
        """End the connection once what has arrived by now is answered."""
        self.dismissed = True
        self._shut(socket.SHUT_RD)

    def expire(self) -> None:
        """The current wait has lasted too long; the connection's own green thread sees to the rest."""
        self.expired = True
        self.deadline = NEVER
        self._shut(socket.SHUT_RDWR if self.sending else socket.SHUT_RD)

    def _shut(self, how: int) -> None:
        with suppress(OSError):  # The client was faster.
            self.sock.shutdown(how)

    def _serve(self) -> None:
        parser, limits = self.parser, self.server.limits
        while True:
            data = self._receive()
            if not data:
                if self.expired and parser.started:
                    self._refuse(Refusal(problems.REQUEST_TIMEOUT, "The request took too long to arrive."))
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
        """Response one request; whether the connection goes on."""
        self.deadline = NEVER
        answer = self.server.respond(request)
        close = not keep_alive or self.dismissed or self.server.stopping
        trace, head_only = trace_id(request.trace), request.method == "HEAD"
        try:
            data = wire.serialize(answer, trace=trace, head_only=head_only, close=close)
        except Exception as error:
            failed = problems.answer(error, request.trace)
            data = wire.serialize(failed, trace=trace, head_only=head_only, close=close)
        self._send(data)
        if close and (self.parser.started or self.parser.requests):
            self._linger()
        return not close

    def _refuse(self, refusal: Refusal) -> None:
        trace = continued(None)
        headers = {"Retry-After": "2"} if refusal.kind is problems.UNAVAILABLE else None
        answer = problems.problem(refusal.kind, refusal.detail, trace, headers)
        self._send(wire.serialize(answer, trace=trace_id(trace), head_only=False, close=True))
        self._linger()

    def _linger(self) -> None:
        """Read on for a while: closing on unread bytes resets the connection before the client has our answer."""
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

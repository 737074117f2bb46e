"""The process's HTTP/1.1 server: one green thread per connection, every wait bounded.

Kept promises: whoever is slowest makes room when all connections, or the memory for bodies, are taken; a stop lets the
requests under way end, up to its deadline; a second server on the port is an error and not a silent sharing (eventlet's own
`listen` sets SO_REUSEPORT). What one connection promises is in `chassis.http.connection`. See ADR 0002.
"""

from __future__ import annotations

import errno
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import structlog
from eventlet import hubs
from eventlet.event import Event

from chassis.errors import ConfigurationError
from chassis.http import problems, wire
from chassis.http.connection import Connection, socket
from chassis.http.parser import Limits
from chassis.http.request import Request
from chassis.http.responses import Response
from chassis.http.routing import Handler, Router, Target
from chassis.http.trace import continued
from chassis.runtime.metrics import http_observer

__all__ = ["HttpServer", "Limits"]

log = structlog.get_logger(__name__)

BACKLOG = 1024

ROUNDS = 3
"""Of the hub, in which whoever waits at the door is let in, read and answered."""


def anybody(request: Request) -> None:
    """Admits every request."""


class HttpServer:
    """Listens on `host` and `port` (0: a free one) and answers with the handlers of its routes."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, *, limits: Limits | None = None) -> None:
        self.host = host
        self.port = port
        self.limits = limits or Limits()
        self.stopping = False
        self.opened = Event()
        """Sent once whoever waited at the door has had a turn."""
        self._router = Router()
        self._connections: dict[Connection, Any] = {}
        self._held = 0
        self._listener: Any = None
        self._threads: list[Any] = []
        self._all_closed: Event | None = None

    @property
    def address(self) -> str:
        """Where a client on this machine finds the server."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - not bound here
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def add_route(
        self,
        method: str,
        path: str,
        handler: Handler,
        *,
        admit: Callable[[Request], None] = anybody,
        body_bytes: int | None = None,
    ) -> None:
        """Answer `method` on `path` with handler(request), once `admit` has seen the headers and the body is here.

        What the two raise becomes a problem. The body has `body_bytes` at most, or the server's own limit.
        """
        observe = http_observer(path.split("/")[1], method, path)

        def observed(request: Request) -> Response:
            began = time.perf_counter()
            response = self._handle(handler, request)
            observe(response.status, time.perf_counter() - began)
            return response

        def admission(request: Request) -> Response | None:
            try:
                admit(request)
            except Exception as error:
                refusal = problems.from_error(error, request)
                observe(refusal.status, 0.0)
                return refusal
            return None

        most = self.limits.body_bytes if body_bytes is None else body_bytes
        self._router.add(method, path, observed, admission, most)

    def remove_route(self, method: str, path: str) -> None:
        """The path is unknown from now on."""
        self._router.remove(method, path)

    def bind(self) -> None:
        """Bind the address; clients wait until `start`. Raises ConfigurationError when that is not possible."""
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
        """Answer requests, after `bind` if that was not done yet."""
        if self._listener is None:
            self.bind()
        self._threads = [eventlet.spawn(self._accept), eventlet.spawn(self._watch)]
        for _ in range(ROUNDS):
            eventlet.sleep(0)
        self._open()

    def _open(self) -> None:
        if not self.opened.ready():
            self.opened.send()

    def _why_not(self, error: OSError) -> str:
        if error.errno == errno.EADDRINUSE:
            return (
                f"port {self.port} on {self.host} is in use, perhaps by an earlier digipunt: "
                "stop that one or choose another port"
            )
        return f"cannot listen on {self.host} port {self.port}: {error.strerror or error}"

    def stop(self, deadline: float = 10.0) -> None:
        """Take no new connections, let requests under way end for `deadline` seconds, then close them."""
        self._open()  # What waits for it must end too.
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
                sock, address = self._listener.accept()
            except BlockingIOError:
                return
            except OSError as error:
                # Out of file descriptors, or a client that left at once: the other connections go on.
                log.warning("http.acceptFailed", error=errno.errorcode.get(error.errno or 0))
                eventlet.sleep(0.05)
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if len(self._connections) >= 2 * self.limits.connections:
                sock.close()  # Refusals are being read by as many as are served; there is no end to explaining.
                continue
            connection = Connection(self, sock, address[0], admitted=self._has_room())
            self._connections[connection] = eventlet.spawn(connection.run)

    def _has_room(self) -> bool:
        """Whether one more client may come in; when full, another makes room for it, if one is not being answered."""
        return len(self._connections) < self.limits.connections or self._let_go(self._connections)

    def hold(self, size: int) -> bool:
        """Count bytes of bodies that are in memory now; False when there is no room for them."""
        self._held += size
        return self._held <= self.limits.all_bodies_bytes or self._let_go(
            connection for connection in self._connections if connection.held
        )

    def release(self, size: int) -> None:
        """These bytes of bodies are not needed any more."""
        self._held -= size

    def _let_go(self, connections: Iterable[Connection]) -> bool:
        """End the one that keeps us waiting most, of the address that has most of them; False when none of them waits."""
        waiting = [connection for connection in connections if connection.waiting]
        if not waiting:
            return False
        crowd = Counter(connection.address for connection in waiting)
        most = max(crowd.values())
        now = time.monotonic()
        min(
            (connection for connection in waiting if crowd[connection.address] == most),
            key=lambda connection: (connection.pace(now), connection.since),
        ).give_way()
        return True

    def remove(self, connection: Connection) -> None:
        """Forget a connection that has ended."""
        self._connections.pop(connection, None)
        if self._all_closed is not None and not self._connections and not self._all_closed.ready():
            self._all_closed.send(None)

    def _watch(self) -> None:
        """Checking all deadlines every so often costs less than a timer for each wait."""
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

    def admit(self, request: Request) -> Target | Response:
        """What answers this request, decided before its body is taken: its target, or a refusal."""
        request.trace = continued(request.headers.get("traceparent"))
        try:
            target, request.params = self._router.find(request.method, request.path)
        except Exception as error:
            return problems.from_error(error, request)
        return target.admit(request) or target

    def _handle(self, handler: Handler, request: Request) -> Response:
        try:
            response = handler(request)
        except Exception as error:
            return problems.from_error(error, request)
        if (
            "if-none-match" in request.headers
            and request.method in ("GET", "HEAD")
            and response.status == 200
        ):
            return wire.not_modified(response, request.headers["if-none-match"])
        return response

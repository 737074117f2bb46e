"""A server in this process, a service behind it, and a client that speaks HTTP byte by byte."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import eventlet
import httpx
import pytest
import sqlalchemy as sa

from chassis.clock import SystemClock, new_id
from chassis.faults import NO_FAULTS
from chassis.http import Response, auth
from chassis.http.server import HttpServer, Limits
from chassis.runtime.application import Application
from chassis.runtime.container import Container
from chassis.settings import Settings
from chassis.storage import tables
from chassis.storage.database import Database
from tests.unit.http.bookshop import Library, metadata

SETTINGS = Settings(deployment="test", signing_key=b"a signing key for tests, long enough")


@dataclass
class Reply:
    """One answer as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Talk:
    """One connection. Every read has a deadline, so that a hanging server fails the test."""

    sock: socket.socket
    unread: bytes = field(default=b"")

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def reply(self, *, head: bool = False) -> Reply:
        """The next answer; `head` when it answers a HEAD request and so has no body."""
        while b"\r\n\r\n" not in self.unread:
            self._more()
        top, self.unread = self.unread.split(b"\r\n\r\n", 1)
        first, *lines = top.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        length = 0 if head else int(headers.get("content-length", 0))
        while len(self.unread) < length:
            self._more()
        body, self.unread = self.unread[:length], self.unread[length:]
        return Reply(int(first.split()[1]), headers, body)

    def closed(self) -> bool:
        """Whether the server ends the connection, within the deadline, with nothing more said."""
        try:
            return self.unread == b"" and self.sock.recv(1) == b""
        except TimeoutError:
            return False

    def _more(self) -> None:
        data = self.sock.recv(65536)
        assert data, f"the server closed after {self.unread!r}"
        self.unread += data


@pytest.fixture
def serve() -> Iterator[Callable[..., HttpServer]]:
    """Start a server with these limits."""
    servers = []

    def start(**limits: Any) -> HttpServer:
        server = HttpServer("127.0.0.1", 0, limits=Limits(**limits))
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.stop(0.5)


@pytest.fixture
def talk() -> Iterator[Callable[..., Talk]]:
    """Open a connection to a server, from this or another address of this machine."""
    opened = []

    def connect(server: HttpServer, address: str = "127.0.0.1") -> Talk:
        sock = socket.create_connection(("127.0.0.1", server.port), timeout=30, source_address=(address, 0))
        opened.append(sock)
        return Talk(sock)

    yield connect
    for sock in opened:
        sock.close()


@dataclass
class Running:
    """A service that answers over HTTP."""

    server: HttpServer
    container: Container
    app: Application

    def client(self, role: str | None = "coordinator", **claims: Any) -> httpx.Client:
        """A client whose token has this role, or without a token."""
        headers = {}
        if role is not None:
            headers["Authorization"] = f"Bearer {auth.issue(SETTINGS, role, **claims)}"
        return httpx.Client(base_url=f"{self.server.address}/library", headers=headers, timeout=30)


@pytest.fixture
def service_class() -> type:
    """Which service answers."""
    return Library


@pytest.fixture
def service_settings() -> Settings:
    """What it is told."""
    return SETTINGS


@pytest.fixture
def service_clock() -> SystemClock:
    """What time it is there."""
    return SystemClock()


@pytest.fixture
def library(
    service_class: type,
    service_settings: Settings,
    service_clock: SystemClock,
    serve: Callable[..., HttpServer],
    tmp_path: Any,
) -> Iterator[Running]:
    """The library service on a database of its own."""
    database = Database(f"sqlite:///{tmp_path}/library.sqlite")
    metadata.create_all(database.engine)
    tables.metadata.create_all(database.engine)
    with database.begin() as connection:
        connection.execute(
            sa.insert(tables.journal_head).values(id=1, epoch=new_id(), position=0, published=0)
        )
    app = Application(
        "library", service_settings, database, clock=service_clock, new_id=new_id, faults=NO_FAULTS
    )
    server = serve()
    config = {"http_server": server, "settings": service_settings, "application": app, "max_workers": 4}
    container = Container(service_class, config)
    container.start()
    yield Running(server, container, app)
    server.stop(0.5)
    container.stop()
    database.close()


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Wait until a condition holds, at most half a minute."""

    def wait(condition: Callable[[], object]) -> None:
        with eventlet.Timeout(30):
            while not condition():
                eventlet.sleep(0.005)

    return wait


@pytest.fixture
def gate() -> SimpleNamespace:
    """A handler that tells when a request is in it, and holds the request until opened."""
    from eventlet.event import Event

    made = SimpleNamespace(entered=0, opened=Event())

    def handler(request: Any) -> Response:
        made.entered += 1
        made.opened.wait()
        return Response({"done": True})

    made.handler = handler
    return made

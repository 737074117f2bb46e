"""What an attacker did to `digipunt serve`, with requests that anybody, or any helper, can send."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from tests.e2e.command import Desk, Process, served, token

GIVEN_UP = (
    b"POST /desk/v1/signIns HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"2\r\nab\r\n" * 285_000
)
HELD = b"POST /desk/v1/signIns HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
MEGABYTE = 1024 * 1024
PATIENCE = 0.5
"""Seconds that anybody else may be held up by one request."""


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Process]:
    # Else the first attack of a minute would hold off the ones after it.
    rates = {"DIGIPUNT_RATES": "writes=0,signIns=0"}
    with served(tmp_path_factory.mktemp("attacked") / "data", **rates) as process:
        yield process


@pytest.fixture(scope="module")
def desk(running, tmp_path_factory) -> Desk:
    folder = tmp_path_factory.getbasetemp() / "attacked0" / "data"
    return Desk(running.address, token("coordinator", "--data", folder, "--municipality", "24107"))


@pytest.fixture(scope="module")
def point(desk) -> str:
    return desk.digipunt()


def connect(process: Process) -> socket.socket:
    place = urlsplit(process.address)
    return socket.create_connection((place.hostname, place.port), timeout=60)


def resident(process: Process) -> int:
    """Bytes of memory that it has."""
    status = Path(f"/proc/{process.popen.pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) * 1024


@pytest.mark.case("security H1")
def test_uploads_leave_memory_as_it_was(running):
    """30 uploads given up half-way and 300 refused ones, each on a connection of its own: within 20 MB of before."""
    httpx.get(f"{running.address}/visits/health", timeout=60, trust_env=False)
    before = resident(running)
    for _ in range(30):
        with connect(running) as sock, suppress(OSError):
            sock.sendall(GIVEN_UP)
    body = b"x" * 1_000_000
    head = b"POST /visits/v1/visits/batch HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
    for _ in range(300):
        with connect(running) as sock:
            sock.sendall(head + body)
            assert sock.recv(100).startswith(b"HTTP/1.1 401")
    assert resident(running) - before < 20 * MEGABYTE


@pytest.mark.case("security M8")
def test_held_bodies_lock_nobody_out(running):
    """512 connections that never send their body: others are served all the same."""
    held = [connect(running) for _ in range(512)]
    for sock in held:
        sock.sendall(HELD)
    with httpx.Client(base_url=running.address, timeout=60, trust_env=False) as client:
        statuses = {client.get("/visits/health/live").status_code for _ in range(60)}
    for sock in held:
        sock.close()
    assert statuses == {200}


def batch(**more):
    return (
        "POST",
        "/visits/v1/visits/batch",
        lambda point: {"items": [visit(point, **more) for _ in range(500)]},
    )


def one(**more):
    return "PUT", "/visits/v1/visits/{id}", lambda point: {"digipunt": point, "themes": ["tax"], **more}


def visit(point, **more):
    return {"id": str(uuid4()), "digipunt": point, "themes": ["tax"], **more}


NAMES = {f"a{number}": 1 for number in range(75_000)}
DEAR = {
    "five hundred notes of digits": batch(note="0470/" * 200),
    "five hundred notes of blanks": batch(note="ww" + " " * 997 + ","),
    "five hundred notes of numbers": batch(note="0470 12 34 5 " * 76),
    "five hundred long words": batch(note="a" * 1000),
    "a list of objects": one(bottlenecks=[{}] * 250_000),
    "a list of numbers": one(themes=[1] * 340_000),
    "a list in an item": (
        "POST",
        "/visits/v1/visits/batch",
        lambda point: {"items": [visit(point, bottlenecks=[{}] * 250_000)]},
    ),
    "a list of scans": (
        "POST",
        "/loans/v1/stockTakes",
        lambda point: {"digipunt": point, "scanned": [1] * 340_000},
    ),
    "a list of ages": (
        "POST",
        "/visits/v1/sessions/{id}/held",
        lambda point: {"present": 1, "registered": 0, "walkIn": 1, "ageBands": [{}] * 250_000},
    ),
    "unknown names": one(**NAMES),
    "unknown names further in": one(bottlenecks=[NAMES]),
    "unknown names in an item": (
        "POST",
        "/visits/v1/visits/batch",
        lambda point: {"items": [visit(point, **NAMES)]},
    ),
    "mistakes in every item": batch(bottlenecks=[{str(number): 1 for number in range(90)}]),
    "brackets in brackets": ("PUT", "/visits/v1/visits/{id}", lambda point: b"[" * 900_000),
}


class Waiting:
    """Somebody else, who asks again and again; `worst` is the longest that an answer took."""

    def __init__(self, address: str) -> None:
        self.worst = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._ask, args=(address,))

    def _ask(self, address: str) -> None:
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
            while not self._done.is_set():
                began = time.monotonic()
                client.get("/visits/health/live")
                self.worst = max(self.worst, time.monotonic() - began)

    def __enter__(self) -> Waiting:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._done.set()
        self._thread.join()


@pytest.mark.timed
@pytest.mark.case("security H4", "security M3")
@pytest.mark.parametrize("name", DEAR)
def test_no_request_holds_up_the_others(running, desk, point, name):
    """The dearest bodies of the allowed size: whoever else asks meanwhile is answered within half a second."""
    method, path, body = DEAR[name]
    sent = body(point)
    content = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    assert len(content) <= MEGABYTE
    with Waiting(running.address) as other:
        answer = desk.http.request(
            method,
            path.format(id=uuid4()),
            content=content,
            headers={"Content-Type": "application/json"},
            timeout=120,
        )
    assert answer.status_code in (200, 201, 400, 404)
    assert other.worst < PATIENCE
    assert len(answer.content) < 5 * MEGABYTE


@pytest.mark.timed
@pytest.mark.case("security H4")
def test_labels_hold_up_nobody(running, desk, point):
    """A sheet with a QR code for each of eighty devices is drawn while others are answered."""
    for number in range(80):
        device = {"digipunt": point, "kind": "laptop", "label": f"L{number}"}
        assert desk.http.put(f"/loans/v1/devices/{uuid4()}", json=device).status_code == 201
    with Waiting(running.address) as other:
        labels = desk.http.get("/loans/v1/devices/labels.pdf", timeout=120)
    assert labels.headers["content-type"] == "application/pdf"
    assert other.worst < PATIENCE


@pytest.mark.case("security M4")
def test_documents_leave_workers_for_others(running, desk, point):
    """Two dozen ask for labels again and again: those too many hear 503 at once, and everybody else is served."""
    headers, done = dict(desk.http.headers), threading.Event()
    heard: list[int] = []

    def loop() -> None:
        with httpx.Client(base_url=running.address, headers=headers, timeout=90, trust_env=False) as client:
            while not done.is_set():
                heard.append(client.get("/loans/v1/devices/labels.pdf").status_code)

    clients = [threading.Thread(target=loop) for _ in range(24)]
    for client in clients:
        client.start()
    try:
        for _ in range(20):
            assert desk.http.get("/loans/v1/devices").status_code == 200
            assert desk.http.get("/loans/health/live").status_code == 200
    finally:
        done.set()
        for client in clients:
            client.join()
    assert 503 in heard


@pytest.mark.case("security L1", "security L2", "public H1")
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/desk/v1/signIns", b"[" * 50_000),
        ("/desk/v1/signIns", b'{"code":"\\ud800"}'),
        ("/desk/v1/signIns", b'{"code":[1]}'),
        ("/desk/v1/signIns", b'{"code":"e30.e30.e30"}'),
        ("/desk/v1/pairings", b'{"digipunt":"\\ud800"}'),
        ("/desk/v1/laptops", b'{"code":123456,"name":1e999}'),
        ("/notifications/v1/templates/preview", b"[" * 50_000),
        ("/visits/v1/visits/batch", b'{"items":[{"id":"\\ud800"}]}'),
        ("/visits/v1/visits/batch", b'{"items":[1e999]}'),
        ("/visits/v1/visits/batch", b'{"items":-1e400}'),
        ("/loans/v1/stockTakes", b'{"digipunt":1e400,"scanned":[]}'),
        ("/loans/v1/stockTakes", b'{"digipunt":"x","scanned":[],"markMissing":0}'),
        ("/loans/v1/stockTakes", b'{"digipunt":"x","scanned":[],"markMissing":"true"}'),
    ],
)
def test_no_body_is_a_fault_of_ours(desk, path, body):
    """Nesting, half characters and numbers beyond all bounds are refused, in an answer that is JSON."""
    answer = desk.http.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 401), answer.text
    json.loads(answer.text, parse_constant=pytest.fail)


@pytest.mark.case("security L1")
@pytest.mark.parametrize(
    "text", ["{" * 1999, "{% if name %}" * 60 + "{% endif %}" * 60, "{%if name%}" * 99 + "{%endif%}" * 99]
)
def test_template_of_many_parts_is_refused(desk, text):
    """Braces in braces are no text for a message."""
    body = {
        "municipality": "24107",
        "kind": "loanReady",
        "language": "nl",
        "part": "text",
        "channel": "letter",
    }
    answer = desk.http.post("/notifications/v1/templates/preview", json=body | {"text": text})
    assert answer.status_code == 400, answer.text
    assert {issue["name"] for issue in answer.json()["issues"]} == {"text"}

"""The edge with its own configuration: bounded for each client and for all, and everything that it says is a problem."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator

import eventlet
import httpx
import pytest

from chassis.http import Response, etag, expected_version, static
from chassis.http.server import HttpServer
from chassis.refusals import REFUSALS

UPLOAD = (
    b"POST /visits/v1/visits/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 990_000
)
PERSON = {"Accept": "text/html,application/xhtml+xml;q=0.9"}
LONG = {"note": "Samen een formulier ingevuld. " * 60}


@pytest.fixture
def behind(edge) -> Iterator[HttpServer]:
    """The services, as far as these tests need them."""
    server = HttpServer("127.0.0.1", edge.services_port)
    server.add_route(
        "GET", "/visits/v1/visits", lambda request: Response({"query": request.raw_query}, headers={})
    )
    server.add_route("GET", "/visits/v1/visit", lambda request: Response(LONG, headers={"ETag": etag(7)}))
    server.add_route(
        "PATCH", "/visits/v1/visit", lambda request: Response({"version": expected_version(request)})
    )
    server.add_route("POST", "/visits/v1/visits/batch", lambda request: Response({}))
    server.add_route("GET", "/visits/metrics", lambda request: Response("secrets", headers={}))
    server.start()
    yield server
    server.stop(0.5)


@pytest.fixture
def client(edge, behind) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=edge.address, trust_env=False, timeout=20) as client:
        yield client


def connect(edge, address: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection(("127.0.0.1", edge.port), timeout=20, source_address=(address, 0))


def status_of(sock: socket.socket) -> int:
    return int(sock.recv(4096).split()[1])


def is_problem(answer: httpx.Response, status: int) -> bool:
    return (
        answer.status_code == status
        and answer.headers["content-type"] == "application/problem+json"
        and answer.json()["status"] == status
        and answer.json()["code"] in REFUSALS.texts
        and "application/problem+json" not in answer.json()["detail"]
    )


@pytest.mark.case("security H3")
def test_half_uploads_stop_nobody(edge, client):
    """65 uploads that are never finished: those beyond a client's share hear 429 at once, and everybody else is served.

    Other clients at the same address are served too: a help point has one address.
    """
    halves = [connect(edge) for _ in range(65)]
    for half in halves:
        with eventlet.Timeout(60):
            half.sendall(UPLOAD[:20_000])
    answered = 0
    for half in halves:
        half.settimeout(0.05)
        try:
            answered += status_of(half) == 429
        except TimeoutError:
            continue
    assert answered == 45
    assert client.get("/visits/v1/visits").status_code == 200
    assert client.post("/visits/v1/visits/batch", json={}).status_code == 200
    for half in halves:
        half.close()


@pytest.mark.case("security M8")
def test_held_bodies_stop_nobody(edge, client):
    """512 requests whose small body never comes, from one address, and another client at it is answered."""
    held = [connect(edge) for _ in range(512)]
    for each in held:
        each.sendall(b"POST /visits/v1/visits/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n")
    for _ in range(20):
        assert client.get("/visits/v1/visits").status_code == 200
    for each in held:
        each.close()


@pytest.mark.case("security H3")
def test_upload_that_stalls_is_ended(edge, behind):
    """A body of which nothing comes for ten seconds is let go; one byte a minute held it before."""
    half = connect(edge)
    half.sendall(UPLOAD)
    assert half.recv(1) == b""


@pytest.mark.case("security H3", "security L13")
def test_what_the_edge_refuses_is_a_problem(edge, client):
    """Too large, too long, too many and not running are said as a service would say them, with the same protection."""
    dutch = {"Accept-Language": "nl-BE"}
    large = client.post("/visits/v1/visits/batch", content=b"x" * 1_100_000, headers=dutch)
    assert is_problem(large, 413)
    assert large.json()["detail"].startswith("Dit is te groot")
    assert is_problem(client.get("/visits/v1/visits?" + "a" * 40_000), 414)
    assert is_problem(client.get("/visits/v1/visits", headers={"X-Big": "a" * 40_000}), 431)
    broken = connect(edge)
    broken.sendall(b"GET /visits/v1/visits HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")
    said = broken.recv(4096)
    assert said.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in said
    for header in ("x-content-type-options", "referrer-policy"):
        assert header in large.headers


@pytest.mark.case("security H3")
def test_flood_is_told_to_come_back(edge, behind):
    """A client with far more requests than people make hears 429 and when to come back; another one is served."""
    flood = connect(edge, "127.0.0.8")
    flood.sendall(b"GET /page.css HTTP/1.1\r\nHost: x\r\n\r\n" * 1000)
    said = b""
    while more := flood.recv(1 << 20):
        said += more
        if said.count(b"HTTP/1.1 ") == 1000:
            break
    assert said.count(b"HTTP/1.1 429") > 100
    assert said.count(b"Retry-After: 10") == said.count(b"HTTP/1.1 429")
    other = connect(edge, "127.0.0.10")
    other.sendall(b"GET /visits/v1/visits HTTP/1.1\r\nHost: x\r\n\r\n")
    assert status_of(other) == 200


@pytest.mark.case("security L3")
def test_every_answer_protects_the_browser(edge, client):
    """Over TLS each answer says so, each header once: the page, a service's answer, and what the edge says itself."""
    with httpx.Client(base_url=edge.tls_address, verify=False, trust_env=False) as secure:
        for path in (
            "/",
            "/bezoek/nieuw",
            "/page.css",
            "/nothing",
            "/edge/health",
            "/visits/v1/visits",
            "/visits/metrics",
        ):
            headers = secure.get(path).headers
            for name, value in (
                ("strict-transport-security", "max-age=31536000"),
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
            ):
                assert headers.get_list(name) == [value], (path, name)
    assert "strict-transport-security" not in client.get("/").headers


@pytest.mark.case("security L3")
def test_logs_hold_no_query(edge, client, behind):
    """What people look for is in no log, also when the service is away or the request is refused."""
    client.get("/visits/v1/visits?name=Zoetemelk")
    client.get("/visits/v1/visits?name=Zoetemelk" + "a" * 40_000)
    client.post("/visits/v1/visits?name=Zoetemelk", content=b"x" * 1_100_000)
    behind.stop(0.5)
    away = client.get("/visits/v1/visits?name=Zoetemelk")
    assert is_problem(away, 503)
    assert away.headers["retry-after"] == "30"
    assert "Zoetemelk" not in edge.logs()
    assert json.loads(edge.logs().splitlines()[0])["path"]


@pytest.mark.case("security L8")
@pytest.mark.parametrize(
    "path", ["/visits/metrics", "/visits//metrics", "/visits/%6detrics", "/visits/v1/../metrics"]
)
def test_metrics_are_for_inside(edge, client, path):
    """Figures for Prometheus do not pass the edge, however the path is written."""
    sock = connect(edge)
    sock.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert status_of(sock) == 404
    assert client.get("/visits/metrics").status_code == 404


@pytest.mark.case("public H9")
def test_what_was_read_compressed_can_be_changed(client):
    """The edge weakens the tag of what it compresses; a browser sends it back as it came."""
    read = client.get("/visits/v1/visit", headers={"Accept-Encoding": "gzip"})
    assert read.headers["etag"] == 'W/"7"'
    changed = client.patch("/visits/v1/visit", json={}, headers={"If-Match": read.headers["etag"]})
    assert changed.json() == {"version": 7}
    again = client.get("/visits/v1/visit", headers={"If-None-Match": read.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.case("public H14")
def test_long_list_in_the_address_passes(client):
    """The labels of 500 devices are asked for in one address."""
    query = "&".join(f"device=0197a4ab-5c1e-7000-8000-{number:012}" for number in range(500))
    assert client.get(f"/visits/v1/visits?{query}").json() == {"query": query}


@pytest.fixture
def app(behind, tmp_path) -> None:
    """The desk as it is built, served beside the services."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>De balie</title>")
    (tmp_path / "assets" / "main-2XK4PQ7A.js").write_text("console.log('dag');" * 200)
    static.mount(behind, tmp_path)


def test_desk_comes_through_the_edge_as_it_is_served(client, app, behind):
    """The same headers as without the edge, each once; also those that say how long a file is kept."""
    with httpx.Client(base_url=behind.address, trust_env=False) as direct:
        for path in ("/", "/bezoek/nieuw", "/assets/main-2XK4PQ7A.js"):
            through, straight = (each.get(path, headers=PERSON) for each in (client, direct))
            assert through.content == straight.content
            for name in straight.headers.keys() - {"date", "belgov-trace-id", "connection", "server"}:
                assert through.headers.get_list(name) == straight.headers.get_list(name), (path, name)


def test_known_version_of_the_desk_is_304_through_the_edge(client, app):
    """The edge leaves the tag of what came compressed as it is."""
    page = client.get("/assets/main-2XK4PQ7A.js")
    assert page.headers["content-encoding"] == "gzip"
    again = client.get("/assets/main-2XK4PQ7A.js", headers={"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == page.headers["content-security-policy"]


def test_desk_that_is_away_leaves_a_page(client, app, behind):
    """Whoever goes to a screen reads a sentence in three languages, under 503; who asks for data hears a problem."""
    behind.stop(0.5)
    page = client.get("/bezoek/nieuw", headers=PERSON)
    assert (page.status_code, page.headers["content-type"]) == (503, "text/html")
    assert page.headers["retry-after"] == "30"
    assert page.headers.get_list("x-content-type-options") == ["nosniff"]
    for sentence in ("De balie is er even niet.", "Le guichet n’est pas là", "The desk is away"):
        assert sentence in page.text
    assert client.get("/page.css").status_code == 200
    assert is_problem(client.get("/assets/main-2XK4PQ7A.js"), 503)
    assert is_problem(client.get("/desk/v1/me", headers=PERSON), 503)


@pytest.mark.case("security M8")
@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ({}, "127.0.0.1"),
        ({"X-Forwarded-For": "203.0.113.7"}, "203.0.113.7"),
        ({"X-Forwarded-For": "203.0.113.7, 198.51.100.1"}, "198.51.100.1"),
    ],
)
def test_services_hear_who_asks(behind, client, said, heard):
    """One address (DIGIPUNT_BEHIND_PROXY): whose connection it is or, of a proxy beside the edge, whose it says it was."""
    behind.add_route(
        "GET", "/visits/v1/whence", lambda request: Response({"from": request.headers["x-forwarded-for"]})
    )
    assert client.get("/visits/v1/whence", headers=said).json() == {"from": heard}

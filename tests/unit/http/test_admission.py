"""Who sends more than is wanted: refused before the body is taken, and never at the cost of others."""

from __future__ import annotations

import gc
import weakref
from select import select

import eventlet
import pytest

from chassis.errors import Unauthenticated
from chassis.http import Response, auth
from chassis.http.parser import Limits, RequestParser
from tests.unit.http.conftest import SETTINGS, Talk

GET = b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
HALF = b"POST /take HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n"


def take(request):
    return Response({"bytes": len(request.body)})


def nobody(request):
    raise Unauthenticated("Send a bearer token in the Authorization header.", given=False)


@pytest.fixture
def open_server(serve):
    """Start a server with these limits and a few routes."""

    def start(**limits):
        server = serve(**limits)
        server.add_route("GET", "/hello", lambda request: Response({"hello": "world"}))
        server.add_route("POST", "/take", take)
        server.add_route("POST", "/closed", take, admit=nobody)
        server.add_route("POST", "/small", take, body_bytes=1024)
        return server

    return start


@pytest.mark.case("security H1")
@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST /closed HTTP/1.1", 401),
        (b"POST /nothing HTTP/1.1", 404),
        (b"POST /hello HTTP/1.1", 405),
    ],
)
@pytest.mark.parametrize("framing", [b"Content-Length: 900000", b"Transfer-Encoding: chunked"])
def test_refusal_comes_before_the_body(open_server, talk, head, status, framing):
    """Route, token and role need the headers only: not one byte of the body has to be sent to hear the refusal."""
    client = talk(open_server())
    client.send(head + b"\r\nHost: x\r\n" + framing + b"\r\n\r\n")
    reply = client.reply()
    assert (reply.status, reply.headers["connection"]) == (status, "close")
    assert reply.json()["instance"].replace("-", "").endswith(reply.headers["belgov-trace-id"])


@pytest.mark.case("security H1")
def test_client_that_asks_first_hears_the_refusal(open_server, talk):
    """`Expect: 100-continue` without a token gets 401 instead of 100."""
    client = talk(open_server())
    client.send(b"POST /closed HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
    assert client.reply().status == 401


def test_refused_request_that_is_here_already_keeps_its_connection(open_server, talk):
    """A small request with an old token is answered 401, and the connection goes on."""
    client = talk(open_server())
    client.send(b"POST /closed HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}" + GET)
    assert [client.reply().status, client.reply().status] == [401, 200]


@pytest.mark.case("security H1")
def test_role_is_looked_at_before_the_body(library, talk):
    """A helper's token on a coordinator's route: 403 before the body."""
    client = talk(library.server)
    token = auth.issue(SETTINGS, "helper").encode()
    client.send(b"POST /library/v1/books HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token)
    client.send(b"\r\nContent-Length: 900000\r\n\r\n")
    assert client.reply().status == 403


@pytest.mark.case("security H1")
@pytest.mark.parametrize("at_once", [True, False])
def test_route_that_takes_little_refuses_much(open_server, talk, at_once):
    """A route without a token takes a small body; more is 413, whether it comes in one piece or in many."""
    client = talk(open_server())
    head, body = b"POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n", b"x" * 5000
    for part in [head + body] if at_once else [head, body[:2500], body[2500:]]:
        client.send(part)
        eventlet.sleep(0.01)
    assert client.reply().status == 413


@pytest.mark.case("security H1")
def test_parser_and_its_bytes_go_with_the_connection():
    """Nothing waits for the garbage collector: parser and httptools refer to one another until `close`."""
    gc.disable()
    try:
        parser = RequestParser(Limits())
        parser.feed(
            b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + b"2\r\nab\r\n" * 1000
        )
        assert parser.body_bytes == 2000
        gone = weakref.ref(parser)
        parser.close()
        del parser
        assert gone() is None
    finally:
        gc.enable()


@pytest.mark.case("security H1")
def test_refusals_keep_nothing(open_server, talk, until):
    """Broken requests leave no frame, parser or body behind."""
    before = [each for each in gc.get_objects() if type(each) is RequestParser]
    server = open_server()
    for _ in range(20):
        client = talk(server)
        client.send(b"nonsense\r\n\r\n")
        assert client.reply().status == 400
        client.sock.close()
    until(lambda: not server._connections)
    gc.collect()
    after = [each for each in gc.get_objects() if type(each) is RequestParser]
    assert not [each for each in after if not any(each is known for known in before)]


@pytest.mark.case("security H1")
def test_bodies_in_flight_are_bounded_over_all_connections(open_server, talk, until):
    """Where the bodies of all clients would take too much memory, the slowest gives way to the others."""
    server = open_server(all_bodies_bytes=130_000)
    slow = [talk(server) for _ in range(2)]
    for number, client in enumerate(slow):
        client.send(HALF + b"x" * 59_000)
        until(lambda number=number: server._held == 59_000 * (number + 1))
    quick = talk(server)
    quick.send(HALF + b"x" * 60_000)
    assert quick.reply().json() == {"bytes": 60_000}
    assert slow[0].reply().status == 408
    slow[1].send(b"x" * 1000)
    assert slow[1].reply().json() == {"bytes": 60_000}
    until(lambda: server._held == 0)


@pytest.mark.case("security M8")
@pytest.mark.parametrize(
    "held",
    [HALF, HALF + b"x" * 100, b"GET /hello HTTP/1.1\r\nHo", b"", GET],
    ids=["no body", "a little of it", "half a head", "silence", "idle"],
)
def test_clients_that_keep_it_waiting_lock_nobody_out(open_server, talk, until, held):
    """However many connections are held with half a request, others are served; whoever gives way reads why."""
    server = open_server(connections=8)
    holding = [talk(server) for _ in range(8)]
    for client in holding:
        client.send(held)
    until(lambda: len(server._connections) == 8)
    if held.startswith(b"POST"):
        until(lambda: all(each.parser.arriving for each in server._connections))
    for _ in range(20):
        other = talk(server)
        other.send(GET)
        assert other.reply().status == 200
        other.sock.close()
    if held.startswith(b"POST"):
        told, _, _ = select([client.sock for client in holding], [], [], 5)
        assert [Talk(sock).reply().status for sock in told] == [408]


@pytest.mark.case("security M8")
def test_address_with_most_connections_makes_room(open_server, talk):
    """One client at another address keeps its connection, although it is slower than the crowd at this one."""
    server = open_server(connections=4)
    alone = talk(server, "127.0.0.9")
    alone.send(HALF)
    crowd = [talk(server) for _ in range(6)]
    for client in crowd:
        client.send(HALF + b"x" * 1000)
    alone.send(b"x" * 60_000)
    assert alone.reply().json() == {"bytes": 60_000}


@pytest.mark.timed
def test_request_begun_behind_another_has_a_deadline(open_server, talk):
    """Half a request sent together with a whole one is not waited for without end."""
    client = talk(open_server(head_seconds=0.2))
    client.send(GET[:10])
    eventlet.sleep(0.02)
    client.send(GET[10:] + GET[:10])
    assert [client.reply().status, client.reply().status] == [200, 408]

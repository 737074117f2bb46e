"""The server towards clients that are slow, greedy, broken or gone."""

from __future__ import annotations

import socket
import time

import eventlet
import pytest

from chassis.errors import ConfigurationError
from chassis.http import Response
from chassis.http.server import HttpServer

GET = b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"


def hello(request):
    return Response({"hello": request.raw_query or "world"})


def echo(request):
    return Response({"bytes": len(request.body)})


@pytest.fixture
def server(serve):
    server = serve()
    server.add_route("GET", "/hello", hello)
    server.add_route("POST", "/echo", echo)
    return server


def post(body: bytes, *headers: bytes) -> bytes:
    lines = [b"POST /echo HTTP/1.1", b"Host: x", b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def test_answers_on_one_connection_again_and_again(server, talk):
    """A client may keep its connection for many requests."""
    client = talk(server)
    for _ in range(3):
        client.send(GET)
        assert client.reply().json() == {"hello": "world"}


def test_pipelined_requests_are_answered_in_order(server, talk):
    """Requests sent without waiting get their answers in the order they were sent."""
    client = talk(server)
    client.send(b"".join(GET.replace(b"/hello", b"/hello?%d" % number) for number in range(50)))
    assert [client.reply().json()["hello"] for _ in range(50)] == [str(number) for number in range(50)]


def test_request_may_arrive_byte_by_byte(server, talk):
    """A poor connection that delivers single bytes is served like any other."""
    client = talk(server)
    for byte in post(b"abc"):
        client.send(bytes([byte]))
    assert client.reply().json() == {"bytes": 3}


def test_chunked_body_is_read_whole(server, talk):
    """A body sent in chunks counts as one body, and the connection goes on after it."""
    client = talk(server)
    client.send(b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.send(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" + GET)
    assert client.reply().json() == {"bytes": 5}
    assert client.reply().status == 200


def test_client_that_asks_first_is_told_to_continue(server, talk):
    """A client that sends `Expect: 100-continue` is told to go on before it sends its body."""
    client = talk(server)
    client.send(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
    assert client.reply().status == 100
    client.send(b"ok")
    assert client.reply().json() == {"bytes": 2}


def test_client_that_asks_first_is_refused_before_it_sends_too_much(server, talk):
    """A client that asks whether it may send 2 MiB hears 413 at once instead of 100."""
    client = talk(server)
    client.send(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2097152\r\nExpect: 100-continue\r\n\r\n")
    assert client.reply().status == 413


def test_body_over_the_limit_is_refused_and_the_client_reads_why(server, talk):
    """A client that pushes 16 MiB without looking still gets to read the 413, and no connection reset."""
    client = talk(server)
    client.send(post(b"x" * 16 * 1024 * 1024))
    reply = client.reply()
    assert reply.status == 413
    assert reply.json()["type"] == "urn:problem-type:belgif:payloadTooLarge"
    assert reply.headers["connection"] == "close"
    assert client.closed()


def test_chunked_body_over_the_limit_is_refused(server, talk):
    """A body without a stated length meets the same limit."""
    client = talk(server)
    client.send(b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.send((b"8000\r\n" + b"x" * 0x8000 + b"\r\n") * 500)
    assert client.reply().status == 413
    assert client.closed()


def test_endless_tiny_chunks_meet_a_limit(serve, talk):
    """A body in one-byte chunks cannot make the server read for ever."""
    server = serve(head_bytes=1024, body_bytes=4096)
    client = talk(server)
    client.send(b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    client.send(b"1;" + b"e" * 64 + b"\r\nx\r\n" * 4000)
    assert client.reply().status in (400, 413)


@pytest.mark.parametrize(
    "head",
    [
        b"GET /hello HTTP/1.1\r\nHost: x\r\nX-Big: " + b"a" * 100_000,
        b"GET /hello HTTP/1.1\r\nHost: x\r\n"
        + b"".join(b"X-%d: aaaaaaaaaa\r\n" % n for n in range(5_000))
        + b"\r\n",
    ],
    ids=["one huge header", "thousands of headers"],
)
def test_huge_headers_are_refused(server, talk, head):
    """Headers beyond 32 KiB get 431, whether in one line or in many."""
    client = talk(server)
    client.send(head)
    assert client.reply().status == 431


def test_long_address_is_refused(server, talk):
    """An address beyond 24 KiB gets 414."""
    client = talk(server)
    client.send(b"GET /hello?" + b"a" * 25_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n")
    assert client.reply().status == 414


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"nonsense\r\n\r\n",
        b"GET /hello HTTP/1.1\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\nContent-Length: 0\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: x, y\r\n\r\n",
        b"GET /hello HTTP/2.0\r\nHost: x\r\n\r\n",
        b"GET /hello\r\n\r\n",
        b"GET  /hello HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /hello   HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: x y\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: x/hello\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: user@x\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    ],
    ids=[
        "no HTTP",
        "no host",
        "negative length",
        "two framings",
        "two lengths",
        "unknown expectation",
        "two hosts",
        "one host twice",
        "two hosts in one line",
        "a version not spoken here",
        "no version",
        "two spaces after the method",
        "spaces before the version",
        "a host with a space",
        "a host with a path",
        "a host with a user",
        "another coding",
        "another coding in two lines",
        "chunks in HTTP/1.0",
    ],
)
@pytest.mark.case("security L10", "public H13")
def test_broken_request_is_answered_400_and_closed(server, talk, request_bytes):
    """What is no correct HTTP gets a problem, and nothing after it on the connection counts as a request."""
    client = talk(server)
    client.send(request_bytes)
    reply = client.reply()
    assert reply.status == 400
    assert reply.headers["content-type"] == "application/problem+json"
    assert client.closed()


@pytest.mark.case("security L10")
def test_a_correct_head_is_taken_however_it_arrives(server, talk):
    """Byte by byte, two in one, cut in the second, after an empty line, with the address of a host that is a number."""
    client = talk(server)
    whole = GET + b"\r\n" + GET + b"GET /hello HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n"
    for part in (whole, whole[: len(GET) + 7], whole[len(GET) + 7 :], *(bytes([each]) for each in whole)):
        client.send(part)
    assert [client.reply().status for _ in range(9)] == [200] * 9


def test_complete_requests_before_a_broken_one_are_answered(server, talk):
    """A fault later on the connection takes nothing away from the requests before it."""
    client = talk(server)
    client.send(GET + b"nonsense\r\n\r\n")
    assert client.reply().status == 200
    assert client.reply().status == 400


@pytest.mark.timed
def test_slow_head_times_out(serve, talk):
    """A client that does not finish its headers in time is told so and let go."""
    client = talk(serve(head_seconds=0.2))
    client.send(b"GET /hello HTTP/1.1\r\nHos")
    assert client.reply().status == 408
    assert client.closed()


@pytest.mark.timed
def test_trickling_body_times_out(serve, talk):
    """A body that trickles in cannot hold a connection beyond the limit, however regular the bytes."""
    server = serve(body_seconds=0.3)
    server.add_route("POST", "/echo", echo)
    client = talk(server)
    client.send(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
    sending = eventlet.spawn(trickle, client)
    assert client.reply().status == 408
    sending.kill()


def trickle(client):
    while True:
        client.send(b"x")
        eventlet.sleep(0.02)


def test_idle_connection_is_closed(serve, talk):
    """A connection on which nothing happens is closed without a word."""
    server = serve(idle_seconds=0.2)
    server.add_route("GET", "/hello", hello)
    client = talk(server)
    client.send(GET)
    client.reply()
    assert client.closed()


def test_silent_connection_is_closed(serve, talk):
    """A connection on which no request ever begins is closed too."""
    assert talk(serve(head_seconds=0.2)).closed()


def test_client_that_does_not_read_is_let_go(serve, talk, until):
    """A client that asks for much and reads nothing cannot hold the server's memory."""
    server = serve(send_seconds=0.2, linger_seconds=0.2)
    server.add_route(
        "GET", "/big", lambda request: Response(b"x" * 50_000_000, headers={"Content-Type": "text/plain"})
    )
    client = talk(server)
    client.send(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
    until(lambda: server._connections)
    until(lambda: not server._connections)


def test_client_that_vanishes_mid_body_leaves_nothing_behind(server, talk, until):
    """A request that never becomes complete is never handled."""
    handled = []
    server.add_route("POST", "/note", lambda request: handled.append(request) or Response({}))
    client = talk(server)
    client.send(b"POST /note HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")
    until(lambda: server._connections)
    client.sock.close()
    until(lambda: not server._connections)
    assert handled == []


def test_client_that_vanishes_before_its_answer_harms_nobody(server, talk, gate, until):
    """The server goes on when the client of a slow request has left."""
    server.add_route("GET", "/slow", gate.handler)
    client = talk(server)
    client.send(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    until(lambda: gate.entered)
    client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset, not a goodbye
    client.sock.close()
    gate.opened.send(None)
    other = talk(server)
    other.send(GET)
    assert other.reply().status == 200


def test_slow_request_holds_up_nobody_else(server, talk, gate, until):
    """While one request is under way, others are answered."""
    server.add_route("GET", "/slow", gate.handler)
    slow, quick = talk(server), talk(server)
    slow.send(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    until(lambda: gate.entered)
    quick.send(GET)
    assert quick.reply().status == 200
    gate.opened.send(None)
    assert slow.reply().json() == {"done": True}


def test_more_clients_than_allowed_are_turned_away_with_a_reason(serve, talk, gate, until):
    """While all connections are busy, one more client reads 503 and when to come back, instead of waiting."""
    server = serve(connections=2)
    server.add_route("GET", "/slow", gate.handler)
    busy = [talk(server), talk(server)]
    for client in busy:
        client.send(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    until(lambda: gate.entered == 2)
    reply = talk(server).reply()
    assert (reply.status, reply.headers["retry-after"]) == (503, "2")
    gate.opened.send(None)
    assert [client.reply().status for client in busy] == [200, 200]


def test_idle_client_makes_room_for_a_new_one(serve, talk):
    """Connections that are merely kept open cannot lock others out."""
    server = serve(connections=2)
    server.add_route("GET", "/hello", hello)
    idle, kept = talk(server), talk(server)
    for client in (idle, kept):
        client.send(GET)
        client.reply()
    new = talk(server)
    assert idle.closed()
    for client in (new, kept):
        client.send(GET)
        assert client.reply().status == 200


def test_client_of_old_http_gets_its_answer_and_a_close(server, talk):
    """HTTP/1.0 works; its connection is not kept."""
    client = talk(server)
    client.send(b"GET /hello HTTP/1.0\r\n\r\n")
    assert client.reply().status == 200
    assert client.closed()


def test_offer_of_another_protocol_is_passed_over(server, talk):
    """A client that offers HTTP/2 or a web socket gets a plain HTTP/1.1 answer."""
    client = talk(server)
    client.send(
        b"GET /hello HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n"
    )
    assert client.reply().status == 200


def test_absolute_address_is_understood(server, talk):
    """The address form that proxies use leads to the same resource."""
    client = talk(server)
    client.send(b"GET http://example.org/hello?1 HTTP/1.1\r\nHost: example.org\r\n\r\n")
    assert client.reply().json() == {"hello": "1"}


def test_head_has_the_headers_and_no_body(server, talk):
    """HEAD tells what GET would, without the body, and the connection stays in step."""
    client = talk(server)
    client.send(b"HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n" + GET)
    assert client.reply(head=True).headers["content-length"] == "17"
    assert client.reply().status == 200


def test_every_answer_protects_the_browser(server, talk):
    """Answers may not be guessed at, cached or embedded, refusals included."""
    client = talk(server)
    client.send(GET + b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n")
    for reply in (client.reply(), client.reply()):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize(
    "answer",
    [
        Response({"set": object()}),
        Response("x", headers={"X-Name": "Ωmega"}),
        Response("x", headers={"X-Split": "a\r\nSet-Cookie: b"}),
        Response("x", 799),
    ],
    ids=["no JSON", "no Latin-1", "line break", "no status"],
)
def test_answer_that_cannot_be_written_is_500(server, talk, answer):
    """A handler's mistake reaches the client as a problem, and the connection goes on."""
    server.add_route("GET", "/mistaken", lambda request: answer)
    client = talk(server)
    client.send(b"GET /mistaken HTTP/1.1\r\nHost: x\r\n\r\n" + GET)
    reply = client.reply()
    assert (reply.status, "set-cookie" in reply.headers) == (500, False)
    assert client.reply().status == 200


def test_known_version_is_not_sent_again(server, talk):
    """A client that has the current version hears 304."""
    server.add_route("GET", "/list", lambda request: Response({"a": 1}, headers={"ETag": '"7"'}))
    client = talk(server)
    client.send(b'GET /list HTTP/1.1\r\nHost: x\r\nIf-None-Match: "6", W/"7"\r\n\r\n' + GET)
    reply = client.reply()
    assert (reply.status, reply.headers["etag"]) == (304, '"7"')
    assert client.reply().status == 200


@pytest.mark.case("security L10")
def test_any_known_version_is_not_sent_again(server, talk):
    """`If-None-Match: *` asks for what is not there yet (RFC 9110 §13.1.2): what is there is 304, what is not is 404."""
    client = talk(server)
    for path, status in ((b"/hello", 304), (b"/nothing", 404)):
        client.send(b"GET %s HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n" % path)
        assert client.reply().status == status


def test_stop_lets_requests_under_way_end(server, talk, gate, until):
    """A stop waits for requests under way, says that the connection ends, and takes no new ones."""
    server.add_route("GET", "/slow", gate.handler)
    client, idle = talk(server), talk(server)
    idle.send(GET)
    idle.reply()
    client.send(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    until(lambda: gate.entered)
    stopping = eventlet.spawn(server.stop, 5)
    assert idle.closed()
    with pytest.raises(ConnectionRefusedError):
        talk(server)
    gate.opened.send(None)
    reply = client.reply()
    assert (reply.status, reply.headers["connection"]) == (200, "close")
    client.sock.close()
    stopping.wait()


def test_stop_lets_a_request_that_is_still_arriving_end(server, talk, until):
    """A request half-way in when the stop comes is answered once it is complete."""
    client = talk(server)
    client.send(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab")
    until(lambda: any(connection.parser.arriving for connection in server._connections))
    stopping = eventlet.spawn(server.stop, 5)
    until(lambda: server.stopping)
    client.send(b"cd")
    assert client.reply().json() == {"bytes": 4}
    client.sock.close()
    stopping.wait()


@pytest.mark.timed
def test_stop_keeps_to_its_deadline(server, talk, gate, until):
    """A request that does not end cannot hold up the stop."""
    server.add_route("GET", "/slow", gate.handler)
    client = talk(server)
    client.send(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
    until(lambda: gate.entered)
    began = time.monotonic()
    server.stop(0.2)
    assert time.monotonic() - began < 2
    assert client.closed()


def test_second_server_on_the_port_is_refused(server):
    """Starting on a port that answers already fails with a sentence that names the port."""
    with pytest.raises(ConfigurationError, match=f"port {server.port} .* in use"):
        HttpServer("127.0.0.1", server.port).start()


def test_who_waits_at_the_door_is_answered_before_the_rest_begins(talk):
    """A client that came while the services were loading does not wait for their timers and subscriptions too."""
    server = HttpServer()
    order = []
    server.add_route("GET", "/early", lambda request: order.append("answer") or Response({}))
    server.bind()
    early = talk(server)
    early.send(b"GET /early HTTP/1.1\r\nHost: x\r\n\r\n")
    rest = eventlet.spawn(lambda: server.opened.wait() or order.append("rest"))
    server.start()
    rest.wait()
    assert early.reply().status == 200
    assert order == ["answer", "rest"]
    server.stop()


def test_port_can_be_used_again_after_a_stop(server):
    """A restart finds its port free."""
    server.stop()
    again = HttpServer("127.0.0.1", server.port)
    again.start()
    again.stop()

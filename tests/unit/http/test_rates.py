"""How often one caller may write, and one address may try to sign in; others are not held up by it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

import services
from chassis.clock import SystemClock, new_id
from chassis.errors import ConfigurationError, DigipuntError, TooManyRequests, TooOften
from chassis.http import PUBLIC, Response, auth, http
from chassis.http.openapi import routes
from chassis.rates import Rates, Turnstile, neighbourhood
from chassis.settings import Settings
from chassis.windows import Windows
from digipunt import client as command_line
from tests.unit.http.bookshop import Library
from tests.unit.http.conftest import SETTINGS

BOOK = {"title": "De kapellekensbaan"}


class Doors(Library):
    """Also has a door where anybody may try a code."""

    @http("POST", "/v1/doors", roles=PUBLIC, unit=None, rated="signIns", summary="Try a code")
    def try_door(self, request):
        return {"open": False}

    @http("POST", "/v1/bells", roles=PUBLIC, unit=None, summary="Ring")
    def ring(self, request):
        return {"rung": True}


class SteppedClock(SystemClock):
    """Stands still, and steps."""

    def __init__(self):
        self.at = 1_000.0

    def monotonic(self):
        return self.at


@pytest.fixture
def service_class():
    return Doors


@pytest.fixture
def service_settings(behind_proxy):
    return replace(SETTINGS, rates=Rates(writes=3, sign_ins=2), behind_proxy=behind_proxy)


@pytest.fixture
def behind_proxy():
    return False


@pytest.fixture
def service_clock():
    return SteppedClock()


def add(client):
    return client.put(f"/v1/books/{new_id()}", json=BOOK)


def knock(client, **headers):
    return client.post("/v1/doors", headers=headers)


def test_who_writes_too_often_is_told_when_to_come_back(library):
    """The problem names the seconds, in the language of the caller; reading goes on."""
    els = library.client(subject="els")
    assert [add(els).status_code for _ in range(3)] == [201] * 3
    library.app.clock.at += 20
    refused = add(els)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "40")
    assert refused.headers["Content-Type"] == "application/problem+json"
    problem = refused.json()
    assert problem["type"] == "urn:problem-type:belgif:tooManyRequests"
    assert problem["code"] == "tooManyWrites"
    told = els.put(f"/v1/books/{new_id()}", json=BOOK, headers={"Accept-Language": "nl"}).json()["detail"]
    assert told == "Je bewaart te veel na elkaar. Probeer het over 40 seconden nog eens."
    assert els.get("/v1/books").json()["total"] == 3


def test_every_way_to_write_counts_together(library):
    """Adding, changing and asking for something to be done, also what is refused for another reason."""
    els = library.client(subject="els")
    assert els.post("/v1/books", json=BOOK).status_code == 201
    assert els.patch(f"/v1/books/{new_id()}", json=BOOK, headers={"If-Match": '"1"'}).status_code == 404
    assert els.put(f"/v1/books/{new_id()}", json={}).status_code == 400
    assert add(els).status_code == 429


def test_others_are_not_held_up(library):
    """Another person, and whoever has the same name in another town: a token made without one is called as its role."""
    for claims in [{"subject": "els"}, {"municipalities": ["24059"]}]:
        loud = library.client(**claims)
        assert [add(loud).status_code for _ in range(4)] == [201] * 3 + [429]
    for claims in [{"subject": "rita"}, {"municipalities": ["24107"]}, {"digipunts": ["x"]}]:
        assert add(library.client(**claims)).status_code == 201


def test_the_minute_passes(library):
    """Then as many again; a moment before, none."""
    els = library.client(subject="els")
    assert [add(els).status_code for _ in range(4)][-1] == 429
    library.app.clock.at += 59.9
    last = add(els)
    assert (last.status_code, last.headers["Retry-After"]) == (429, "1")
    library.app.clock.at += 0.2
    assert [add(els).status_code for _ in range(4)] == [201] * 3 + [429]


def test_a_put_back_wall_clock_keeps_nobody_out(library, monkeypatch):
    """Minutes are counted by a clock that does not jump."""
    els = library.client(subject="els")
    assert [add(els).status_code for _ in range(4)][-1] == 429
    late = time.time()
    monkeypatch.setattr(time, "time", lambda: late - 3600)
    library.app.clock.at += 61
    # The token is made anew: its own times follow the wall clock.
    assert add(library.client(subject="els")).status_code == 201


def test_signing_in_counts_by_address(library, talk):
    """From one address no more; from another one they are heard. Writing has a count of its own."""
    here = library.client(role=None)
    assert [knock(here).status_code for _ in range(3)] == [200, 200, 429]
    assert knock(here).json()["code"] == "tooManySignIns"
    there = talk(library.server, "127.0.0.9")
    there.send(b"POST /library/v1/doors HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
    assert there.reply().status == 200
    assert add(library.client(subject="els")).status_code == 201
    assert here.post("/v1/bells").status_code == 200


def test_without_a_proxy_nobody_says_where_they_come_from(library):
    """A header that anybody may send gives no new tries."""
    here = library.client(role=None)
    tries = [knock(here, **{"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(3)]
    assert tries == [200, 200, 429]


@pytest.mark.parametrize("behind_proxy", [True])
def test_behind_a_proxy_the_last_address_counts(library):
    """It is the one that our own proxy saw; what stands before it the client may have made up."""
    here = library.client(role=None)
    tries = [knock(here, **{"X-Forwarded-For": f"10.0.0.{n}, 203.0.113.7"}).status_code for n in range(3)]
    assert tries == [200, 200, 429]
    assert knock(here, **{"X-Forwarded-For": "203.0.113.8"}).status_code == 200


def test_what_writes_without_a_token_counts_by_address(library):
    """So nobody fills a database by a route that is open to all."""
    here = library.client(role=None)
    assert [here.post("/v1/bells").status_code for _ in range(4)] == [200] * 3 + [429]


@pytest.mark.parametrize("service", services.NAMES)
def test_whatever_writes_is_counted(service):
    """Every route of every service that is no read; whoever has no token, or a PIN, signs in."""
    found = list(routes(services.REGISTRY[service].load()))
    assert all(route.rated for route in found if route.unit == "write")
    assert {route.path for route in found if route.method not in ("GET", "POST") and not route.rated} == set()
    signing_in = {route.path for route in found if route.rated == "signIns"}
    expected = {"/v1/signIns", "/v1/laptops", "/v1/laptops/{id}/token", "/v1/sessions"}
    assert signing_in == (expected if service == "desk" else set())


def test_setting_is_read():
    """Numbers a minute; 0 lets everybody through; what is not named is as usual."""
    key = {"DIGIPUNT_SIGNING_KEY": "a key that only this test knows, 32+"}
    usual = Settings.load(key).rates
    assert min(usual.writes, usual.sign_ins) > 0
    assert Settings.load(key | {"DIGIPUNT_RATES": "writes=0"}).rates == replace(usual, writes=0)
    for wrong in ("writes", "writes=-1", "reads=5", "writes=9999999", "writes=5/second"):
        with pytest.raises(ConfigurationError, match="DIGIPUNT_RATES"):
            Settings.load(key | {"DIGIPUNT_RATES": wrong})
    with pytest.raises(ConfigurationError, match="DIGIPUNT_BEHIND_PROXY"):
        Settings.load(key | {"DIGIPUNT_BEHIND_PROXY": "perhaps"})


def test_no_limit_lets_all_through():
    gate = Turnstile(Rates(), SteppedClock().monotonic)
    for _ in range(5_000):
        gate.pass_through("writes", "els")


def test_addresses_of_one_network_are_one():
    """Whoever has an IPv6 address has a whole network of them."""
    assert neighbourhood("2001:db8:0:7::1") == neighbourhood("2001:db8:0:7:ffff::2") == "2001:db8:0:7::"
    assert neighbourhood("::ffff:203.0.113.7") == neighbourhood("203.0.113.7")
    assert neighbourhood("no address") == "no address"


def test_what_is_over_is_forgotten():
    """However many callers come, only those of the last minute are kept."""
    clock = SteppedClock()
    windows = Windows(clock.monotonic)
    for number in range(1_000):
        windows.incr(str(number), 60)
        clock.at += 1
    assert len(windows._counts) <= 61
    assert (windows.get("0"), windows.get("999")) == (0, 1)


@pytest.fixture
def waits(monkeypatch):
    """How long the command line waited, in place of waiting."""
    waited = []
    monkeypatch.setattr(command_line._IN_TURN, "sleep", waited.append)
    return waited


def refusing(serve, *refusals):
    """A server that refuses with these before it takes what is sent, and what it took."""
    server, left, taken = serve(), list(refusals), []

    def take(request):
        if left:
            raise left.pop(0)
        taken.append(request.data or request.body)
        return Response({"items": []})

    server.add_route("POST", "/visits/v1/visits/batch", take)
    return command_line.Client(server.address, auth.issue(SETTINGS, "coordinator"), None, role="x"), taken


def test_command_line_waits_for_its_turn_and_goes_on(serve, waits):
    """`digipunt import` sends the same batch again after as long as it was told, and loses nothing."""
    client, taken = refusing(serve, *[TooOften("tooManyWrites", 40, seconds=40) for _ in range(2)])
    client.post("/visits/v1/visits/batch", {"items": [1]})
    client.post("/visits/v1/visits/batch", {"items": [2]})
    assert waits == [40.0, 40.0]
    assert taken == [b'{"items":[1]}', b'{"items":[2]}']


def test_command_line_does_not_wait_for_whoever_guesses(serve, waits):
    """Wrong cards lock for an hour: that is told at once."""
    client, taken = refusing(serve, TooManyRequests("tooManySignIns", 3600, seconds=3600))
    with pytest.raises(DigipuntError):
        client.post("/visits/v1/visits/batch", {"items": [1]})
    assert (waits, taken) == ([], [])


def test_command_line_waits_for_the_edge_too(serve, waits):
    """Its refusal is of the same kind."""
    server = serve()
    answers = [429, 200]
    server.add_route("GET", "/visits/v1/me", lambda request: _edge(answers.pop(0)))
    client = command_line.Client(server.address, auth.issue(SETTINGS, "coordinator"), None, role="x")
    assert client.get("/visits/v1/me") == {"done": True}
    assert waits == [10.0]


def _edge(status):
    if status == 200:
        return Response({"done": True})
    body = {"type": "urn:problem-type:belgif:tooManyRequests", "status": 429}
    return Response(body, 429, {"Content-Type": "application/problem+json", "Retry-After": "10"})


def test_desk_flushing_its_outbox_is_not_held_up():
    """Five hundred visits are one batch; even one by one they fit in a minute, and so do 100,000 rows of a list."""
    usual = Settings.load({"DIGIPUNT_SIGNING_KEY": "a key that only this test knows, 32+"}).rates
    gate = Turnstile(usual, SteppedClock().monotonic)
    for _ in range(500 + 100_000 // 500):
        gate.pass_through("writes", "laptop-1")

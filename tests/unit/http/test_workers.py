"""Workers are few: what needs none takes none, and what takes long does not take them all."""

from __future__ import annotations

import time

import eventlet
import pytest
from eventlet.event import Event

from tests.unit.http.bookshop import Library


@pytest.fixture
def client(library):
    with library.client() as client:
        yield client


@pytest.fixture
def held(monkeypatch):
    """Lets the requests end that are held."""
    event = Event()
    monkeypatch.setattr(Library, "held", event)
    return event


@pytest.mark.case("security M4")
def test_alive_is_answered_while_all_workers_are_busy(library, client, until, held):
    """Whoever watches the process hears that it lives, however much it has to do."""
    busy = [eventlet.spawn(library.client(None).get, "/v1/hold") for _ in range(4)]
    until(lambda: library.container._worker_pool.free() == 0)
    assert client.get("/v1/alive").json() == {"alive": True}
    held.send(None)
    assert {each.wait().status_code for each in busy} == {200}


@pytest.mark.timed
@pytest.mark.case("security M4")
def test_long_work_is_refused_before_it_takes_a_worker(library, client, until, held, monkeypatch):
    """Of what takes long, a few are at work or wait; more hear 503 at once, and the other workers stay free."""
    monkeypatch.setattr("chassis.runtime.container.FEW", 2)
    making = [eventlet.spawn(library.client(None).get, "/v1/document") for _ in range(2)]
    until(lambda: library.container._worker_pool.free() == 2)
    began = time.monotonic()
    refused = [client.get("/v1/document") for _ in range(3)]
    assert {(each.status_code, each.headers["retry-after"]) for each in refused} == {(503, "10")}
    assert time.monotonic() - began < 2
    assert client.get("/v1/hours").status_code == 200
    held.send(None)
    assert {each.wait().status_code for each in making} == {200}
    assert client.get("/v1/document").status_code == 200

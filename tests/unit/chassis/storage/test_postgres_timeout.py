"""A wait for PostgreSQL ends: when it answers, or when the time is up."""

import socket

import psycopg2
import pytest
from psycopg2 import extensions

from chassis.storage import postgres_timeout


class FakeConnection:
    """Stands where libpq would: each poll tells the next state, over a real socket."""

    def __init__(self, sock: socket.socket, *states: int, status: int = extensions.STATUS_READY) -> None:
        self._sock = sock
        self._states = list(states)
        self.status = status

    def poll(self) -> int:
        return self._states.pop(0)

    def fileno(self) -> int:
        return self._sock.fileno()


@pytest.fixture
def sockets():
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def test_a_connection_is_polled_until_it_is_ready(sockets):
    """It waits for room to write, then for something to read."""
    ours, theirs = sockets
    theirs.send(b"x")
    states = (extensions.POLL_WRITE, extensions.POLL_READ, extensions.POLL_OK)
    connection = FakeConnection(ours, *states)
    postgres_timeout.wait(connection)
    assert connection._states == []


def test_a_server_that_never_answers_is_given_up(sockets, monkeypatch):
    """A connection that is being set up waits for a few seconds only."""
    monkeypatch.setattr(postgres_timeout, "CONNECT_TIMEOUT", 0.05)
    states = (extensions.POLL_READ, extensions.POLL_READ)
    silent = FakeConnection(sockets[0], *states, status=extensions.STATUS_SETUP)
    with pytest.raises(psycopg2.OperationalError, match="did not answer"):
        postgres_timeout.wait(silent)


@pytest.mark.parametrize("green", [True, False])
def test_only_a_green_process_waits_in_the_hub(monkeypatch, green):
    """A process without eventlet lets libpq wait, as psycopg2 does by itself."""
    before = extensions.get_wait_callback()
    extensions.set_wait_callback(None)
    monkeypatch.setattr("chassis.green.is_patched", lambda: green)
    try:
        postgres_timeout.install()
        assert (extensions.get_wait_callback() is postgres_timeout.wait) == green
    finally:
        extensions.set_wait_callback(before)

"""A wait for PostgreSQL that ends.

psycopg2 knows no timeout while it waits green: neither for a connection (libpq applies `connect_timeout` only where it
waits itself) nor for an answer. A network that swallows everything, or a frozen server, would hold a worker for ever.
"""

from __future__ import annotations

import math
import time
from contextlib import suppress

import psycopg2
from psycopg2 import extensions

from chassis import green

CONNECT_TIMEOUT = 3.0
STATEMENT_TIMEOUT = 20.0
"""Seconds within which a statement must be answered: as long as a broker's two heartbeats."""
DOUBT_TIMEOUT = 3.0
"""The same on a connection that has said nothing since a statement on another one began that was never answered."""
LOOK_EVERY = 1.0
"""Seconds between two looks whether there is such a doubt."""


class Connection(extensions.connection):
    """A connection whose `statement_timeout` can be changed for work that takes long, such as a migration."""

    statement_timeout = STATEMENT_TIMEOUT
    answered = -math.inf
    """When it last did (monotonic)."""


class _Doubt:
    """What one connection's silence says of the others of this process.

    When a server is lost, each connection in the pools waits in vain as soon as it is used. Without doubt the second one
    would begin to wait just before the first has given up, and so on.
    """

    def __init__(self) -> None:
        self._since = self._begun = -math.inf

    def begin(self, since: float) -> None:
        """A statement that was sent at `since` (monotonic) was never answered."""
        self._since, self._begun = since, time.monotonic()

    def until(self, connection: extensions.connection, sent: float) -> float:
        """When to give up what was sent on `connection` at `sent`, because of the silence of another."""
        if isinstance(connection, Connection) and connection.answered < self._since:
            return max(sent, self._begun) + DOUBT_TIMEOUT
        return math.inf


_doubt = _Doubt()


class _Look(Exception):
    """It is time for a look."""


def wait(connection: extensions.connection) -> None:
    """psycopg2's wait callback. Raises OperationalError when the time is up; psycopg2 then closes the connection."""
    timeout = connection.statement_timeout if isinstance(connection, Connection) else math.inf
    setup = connection.status == extensions.STATUS_SETUP
    if setup:
        timeout = min(timeout, CONNECT_TIMEOUT)
    sent = time.monotonic()
    while (state := connection.poll()) != extensions.POLL_OK:
        until = sent + timeout
        if not setup and timeout < math.inf:
            until = min(until, _doubt.until(connection, sent))
        left = until - time.monotonic()
        if left <= 0:
            if not setup and until == sent + timeout:
                _doubt.begin(sent)
            raise psycopg2.OperationalError(f"PostgreSQL did not answer within {until - sent:.0f} s")
        with suppress(_Look):
            writes = state == extensions.POLL_WRITE
            green.trampoline(
                connection.fileno(),
                read=not writes,
                write=writes,
                timeout=min(left, LOOK_EVERY),
                timeout_exc=_Look,
            )
    if isinstance(connection, Connection):
        connection.answered = time.monotonic()


def install() -> None:
    """Have psycopg2 wait in the hub of a green process, so that heartbeats and HTTP go on meanwhile."""
    if green.is_patched():
        extensions.set_wait_callback(wait)

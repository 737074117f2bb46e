"""A wait for PostgreSQL that ends.

psycopg2 knows no timeout while it waits green: neither for a connection (libpq applies `connect_timeout` only where it
waits itself) nor for an answer. A network that swallows everything, or a frozen server, would hold a worker for ever.
"""

from __future__ import annotations

import math
import time

import psycopg2
from psycopg2 import extensions

from chassis import green

CONNECT_TIMEOUT = 3.0
STATEMENT_TIMEOUT = 20.0
"""Seconds within which a statement must be answered: as long as a broker's two heartbeats."""


class Connection(extensions.connection):
    """A connection whose `statement_timeout` can be changed for work that takes long, such as a migration."""

    statement_timeout = STATEMENT_TIMEOUT


def wait(connection: extensions.connection) -> None:
    """psycopg2's wait callback. Raises OperationalError when the time is up; psycopg2 then closes the connection."""
    timeout = connection.statement_timeout if isinstance(connection, Connection) else math.inf
    if connection.status == extensions.STATUS_SETUP:
        timeout = min(timeout, CONNECT_TIMEOUT)
    until = time.monotonic() + timeout
    while (state := connection.poll()) != extensions.POLL_OK:
        left = None if timeout == math.inf else max(0.0, until - time.monotonic())
        late = psycopg2.OperationalError(f"PostgreSQL did not answer within {timeout:.0f} s")
        if state == extensions.POLL_READ:
            green.trampoline(connection.fileno(), read=True, timeout=left, timeout_exc=late)
        else:
            green.trampoline(connection.fileno(), write=True, timeout=left, timeout_exc=late)


def install() -> None:
    """Have psycopg2 wait in the hub of a green process, so that heartbeats and HTTP go on meanwhile."""
    if green.is_patched():
        extensions.set_wait_callback(wait)

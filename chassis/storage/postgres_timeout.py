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

CONNECT_PATIENCE = 3.0
PATIENCE = 20.0
"""Seconds within which a statement must be answered: as long as a broker's two heartbeats."""


class Connection(extensions.connection):
    """A connection whose `patience` can be changed for work that takes long, such as a migration."""

    patience = PATIENCE


def wait(connection: extensions.connection) -> None:
    """psycopg2's wait callback. Raises OperationalError when patience is lost; psycopg2 then closes the connection."""
    patience = connection.patience if isinstance(connection, Connection) else math.inf
    if connection.status == extensions.STATUS_SETUP:
        patience = min(patience, CONNECT_PATIENCE)
    until = time.monotonic() + patience
    while (state := connection.poll()) != extensions.POLL_OK:
        left = None if patience == math.inf else max(0.0, until - time.monotonic())
        late = psycopg2.OperationalError(f"PostgreSQL did not answer within {patience:.0f} s")
        if state == extensions.POLL_READ:
            green.trampoline(connection.fileno(), read=True, timeout=left, timeout_exc=late)
        else:
            green.trampoline(connection.fileno(), write=True, timeout=left, timeout_exc=late)


def install() -> None:
    """Have psycopg2 wait in the hub of a green process, so that heartbeats and HTTP go on meanwhile."""
    if green.is_patched():
        extensions.set_wait_callback(wait)

"""What a service leaves behind on PostgreSQL when it vanishes, and how the server comes to end it.

A machine that loses its power says goodbye to nobody. Its connections stay open on the server, and its transactions keep
their locks, for as long as TCP goes on believing in them: two hours by default. So each connection tells the server, as it is
made, how soon to give up; and the kernel on our side, how soon to give up a server. Whoever is started in the place of what
vanished then goes on within IDLE_IN_TRANSACTION.

An orphan that queues for a lock has given up before the one that holds it is ended. Otherwise the orphans would get it one
after the other, and each would keep it as long as the one before.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import sqlalchemy as sa

LOST_SERVER = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}
"""How the kernel finds out within 20 s that no server is at the other end (libpq; the last one in milliseconds)."""

IDLE_IN_TRANSACTION = 10.0
"""Seconds without a statement after which the server ends a transaction: between BEGIN and COMMIT we do SQL only."""

LOCK_TIMEOUT = 4.0
"""Seconds that a statement waits for a lock. For a row it may wait twice, for its turn and then for who holds the row, so
twice this is less than IDLE_IN_TRANSACTION."""

LOST_CLIENT = {
    "tcp_keepalives_idle": 10,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 2,
    "tcp_user_timeout": 20_000,
    "idle_in_transaction_session_timeout": round(IDLE_IN_TRANSACTION * 1000),
    "lock_timeout": round(LOCK_TIMEOUT * 1000),
}
"""The same on the server, which ends a connection without a client within 20 s, and its transaction sooner."""

UNLIMITED = "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = 0"
"""For a transaction that rightly takes long. The server still notices within 20 s that its client is gone."""


def options(url: sa.URL) -> str:
    """libpq's `options` for connections to `url`: what is set there, or else in PGOPTIONS, comes last and so wins."""
    ours = " ".join(f"-c {name}={value}" for name, value in LOST_CLIENT.items())
    given: str | Sequence[str] = url.query.get("options", os.environ.get("PGOPTIONS", ""))
    theirs = given if isinstance(given, str) else " ".join(given)
    return f"{ours} {theirs}".strip()

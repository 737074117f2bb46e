"""Whether PostgreSQL lets all processes that run have the connections that they may need at once.

Each process tells the server its most in the name of its connections, so whoever looks can add them up, of other services
and on other machines too. When they do not fit nothing breaks until all are busy at once; then requests are told to try again.
That should be known before.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError

from chassis.storage.database import Database, most_connections

log = structlog.get_logger(__name__)

TOOLS = 5
"""Connections to leave for whoever looks, backs up or migrates."""

_NAME = re.compile(r"digipunt (?P<service>\S+) [0-9a-f]{6}/(?P<most>\d+)")

_LIMITS = sa.text("""
SELECT current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
       - coalesce(current_setting('reserved_connections', true)::integer, 0) AS server,
       nullif(rolconnlimit, -1) AS role, rolname, nullif(datconnlimit, -1) AS base, datname
FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()
""")

_CONNECTED = sa.text("""
SELECT application_name, usename = current_user AS ours, datname = current_database() AS here, count(*) AS number
FROM pg_stat_activity
WHERE usename IS NOT NULL AND datname IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'
GROUP BY application_name, ours, here
""")
"""Of another role's connections only who and where are told; so backend_type may be NULL."""


@dataclass(frozen=True, slots=True)
class _Process:
    """Connections of one name: of one process of a service, or of whoever else is connected."""

    service: str | None
    most: int
    ours: bool
    here: bool


def name(service: str, workers: int) -> str:
    """How a new process of `service` is known to PostgreSQL; another one has another name."""
    return f"digipunt {service} {secrets.token_hex(3)}/{most_connections(workers)}"


def warn_if_short(database: Database) -> None:
    """Log a sentence that says what to set, when not all connections fit."""
    try:
        sentence = shortage(database)
    except SQLAlchemyError as error:
        # Who cannot be asked is away, or full already; readiness says so.
        log.info("database.capacityUnknown", error=type(error).__name__)
        return
    if sentence:
        log.warning("database.tooFewConnections", advice=sentence)


def shortage(database: Database, expected: Collection[str] = ()) -> str | None:
    """Which limit is too low for what runs, and what to set, in a sentence; None when all fit, as always on SQLite.

    Of the services `expected` on this server one process is counted where none runs. Raises SQLAlchemyError.
    """
    if database.dialect == "sqlite":
        return None
    with database.read() as connection:
        limits = connection.execute(_LIMITS).one()
        found = [_process(*row) for row in connection.execute(_CONNECTED)]
    running = {each.service for each in found}
    missing = len(set(expected) - running) * most_connections()
    server = sum(each.most for each in found) + missing
    role = sum(each.most for each in found if each.ours)
    here = sum(each.most for each in found if each.here)
    for allowed, needed, of, remedy in (
        (limits.server, server, "PostgreSQL", "set max_connections {more} higher"),
        (limits.role, role, f"the role {limits.rolname}", "give it a CONNECTION LIMIT of {needed}"),
        (limits.base, here, f"the database {limits.datname}", "give it a CONNECTION LIMIT of {needed}"),
    ):
        if allowed is not None and needed + TOOLS > allowed:
            do = remedy.format(more=needed + TOOLS - allowed, needed=needed + TOOLS)
            return (
                f"{of} allows {allowed} connections, and all that runs may need {needed + TOOLS}: {do},"
                " or run fewer processes"
            )
    return None


def _process(application: str, ours: bool, here: bool, number: int) -> _Process:
    match = _NAME.fullmatch(application)
    if match is None:
        return _Process(None, number, ours, here)
    return _Process(match["service"], int(match["most"]), ours, here)

"""Sessions and their registrations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa

from chassis.clock import FIRST_DAY, LAST_DAY, begin_of
from chassis.storage.queries import Window, matching
from common.access import Caller, at_places
from services.visits.model.rows import PublicSessionRow, RegistrationRow, SessionRow
from services.visits.model.sessions import PUBLIC_KIND
from services.visits.tables import REGISTRATIONS, SESSIONS, digipunts, registrations, sessions

MOST_IN_CALENDAR = 1_000


def list_sessions(
    connection: sa.Connection, caller: Caller, args: Mapping[str, Any], window: Window
) -> tuple[list[SessionRow], int]:
    """Sessions where the caller works, in the order in which they begin."""
    conditions = [
        at_places(sessions, caller),
        *matching(sessions, args, "digipunt", "municipality", "kind", "state"),
    ]
    # No session is beyond these days, and far beyond them a day has no beginning in every time zone.
    if args.get("from_", FIRST_DAY) > FIRST_DAY:
        conditions.append(sessions.c.starts_at >= begin_of(args["from_"]))
    if args.get("to", LAST_DAY) < LAST_DAY:
        conditions.append(sessions.c.starts_at < begin_of(max(args["to"], FIRST_DAY) + timedelta(days=1)))
    order = (sessions.c.starts_at, sessions.c.id)
    return SESSIONS.page(connection, sa.select(sessions).where(*conditions).order_by(*order), window)


def seats_waiting(connection: sa.Connection, rows: Iterable[SessionRow]) -> dict[str, int]:
    """How many seats are waited for, by session; none where nobody waits."""
    mine = registrations.c.session.in_([row["id"] for row in rows]) & (registrations.c.state == "waiting")
    statement = sa.select(registrations.c.session, sa.func.sum(registrations.c.seats)).where(mine)
    return {
        session: int(seats)
        for session, seats in connection.execute(statement.group_by(registrations.c.session))
    }


def list_registrations(
    connection: sa.Connection, session: str, args: Mapping[str, Any], window: Window
) -> tuple[list[RegistrationRow], int]:
    """Registrations of a session, in the order in which they came."""
    conditions = [registrations.c.session == session, *matching(registrations, args, "state")]
    statement = sa.select(registrations).where(*conditions).order_by(registrations.c.number)
    return REGISTRATIONS.page(connection, statement, window)


def public_sessions(connection: sa.Connection, now: datetime) -> list[PublicSessionRow]:
    """The planned info sessions that have not ended yet, soonest first, with where to go."""
    conditions = (sessions.c.kind == PUBLIC_KIND, sessions.c.state == "planned", sessions.c.ends_at > now)
    point = (digipunts.c.name.label("digipunt_name"), digipunts.c.address.label("digipunt_address"))
    statement = (
        sa.select(sessions, *point)
        .outerjoin(digipunts, digipunts.c.id == sessions.c.digipunt)
        .where(*conditions)
        .order_by(sessions.c.starts_at, sessions.c.id)
        .limit(MOST_IN_CALENDAR)
    )
    return [cast("PublicSessionRow", dict(row)) for row in connection.execute(statement).mappings()]

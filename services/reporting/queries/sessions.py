"""Info sessions, trainings and meetings: how many, with how many people. Attendance is a count, never persons."""

from __future__ import annotations

from collections import Counter
from typing import Any

import sqlalchemy as sa

from services.reporting.model.periods import Period
from services.reporting.model.rows import SessionRow
from services.reporting.queries.area import Area, current
from services.reporting.tables import registrations, sessions

AUDIENCES = {"infoSession": "visitors", "training": "helpers", "partnerMeeting": "partners"}
"""For whom a kind of session is; those of another kind are for others."""


def session_figures(connection: sa.Connection, area: Area, period: Period) -> dict[str, Any]:
    """Sessions of the period by state and kind, seats, registrations and attendance."""
    mine = [
        current(sessions),
        sessions.c.municipality.in_(area.municipalities),
        sessions.c.day.between(period.first, period.last),
    ]
    if area.digipunt is not None:
        mine.append(sessions.c.digipunt == area.digipunt)
    columns = [sessions.c[name] for name in SessionRow._fields]
    rows = [SessionRow(*row) for row in connection.execute(sa.select(*columns).where(*mine))]
    held = [row for row in rows if row.state == "held"]
    ages: Counter[str] = Counter()
    for row in held:
        ages.update(row.age_bands)
    states = Counter(row.state for row in rows)
    return {
        "planned": states["planned"],
        "held": states["held"],
        "cancelled": states["cancelled"],
        "seats": sum(row.seats for row in held),
        "registered": _seats_taken(connection, mine),
        "present": sum(row.present for row in held),
        "walkIn": sum(row.walk_in for row in held),
        "audiences": _audiences(held),
        "kinds": _kinds(held),
        "ageBands": [{"code": code, "count": count} for code, count in sorted(ages.items())],
    }


def _audiences(held: list[SessionRow]) -> dict[str, int]:
    """How many people were there, apart for visitors, helpers and partners: only the first are whom digipunten are for."""
    present = dict.fromkeys([*AUDIENCES.values(), "others"], 0)
    for row in held:
        present[AUDIENCES.get(row.kind, "others")] += row.present
    return present


def _kinds(held: list[SessionRow]) -> list[dict[str, Any]]:
    kinds = sorted({row.kind for row in held})
    return [
        {
            "code": kind,
            "count": sum(row.kind == kind for row in held),
            "present": sum(row.present for row in held if row.kind == kind),
        }
        for kind in kinds
    ]


def _seats_taken(connection: sa.Connection, mine: list[sa.ColumnElement[bool]]) -> int:
    """Confirmed seats of the sessions that were or will be held."""
    return int(
        connection.execute(
            sa.select(sa.func.coalesce(sa.func.sum(registrations.c.seats), 0))
            .join(
                sessions,
                (sessions.c.id == registrations.c.session)
                & (sessions.c.generation == registrations.c.generation),
            )
            .where(*mine, sessions.c.state != "cancelled", registrations.c.state == "confirmed")
        ).scalar_one()
    )

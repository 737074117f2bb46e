"""Distinct visitor cards: kept ready for calendar periods, counted from the visitor days for all others."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from services.reporting.model.people import GRAINS, period_start
from services.reporting.model.periods import Period
from services.reporting.queries.area import Area, current
from services.reporting.tables import people, visitor_days


def recognised(connection: sa.Connection, area: Area, period: Period) -> int:
    """How many different visitor cards came."""
    grain = _calendar_period(period)
    if grain is not None and len(area.municipalities) == 1:
        return _kept(connection, area, period, grain)
    return _counted(connection, area, period)


def _kept(connection: sa.Connection, area: Area, period: Period, grain: str) -> int:
    found = connection.execute(
        sa.select(sa.func.sum(people.c.count)).where(
            current(people),
            people.c.scope == area.scope,
            people.c.grain == grain,
            people.c.start == period.first,
            people.c.digipunt == (area.digipunt or ""),
            people.c.municipality == area.municipalities[0],
        )
    ).scalar()
    return int(found or 0)


def recognised_first_on(connection: sa.Connection, area: Area, period: Period) -> dict[date, int]:
    """How many cards came for the first time in this period, by the day on which they did."""
    first = sa.func.min(visitor_days.c.day).label("first")
    cards = sa.select(first).where(*_came(area, period)).group_by(visitor_days.c.visitor).subquery()
    statement = sa.select(cards.c.first, sa.func.count().label("cards")).group_by(cards.c.first)
    return {row.first: row.cards for row in connection.execute(statement)}


def _counted(connection: sa.Connection, area: Area, period: Period) -> int:
    statement = sa.select(sa.func.count(visitor_days.c.visitor.distinct())).where(*_came(area, period))
    return int(connection.execute(statement).scalar_one())


def _came(area: Area, period: Period) -> list[sa.ColumnElement[bool]]:
    place = visitor_days.c.municipality if area.by_point else visitor_days.c.residence
    came = [
        current(visitor_days),
        visitor_days.c.day.between(period.first, period.last),
        place.in_(area.municipalities),
        visitor_days.c.count > 0,
    ]
    return [*came, visitor_days.c.digipunt == area.digipunt] if area.digipunt else came


def _calendar_period(period: Period) -> str | None:
    """M, Q, H or Y when the period is exactly such a one."""
    for grain, months in GRAINS.items():
        if period.months == months and period_start(period.first, grain) == period.first:
            return grain
    return None

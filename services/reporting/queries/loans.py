"""Lending: what went out, came back, was lost or is late, and how much the devices are used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.inbox.checkpoints import active_generations
from services.reporting.model.loans import Lent, Owned
from services.reporting.model.periods import ONE_DAY, Period
from services.reporting.queries.area import Area, points
from services.reporting.tables import devices, lent_devices, loan_ends, loan_requests, loans

LOANS = "loans"
"""The source of these read models."""


def loan_figures(connection: sa.Connection, area: Area, period: Period, today: date) -> dict[str, Any]:
    """Lending in the period, in devices; what is out or late is as at its end, or today when that is not over yet."""
    end = min(period.last, today)
    lent, owned = _lent(connection, area, period), _owned(connection, area, period)
    names = {point.id: point.name for point in points(connection, area)}
    kinds = sorted({each.kind for each in lent} | {each.kind for each in owned})
    places = {each.digipunt for each in lent} | {each.digipunt for each in owned}
    return _figures(lent, owned, period, end) | {
        "loans": len({each.loan for each in lent if period.first <= each.handed_over_on <= period.last}),
        "requests": _requests(connection, area, period),
        "kinds": [
            {"code": kind} | _figures(_of(lent, "kind", kind), _of(owned, "kind", kind), period, end)
            for kind in kinds
        ],
        "digipunts": [
            {"id": id, "name": names.get(id)}
            | _figures(_of(lent, "digipunt", id), _of(owned, "digipunt", id), period, end)
            for id in sorted(places, key=lambda id: (names.get(id, ""), id))
        ],
    }


def _figures(lent: list[Lent], owned: list[Owned], period: Period, end: date) -> dict[str, Any]:
    until = end + ONE_DAY
    ended = [each for each in lent if each.ended_on and period.first <= each.ended_on <= period.last]
    back = [(each.ended_on - each.handed_over_on).days for each in ended if each.ended_on and not each.lost]
    on_loan = sum(each.days(period.first, until) for each in lent)
    to_lend = sum(each.days(period.first, until) for each in owned)
    return {
        "handedOver": sum(period.first <= each.handed_over_on <= period.last for each in lent),
        "returned": len(back),
        "lost": len(ended) - len(back),
        "out": sum(each.out_at_end_of(end) for each in lent),
        "overdue": sum(each.overdue_at_end_of(end) for each in lent),
        "daysOnLoan": on_loan,
        "meanDays": round(sum(back) / len(back), 1) if back else None,
        "devices": sum(each.days(end, until) for each in owned),
        "use": min(1.0, round(on_loan / to_lend, 4)) if to_lend else None,
    }


def _of(rows: Iterable[Any], name: str, value: str) -> list[Any]:
    return [row for row in rows if getattr(row, name) == value]


def _lent(connection: sa.Connection, area: Area, period: Period) -> list[Lent]:
    """Every device of a loan that was out on a day of the period."""
    same_loan = (lent_devices.c.generation == loans.c.generation) & (lent_devices.c.loan == loans.c.id)
    same_device = (
        (loan_ends.c.generation == lent_devices.c.generation)
        & (loan_ends.c.loan == lent_devices.c.loan)
        & (loan_ends.c.device == lent_devices.c.device)
    )
    statement = (
        sa.select(
            loans.c.id,
            lent_devices.c.kind,
            loans.c.digipunt,
            loans.c.handed_over_on,
            loans.c.due_on,
            loan_ends.c.day,
            sa.func.coalesce(loan_ends.c.state, "") == "lost",
        )
        .join(lent_devices, same_loan)
        .outerjoin(loan_ends, same_device)
        .where(
            *_mine(loans, area),
            loans.c.handed_over_on <= period.last,
            sa.or_(loan_ends.c.day.is_(None), loan_ends.c.day >= period.first),
        )
    )
    return [Lent(*row) for row in connection.execute(statement)]


def _owned(connection: sa.Connection, area: Area, period: Period) -> list[Owned]:
    statement = sa.select(devices.c.kind, devices.c.digipunt, devices.c.added_on, devices.c.retired_on).where(
        *_mine(devices, area),
        devices.c.added_on <= period.last,
        sa.or_(devices.c.retired_on.is_(None), devices.c.retired_on > period.first),
    )
    return [Owned(*row) for row in connection.execute(statement)]


def _requests(connection: sa.Connection, area: Area, period: Period) -> dict[str, int]:
    """Requests that were made in the period, and what became of them so far."""
    statement = (
        sa.select(loan_requests.c.state, sa.func.count().label("requests"))
        .where(*_mine(loan_requests, area), loan_requests.c.requested_on.between(period.first, period.last))
        .group_by(loan_requests.c.state)
    )
    states = {row.state: row.requests for row in connection.execute(statement)}
    return {
        "made": sum(states.values()),
        "waiting": states.get("requested", 0) + states.get("ready", 0),
        "refused": states.get("refused", 0),
    }


def _mine(table: sa.Table, area: Area) -> list[sa.ColumnElement[bool]]:
    mine: list[sa.ColumnElement[bool]] = [
        table.c.generation.in_(active_generations(LOANS)),
        table.c.municipality.in_(area.municipalities),
    ]
    return [*mine, table.c.digipunt == area.digipunt] if area.digipunt else mine

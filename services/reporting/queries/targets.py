"""Targets and how far they have come: certainly, and perhaps."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.errors import NotFound
from services.reporting.model.definitions import definition
from services.reporting.model.fold import BY_POINT
from services.reporting.model.periods import Period
from services.reporting.model.targets import Bounds, TargetRow, period_of, progress, reached, to_api
from services.reporting.queries.area import VISITS, Area
from services.reporting.queries.loans import LOANS, loan_figures
from services.reporting.queries.newcomers import noted
from services.reporting.queries.reach import reach_figures
from services.reporting.queries.sessions import session_figures
from services.reporting.queries.sources import never_there
from services.reporting.queries.sums import sums
from services.reporting.tables import TARGETS, targets, told_steps


def own_targets(connection: sa.Connection, own: Collection[str]) -> list[TargetRow]:
    """The targets that the caller may know: of own municipalities alone, for each counts in the number."""
    return [row for row in all_targets(connection) if set(row["municipalities"]) <= set(own)]


def own_target(connection: sa.Connection, own: Collection[str], id: str) -> TargetRow:
    """The target that the caller may know. Raises NotFound."""
    row = TARGETS.get(connection, id)
    if not set(row["municipalities"]) <= set(own):
        raise NotFound("target", id)
    return row


def all_targets(connection: sa.Connection) -> list[TargetRow]:
    """Every target, by its days and its name."""
    statement = sa.select(targets).order_by(targets.c.first, targets.c.last, targets.c.name, targets.c.id)
    return TARGETS.select(connection, statement)


def steps_of_reach(connection: sa.Connection, area: Area, period: Period) -> list[int]:
    """The steps of the targets that count exactly these people: everybody reached here in these days."""
    same = [
        row
        for row in all_targets(connection)
        if (row["measure"], row["audience"]) == ("reach", "all")
        and period_of(row) == period
        and Area(BY_POINT, tuple(row["municipalities"])) == area
    ]
    return sorted({step for row in same for step in row["steps"]})


def answer(connection: sa.Connection, row: TargetRow, language: str, today: date) -> dict[str, Any]:
    """A target with how far it has come, as the API gives it."""
    bounds, means = measured(connection, row, language, today)
    return to_api(row) | {"progress": progress(row, bounds, means, language)}


def to_tell(connection: sa.Connection, row: TargetRow, today: date) -> list[int]:
    """The steps that are certainly reached and were never told."""
    told = set(
        connection.execute(sa.select(told_steps.c.step).where(told_steps.c.target == row["id"])).scalars()
    )
    if told.issuperset(row["steps"]):
        return []
    bounds, _ = measured(connection, row, "nl", today)
    return [step for step in reached(row["steps"], bounds) if step not in told]


def measured(connection: sa.Connection, row: TargetRow, language: str, today: date) -> tuple[Bounds, str]:
    """What was counted for a target, and what that means."""
    area, measure = Area(BY_POINT, tuple(row["municipalities"])), row["measure"]
    if measure == "reach":
        bounds, means = _reach(connection, area, row, language)
    else:
        bounds, means = _COUNTS[measure](connection, area, period_of(row), language, today)
    service, absence = (LOANS, "noLending") if measure == "loans" else (VISITS, "noVisits")
    if never_there(connection, service):
        means = f"{means} {definition(absence, language)}"
    return bounds, means


def _reach(connection: sa.Connection, area: Area, row: TargetRow, language: str) -> tuple[Bounds, str]:
    found = reach_figures(connection, area, period_of(row), language)
    if row["audience"] == "all":
        return Bounds(found["atLeast"], found["atMost"]), found["definition"]
    adults = found["adults"]
    texts = (definition("reach", language, **adults), definition("adultsOnly", language))
    return Bounds(adults["atLeast"], adults["atMost"]), " ".join(texts)


def _new_people(
    connection: sa.Connection, area: Area, period: Period, language: str, today: date
) -> tuple[Bounds, str]:
    contacts = noted(sums(connection, area, period))
    texts = (definition("newPeople", language), definition("newPeopleBounds", language))
    return Bounds(contacts.firsts, contacts.firsts + contacts.unknown), " ".join(texts)


def _contacts(
    connection: sa.Connection, area: Area, period: Period, language: str, today: date
) -> tuple[Bounds, str]:
    return _exactly(sums(connection, area, period)["contacts|"], definition("contacts", language))


def _sessions(
    connection: sa.Connection, area: Area, period: Period, language: str, today: date
) -> tuple[Bounds, str]:
    return _exactly(session_figures(connection, area, period)["held"], definition("sessionsHeld", language))


def _loans(
    connection: sa.Connection, area: Area, period: Period, language: str, today: date
) -> tuple[Bounds, str]:
    loans = loan_figures(connection, area, period, today)["loans"]
    return _exactly(loans, definition("loansMade", language))


def _exactly(count: int, means: str) -> tuple[Bounds, str]:
    return Bounds(count, count), means


Count = Callable[[sa.Connection, Area, Period, str, date], tuple[Bounds, str]]

_COUNTS: dict[str, Count] = {
    "newPeople": _new_people,
    "contacts": _contacts,
    "sessions": _sessions,
    "loans": _loans,
}
"""How each measure is counted, but for the reach, which knows adults apart."""

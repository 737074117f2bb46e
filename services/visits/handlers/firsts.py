"""With a visitor card, first or repeat follows from the card: the earliest visit of a calendar year is the first.

At whatever digipunt of the deployment, and in whatever order visits come in: a desk without network sends them late. So a
visit that comes in, changes or is voided may make another one the first; that one is corrected then, with its event. The
card is locked meanwhile, so that two desks cannot both be the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from services.visits.handlers.common import event_name
from services.visits.model import visits as rules
from services.visits.model.rows import VisitRow
from services.visits.tables import VISITS, visitor_cards, visits

CORRECTED = event_name("visits", "corrected")


class VisitorYear(NamedTuple):
    """A visitor and a calendar year."""

    visitor: str
    year: int


class Visit(NamedTuple):
    """Where a visit stands among those of its visitor in that year: by when it began, then by when it was registered."""

    began: datetime
    registered: datetime
    id: str
    of: VisitorYear
    contact: str


def lock_cards(uow: UnitOfWork, visitors: Iterable[str | None]) -> None:
    """Lock the cards of these visitors until the end, in the order of their ids. Before any visit is locked."""
    ids = {visitor for visitor in visitors if visitor}
    if ids:
        statement = sa.select(visitor_cards.c.id).where(visitor_cards.c.id.in_(ids))
        uow.connection.execute(for_update(uow.dialect, statement.order_by(visitor_cards.c.id)))


def decide(uow: UnitOfWork, rows: Collection[VisitRow]) -> None:
    """Set `contact` of visits that are about to be written, as far as they have a card, which this locks."""
    new = {row["id"]: row for row in rows if row["visitor"]}
    if not new:
        return
    lock_cards(uow, (row["visitor"] for row in new.values()))
    coming = [_visit(row) for row in new.values()]
    stored = [visit for visit in _visits_of(uow, (visit.of for visit in coming)) if visit.id not in new]
    firsts = _firsts([*stored, *coming])
    for visit in coming:
        new[visit.id]["contact"] = _contact(visit, firsts)


def settle(uow: UnitOfWork, years: Iterable[VisitorYear | None]) -> None:
    """Correct the other visits of these visitors and years that are not what they are marked as any more."""
    found = _visits_of(uow, years)
    firsts = _firsts(found)
    right = {visit.id: _contact(visit, firsts) for visit in found}
    wrong = [visit.id for visit in found if visit.contact != right[visit.id]]
    for id in sorted(wrong):
        row = VISITS.get(uow.connection, id, lock=True)
        after: VisitRow = {**row, "contact": right[id]}
        after = VISITS.update(uow.connection, row, after)
        data = {"before": rules.to_event(row), "visit": rules.to_event(after)}
        uow.record(CORRECTED, id, data, version=after["version"], municipality=after["municipality"])


def year_of(row: VisitRow) -> VisitorYear | None:
    """The visitor and the calendar year of a visit; None without a card."""
    return VisitorYear(row["visitor"], row["day"].year) if row["visitor"] else None


def _visit(row: VisitRow) -> Visit:
    assert row["visitor"] is not None
    of = VisitorYear(row["visitor"], row["day"].year)
    return Visit(row["started_at"], row["registered_at"] or row["started_at"], row["id"], of, row["contact"])


def _firsts(found: Iterable[Visit]) -> dict[VisitorYear, str]:
    """The id of the earliest visit of each visitor and year."""
    earliest: dict[VisitorYear, Visit] = {}
    for visit in found:
        earliest[visit.of] = min(visit, earliest.get(visit.of, visit))
    return {of: visit.id for of, visit in earliest.items()}


def _contact(visit: Visit, firsts: dict[VisitorYear, str]) -> str:
    return "first" if firsts[visit.of] == visit.id else "repeat"


def _visits_of(uow: UnitOfWork, years: Iterable[VisitorYear | None]) -> list[Visit]:
    """The visits that count of these visitors, in these years."""
    wanted = {year for year in years if year}
    theirs = [
        visits.c.visitor.in_({each.visitor for each in wanted if each.year == year})
        & visits.c.day.between(date(year, 1, 1), date(year, 12, 31))
        for year in {each.year for each in wanted}
    ]
    if not theirs:
        return []
    names = ("id", "visitor", "day", "started_at", "registered_at", "contact")
    statement = sa.select(*(visits.c[name] for name in names))
    found = uow.connection.execute(statement.where(visits.c.state == "registered", sa.or_(*theirs)))
    return [
        Visit(
            row.started_at,
            row.registered_at or row.started_at,
            row.id,
            VisitorYear(row.visitor, row.day.year),
            row.contact,
        )
        for row in found
    ]

"""With a visitor card, first or repeat follows from the card: the earliest visit of a calendar year is the first.

At whatever digipunt of the deployment, and in whatever order visits come in: a desk without network sends them late. So a
visit that comes in, changes or is voided may make another one the first; that one is corrected then, with its event. The
card is locked meanwhile, so that two desks cannot both be the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from services.visits.handlers.common import event_name
from services.visits.model import visits as rules
from services.visits.model.rows import VisitRow
from services.visits.tables import VISITS, visitor_cards, visits

CORRECTED = event_name("visits", "corrected")

VisitorYear = tuple[str, int]
"""A visitor and a calendar year."""

Place = tuple[datetime, datetime, str]
"""Where a visit stands among those of its visitor: when it began, when it was registered, its id."""


def lock_cards(uow: UnitOfWork, visitors: Iterable[str | None]) -> None:
    """Lock the cards of these visitors until the end, in the order of their ids. Before any visit is locked."""
    ids = {visitor for visitor in visitors if visitor}
    if ids:
        statement = sa.select(visitor_cards.c.id).where(visitor_cards.c.id.in_(ids))
        uow.connection.execute(for_update(uow.dialect, statement.order_by(visitor_cards.c.id)))


def decide(uow: UnitOfWork, rows: Collection[VisitRow]) -> None:
    """Set `contact` of visits that are about to be written, as far as they have a card, which this locks."""
    with_card = [row for row in rows if row["visitor"]]
    if not with_card:
        return
    lock_cards(uow, (row["visitor"] for row in with_card))
    new = {row["id"] for row in with_card}
    stored = [row for row in _visits_of(uow, map(year_of, with_card)) if row["id"] not in new]
    firsts = _firsts([*stored, *with_card])
    for row in with_card:
        row["contact"] = "first" if firsts[year_of(row)] == row["id"] else "repeat"


def settle(uow: UnitOfWork, years: Iterable[VisitorYear | None]) -> None:
    """Correct the other visits of these visitors and years that are not what they are marked as any more."""
    rows = _visits_of(uow, years)
    firsts = _firsts(rows)
    for row in sorted(rows, key=lambda row: row["id"]):
        contact = "first" if firsts[year_of(row)] == row["id"] else "repeat"
        if row["contact"] == contact:
            continue
        after: VisitRow = {**row, "contact": contact}
        after = VISITS.update(uow.connection, row, after)
        data = {"before": rules.to_event(row), "visit": rules.to_event(after)}
        uow.record(CORRECTED, after["id"], data, version=after["version"], municipality=after["municipality"])


def year_of(row: VisitRow) -> VisitorYear | None:
    """The visitor and the calendar year of a visit; None without a card."""
    return (row["visitor"], row["day"].year) if row["visitor"] else None


def _firsts(rows: Iterable[VisitRow]) -> dict[VisitorYear | None, str]:
    """The id of the earliest visit of each visitor and year."""
    earliest: dict[VisitorYear | None, Place] = {}
    for row in rows:
        place = _place(row)
        earliest[year_of(row)] = min(place, earliest.get(year_of(row), place))
    return {year: place[2] for year, place in earliest.items()}


def _place(row: VisitRow) -> Place:
    return row["started_at"], row["registered_at"] or row["started_at"], row["id"]


def _visits_of(uow: UnitOfWork, years: Iterable[VisitorYear | None]) -> list[VisitRow]:
    """The visits that count of these visitors, in these years."""
    wanted = {year for year in years if year}
    if not wanted:
        return []
    days: list[Any] = [
        visits.c.visitor.in_({visitor for visitor, of in wanted if of == year})
        & visits.c.day.between(date(year, 1, 1), date(year, 12, 31))
        for year in {year for _, year in wanted}
    ]
    statement = sa.select(visits).where(visits.c.state == "registered", sa.or_(*days))
    return VISITS.select(uow.connection, statement)

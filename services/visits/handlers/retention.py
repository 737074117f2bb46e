"""Remarks of long ago are emptied: with a visit, with what stopped somebody, and with a follow-up. What was counted stays."""

from __future__ import annotations

from collections import Counter
from datetime import date

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.retention import Due, Retention, months_before
from chassis.storage.database import for_update
from common.retention import Places, tell_notes
from services.visits.tables import NOTED, follow_ups, visits


def due(connection: sa.Connection, keep: Retention, today: date, places: Places) -> list[Due]:
    """The visits and the follow-ups whose remarks have to go today."""
    before = months_before(today, keep.texts)
    count = 0
    for table, old in ((visits, _visits(before)), (follow_ups, _follow_ups(before))):
        mine = sa.true() if places is None else table.c.municipality.in_(places)
        counted = sa.select(sa.func.count()).select_from(table).where(old, mine)
        count += connection.execute(counted).scalar_one()
    return [Due("notes", count, before)]


def take_away(uow: UnitOfWork, keep: Retention, today: date, limit: int) -> list[Due]:
    """Empty the remarks of some of them. Nothing else of a visit changes, so its version does not either."""
    before = months_before(today, keep.texts)
    counts: Counter[str] = Counter()
    chosen = sa.select(visits.c.id).where(_visits(before)).order_by(visits.c.day).limit(limit)
    for id in uow.connection.execute(chosen).scalars().all():
        this = sa.select(visits.c.municipality, visits.c.bottlenecks).where(visits.c.id == id)
        row = uow.connection.execute(for_update(uow.dialect, this)).one()
        met = [{name: value for name, value in each.items() if name != "note"} for each in row.bottlenecks]
        uow.connection.execute(sa.update(visits).where(visits.c.id == id).values(note=None, bottlenecks=met))
        counts[row.municipality] += 1
    old = sa.select(follow_ups.c.id, follow_ups.c.municipality).where(_follow_ups(before))
    called = uow.connection.execute(old.order_by(follow_ups.c.due_on).limit(limit)).all()
    counts.update(row.municipality for row in called)
    these = follow_ups.c.id.in_([row.id for row in called])
    uow.connection.execute(sa.update(follow_ups).where(these).values(note=None))
    return [Due("notes", tell_notes(uow, counts) if counts else 0, before)]


def _visits(before: date) -> sa.ColumnElement[bool]:
    return sa.and_(visits.c.day < before, sa.text(f"({NOTED})"))


def _follow_ups(before: date) -> sa.ColumnElement[bool]:
    return sa.and_(follow_ups.c.note.is_not(None), follow_ups.c.due_on < before)

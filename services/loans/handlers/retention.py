"""Borrowers who have had nothing for long are erased, and remarks of long ago are emptied."""

from __future__ import annotations

from collections import Counter
from datetime import date

import sqlalchemy as sa

from chassis.clock import begin_of
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.retention import Due, Retention, months_before
from chassis.storage.trail import TIMER
from common.retention import Places, tell_notes
from services.loans.handlers.borrowers import erase
from services.loans.tables import BORROWERS, borrowers, device_history, devices, loans, requests

OPEN = ("requested", "ready")
OUT = ("ready", "handedOver")


def due(connection: sa.Connection, keep: Retention, today: date, places: Places) -> list[Due]:
    """The borrowers and the remarks that have to go today."""
    before, text_before = months_before(today, keep.borrowers), months_before(today, keep.texts)
    people = _count(connection, borrowers, _nobody_any_more(before), places)
    notes = sum(_count(connection, table, old, places) for table, old in _notes(text_before))
    return [Due("borrowers", people, before), Due("notes", notes, text_before)]


def take_away(uow: UnitOfWork, keep: Retention, today: date, limit: int) -> list[Due]:
    """Erase some of these borrowers, as a coordinator does, and empty the remarks."""
    before, text_before = months_before(today, keep.borrowers), months_before(today, keep.texts)
    # Of a borrower whom the release before this one added, nobody wrote down since when.
    unknown = sa.update(borrowers).where(borrowers.c.stored_on.is_(None))
    uow.connection.execute(unknown.values(stored_on=today))
    old = _nobody_any_more(before)
    chosen = sa.select(borrowers.c.id).where(old).order_by(borrowers.c.id).limit(limit)
    people = 0
    for id in uow.connection.execute(chosen).scalars().all():
        row = BORROWERS.get(uow.connection, id, lock=True)
        if uow.connection.execute(sa.select(borrowers.c.id).where(borrowers.c.id == id, old)).first():
            erase(uow, TIMER, row, "retention")
            people += 1
    counts: Counter[str] = Counter()
    for table, gone in _notes(text_before):
        some = sa.select(table.c.id, _place(table).label("place")).where(gone).limit(limit)
        rows = uow.connection.execute(some).all()
        counts.update(row.place for row in rows)
        these = table.c.id.in_([row.id for row in rows])
        uow.connection.execute(sa.update(table).where(these).values(note=None))
    notes = tell_notes(uow, counts) if counts else 0
    return [Due("borrowers", people, before), Due("notes", notes, text_before)]


def _nobody_any_more(before: date) -> sa.ColumnElement[bool]:
    """A borrower who has nothing, waits for nothing, and did neither since this day."""
    lent = sa.select(loans.c.id).where(
        loans.c.borrower == borrowers.c.id,
        sa.or_(loans.c.state.in_(OUT), loans.c.ended_on >= before, loans.c.prepared_on >= before),
    )
    asked = sa.select(requests.c.id).where(
        requests.c.borrower == borrowers.c.id,
        sa.or_(requests.c.state.in_(OPEN), requests.c.requested_on >= before),
    )
    return sa.and_(
        borrowers.c.state == "active", borrowers.c.stored_on < before, ~lent.exists(), ~asked.exists()
    )


def _notes(before: date) -> list[tuple[sa.Table, sa.ColumnElement[bool]]]:
    """What somebody remarked: of a request, in the history of a device, and of a device that is retired."""
    return [
        (requests, sa.and_(requests.c.note.is_not(None), requests.c.requested_on < before)),
        (
            device_history,
            sa.and_(device_history.c.note.is_not(None), device_history.c.time < begin_of(before)),
        ),
        (devices, sa.and_(devices.c.note.is_not(None), devices.c.retired_on < before)),
    ]


def _place(table: sa.Table) -> sa.ColumnElement[str]:
    """The municipality of a row."""
    if "municipality" in table.c:
        return table.c.municipality
    found: sa.ColumnElement[str] = (
        sa.select(devices.c.municipality).where(devices.c.id == table.c.device).scalar_subquery()
    )
    return found


def _count(connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool], places: Places) -> int:
    mine = sa.true() if places is None else _place(table).in_(places)
    counted = sa.select(sa.func.count()).select_from(table).where(where, mine)
    return connection.execute(counted).scalar_one()

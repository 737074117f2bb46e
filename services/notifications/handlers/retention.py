"""Contacts whose sessions and follow-ups are long past are erased."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.retention import Due, Retention, months_before
from common.retention import Places
from services.notifications.handlers.contacts import age_out, to_age_out
from services.notifications.tables import contacts


def due(connection: sa.Connection, keep: Retention, today: date, places: Places) -> list[Due]:
    """The contacts that have to go today."""
    ids = to_age_out(connection, today, keep.contacts)
    if places is not None:
        mine = sa.select(contacts.c.id).where(contacts.c.municipality.in_(places))
        own = set(connection.execute(mine).scalars())
        ids = [id for id in ids if id in own]
    return [Due("contacts", len(ids), months_before(today, keep.contacts))]


def take_away(uow: UnitOfWork, keep: Retention, today: date, limit: int) -> list[Due]:
    """Erase some of them."""
    ids = to_age_out(uow.connection, today, keep.contacts)[:limit]
    for id in ids:
        age_out(uow, id, today, keep.contacts)
    return [Due("contacts", len(ids), months_before(today, keep.contacts))]

"""A contact who was erased where contacts are kept: their registrations and follow-ups name nobody any more."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.tables import trail
from chassis.storage.trail import TIMER, Entry, record
from services.visits.handlers.common import event_name
from services.visits.tables import follow_ups, registrations

ERASED = event_name("contacts", "erased")

AGAIN_AFTER = timedelta(hours=1)
"""It is said once more to who still asks then."""


def forget_contact(uow: UnitOfWork, id: str, municipality: str) -> None:
    """Take the id away wherever it stands, and say so, also when it stood nowhere: whoever asks waits for that.

    Who asks every few seconds, because what was said does not reach them, is not told each time: it would stand in the journal
    for ever. The seats that were taken stay taken, and the note about the person goes with the id. `municipality` is that of
    the contact.
    """
    counts: Counter[tuple[str, str]] = Counter({("registration", municipality): 0})
    for table, kind in ((registrations, "registration"), (follow_ups, "followUp")):
        theirs = table.c.contact == id
        places = uow.connection.execute(sa.select(table.c.municipality).where(theirs)).scalars()
        counts.update((kind, place) for place in places)
    if not counts.total() and _said_lately(uow, id):
        return
    uow.connection.execute(sa.update(registrations).where(registrations.c.contact == id).values(contact=None))
    called = sa.update(follow_ups).where(follow_ups.c.contact == id)
    uow.connection.execute(called.values(contact=None, note=None))
    uow.wipe()
    entries = [
        Entry("erased", kind, id, place, "told", count) for (kind, place), count in sorted(counts.items())
    ]
    record(uow.connection, uow.clock.now(), TIMER, entries)
    uow.record(ERASED, id, {"contact": id}, version=1, municipality=municipality)


def _said_lately(uow: UnitOfWork, id: str) -> bool:
    said = sa.select(trail.c.seq).where(
        trail.c.person == id, trail.c.what == "erased", trail.c.at > uow.clock.now() - AGAIN_AFTER
    )
    return uow.connection.execute(said.limit(1)).first() is not None

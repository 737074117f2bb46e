"""Which messages are due, and which replica has them.

A message is *claimed* by moving its `next_at` into the future: of two replicas one gets it, and a claim that nobody finishes
runs out. Before a replica changes what it claimed, it checks with `lock_unchanged` that the rows are still as it claimed them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import Database, for_update
from services.notifications.handlers import gateways
from services.notifications.handlers.outcomes import settle
from services.notifications.handlers.transitions import lock_messages, transition, try_next_channel
from services.notifications.model import timing
from services.notifications.model.kinds import NEWS, OF_VISITS, REMINDERS, Owner
from services.notifications.model.rows import MessageRow
from services.notifications.model.states import OPEN, WAITING
from services.notifications.tables import deliveries, messages

AT_ONCE = 500
"""Messages that one transaction moves."""

NewUnitOfWork = Callable[[], UnitOfWork]


def recover(unit_of_work: NewUnitOfWork, now: datetime) -> None:
    """A delivery whose process died may have left: its messages fail as unknown, for staff to look at."""
    with unit_of_work() as uow:
        stuck = sa.select(deliveries.c.id).where(
            deliveries.c.state == "sending", deliveries.c.deadline <= now
        )
        for id in uow.connection.execute(for_update(uow.dialect, stuck)).scalars().all():
            settle(uow, id, "unknown")
            for row in lock_messages(uow, messages.c.delivery == id):
                transition(uow, row, "failed", reason="unknown", next_at=None)


def expire(unit_of_work: NewUnitOfWork, now: datetime) -> None:
    """Drop what is too late to be of use. A letter that is not written yet and too late for the post goes another way."""
    late = messages.c.until <= now
    late_for_post = sa.and_(
        messages.c.channel == "letter",
        messages.c.state.in_(WAITING),
        messages.c.batch.is_(None),
        messages.c.kind.in_(OF_VISITS),
        messages.c.until <= now + timing.POST,
    )
    with unit_of_work() as uow:
        rows = lock_messages(uow, messages.c.state.in_(OPEN), sa.or_(late, late_for_post), limit=AT_ONCE)
        for row in rows:
            if row["until"] > now:
                try_next_channel(uow, row, "tooLate")
                continue
            # The last reminder and news are never dropped silently: a coordinator has to know that they reached nobody.
            last = row["kind"] == REMINDERS[-1] or _is_news(row)
            transition(uow, row, "failed" if last else "expired", reason="tooLate", next_at=None)


def hold(unit_of_work: NewUnitOfWork, now: datetime, until: datetime) -> None:
    """Make what is due in quiet hours (night, Sunday or holiday) wait for their end."""
    with unit_of_work() as uow:
        due = (messages.c.state.in_(WAITING), messages.c.next_at <= now)
        for row in lock_messages(uow, *due, limit=AT_ONCE):
            if _is_news(row) and row["until"] <= until:
                # The session begins before anybody may be disturbed: somebody has to know of it now.
                transition(uow, row, "failed", reason="tooLate", next_at=None)
                continue
            held = row["state"] != "planned"
            transition(uow, row, "heldQuietHours", reason=row["reason"], silent=held, next_at=until)


def is_late_for_post(row: MessageRow, now: datetime) -> bool:
    """Whether a letter would come too late: people have to read of a session before it."""
    return row["kind"] in OF_VISITS and row["until"] <= now + timing.POST


def claim(database: Database, now: datetime) -> list[MessageRow]:
    """Claim all that is due for one person, except on channels that are down; empty when nothing is due.

    What became too late since the round began is left to `expire`.
    """
    down = gateways.list_waiting(database, now)
    may_go = (
        messages.c.state.in_(WAITING),
        messages.c.until > now,
        sa.or_(messages.c.channel.is_(None), messages.c.channel.not_in(down)),
    )
    with database.begin() as connection:
        first = connection.execute(
            sa.select(messages.c.id, messages.c.person)
            .where(messages.c.next_at <= now, *may_go)
            .order_by(messages.c.next_at, messages.c.id)
            .limit(1)
        ).first()
        if first is None:
            return []
        group = messages.c.id == first.id if first.person is None else messages.c.person == first.person
        claimed = connection.execute(
            sa.update(messages)
            .where(group, messages.c.next_at <= now + timing.SETTLING, *may_go)
            .values(next_at=now + timing.CLAIM)
            .returning(messages)
        )
        return [cast(MessageRow, dict(row)) for row in claimed.mappings()]


def lock_unchanged(uow: UnitOfWork, claimed: Sequence[MessageRow]) -> list[MessageRow] | None:
    """The claimed rows, locked; None when one has changed since, and then they are claimed again later."""
    versions = {row["id"]: row["version"] for row in claimed}
    rows = lock_messages(uow, messages.c.id.in_(versions))
    same = [row for row in rows if row["version"] == versions[row["id"]] and row["state"] in WAITING]
    return same if len(same) == len(claimed) else None


def postpone(database: Database, claimed: Sequence[MessageRow], at: datetime) -> None:
    """Have these messages come round again at `at`."""
    ids = [row["id"] for row in claimed]
    _set_next(database, at, messages.c.id.in_(ids))


def postpone_owner(database: Database, owner: Owner, now: datetime) -> None:
    """Have all that is due from this owner wait: one failed call is enough to know that it is away."""
    due = messages.c.next_at <= now + timing.CLAIM
    _set_next(database, now + timing.OWNER_PAUSE, messages.c.source == owner, due)


def _is_news(row: MessageRow) -> bool:
    return row["kind"] in NEWS and row["person"] is not None


def _set_next(database: Database, at: datetime, *conditions: sa.ColumnElement[bool]) -> None:
    waiting = messages.c.state.in_(WAITING)
    with database.begin() as connection:
        connection.execute(sa.update(messages).where(waiting, *conditions).values(next_at=at))

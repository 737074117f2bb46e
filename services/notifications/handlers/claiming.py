"""Which messages may go now, and for whom of several replicas.

A message is *claimed* by moving its `next_at` into the future, so that of two replicas one has it, and a claim that nobody
finishes runs out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import sqlalchemy as sa

from chassis.clock import Clock, local_day
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import Database, for_update
from services.notifications.handlers import gateways
from services.notifications.handlers.messages import transition
from services.notifications.handlers.outcomes import rows_of, settle
from services.notifications.model.plans import REMINDERS
from services.notifications.model.rows import MessageRow
from services.notifications.model.states import OPEN, WAITING
from services.notifications.tables import MESSAGES, contact_days, deliveries, messages

SETTLING = timedelta(seconds=3)
"""What is planned shortly after one another for the same person is told together."""

CLAIM = timedelta(minutes=3)
"""Longer than a claim can take in a process that lives."""

OWNER_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Claims:
    """The messages of one database that wait for their time."""

    database: Database
    clock: Clock
    unit_of_work: Callable[[], UnitOfWork]

    def recover(self, now: datetime) -> None:
        """What was being sent when its process died may have left."""
        with self.unit_of_work() as uow:
            stuck = sa.select(deliveries.c.id).where(
                deliveries.c.state == "sending", deliveries.c.deadline <= now
            )
            for id in uow.connection.execute(for_update(uow.dialect, stuck)).scalars().all():
                settle(uow, id, "unknown")
                for row in rows_of(uow, id):
                    transition(uow, row, "failed", {"next_at": None}, reason="unknown")

    def expire(self, now: datetime) -> None:
        """Drop what comes too late."""
        with self.unit_of_work() as uow:
            late = sa.select(messages).where(messages.c.state.in_(OPEN), messages.c.until <= now).limit(500)
            for row in MESSAGES.select(uow.connection, for_update(uow.dialect, late)):
                # The last reminder is never dropped in silence: a coordinator has to know that it reached nobody.
                last = row["kind"] == REMINDERS[-1]
                transition(uow, row, "failed" if last else "expired", {"next_at": None}, reason="tooLate")

    def hold(self, now: datetime, opens: datetime) -> None:
        """It is night, Sunday or a holiday: what is due waits for the morning."""
        with self.unit_of_work() as uow:
            due = (
                sa.select(messages).where(messages.c.state.in_(WAITING), messages.c.next_at <= now).limit(500)
            )
            for row in MESSAGES.select(uow.connection, for_update(uow.dialect, due)):
                transition(
                    uow,
                    row,
                    "heldQuietHours",
                    {"next_at": opens},
                    reason=row["reason"],
                    silent=row["state"] != "planned",
                )

    def claim(self, now: datetime) -> list[MessageRow]:
        """All that is due for one person, for us alone until the claim runs out; nothing for a channel that is closed."""
        closed = gateways.waiting(self.database, now)
        may_go = [
            messages.c.state.in_(WAITING),
            sa.or_(messages.c.channel.is_(None), messages.c.channel.not_in(closed)),
        ]
        with self.database.begin() as connection:
            first = connection.execute(
                sa.select(messages.c.id, messages.c.person)
                .where(messages.c.next_at <= now, *may_go)
                .order_by(messages.c.next_at, messages.c.id)
                .limit(1)
            ).first()
            if first is None:
                return []
            whose = messages.c.id == first.id if first.person is None else messages.c.person == first.person
            taken = connection.execute(
                sa.update(messages)
                .where(whose, messages.c.next_at <= now + SETTLING, *may_go)
                .values(next_at=now + CLAIM)
                .returning(messages)
            )
            return [cast(MessageRow, dict(row)) for row in taken.mappings()]

    def was_contacted_today(self, person: str) -> bool:
        """Whether this person got their one message of the day."""
        today = sa.select(contact_days.c.day).where(
            contact_days.c.person == person, contact_days.c.day == local_day(self.clock.now())
        )
        with self.database.read() as connection:
            return connection.execute(today).first() is not None

    def wait_for_owner(self, source: str) -> None:
        """One question is enough to know; all that is due from this owner waits."""
        now = self.clock.now()
        due = [messages.c.source == source, messages.c.state.in_(WAITING), messages.c.next_at <= now + CLAIM]
        with self.database.begin() as connection:
            connection.execute(sa.update(messages).where(*due).values(next_at=now + OWNER_PAUSE))

    def postpone(self, group: list[MessageRow], at: datetime) -> None:
        """Look at these messages again at that time."""
        ids = [row["id"] for row in group]
        with self.database.begin() as connection:
            waiting = [messages.c.id.in_(ids), messages.c.state.in_(WAITING)]
            connection.execute(sa.update(messages).where(*waiting).values(next_at=at))


def lock_unchanged(uow: UnitOfWork, rows: Sequence[MessageRow]) -> list[MessageRow] | None:
    """The rows, locked, if nobody has touched one since they were claimed; else they come round again."""
    claimed = {row["id"]: row["version"] for row in rows}
    statement = for_update(uow.dialect, sa.select(messages).where(messages.c.id.in_(claimed)))
    found = MESSAGES.select(uow.connection, statement)
    same = [row for row in found if row["version"] == claimed[row["id"]] and row["state"] in WAITING]
    return same if len(same) == len(rows) else None

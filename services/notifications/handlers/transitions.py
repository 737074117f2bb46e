"""How a message moves from state to state: each step goes into its history, and those that concern others are events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

import sqlalchemy as sa

from chassis.clock import local_day
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update, upsert
from contracts.events import event_type
from services.notifications.model.messages import to_event
from services.notifications.model.quiet import next_open
from services.notifications.model.rows import MessageChanges, MessageRow
from services.notifications.model.states import PUBLISHED_AS, PublishedState, Reason, State
from services.notifications.tables import MESSAGES, contact_days, history, messages


def lock_messages(
    uow: UnitOfWork,
    *conditions: sa.ColumnElement[bool],
    order_by: Sequence[sa.ColumnElement[object]] = (),
    limit: int | None = None,
) -> list[MessageRow]:
    """The messages that meet all conditions, locked until the end of the transaction."""
    statement = sa.select(messages).where(*conditions).order_by(*order_by).limit(limit)
    return MESSAGES.select(uow.connection, for_update(uow.dialect, statement))


def transition(
    uow: UnitOfWork,
    row: MessageRow,
    state: State,
    *,
    reason: Reason | None = None,
    silent: bool = False,
    **changes: Unpack[MessageChanges],
) -> MessageRow:
    """Bring a message, whose row the caller has locked, to `state`, and set the columns in `changes`.

    Unless `silent`, the step goes into the history and, if others need to know, into an event.
    """
    after: MessageRow = {**row, **changes, "state": state, "reason": reason, "changed_at": uow.clock.now()}
    after = MESSAGES.update(uow.connection, row, after)
    if not silent:
        append_history(uow, after, state, reason)
        if state in PUBLISHED_AS and PUBLISHED_AS[state] != PUBLISHED_AS.get(row["state"]):
            publish(uow, after, PUBLISHED_AS[state])
    return after


def append_history(uow: UnitOfWork, row: MessageRow, state: State, reason: Reason | None) -> None:
    """Add a step to the history of a message."""
    step = {
        "message": row["id"],
        "at": uow.clock.now(),
        "state": state,
        "channel": row["channel"],
        "reason": reason,
    }
    uow.connection.execute(sa.insert(history), step)


def publish(uow: UnitOfWork, row: MessageRow, state: PublishedState) -> None:
    """Record the event that says what became of a message."""
    type = event_type("notifications", "messages", state)
    data = {"message": to_event(row)}
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])


def try_next_channel(
    uow: UnitOfWork, row: MessageRow, reason: Reason, *, state: State = "bounced", at: datetime | None = None
) -> MessageRow:
    """The present channel failed, with `state` in the history: the sender takes the next one at `at`, or when it may."""
    append_history(uow, row, state, reason)
    tried = [*row["tried"], *([row["channel"]] if row["channel"] else [])]
    return transition(
        uow,
        row,
        "planned",
        silent=True,
        tried=tried,
        channel=None,
        attempts=0,
        delivery=None,
        batch=None,
        next_at=at or next_open(uow.clock.now()),
    )


def mark_contacted_today(uow: UnitOfWork, person: str | None, delivery: str | None = None) -> bool:
    """Record that a person is contacted today; False when that person has been contacted today already."""
    if person is None:
        return True
    row = {"person": person, "day": local_day(uow.clock.now()), "delivery": delivery}
    statement = upsert(uow.dialect, contact_days).on_conflict_do_nothing()
    return bool(uow.connection.execute(statement, row).rowcount)

"""What became of a delivery, and where its messages go from there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import structlog

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from services.notifications.channels.base import (
    ChannelError,
    ChannelUnavailable,
    OutcomeUnknown,
    Refused,
    Sent,
)
from services.notifications.handlers import gateways
from services.notifications.handlers.messages import next_way, transition
from services.notifications.model.quiet import next_open
from services.notifications.model.rows import DeliveryState, MessageRow
from services.notifications.tables import MESSAGES, contact_days, deliveries, messages

log = structlog.get_logger(__name__)

FIRST_PAUSE = timedelta(minutes=2)
MOST_ATTEMPTS = 6
"""The pause after each attempt is twice the one before: an hour in all."""

Result = Sent | Refused | ChannelError


def record_outcome(uow: UnitOfWork, channel: str, delivery: str, result: Result) -> None:
    """Keep what became of a delivery. One that was taken for unknown meanwhile is known now."""
    # Its lock comes first here and where a report is taken, so that the two wait for one another and never both.
    uow.connection.execute(
        for_update(uow.dialect, sa.select(deliveries.c.id).where(deliveries.c.id == delivery))
    )
    if isinstance(result, ChannelUnavailable):
        gateways.mark_down(uow, channel, str(result))
    else:
        gateways.mark_up(uow, channel)
    rows = [
        row
        for row in rows_of(uow, delivery)
        if row["state"] == "sending" or (row["state"], row["reason"]) == ("failed", "unknown")
    ]
    if isinstance(result, Sent):
        settle(uow, delivery, "sent", reference=result.reference)
        for row in rows:
            transition(uow, row, "sent", {"next_at": None})
        return
    if isinstance(result, OutcomeUnknown):
        log.error("deliveries.unknown", channel=channel, delivery=delivery, detail=str(result))
        settle(uow, delivery, "unknown")
        for row in rows:
            transition(uow, row, "failed", {"next_at": None}, reason="unknown")
        return
    settle(uow, delivery, "notSent")
    uow.connection.execute(sa.delete(contact_days).where(contact_days.c.delivery == delivery))
    for row in rows:
        _not_sent(uow, row, result)


def _not_sent(uow: UnitOfWork, row: MessageRow, result: Refused | ChannelError) -> None:
    """It did not leave: another way when this one is closed, else the same one later."""
    now = uow.clock.now()
    if isinstance(result, Refused):
        next_way(uow, row, result.reason)
    elif isinstance(result, ChannelUnavailable):
        if gateways.is_given_up(uow.connection, row["channel"], now):
            next_way(uow, row, "unavailable")
        else:
            # The channel waits, not each message; an outage is no attempt.
            transition(
                uow,
                row,
                "planned",
                {"delivery": None, "attempts": row["attempts"] - 1, "next_at": now},
                silent=True,
            )
    elif row["attempts"] >= MOST_ATTEMPTS:
        next_way(uow, row, "unavailable")
    else:
        pause = FIRST_PAUSE * 2 ** (row["attempts"] - 1)
        transition(uow, row, "planned", {"delivery": None, "next_at": next_open(now + pause)}, silent=True)


def rows_of(uow: UnitOfWork, delivery: str) -> list[MessageRow]:
    statement = for_update(uow.dialect, sa.select(messages).where(messages.c.delivery == delivery))
    return MESSAGES.select(uow.connection, statement)


def settle(uow: UnitOfWork, delivery: str, state: DeliveryState, **more: Any) -> None:
    """Write what became of a delivery, unless a report was faster and told more."""
    settled = sa.update(deliveries).where(deliveries.c.id == delivery)
    uow.connection.execute(settled.where(deliveries.c.state.in_(("sending", "unknown"))).values(state=state))
    if more:
        uow.connection.execute(settled.values(more))

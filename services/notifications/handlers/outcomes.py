"""What became of a delivery, and where its messages go from there."""

from __future__ import annotations

import sqlalchemy as sa
import structlog

from chassis.clock import local_day
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from common.access import is_uuid
from services.notifications.channels.base import (
    ChannelError,
    ChannelUnavailable,
    OutcomeUnknown,
    Refused,
    Sent,
)
from services.notifications.handlers import gateways
from services.notifications.handlers.transitions import lock_messages, transition, try_next_channel
from services.notifications.model import timing
from services.notifications.model.quiet import next_day, next_open
from services.notifications.model.rows import MessageRow
from services.notifications.model.seats import cannot_wait
from services.notifications.model.states import DeliveryState, PushChannel, ReportState
from services.notifications.tables import contact_days, deliveries, messages

log = structlog.get_logger(__name__)

Outcome = Sent | Refused | ChannelError


def record_outcome(uow: UnitOfWork, channel: PushChannel, delivery: str, outcome: Outcome) -> None:
    """Record what became of a delivery. If recovery marked it as unknown in the meantime, it is known now."""
    # The delivery is locked first, here and in `record_report`, so that the two wait for each other without deadlock.
    uow.connection.execute(
        for_update(uow.dialect, sa.select(deliveries.c.id).where(deliveries.c.id == delivery))
    )
    if isinstance(outcome, ChannelUnavailable):
        gateways.mark_down(uow, channel, str(outcome))
    else:
        gateways.mark_up(uow, channel)
    rows = [
        row
        for row in lock_messages(uow, messages.c.delivery == delivery)
        if row["state"] == "sending" or (row["state"], row["reason"]) == ("failed", "unknown")
    ]
    if isinstance(outcome, Sent):
        settle(uow, delivery, "sent")
        uow.connection.execute(
            sa.update(deliveries).where(deliveries.c.id == delivery).values(reference=outcome.reference)
        )
        for row in rows:
            transition(uow, row, "sent", next_at=None)
        return
    if isinstance(outcome, OutcomeUnknown):
        log.error("delivery.outcome_unknown", channel=channel, delivery=delivery, detail=str(outcome))
        settle(uow, delivery, "unknown")
        for row in rows:
            transition(uow, row, "failed", reason="unknown", next_at=None)
        return
    settle(uow, delivery, "notSent")
    uow.connection.execute(sa.delete(contact_days).where(contact_days.c.delivery == delivery))
    for row in rows:
        _retry(uow, row, channel, outcome)


def record_report(uow: UnitOfWork, channel: PushChannel, reference: str, state: ReportState) -> bool:
    """Record a delivery report of the gateway; False when there is no such delivery."""
    known = [deliveries.c.reference == reference]
    if is_uuid(reference):
        known.append(deliveries.c.id == reference)
    statement = sa.select(deliveries.c.id, deliveries.c.state).where(
        deliveries.c.channel == channel, sa.or_(*known)
    )
    delivery = uow.connection.execute(for_update(uow.dialect, statement)).first()
    if delivery is None:
        return False
    if state == "other" or delivery.state in ("delivered", "bounced"):
        return True
    reported: DeliveryState = "delivered" if state == "delivered" else "bounced"
    uow.connection.execute(sa.update(deliveries).where(deliveries.c.id == delivery.id).values(state=reported))
    for row in lock_messages(uow, messages.c.delivery == delivery.id):
        if row["state"] not in ("sending", "sent", "failed"):
            continue
        if reported == "delivered":
            transition(uow, row, "delivered", next_at=None)
        else:
            now = uow.clock.now()
            wait = not cannot_wait(row["kind"], row["until"], now)
            try_next_channel(uow, row, "bounced", at=next_day(local_day(now)) if wait else None)
    return True


def settle(uow: UnitOfWork, delivery: str, state: DeliveryState) -> None:
    """Set the state of a delivery, unless a report came first and said more."""
    unreported = deliveries.c.state.in_(("sending", "unknown"))
    statement = sa.update(deliveries).where(deliveries.c.id == delivery, unreported)
    uow.connection.execute(statement.values(state=state))


def _retry(uow: UnitOfWork, row: MessageRow, channel: PushChannel, outcome: Refused | ChannelError) -> None:
    """It did not leave: take another channel when this one is closed, else the same one later."""
    now = uow.clock.now()
    if isinstance(outcome, Refused):
        try_next_channel(uow, row, outcome.reason)
    elif isinstance(outcome, ChannelUnavailable):
        if gateways.is_given_up(uow.connection, channel, now):
            try_next_channel(uow, row, "unavailable")
        else:
            # The channel waits as a whole, so the message itself is due at once, and an outage is no attempt.
            attempts = row["attempts"] - 1
            transition(uow, row, "planned", silent=True, delivery=None, attempts=attempts, next_at=now)
    elif row["attempts"] >= timing.MOST_ATTEMPTS:
        try_next_channel(uow, row, "unavailable")
    else:
        pause = timing.RETRY_PAUSE * 2 ** (row["attempts"] - 1)
        transition(uow, row, "planned", silent=True, delivery=None, next_at=next_open(now + pause))

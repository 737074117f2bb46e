"""The state of each channel. An outage is one alarm and not one per message: the channel waits, and its messages with it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
import structlog

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import Database, for_update
from services.notifications.model import timing
from services.notifications.model.states import PushChannel
from services.notifications.tables import gateways

log = structlog.get_logger(__name__)


def mark_down(uow: UnitOfWork, channel: PushChannel, detail: str) -> None:
    """Record a failure of this channel, and when to try again; logs the alarm if it worked until now."""
    now = uow.clock.now()
    row = uow.connection.execute(
        for_update(uow.dialect, sa.select(gateways).where(gateways.c.channel == channel))
    ).first()
    if row is None:
        log.error("channel.down", channel=channel, detail=detail)
        values = {"channel": channel, "failures": 1, "down_since": now, "detail": detail}
        uow.connection.execute(sa.insert(gateways), values | {"next_try": now + timing.GATEWAY_PAUSE})
        return
    pause = min(timing.GATEWAY_PAUSE * 2**row.failures, timing.LONGEST_GATEWAY_PAUSE)
    values = {"failures": min(row.failures + 1, 10), "next_try": now + pause, "detail": detail}
    uow.connection.execute(sa.update(gateways).where(gateways.c.channel == channel).values(values))


def mark_up(uow: UnitOfWork, channel: PushChannel) -> None:
    """Record that the channel works."""
    if uow.connection.execute(sa.delete(gateways).where(gateways.c.channel == channel)).rowcount:
        log.warning("channel.up", channel=channel)


def list_waiting(database: Database, now: datetime) -> list[PushChannel]:
    """The channels whose messages wait for the next try."""
    since = gateways.c.down_since > now - timing.GATEWAY_PATIENCE
    return _channels(database, gateways.c.next_try > now, since)


def list_given_up(database: Database, now: datetime) -> list[PushChannel]:
    """The channels that are down for so long that messages take another one; each next try still takes one message."""
    return _channels(database, gateways.c.next_try > now, _long_down(now))


def is_given_up(connection: sa.Connection, channel: PushChannel, now: datetime) -> bool:
    """Whether messages wait no longer for this channel."""
    statement = sa.select(gateways.c.channel).where(gateways.c.channel == channel, _long_down(now))
    return connection.execute(statement).first() is not None


def _long_down(now: datetime) -> sa.ColumnElement[bool]:
    return gateways.c.down_since <= now - timing.GATEWAY_PATIENCE


def _channels(database: Database, *conditions: sa.ColumnElement[bool]) -> list[PushChannel]:
    with database.read() as connection:
        return list(connection.execute(sa.select(gateways.c.channel).where(*conditions)).scalars())

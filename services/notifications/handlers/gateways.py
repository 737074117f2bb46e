"""A channel that is out of order is one alarm, not one for each message: the channel waits, and its messages with it."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import Database, for_update
from services.notifications.tables import gateways

log = structlog.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=15)
PATIENCE = timedelta(days=1)
"""For so long messages wait for their channel; then they go another way."""


def mark_down(uow: UnitOfWork, channel: str, detail: str) -> None:
    """Nothing leaves by this channel just now; raises the alarm when that is new."""
    now = uow.clock.now()
    row = uow.connection.execute(
        for_update(uow.dialect, sa.select(gateways).where(gateways.c.channel == channel))
    ).first()
    if row is None:
        log.error("channels.down", channel=channel, detail=detail)
        values = {"channel": channel, "failures": 1, "down_since": now, "next_try": now + FIRST_PAUSE}
        uow.connection.execute(sa.insert(gateways), values | {"detail": detail})
        return
    pause = min(FIRST_PAUSE * 2**row.failures, LONGEST_PAUSE)
    values = {"failures": min(row.failures + 1, 10), "next_try": now + pause, "detail": detail}
    uow.connection.execute(sa.update(gateways).where(gateways.c.channel == channel).values(values))


def mark_up(uow: UnitOfWork, channel: str) -> None:
    """The channel works."""
    if uow.connection.execute(sa.delete(gateways).where(gateways.c.channel == channel)).rowcount:
        log.warning("channels.up", channel=channel)


def waiting(database: Database, now: datetime) -> list[str]:
    """Channels whose messages wait for the next try."""
    return _channels(database, gateways.c.next_try > now, gateways.c.down_since > now - PATIENCE)


def given_up(database: Database, now: datetime) -> list[str]:
    """Channels that are out of order for so long that messages go round them; at each next try one goes by them."""
    return _channels(database, gateways.c.next_try > now, gateways.c.down_since <= now - PATIENCE)


def is_given_up(connection: sa.Connection, channel: str | None, now: datetime) -> bool:
    """Whether messages need not wait for this channel any more."""
    long = sa.select(gateways.c.channel).where(
        gateways.c.channel == channel, gateways.c.down_since <= now - PATIENCE
    )
    return connection.execute(long).first() is not None


def _channels(database: Database, *conditions: sa.ColumnElement[bool]) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(sa.select(gateways.c.channel).where(*conditions)).scalars())

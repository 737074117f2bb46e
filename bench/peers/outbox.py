"""The relay of the FastAPI peer: what it has committed goes to the broker, in order, with publisher confirms."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import aio_pika
from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.storage.tables import Id, journal
from contracts.envelope import CONTENT_TYPE, compose
from contracts.events import exchange

BATCH = 500
POLL = 0.2
SOURCE = f"urn:digipunt:{os.environ['DIGIPUNT_DEPLOYMENT']}:visits"
NEXT = select(journal).where(journal.c.position.is_(None)).order_by(journal.c.seq).limit(BATCH)
MARK = (
    update(journal)
    .where(journal.c.seq == bindparam("row"))
    .values(position=bindparam("number"), previous_id=bindparam("previous", type_=Id))
)


async def relay(engine: AsyncEngine, woken: asyncio.Event) -> None:
    """Publish a page, wait for its confirms, mark it; then look again, at once when something was committed."""
    connection = await aio_pika.connect(os.environ["DIGIPUNT_BROKER_URL"])
    channel = await connection.channel(publisher_confirms=True)
    out = await channel.declare_exchange(exchange("visits"), aio_pika.ExchangeType.TOPIC, durable=True)
    position, last = 0, None
    while True:
        async with engine.begin() as database:
            rows = (await database.execute(NEXT)).all()
            before = [last, *(row.id for row in rows)]
            numbered = list(enumerate(zip(rows, before, strict=False), position + 1))
            await asyncio.gather(
                *(out.publish(_message(row, at, previous), row.type) for at, (row, previous) in numbered)
            )
            if numbered:
                marks = [
                    {"row": row.seq, "number": at, "previous": previous} for at, (row, previous) in numbered
                ]
                await database.execute(MARK, marks)
        position, last = position + len(rows), before[-1]
        if len(rows) < BATCH:
            await _wait(woken)


async def _wait(woken: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(woken.wait(), POLL)
    except TimeoutError:
        return
    finally:
        woken.clear()


def _message(row: Any, position: int, previous: str | None) -> aio_pika.Message:
    body = compose(
        id=row.id,
        type=row.type,
        source=SOURCE,
        subject=row.subject,
        time=row.time,
        deployment=os.environ["DIGIPUNT_DEPLOYMENT"],
        municipality=row.municipality,
        epoch="00000000-0000-0000-0000-000000000000",
        position=position,
        previousid=previous,
        entityversion=row.entity_version,
        traceparent=row.traceparent,
        data_json=row.data,
    )
    mode = aio_pika.DeliveryMode.PERSISTENT
    return aio_pika.Message(body.encode(), content_type=CONTENT_TYPE, delivery_mode=mode, message_id=row.id)

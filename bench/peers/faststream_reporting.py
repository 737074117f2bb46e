"""A subscriber with FastStream, SQLAlchemy Core async and asyncpg that commits once an event: the peer of row 3.

Ten events at a time, which measured best; a row for each event makes a redelivered one harmless, and the sums of the day and
the month are added to in one statement.
"""

from __future__ import annotations

import asyncio
import json
import os
from datetime import date
from typing import Any

from faststream import FastStream
from faststream.rabbit import Channel, ExchangeType, RabbitBroker, RabbitExchange, RabbitMessage, RabbitQueue
from pydantic import BaseModel
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from contracts.events import exchange

AT_ONCE = 10
QUEUE = "peer.visits.events"
TABLES = """
CREATE TABLE IF NOT EXISTS seen (position bigint PRIMARY KEY);
CREATE TABLE IF NOT EXISTS sums (place text COLLATE "C", start date, grain text COLLATE "C", digipunt text COLLATE "C",
  key text COLLATE "C", count bigint NOT NULL, PRIMARY KEY (place, start, grain, digipunt, key));
"""
SEEN = text("INSERT INTO seen VALUES (:position) ON CONFLICT DO NOTHING")
ADD = text(
    "INSERT INTO sums SELECT * FROM unnest(CAST(:places AS text[]), CAST(:starts AS date[]), CAST(:grains AS text[]), "
    "CAST(:points AS text[]), CAST(:keys AS text[]), CAST(:counts AS bigint[])) "
    "ON CONFLICT (place, start, grain, digipunt, key) DO UPDATE SET count = sums.count + excluded.count"
)
ONE_CODE = ("help", "outcome", "selfReliance", "ageBand", "residence", "device", "place", "contact")

url = make_url(os.environ["DIGIPUNT_REPORTING_DATABASE_URL"]).set(drivername="postgresql+asyncpg")
engine = create_async_engine(url, pool_size=AT_ONCE)
broker = RabbitBroker(os.environ["DIGIPUNT_BROKER_URL"], default_channel=Channel(prefetch_count=AT_ONCE))
app = FastStream(broker)


class Visit(BaseModel):
    """What the sums need of a visit."""

    municipality: str
    digipunt: str
    startedAt: str
    durationMinutes: int = 0
    themes: list[str]
    help: str | None = None
    outcome: str | None = None
    selfReliance: str | None = None
    ageBand: str | None = None
    residence: str | None = None
    device: str | None = None
    place: str
    contact: str


class Data(BaseModel):
    visit: Visit


class Event(BaseModel):
    """The envelope, as far as it is needed."""

    position: int
    data: Data


async def decode(message: RabbitMessage) -> Any:
    return json.loads(message.body)


@broker.subscriber(
    RabbitQueue(QUEUE, durable=True, routing_key="be.digipunt.visits.#"),
    RabbitExchange(exchange("visits"), type=ExchangeType.TOPIC, durable=True),
    decoder=decode,
)
async def on_visit(event: Event) -> None:
    rows = sorted(rows_of(event.data.visit))
    places, starts, grains, points, keys, counts = zip(*rows, strict=True)
    async with engine.begin() as connection:
        if (await connection.execute(SEEN, {"position": event.position})).rowcount:
            sums = {
                "places": places,
                "starts": starts,
                "grains": grains,
                "points": points,
                "keys": keys,
                "counts": counts,
            }
            await connection.execute(ADD, sums)


def rows_of(visit: Visit) -> list[tuple[str, date, str, str, str, int]]:
    """What one visit adds to, by point and by residence, in its day and its month."""
    keys = [("contacts|", 1), ("minutes|", visit.durationMinutes)]
    keys += [(f"theme|{code}", 1) for code in set(visit.themes)]
    keys += [(f"{name}|{value}", 1) for name in ONE_CODE if (value := getattr(visit, name))]
    day = date.fromisoformat(visit.startedAt[:10])
    cells = [("P" + visit.municipality, visit.digipunt)]
    if visit.residence:
        cells.append(("R" + visit.residence, ""))
    starts = ((day, "D"), (day.replace(day=1), "M"))
    return [(place, at, grain, point, *key) for place, point in cells for at, grain in starts for key in keys]


@app.on_startup
async def make_tables() -> None:
    async with engine.begin() as connection:
        for statement in TABLES.split(";"):
            if statement.strip():
                await connection.execute(text(statement))


if __name__ == "__main__":
    asyncio.run(app.run())

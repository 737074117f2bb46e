"""The visits that are registered in the measurements: what a desk really sends, with every kind of field."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from bench.stage import TIENEN, token
from chassis.clock import new_id
from services.visits.tables import digipunts

VISIT: dict[str, Any] = {
    "startedAt": "2026-03-04T10:12:00+01:00",
    "durationMinutes": 20,
    "themes": ["tax", "digitalId"],
    "help": "together",
    "outcome": "referred",
    "selfReliance": "aLittle",
    "place": "point",
    "contact": "first",
    "bottlenecks": [{"service": "itsme", "cause": "smartphoneOnly"}],
    "referredTo": "bank",
    "ageBand": "65to74",
    "situation": ["retired"],
    "residence": "24107",
    "device": "smartphone",
    "note": "Kwam terug met de brief van de bank",
}


def put_requests(digipunt: str) -> Callable[[], bytes]:
    """A maker of `PUT` requests, each for a visit of its own."""
    body = json.dumps(VISIT | {"digipunt": digipunt}).encode()
    tail = (
        f" HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token()}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body

    def request() -> bytes:
        return b"PUT /visits/v1/visits/" + new_id().encode() + tail

    return request


def with_digipunt(database: str) -> str:
    """The id of a digipunt in Tienen, put into a visits database by itself."""
    row: dict[str, Any] = {
        "id": str(uuid4()),
        "name": "Bezorgd om Mensen",
        "municipality": TIENEN,
        "opening": [],
        "state": "open",
        "content_hash": "",
        "version": 1,
    }
    engine = sa.create_engine(database)
    with engine.begin() as connection:
        connection.execute(sa.insert(digipunts).values(row))
    engine.dispose()
    return str(row["id"])


def settled(seconds: float = 0.5) -> None:
    """Let the last run's writing back end before the next one is timed."""
    time.sleep(seconds)

"""Info sessions, trainings and meetings of the demo that are past: how many registered, and how many came."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from chassis.clock import BRUSSELS
from digipunt.demo import codes
from digipunt.demo.points import POINTS, Point, id_of
from digipunt.demo.visits import HALVES, Half

PLANNED_BEFORE = timedelta(28)
REGISTERED_SINCE = date(2025, 7, 1)
"""Before that day people came without registering."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that was held."""

    id: str
    point: Point
    starts: datetime
    body: dict[str, Any]
    registered: int
    present: int
    walk_in: int


def generate(seed: int, now: datetime) -> list[Session]:
    """The sessions that ended before the aware moment `now`."""
    made = [session for half in HALVES for session in _half(half, seed)]
    return [session for session in made if session.starts + timedelta(hours=3) < now]


def _half(half: Half, seed: int) -> Iterator[Session]:
    """One info session a month, one training a quarter and one meeting a half-year, on Tuesday mornings."""
    chance = random.Random(f"{seed} sessions {half.first}")
    for month in range(6):
        kinds = ["infoSession"] + ["training"] * (month % 3 == 1) + ["partnerMeeting"] * (month == 4)
        for index, kind in enumerate(kinds):
            day = half.first.replace(month=half.first.month + month, day=8)
            day += timedelta((1 - day.weekday()) % 7 + 7 * index)
            starts = datetime(day.year, day.month, day.day, 10, tzinfo=BRUSSELS)
            seats = chance.choice([8, 10, 12])
            registered = chance.randrange(3, seats - 1)
            point = chance.choice(POINTS)
            body = session_body(kind, chance.choice(codes.TITLES[kind]), point, starts, seats)
            present, walk_in = registered - chance.randrange(2), chance.randrange(3)
            if day < REGISTERED_SINCE:
                registered, present, walk_in = 0, 0, present + walk_in
            yield Session(
                id_of("session", seed, kind, day), point, starts, body, registered, present, walk_in
            )


def session_body(kind: str, title: str, point: Point, starts: datetime, seats: int) -> dict[str, Any]:
    """A session of two hours, as the API takes it."""
    return {
        "kind": kind,
        "title": title,
        "digipunt": point.id,
        "startsAt": starts.isoformat(),
        "endsAt": (starts + timedelta(hours=2)).isoformat(),
        "seats": seats,
    }

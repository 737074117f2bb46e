"""Time and identifiers, as arguments: a test moves the clock, the code never waits for it."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import uuid6

BRUSSELS = ZoneInfo("Europe/Brussels")

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""What is recorded or planned lies between these, so that nothing that is computed from a day leaves the calendar."""


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The wall clock, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment; never jumps when the wall clock does."""


class SystemClock:
    """The machine's own clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


def new_id() -> str:
    """A UUIDv7 as text (RFC 9562): sorts by time of making, so that indexes grow at one end."""
    return str(uuid6.uuid7())


def local_day(moment: datetime) -> date:
    """The calendar day in Europe/Brussels of an aware moment."""
    return moment.astimezone(BRUSSELS).date()


def begin_of(day: date) -> datetime:
    """The moment at which this day begins in Brussels, in UTC."""
    return datetime.combine(day, datetime.min.time(), BRUSSELS).astimezone(UTC)

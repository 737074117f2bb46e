"""The bottleneck register: which services stopped people, why, with what consequence, and how it went over twelve months."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import sqlalchemy as sa

from contracts.refdata import active
from services.reporting.model.bottlenecks import sentence
from services.reporting.model.periods import Period, last_of_month, shift
from services.reporting.model.signs import BREAK, PLAIN
from services.reporting.queries.area import Area
from services.reporting.queries.figures import bottlenecks
from services.reporting.queries.sums import parts

TREND_MONTHS = 12


def register(connection: sa.Connection, area: Area, period: Period, language: str) -> list[dict[str, Any]]:
    """Each service that stopped somebody in the period, most often first; its trend goes to the month of the last day."""
    found = bottlenecks(connection, area, period)
    year = trend_period(period.last)
    counts = _by_month(connection, area, year)
    return [
        item
        | {
            "sentence": sentence(item["service"], item["count"], item["causes"], language),
            "status": status_of(item["service"]),
            "trend": _trend(year, counts, item["service"]),
        }
        for item in found
    ]


def trend(connection: sa.Connection, area: Area, last: date, service: str) -> list[dict[str, Any]]:
    """How often one service stopped people in each of the twelve months that end with that of `last`."""
    year = trend_period(last)
    return _trend(year, _by_month(connection, area, year), service)


def trend_of_all(connection: sa.Connection, area: Area, last: date) -> list[dict[str, Any]]:
    """How often all services together did, in each of these months."""
    year = trend_period(last)
    counts = _by_month(connection, area, year)
    services = {service for service, _ in counts}
    return [
        {"from": month.first, "to": month.last, "count": sum(counts[each, month.first] for each in services)}
        for month in year.cut("month")
    ]


def monthly(
    connection: sa.Connection, area: Area, last: date
) -> tuple[list[Period], Counter[tuple[str, date]]]:
    """The twelve months that end with that of `last`, and how often each service stopped people in each; '' is all together."""
    year = trend_period(last)
    counts = _by_month(connection, area, year)
    for (_, first), count in list(counts.items()):
        counts["", first] += count
    return list(year.cut("month")), counts


def trend_period(last: date) -> Period:
    """The twelve calendar months that end with that of `last`."""
    return Period(shift(last.replace(day=1), 1 - TREND_MONTHS), last_of_month(last))


def status_of(service: str) -> str:
    """The sign of its series: a retired code has a break in it, from when it was noted no more."""
    return PLAIN if service in active("onlineService") else BREAK


def _trend(year: Period, counts: Counter[tuple[str, date]], service: str) -> list[dict[str, Any]]:
    return [
        {"from": month.first, "to": month.last, "count": counts[service, month.first]}
        for month in year.cut("month")
    ]


def _by_month(connection: sa.Connection, area: Area, year: Period) -> Counter[tuple[str, date]]:
    """How often each service stopped people in each month."""
    counts: Counter[tuple[str, date]] = Counter()
    for row in parts(connection, area, year):
        for key, count in row.counts.items():
            if key.startswith("bottleneck|"):
                counts[key.split("|")[1], row.month] += count
    return counts

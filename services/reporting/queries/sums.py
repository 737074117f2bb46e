"""Sums of an area and a period: whole months from the month cells, the days at the ends from the day cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from services.reporting.model.fold import Counts
from services.reporting.model.people import period_start
from services.reporting.model.periods import ONE_DAY, Period
from services.reporting.queries.area import Area, current
from services.reporting.tables import cells

DAY, MONTH = "D", "M"


def sums(connection: sa.Connection, area: Area, period: Period) -> Counts:
    """Every sum of the area in the period, by `dimension|code`."""
    total: Counts = Counter()
    for _, _, counts in _rows(connection, area, _parts(period)):
        _add(total, counts)
    return total


def sums_by_digipunt(connection: sa.Connection, area: Area, period: Period, key: str) -> Counts:
    """One of the sums, by digipunt."""
    total: Counts = Counter()
    for _, digipunt, counts in _rows(connection, area, _parts(period)):
        total[digipunt] += counts.get(key, 0)
    return total


def sums_by_part(connection: sa.Connection, area: Area, period: Period, by: str, key: str) -> dict[date, int]:
    """One of the sums in each part of the period, by the first day of the part; parts without contacts are left out."""
    parts = [(DAY, period)] if by == "day" else _parts(period)
    starts = {part.first: part for part in period.cut(by)}
    totals: defaultdict[date, int] = defaultdict(int)
    for start, _, counts in _rows(connection, area, parts):
        totals[_part_of(start, starts)] += counts.get(key, 0)
    return totals


def _part_of(day: date, starts: dict[date, Period]) -> date:
    """The part that holds `day`: itself, the first of its calendar period, or the shortened first part."""
    for candidate in (day, *(period_start(day, grain) for grain in ("M", "Q", "H", "Y"))):
        part = starts.get(candidate)
        if part is not None and part.first <= day <= part.last:
            return candidate
    return next(iter(starts))


def _parts(period: Period) -> list[tuple[str, Period]]:
    months = period.whole_months()
    if months is None:
        return [(DAY, period)]
    parts = [(MONTH, months)]
    if period.first < months.first:
        parts.append((DAY, Period(period.first, months.first - ONE_DAY)))
    if months.last < period.last:
        parts.append((DAY, Period(months.last + ONE_DAY, period.last)))
    return parts


def _rows(
    connection: sa.Connection, area: Area, parts: list[tuple[str, Period]]
) -> Iterator[tuple[date, str, Counts]]:
    for grain, period in parts:
        statement = sa.select(cells.c.start, cells.c.digipunt, cells.c.counts).where(
            current(cells),
            cells.c.scope == area.scope,
            cells.c.municipality.in_(area.municipalities),
            cells.c.grain == grain,
            cells.c.start.between(period.first, period.last),
        )
        if area.digipunt is not None:
            statement = statement.where(cells.c.digipunt == area.digipunt)
        yield from ((row.start, row.digipunt, row.counts) for row in connection.execute(statement))


def _add(total: Counts, counts: dict[str, int]) -> None:
    for key, count in counts.items():
        total[key] += count

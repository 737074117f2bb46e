"""Sums of an area and a period: whole months from the month cells, the days at the ends from the day cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from services.reporting.model.fold import Counts
from services.reporting.model.people import period_start
from services.reporting.model.periods import Period
from services.reporting.queries.area import Area, current
from services.reporting.tables import cells

DAY, MONTH = "D", "M"


class Sums(NamedTuple):
    """The sums of one digipunt ('' by residence) of a municipality, in a month or on a day."""

    municipality: str
    digipunt: str
    start: date
    counts: Counts

    @property
    def month(self) -> date:
        """The first day of the month it lies in."""
        return self.start.replace(day=1)


def sums(connection: sa.Connection, area: Area, period: Period) -> Counts:
    """Every sum of the area in the period, by `dimension|code`."""
    return together(parts(connection, area, period))


def together(rows: Iterable[Sums]) -> Counts:
    """The sums of several together."""
    total: Counts = Counter()
    for row in rows:
        _add(total, row.counts)
    return total


def parts(connection: sa.Connection, area: Area, period: Period) -> list[Sums]:
    """The sums that make up the period: those of its whole months and of the days before and after."""
    return list(_rows(connection, area, _cut(period)))


def sums_by_part(connection: sa.Connection, area: Area, period: Period, by: str, key: str) -> dict[date, int]:
    """One of the sums in each part of the period, by the first day of the part; parts without contacts are left out."""
    cut = [(DAY, period)] if by == "day" else _cut(period)
    starts = {part.first: part for part in period.cut(by)}
    totals: defaultdict[date, int] = defaultdict(int)
    for row in _rows(connection, area, cut):
        totals[_part_of(row.start, starts)] += row.counts.get(key, 0)
    return totals


def _part_of(day: date, starts: dict[date, Period]) -> date:
    """The part that holds `day`: itself, the first of its calendar period, or the shortened first part."""
    for candidate in (day, *(period_start(day, grain) for grain in ("M", "Q", "H", "Y"))):
        part = starts.get(candidate)
        if part is not None and part.first <= day <= part.last:
            return candidate
    return next(iter(starts))


def _cut(period: Period) -> list[tuple[str, Period]]:
    months = period.whole_months()
    if months is None:
        return [(DAY, period)]
    return [(MONTH, months), *((DAY, part) for part in period.around(months))]


def _rows(connection: sa.Connection, area: Area, cut: list[tuple[str, Period]]) -> Iterator[Sums]:
    columns = [cells.c[name] for name in Sums._fields]
    for grain, period in cut:
        statement = sa.select(*columns).where(
            current(cells),
            cells.c.scope == area.scope,
            cells.c.municipality.in_(area.municipalities),
            cells.c.grain == grain,
            cells.c.start.between(period.first, period.last),
        )
        if area.digipunt is not None:
            statement = statement.where(cells.c.digipunt == area.digipunt)
        yield from (Sums(*row) for row in connection.execute(statement))


def _add(total: Counts, counts: dict[str, int]) -> None:
    for key, count in counts.items():
        total[key] += count

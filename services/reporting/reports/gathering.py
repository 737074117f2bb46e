"""Everything that a report says, read in one snapshot: no two of its numbers are of different moments."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.inbox import checkpoints
from chassis.inbox.checkpoints import Checkpoint
from services.reporting.charts import PAPER, Form
from services.reporting.model.fold import BY_POINT, BY_RESIDENCE
from services.reporting.model.periods import Period
from services.reporting.model.rows import DigipuntRow
from services.reporting.model.targets import TargetRow, progress, to_api
from services.reporting.queries import figures
from services.reporting.queries.area import VISITS, Area, points
from services.reporting.queries.bottlenecks import register, trend_of_all
from services.reporting.queries.loans import LOANS
from services.reporting.queries.newcomers import newcomers
from services.reporting.queries.openings import openings
from services.reporting.queries.people import recognised
from services.reporting.queries.pictures import contacts_picture, reach_picture
from services.reporting.queries.reach import reach_figures
from services.reporting.queries.sources import by_service, require_facts
from services.reporting.queries.sums import Sums, parts, sums
from services.reporting.queries.targets import measured, own_targets
from services.reporting.reports.asked import Asked

WIDTH = 640
"""Of the pictures, in pixels: as wide as a page."""

Progress = Callable[[float], None]
"""Told how far it is, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is counted of a municipality, or of one digipunt in it (whose id is '' otherwise).

    `was_open`: whether a digipunt was, on any day of the period.
    """

    municipality: str
    digipunt: str
    name: str
    contacts: int
    new_people: int
    estimated: bool
    recognised: int
    openings: int
    was_open: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """The figures of a report, of the whole area and of its places.

    `earlier` is the same period a year earlier, `before` the period just before; `months` are the
    contacts of each month of that one and of the period; `trend` are the
    bottlenecks of each of the twelve months that end with the period.
    """

    asked: Asked
    today: date
    now: Mapping[str, Any]
    earlier: Mapping[str, Any]
    before: Mapping[str, Any]
    openings: Mapping[Period, int]
    municipalities: list[Place]
    digipunts: list[Place]
    residents: dict[str, int]
    months: list[dict[str, Any]]
    pictures: dict[str, str]
    reach: Mapping[str, Any]
    targets: list[dict[str, Any]]
    bottlenecks: list[dict[str, Any]]
    trend: list[dict[str, Any]]
    sources: dict[str, list[Checkpoint]]
    rebuilding: bool

    def was_there(self, service: str) -> bool:
        """Whether the journal of this service was ever read."""
        return any(each.epoch is not None for each in self.sources[service])


def gather(connection: sa.Connection, asked: Asked, today: date, tell: Progress) -> Gathered:
    """Read all figures of the report."""
    period, where = asked.period, Area(BY_POINT, asked.municipalities)
    require_facts(connection)
    targets = targets_of(connection, asked)
    reached = _period_of_reach(targets, period)
    form = Form(WIDTH, asked.language, PAPER, captioned=False)
    summaries = []
    for number, each in enumerate((period, period.year_earlier(), period.previous()), 1):
        summaries.append(figures.summary(connection, where, each, asked.language, today))
        tell(number / 6)
    now, earlier, before = summaries
    opened = {
        each: openings(connection, where, each) for each in (period, period.year_earlier(), period.previous())
    }
    rows = parts(connection, where, period)
    here = points(connection, where)
    found = Gathered(
        asked=asked,
        today=today,
        now=now,
        earlier=earlier,
        before=before,
        openings={each: sum(counts.values()) for each, counts in opened.items()},
        municipalities=_municipalities(connection, asked, here, rows, opened[period]),
        digipunts=_digipunts(connection, period, here, rows, opened[period]),
        residents={
            nis: sums(connection, Area(BY_RESIDENCE, (nis,)), period)["contacts|"]
            for nis in asked.municipalities
        },
        months=figures.series(
            connection, where, Period(period.previous().first, period.last), "month", "contacts", None
        ),
        pictures={
            "contacts": contacts_picture(connection, where, period, today, form),
            "reach": reach_picture(connection, where, reached, today, form),
        },
        reach=reach_figures(connection, where, reached, asked.language),
        targets=[_told(connection, row, period, asked.language, today) for row in targets],
        bottlenecks=register(connection, where, period, asked.language),
        trend=trend_of_all(connection, where, period.last),
        sources=by_service(connection),
        rebuilding=any(checkpoints.being_filled(connection, service) for service in (VISITS, LOANS)),
    )
    tell(1.0)
    return found


def targets_of(connection: sa.Connection, asked: Asked) -> list[TargetRow]:
    """The targets of these municipalities that have days in common with the period."""
    period = asked.period
    return [
        row
        for row in own_targets(connection, asked.municipalities)
        if row["first"] <= period.last and row["last"] >= period.first
    ]


def _period_of_reach(targets: list[TargetRow], period: Period) -> Period:
    """The days of the first grant, or else of the calendar year, as far as the report's period has come."""
    for row in targets:
        if row["measure"] == "reach":
            return Period(row["first"], min(row["last"], period.last))
    return Period(date(period.last.year, 1, 1), period.last)


def _told(
    connection: sa.Connection, row: TargetRow, period: Period, language: str, today: date
) -> dict[str, Any]:
    """A target and how far it had come by the end of the report's period."""
    until = min(row["last"], period.last)
    bounds, means = measured(connection, TargetRow(**row | {"last": until}), language, today)
    return to_api(row) | {"until": until, "progress": progress(row, bounds, means, language)}


def _municipalities(
    connection: sa.Connection,
    asked: Asked,
    here: list[DigipuntRow],
    rows: list[Sums],
    opened: Counter[tuple[str, str]],
) -> list[Place]:
    mine: defaultdict[str, list[Sums]] = defaultdict(list)
    for row in rows:
        mine[row.municipality].append(row)
    return [
        _place(
            connection,
            Area(BY_POINT, (nis,)),
            asked.period,
            mine[nis],
            nis,
            sum(count for (municipality, _), count in opened.items() if municipality == nis),
            any(point.was_open(asked.period) for point in here if point.municipality == nis),
        )
        for nis in asked.municipalities
    ]


def _digipunts(
    connection: sa.Connection,
    period: Period,
    here: list[DigipuntRow],
    rows: list[Sums],
    opened: Counter[tuple[str, str]],
) -> list[Place]:
    mine: defaultdict[str, list[Sums]] = defaultdict(list)
    for row in rows:
        mine[row.digipunt].append(row)
    return [
        _place(
            connection,
            Area(BY_POINT, (point.municipality,), point.id),
            period,
            mine[point.id],
            point.name,
            opened[point.municipality, point.id],
            point.was_open(period),
        )
        for point in here
    ]


def _place(
    connection: sa.Connection,
    area: Area,
    period: Period,
    rows: list[Sums],
    name: str,
    opened: int,
    was_open: bool,
) -> Place:
    new = newcomers(connection, area, period, rows)
    return Place(
        municipality=area.municipalities[0],
        digipunt=area.digipunt or "",
        name=name,
        contacts=new.contacts.total,
        new_people=new.value,
        estimated=new.contacts.unknown > 0,
        recognised=recognised(connection, area, period),
        openings=opened,
        was_open=was_open or new.contacts.total > 0,
    )

"""Tallies of closed months, made when somebody asks a question of many facts, and kept until one of those facts changes.

The number of changes of a month is read in the same snapshot as its facts, so that whatever changes meanwhile makes the kept
tallies out of date. They are never looked at again then, and the next question makes them anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from chassis.errors import Unavailable
from chassis.storage.database import Database
from services.reporting.model.estimates import Month
from services.reporting.model.fold import BY_POINT
from services.reporting.model.periods import ONE_DAY, Period, last_of_month
from services.reporting.model.questions import CONTACTS, Question
from services.reporting.model.tallies import Key, Tallies, Tally, Unfolding, as_json, from_json
from services.reporting.queries.area import Area, current
from services.reporting.queries.facts import groups, months_of
from services.reporting.tables import pair_cells
from services.reporting.upserts import put

FEW = 200_000
"""Facts that a database groups while somebody waits; a question of no more needs nothing prepared."""

SECONDS = 20.0
"""How long one request prepares; what it made stays, and the next goes on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a question is answered: `closed` months from what is prepared, the other days from the facts."""

    closed: Period | None
    others: tuple[Period, ...]


def plan(question: Question, period: Period, changes: int, today: date, few: int = FEW) -> Plan:
    """What of the period is worth preparing: whole months that are over, where there are many facts."""
    months = Period(period.first, min(period.last, today.replace(day=1) - ONE_DAY)).whole_months()
    if question.needs_facts or changes <= few or months is None:
        return Plan(None, (period,))
    before, after = Period(period.first, months.first - ONE_DAY), Period(months.last + ONE_DAY, period.last)
    return Plan(months, tuple(part for part in (before, after) if part.first <= part.last))


def missing(connection: sa.Connection, area: Area, closed: Period, question: Question) -> list[Month]:
    """The months of which nothing is prepared for this question, or what is there is out of date."""
    columns = pair_cells.c
    rows = connection.execute(
        sa.select(columns.generation, columns.municipality, columns.month, columns.made_of).where(
            *_mine(area, closed, question)
        )
    )
    made = {(row.generation, row.municipality, row.month): row.made_of for row in rows}
    changes = months_of(connection, area, closed)
    return sorted({key[1:] for key, count in changes.items() if made.get(key) != count})


def prepare(database: Database, months: Iterable[Month], question: Question) -> None:
    """Make what is missing. Raises Unavailable when it takes long: what was made is kept."""
    began = time.monotonic()
    for municipality, month in months:
        if time.monotonic() - began > SECONDS:
            raise Unavailable("figuresBeingPrepared", retry_after=1)
        _make(database, municipality, month, question)


def kept(connection: sa.Connection, area: Area, closed: Period, question: Question) -> Tallies:
    """The tallies of closed months, which `prepare` has made."""
    found: Tallies = {}
    nothing = Tally()
    rows = connection.execute(sa.select(pair_cells).where(*_mine(area, closed, question)))
    for row in rows.mappings():
        for digipunt, (a, b), tally in from_json(row["tallies"]):
            if area.digipunt in (None, digipunt):
                key = Key(row["municipality"], digipunt, row["month"], a, b)
                found[key] = found.get(key, nothing).plus(tally)
    return found


def _make(database: Database, municipality: str, month: date, question: Question) -> None:
    area = Area(BY_POINT, (municipality,))
    days = Period(month, last_of_month(month))
    a, b = _pair(question)
    with database.read() as connection:
        changes = months_of(connection, area, days)
        tallies = as_json(_of_month(connection, area, days, question))
    # Where journals of several deployments tell of one municipality, the first of their generations has it all.
    rows = [
        (generation, municipality, month, question.family, a, b, {} if number else tallies, count)
        for number, ((generation, _, _), count) in enumerate(sorted(changes.items()))
    ]
    with database.begin() as connection:
        put(connection, pair_cells, rows)


def _of_month(connection: sa.Connection, area: Area, days: Period, question: Question) -> Tallies:
    measure = question.measure if question.family == "bottlenecks" else CONTACTS
    by_digipunt = Question(measure, ("digipunt", *question.coded))
    return Unfolding(by_digipunt).tallies(groups(connection, area, days, by_digipunt))


def _mine(area: Area, closed: Period, question: Question) -> list[sa.ColumnElement[bool]]:
    a, b = _pair(question)
    columns = pair_cells.c
    return [
        current(pair_cells),
        columns.municipality.in_(area.municipalities),
        columns.month.between(closed.first, closed.last),
        columns.measure == question.family,
        columns.dimension_a == a,
        columns.dimension_b == b,
    ]


def _pair(question: Question) -> tuple[str, str]:
    a, b = (*question.coded, "", "")[:2]
    return a, b

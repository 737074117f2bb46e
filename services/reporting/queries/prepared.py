"""Tallies of closed months, made when somebody asks a question of many facts, and kept until one of those facts changes.

The number of changes of a month is read in the same snapshot as its facts, so that whatever changes meanwhile makes the kept
tallies out of date. They are never looked at again then, and the next question makes them anew.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.errors import Unavailable
from chassis.storage.database import Database
from services.reporting.model.estimates import Month
from services.reporting.model.fold import BY_POINT
from services.reporting.model.periods import ONE_DAY, Period, last_of_month
from services.reporting.model.questions import CONTACTS, Question
from services.reporting.model.tallies import ALL, Kept, Key, Tallies, Unfolding, add_kept, as_json, from_json
from services.reporting.queries.area import Area, current
from services.reporting.queries.facts import Changes, groups, months_of
from services.reporting.tables import pair_cells
from services.reporting.upserts import put

FEW = 200_000
"""Facts that a database groups while somebody waits; a question of no more needs nothing prepared."""

SECONDS = 20.0
"""How long one request prepares; what it made stays, and the next goes on."""


Place = tuple[str, str, date | None]
"""Municipality, digipunt and month of a tally, each empty where the question does not tell them apart."""


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
    return Plan(months, tuple(period.around(months)))


def kept(
    connection: sa.Connection, area: Area, closed: Period, question: Question, changes: Changes
) -> Tallies | list[Month]:
    """The tallies of closed months; or, where those of some were never made or are out of date, which months these are."""
    rows = _rows(connection, area, closed, question)
    made = {(row.generation, row.municipality, row.month): row.made_of for row in rows}
    wanted = {key: count for key, count in changes.items() if closed.first <= key[2] <= closed.last}
    if missing := sorted({key[1:] for key, count in wanted.items() if made.get(key) != count}):
        return missing
    sums: dict[Place, Kept] = {}
    for row in rows:
        start = row.month if question.time else None
        municipality = row.municipality if question.needs_place else ""
        for digipunt, cells in _by_digipunt(row.found, area, question):
            add_kept(sums.setdefault((municipality, digipunt, start), {}), cells)
    return {Key(*place, *codes): tally for place, kept in sums.items() for codes, tally in from_json(kept)}


def prepare(database: Database, months: Iterable[Month], question: Question) -> None:
    """Make what is missing. Raises Unavailable when it takes long: what was made is kept."""
    began = time.monotonic()
    for municipality, month in months:
        if time.monotonic() - began > SECONDS:
            raise Unavailable("figuresBeingPrepared", retry_after=1)
        _make(database, municipality, month, question)


def _by_digipunt(kept: dict[str, Any], area: Area, question: Question) -> Iterator[tuple[str, Kept]]:
    if not _apart(area, question):
        yield ALL, kept
    else:
        yield from ((each, cells) for each, cells in kept.items() if area.digipunt in (None, each))


def _apart(area: Area, question: Question) -> bool:
    """Whether digipunten have to be told apart."""
    return question.needs_place or area.digipunt is not None


def _rows(connection: sa.Connection, area: Area, closed: Period, question: Question) -> list[sa.Row[Any]]:
    columns = pair_cells.c
    tallies = columns.by_digipunt if _apart(area, question) else columns.tallies
    key = (columns.generation, columns.municipality, columns.month, columns.made_of)
    statement = sa.select(*key, tallies.label("found")).where(*_mine(area, closed, question))
    return list(connection.execute(statement))


def _make(database: Database, municipality: str, month: date, question: Question) -> None:
    area = Area(BY_POINT, (municipality,))
    days = Period(month, last_of_month(month))
    a, b = _pair(question)
    with database.read() as connection:
        changes = months_of(connection, area, days)
        tallies = as_json(_of_month(connection, area, days, question))
    # Where journals of several deployments tell of one municipality, the first of their generations has it all.
    made = (tallies.pop(ALL, {}), tallies)
    with database.begin() as connection:
        for (generation, _, _), count in sorted(changes.items()):
            put(
                connection,
                pair_cells,
                generation,
                [(municipality, month, question.family, a, b, *made, count)],
            )
            made = ({}, {})


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

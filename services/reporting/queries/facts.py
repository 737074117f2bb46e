"""Groups facts in the database: as many rows as there are different facts to the question, however many visits those are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.reporting.model.layout import LAYOUT
from services.reporting.model.periods import Period
from services.reporting.model.questions import (
    BOTTLENECKS,
    CAUSE,
    CODED,
    DAY,
    ONLINE_SERVICE,
    RESIDENCE,
    Question,
)
from services.reporting.model.tallies import Group, Tally
from services.reporting.queries.area import Area, current
from services.reporting.tables import fact_months, facts

Column = sa.ColumnElement[Any]

Changes = dict[tuple[int, str, date], int]
"""How often facts came and went, by generation, municipality and month."""

EMPTY = sa.literal("")
CONTACT = LAYOUT["contact"]
APART = (ONLINE_SERVICE, CAUSE)
"""Dimensions that lie in the text of a fact's bottlenecks."""


def groups(connection: sa.Connection, area: Area, period: Period, question: Question) -> Iterator[Group]:
    """The facts of the area and period that the filters leave, grouped by all that the question tells apart."""
    place = (facts.c.municipality, facts.c.digipunt) if question.needs_place else (EMPTY, EMPTY)
    raw = [_raw(name) for name in question.coded]
    bottlenecks = facts.c.bottlenecks if question.of_bottlenecks else EMPTY
    by = [*place, _start(question.time), *raw, bottlenecks]
    statement = (
        sa.select(*(column.label(f"k{number}") for number, column in enumerate(by)), *_tally())
        .where(*_mine(area, period), *_filtered(question))
        .group_by(*(sa.text(f"k{number}") for number, column in enumerate(by) if column is not EMPTY))
    )
    for row in connection.execute(statement):
        if not row[len(by)]:
            continue  # Not grouped by anything, nothing is a row too.
        key, tally = row[: len(by)], Tally(*map(int, row[len(by) :]))
        yield Group(key[0], key[1], _day(key[2], question.time), tuple(key[3:-1]), key[-1], tally)


def months_of(connection: sa.Connection, area: Area, period: Period) -> Changes:
    """Of each month of the area: no fewer than there are facts."""
    columns = fact_months.c
    rows = connection.execute(
        sa.select(columns.generation, columns.municipality, columns.month, columns.count).where(
            current(fact_months),
            columns.municipality.in_(area.municipalities),
            columns.month.between(period.first.replace(day=1), period.last),
        )
    )
    return {(row.generation, row.municipality, row.month): row[3] for row in rows}


def _mine(area: Area, period: Period) -> list[Column]:
    mine: list[Column] = [
        current(facts),
        facts.c.municipality.in_(area.municipalities),
        facts.c.day.between(period.first, period.last),
    ]
    return [*mine, facts.c.digipunt == area.digipunt] if area.digipunt else mine


def _raw(name: str) -> Column:
    """The codes of a dimension as the fact keeps them."""
    if name in APART:
        return EMPTY
    if name == RESIDENCE:
        return facts.c.residence
    place = LAYOUT[CODED[name].field or ""]
    shifted = facts.c[place.column].bitwise_rshift(place.shift) if place.shift else facts.c[place.column]
    return shifted.bitwise_and(place.mask)


def _start(time: str | None) -> Column:
    if time is None:
        return EMPTY
    if time == DAY:
        return facts.c.day
    return sa.extract("year", facts.c.day) * 12 + sa.extract("month", facts.c.day)


def _day(start: Any, time: str | None) -> date | None:
    if time is None:
        return None
    if time == DAY:
        return start if isinstance(start, date) else date.fromisoformat(start)
    number = int(start) - 1
    return date(number // 12, number % 12 + 1, 1)


def _tally() -> list[Column]:
    contact = _raw("contact")
    return [
        sa.func.count(),
        *(
            sa.func.sum(sa.case((contact == CONTACT.number([code]), 1), else_=0))
            for code in ("first", "unknown")
        ),
        sa.func.sum(facts.c.minutes),
    ]


def _filtered(question: Question) -> Iterator[Column]:
    if question.measure == BOTTLENECKS:
        yield facts.c.bottlenecks != ""
    for name, codes in question.filters.items():
        yield sa.or_(*(_chosen(name, codes)))


def _chosen(name: str, codes: frozenset[str]) -> Iterator[Column]:
    """That a fact has one of these codes."""
    coded, plain = CODED[name], sorted(codes - {CODED[name].without})
    if name in APART:
        # Between commas and bars, which no code holds.
        form = ",{}|" if name == ONLINE_SERVICE else "|{},"
        listed = "," + facts.c.bottlenecks + ","
        yield from (listed.contains(form.format(code), autoescape=True) for code in plain)
        if coded.without in codes:
            yield facts.c.bottlenecks == ""
    elif name == RESIDENCE:
        yield facts.c.residence.in_([*plain, *([""] if coded.without in codes else [])])
    else:
        place, raw = LAYOUT[coded.field or ""], _raw(name)
        if place.several:
            yield raw.bitwise_and(place.number(plain)) != 0
            if coded.without in codes:
                yield raw == 0
        else:
            numbers = [place.number([code]) for code in plain]
            yield raw.in_([*numbers, *([0] if coded.without in codes else [])])

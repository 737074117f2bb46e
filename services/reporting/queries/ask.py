"""Answers a question in one or two dimensions: from what is prepared for closed months, and from the facts for all else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import TypeVar

import sqlalchemy as sa

from chassis.errors import TooBroad
from chassis.storage.database import Database
from services.reporting.model.answers import Answer, Asked, Codes, Value, answer
from services.reporting.model.estimates import Month, by_month
from services.reporting.model.periods import Period, name_of
from services.reporting.model.questions import CODED, NEW_PEOPLE, PEOPLE_RECOGNISED, TIMES, Question
from services.reporting.model.rows import DigipuntRow
from services.reporting.model.signs import NOT_APPLICABLE, NOT_AVAILABLE
from services.reporting.model.tallies import Tallies, Unfolding
from services.reporting.queries import prepared
from services.reporting.queries.area import VISITS, Area, points
from services.reporting.queries.facts import groups, months_of
from services.reporting.queries.newcomers import contacts_of
from services.reporting.queries.people import recognised
from services.reporting.queries.sources import never_there, require_facts
from services.reporting.queries.sums import parts, sums

T = TypeVar("T")

MOST_FACTS = 1_000_000
"""That are grouped for a question which nothing prepared can answer."""

MOST_COUNTS = 400
"""Of different people, each of which is a count of its own."""

MOST_CELLS = 200_000
"""Of an answer with the empty ones."""

ATTEMPTS = 5
"""To answer from what is prepared before a month changes again; then the facts answer."""


NOT_THERE, NOT_OPEN = Value(None, NOT_AVAILABLE), Value(None, NOT_APPLICABLE)
"""Of visits that were never there, and of a digipunt that was not open: that is not 0."""

NO_ANSWER = Answer({}, {}, {}, NOT_THERE)


@dataclass(frozen=True, slots=True)
class Missing:
    """Months to prepare before the question can be answered."""

    months: list[Month]


def ask(
    connection: sa.Connection, area: Area, period: Period, question: Question, today: date, *, few: int
) -> Answer | Missing:
    """The answer, or what has to be prepared for it. Raises TooBroad for what would take too long."""
    if question.measure == PEOPLE_RECOGNISED:
        return (
            NO_ANSWER if never_there(connection, VISITS) else _recognised(connection, area, period, question)
        )
    if not require_facts(connection):
        return NO_ANSWER
    changes = months_of(connection, area, period)
    _require_few(connection, area, period, question, sum(changes.values()))
    plan = prepared.plan(question, period, sum(changes.values()), today, few)
    tallies: Tallies = {}
    if plan.closed is not None:
        kept = prepared.kept(connection, area, plan.closed, question, changes)
        if isinstance(kept, list):
            return Missing(kept)
        tallies = kept
    for days in plan.others:
        tallies |= _of_facts(connection, area, days, question, tallies)
    return answer(
        question, tallies, _asked(connection, area, period) if question.measure == NEW_PEOPLE else None
    )


def prepare(database: Database, missing: Missing, question: Question) -> None:
    """Make what is missing. Raises Unavailable when it takes long: what was made is kept."""
    prepared.prepare(database, missing.months, question)


def with_empty(
    connection: sa.Connection, area: Area, period: Period, question: Question, found: Answer
) -> Mapping[Codes, Value]:
    """The cells, and one of 0 for every other pair of codes, days and places that could have been. Raises TooBroad."""
    here = {point.id: point for point in points(connection, area)}
    choices = [
        list(_all_of(name, area, period, here) or dict.fromkeys(codes[number] for codes in found.cells))
        for number, name in enumerate(question.by)
    ]
    if len(choices[0]) * len(choices[-1]) > MOST_CELLS:
        raise TooBroad("tooManyCells", most=MOST_CELLS)
    time = next((name for name in question.by if name in TIMES), None)
    days = {name_of(each.first, time): each for each in period.cut(time)} if time else {}
    cells: dict[Codes, Value] = {}
    for codes in product(*choices):
        cell = dict(zip(question.by, codes, strict=True))
        point = here.get(cell.get("digipunt", ""))
        if point and cell.get("municipality", point.municipality) != point.municipality:
            continue
        closed = point and not point.was_open(days[cell[time]] if time else period)
        cells[codes] = NOT_THERE if found.all.value is None else NOT_OPEN if closed else Value()
    return {**cells, **found.cells}


def _all_of(
    name: str, area: Area, period: Period, here: Mapping[str, DigipuntRow]
) -> Iterator[str] | tuple[str, ...]:
    if name in TIMES:
        return (name_of(each.first, name) for each in period.cut(name))
    if name == "municipality":
        return area.municipalities
    if name == "digipunt":
        return tuple(here)
    return CODED[name].shown


def _of_facts(
    connection: sa.Connection, area: Area, days: Period, question: Question, others: Tallies
) -> Tallies:
    """The tallies of these days, with those that `others` has under the same key."""
    found = Unfolding(question).tallies(groups(connection, area, days, question))
    return {key: others[key].plus(tally) if key in others else tally for key, tally in found.items()}


def _asked(connection: sa.Connection, area: Area, period: Period) -> Asked:
    """Who was asked whether it was the first time, also at the other digipunten of the municipality."""
    cells = contacts_of(parts(connection, replace(area, digipunt=None), period))
    return Asked(cells, by_month(cells))


def _require_few(
    connection: sa.Connection, area: Area, period: Period, question: Question, changes: int
) -> None:
    # There are no more facts than changes; only where those are many are the facts counted.
    if question.needs_facts and changes > MOST_FACTS:
        contacts = sums(connection, area, period)["contacts|"]
        if contacts > MOST_FACTS:
            raise TooBroad("tooManyFacts", most=MOST_FACTS)


def _recognised(connection: sa.Connection, area: Area, period: Period, question: Question) -> Answer:
    """Different cards, counted anew for each place, each part of the period, and each total: they never add up."""
    where = list(_places(connection, area, question))
    time = next((name for name in question.by if name in TIMES), None)
    when = [(name_of(each.first, time), each) for each in period.cut(time)] if time else [("", period)]
    if len(where) * len(when) > MOST_COUNTS:
        raise TooBroad("tooManyCounts", most=MOST_COUNTS)

    def count(place: Area, days: Period) -> Value:
        return Value(recognised(connection, place, days))

    def codes(here: Mapping[str, str], now: str) -> Codes:
        return tuple(now if name == time else here[name] for name in question.by)

    cells = {codes(here, now): count(place, days) for here, place in where for now, days in when}
    rows: dict[str, Value] = {}
    columns: dict[str, Value] = {}
    if len(question.by) == 2 and time:
        along_time = {now: count(area, days) for now, days in when}
        [name] = [name for name in question.by if name != time]
        along_place = {here[name]: count(place, period) for here, place in where}
        rows, columns = (along_time, along_place) if question.by[0] == time else (along_place, along_time)
    elif len(question.by) == 2:
        each = [_places(connection, area, Question(question.measure, (name,))) for name in question.by]
        rows, columns = (
            {here[name]: count(place, period) for here, place in found}
            for name, found in zip(question.by, each, strict=True)
        )
    return Answer(_counted(cells), _counted(rows), _counted(columns), count(area, period))


def _counted(values: Mapping[T, Value]) -> dict[T, Value]:
    return {key: value for key, value in values.items() if value.value}


def _places(
    connection: sa.Connection, area: Area, question: Question
) -> Iterator[tuple[dict[str, str], Area]]:
    """The places that the question tells apart, each with its names by dimension."""
    if "digipunt" in question.by:
        for point in points(connection, area):
            here = {"digipunt": point.id, "municipality": point.municipality}
            yield here, Area(area.scope, (point.municipality,), point.id)
    elif "municipality" in question.by:
        for municipality in area.municipalities:
            yield {"municipality": municipality}, replace(area, municipalities=(municipality,))
    else:
        yield {}, area

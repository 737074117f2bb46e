"""The charts of an area and a period: their data, and the words above them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.errors import Unavailable
from common import dates
from services.reporting.charts import Bar, Caption, Form, Level, Step, band, bars, progress, sentence
from services.reporting.charts.wording import (
    NO_CONTACTS,
    NOT_AVAILABLE,
    NOT_STOPPED,
    Counted,
    contacts_caption,
    reach_caption,
    step_words,
)
from services.reporting.model.bottlenecks import headline
from services.reporting.model.definitions import definition
from services.reporting.model.fold import BY_POINT
from services.reporting.model.periods import Period
from services.reporting.model.targets import Bounds, TargetRow, state_of
from services.reporting.queries.area import VISITS, Area
from services.reporting.queries.bottlenecks import trend, trend_period
from services.reporting.queries.figures import series
from services.reporting.queries.openings import openings
from services.reporting.queries.places import place_words
from services.reporting.queries.reach import reach_figures
from services.reporting.queries.sources import never_there, require_facts
from services.reporting.queries.targets import measured, steps_of_reach

MOST_COLUMNS = 26
MOST_DAYS = 31
"""A period of a month or shorter is drawn by day."""


def contacts_picture(connection: sa.Connection, area: Area, period: Period, today: date, form: Form) -> str:
    """The SVG of the contacts in the parts of a period, with those of the period before as outlines.

    What has not begun yet is left out: a nought there would say that nobody came.
    """
    if never_there(connection, VISITS):
        return _not_there(connection, area, period, form)
    by, earlier = parts_of(period), period.previous()
    now = series(connection, area, period, by, "contacts", None)
    then = series(connection, area, earlier, by, "contacts", None)
    this, before = (
        Counted(
            dates.period(days.first, days.last, form.language),
            days.days,
            sum(part["count"] for part in items),
            _openings(connection, area, days),
        )
        for days, items in ((period, now), (earlier, then))
    )
    caption = contacts_caption(
        place_words(connection, area, form.language),
        this,
        before if before.contacts else None,
        form.language,
        over=period.last < today,
    )
    outlines = [part["count"] for part in then] if before.contacts else []
    return bars(
        caption,
        [
            Bar(*part_labels(part["from"], by, number, form.language), part["count"], outline)
            for number, (part, outline) in enumerate(_beside(now, outlines))
            if number == 0 or part["from"] <= today
        ],
        form,
        empty=NO_CONTACTS[form.language],
    )


def reach_picture(connection: sa.Connection, area: Area, period: Period, today: date, form: Form) -> str:
    """The SVG of the people reached up to each month of a period, at least and at most; months to come are left open."""
    if never_there(connection, VISITS):
        return _not_there(connection, area, period, form)
    found = reach_figures(connection, area, period, form.language)
    bounds = Bounds(found["atLeast"], found["atMost"])
    caption = reach_caption(
        place_words(connection, area, form.language),
        dates.period(period.first, period.last, form.language),
        *bounds,
        found["definition"],
        form.language,
    )
    months = list(zip(period.cut("month"), found["months"], strict=True))
    return band(
        caption,
        [
            part_labels(part.first, "month", number, form.language)[1]
            for number, (part, _) in enumerate(months)
        ],
        [Level(level["atLeast"], level["atMost"]) for part, level in months if part.first <= today],
        [
            Step(step, step_words(step, state_of(step, bounds), form.language))
            for step in steps_of_reach(connection, area, period)
        ],
        form,
        empty=NO_CONTACTS[form.language],
    )


def target_picture(connection: sa.Connection, row: TargetRow, today: date, form: Form) -> str:
    """The SVG of how far a target has come."""
    bounds, means = measured(connection, row, form.language, today)
    days = dates.period(row["first"], row["last"], form.language)
    area = Area(BY_POINT, tuple(row["municipalities"]))
    return progress(
        Caption(row["name"], f"{place_words(connection, area, form.language)}, {days}. {means}"),
        *bounds,
        row["steps"],
        form,
    )


def bottleneck_picture(connection: sa.Connection, area: Area, last: date, service: str, form: Form) -> str:
    """The SVG of how often a service stopped people in each of the twelve months that end with that of `last`."""
    months, year = trend(connection, area, last, service), trend_period(last)
    caption = Caption(
        headline(service, sum(month["count"] for month in months), form.language),
        f"{place_words(connection, area, form.language)}, {dates.period(year.first, year.last, form.language)}",
    )
    return bars(
        caption,
        [
            Bar(*part_labels(month["from"], "month", number, form.language), month["count"])
            for number, month in enumerate(months)
        ],
        form,
        empty=NOT_STOPPED[form.language],
    )


def _not_there(connection: sa.Connection, area: Area, period: Period, form: Form) -> str:
    """A sentence, where visits were never there: an empty chart would say that nobody came."""
    where = f"{place_words(connection, area, form.language)}, {dates.period(period.first, period.last, form.language)}."
    caption = Caption(NOT_AVAILABLE[form.language], where)
    return sentence(form, caption, definition("noVisits", form.language))


def parts_of(period: Period) -> str:
    """How a period is cut for a chart, as `by` of a series: by day, or by calendar periods that give 26 columns at most."""
    if period.days <= MOST_DAYS:
        return "day"
    return next((by for by in ("month", "quarter", "halfYear") if period.parts(by) <= MOST_COLUMNS), "year")


def part_labels(first: date, by: str, number: int, language: str) -> tuple[str, tuple[str, ...]]:
    """The label of part `number` in a row, and that under a column, where the year stands once."""
    if by == "day":
        text = f"{first.day} {dates.month(first, language, short=True, year=False)}"
        return text, (str(first.day),) if number else (text,)
    if by == "year":
        return str(first.year), (str(first.year),)
    month = dates.month(first, language, short=True, year=False)
    row = dates.month(first, language, short=True)
    return row, (month, str(first.year)) if number == 0 or first.month == 1 else (month,)


def _openings(connection: sa.Connection, area: Area, period: Period) -> int | None:
    """On how many days the digipunten of the area had visits, one by one.

    None of people who live somewhere, and while facts are made anew after an upgrade.
    """
    if not area.by_point:
        return None
    try:
        require_facts(connection)
    except Unavailable:
        return None
    found = openings(connection, area, period)
    return sum(days for (_, digipunt), days in found.items() if area.digipunt in (None, digipunt))


def _beside(now: Sequence[Any], then: Sequence[int]) -> list[tuple[Any, int | None]]:
    """Each part with its outline, None where the period before has no such part."""
    return [(part, then[number] if number < len(then) else None) for number, part in enumerate(now)]

"""The bottleneck sheet of one month: in words, in numbers, and over twelve months.

For who is signed in: small numbers are in it. Notes are not, for they never leave the service in which they were typed.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from chassis.inbox import checkpoints
from common import dates
from common.municipalities import municipality_name
from services.reporting.model.definitions import definition
from services.reporting.model.numbers import whole
from services.reporting.model.periods import Period
from services.reporting.model.signs import SIGNS
from services.reporting.queries.area import VISITS, Area
from services.reporting.queries.bottlenecks import monthly, register
from services.reporting.reports.parts import Report, Section, numbered
from services.reporting.reports.sheet_tables import Found, in_numbers, over_time
from services.reporting.reports.sheet_words import say


def sheet(connection: sa.Connection, area: Area, month: Period, language: str, today: date) -> Report:
    """The sheet of a month in an area by point."""
    months, counts = monthly(connection, area, month.last)
    found = Found(
        dates.enumerated(sorted(municipality_name(code, language) for code in area.municipalities), language),
        month,
        today,
        language,
        register(connection, area, month, language),
        counts,
        months,
        _as_of(connection, language),
    )
    title = say("title", language, month=dates.month(month.first, language))
    return Report(
        language=language,
        title=title,
        subject=say("subject", language, place=found.place),
        author="Digipunt",
        made_on=today,
        facts=_facts(found),
        definitions=((say("times", language), definition("bottlenecks", language)),),
        signs=tuple((sign.mark, sign.words(language)) for sign in SIGNS.values()),
        sections=numbered(
            [_in_words(found), *([in_numbers(found)] if found.items else []), over_time(found)]
        ),
        warnings=(
            (say("provisional", language, day=dates.day(month.last, language, "full")),)
            if month.last >= today
            else ()
        ),
    )


def _facts(found: Found) -> tuple[tuple[str, str], ...]:
    say, language = found.say, found.language
    return (
        (say("where"), found.place),
        (say("month"), dates.month(found.month.first, language)),
        (say("asOf"), found.as_of),
        (say("madeOn"), dates.day(found.today, language, "full")),
        (say("version"), say("all")),
        (say("notes"), say("noNotes")),
    )


def _as_of(connection: sa.Connection, language: str) -> str:
    times = [each.event_time for each in checkpoints.active_of(connection, VISITS) if each.event_time]
    return dates.moment(min(times), language) if times else say("never", language)


def _in_words(found: Found) -> Section:
    say = found.say
    this, before = (found.counts["", month.first] for month in (found.months[-1], found.months[-2]))
    total = say("total", n=whole(this, found.language), before=whole(before, found.language))
    return Section(
        say("inWords"),
        sentences=(definition("bottlenecks", found.language), total if found.items else say("nobody")),
        points=tuple(item["sentence"] for item in found.items),
    )

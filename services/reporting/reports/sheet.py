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
from services.reporting.queries.sources import never_there
from services.reporting.reports.parts import Report, Section, numbered
from services.reporting.reports.sheet_tables import Found, in_numbers, over_time
from services.reporting.reports.words import words


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
        there=not never_there(connection, VISITS),
    )
    say = found.words
    return Report(
        language=language,
        title=say("monthly.title", month=dates.month(month.first, language)),
        subject=say("monthly.subject", place=found.place),
        author="Digipunt",
        made_on=today,
        facts=_facts(found),
        definitions=((say("column.times"), definition("bottlenecks", language)),),
        signs=tuple((sign.mark, sign.words(language)) for sign in SIGNS.values()),
        sections=numbered(
            [_in_words(found), *([in_numbers(found)] if found.items else []), over_time(found)]
        ),
        warnings=(
            (say("warning.provisionalMonth", day=dates.day(month.last, language, "full")),)
            if month.last >= today
            else ()
        ),
    )


def _facts(found: Found) -> tuple[tuple[str, str], ...]:
    say, language = found.words, found.language
    return (
        (say("facts.municipalities"), found.place),
        (say("column.month"), dates.month(found.month.first, language)),
        (say("facts.asOf"), found.as_of),
        (say("facts.madeOn"), dates.day(found.today, language, "full")),
        (say("facts.version"), say("monthly.version")),
        (say("monthly.notes"), say("monthly.noNotes")),
    )


def _as_of(connection: sa.Connection, language: str) -> str:
    times = [each.event_time for each in checkpoints.active_of(connection, VISITS) if each.event_time]
    return dates.moment(min(times), language) if times else words(language)("monthly.never")


def _in_words(found: Found) -> Section:
    say = found.words
    this, before = (found.counts["", month.first] for month in (found.months[-1], found.months[-2]))
    total = say("monthly.total", number=whole(this, found.language), before=whole(before, found.language))
    noted = total if found.items else say("monthly.nobody")
    told = noted if found.there else definition("noVisits", found.language)
    return Section(
        say("monthly.inWords"),
        sentences=(definition("bottlenecks", found.language), told),
        points=tuple(item["sentence"] for item in found.items),
    )

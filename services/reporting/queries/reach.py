"""The reach of a grant's period: people at least and at most, with those under 18 apart, and how it grew by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.reporting.model.definitions import definition
from services.reporting.model.estimates import Contacts
from services.reporting.model.periods import ONE_DAY, Period
from services.reporting.model.reach import Reach, reach
from services.reporting.queries.area import Area
from services.reporting.queries.newcomers import noted
from services.reporting.queries.people import recognised_first_on
from services.reporting.queries.sums import Sums, parts


class _ByAge:
    """Contacts by year: of everybody, of those under 18, and of those whose age nobody asked."""

    def __init__(self, rows: Iterable[Sums]) -> None:
        self.all: defaultdict[int, Contacts] = defaultdict(Contacts)
        self.under18: defaultdict[int, Contacts] = defaultdict(Contacts)
        self.ageless: defaultdict[int, Contacts] = defaultdict(Contacts)
        for row in rows:
            year = row.start.year
            self.all[year] += noted(row.counts)
            self.under18[year] += noted(row.counts, "contactUnder18")
            self.ageless[year] += noted(row.counts, "contactAgeNotAsked")

    @property
    def perhaps_under18(self) -> dict[int, Contacts]:
        return {year: self.under18[year] + self.ageless[year] for year in self.all}

    @property
    def perhaps_adults(self) -> dict[int, Contacts]:
        return {year: contacts - self.under18[year] for year, contacts in self.all.items()}

    @property
    def adults(self) -> dict[int, Contacts]:
        return {year: contacts - self.ageless[year] for year, contacts in self.perhaps_adults.items()}


def reach_figures(connection: sa.Connection, area: Area, period: Period, language: str) -> dict[str, Any]:
    """At least and at most how many people came in the period, in all and of each age group, with what that means."""
    rows = parts(connection, area, period)
    before = _ByAge(parts(connection, area, _before(period)) if not period.starts_a_year else ())
    cards = recognised_first_on(connection, area, period)
    inside = _ByAge(rows)
    total = reach(inside.all, inside.all, before.all, sum(cards.values()))
    under18 = reach(inside.under18, inside.perhaps_under18, before.perhaps_under18)
    adults = reach(inside.adults, inside.perhaps_adults, before.perhaps_adults)
    return {
        "from": period.first,
        "to": period.last,
        **_bounds(total),
        "under18": _bounds(under18),
        "adults": _bounds(adults),
        "definition": " ".join(_sentences(total, inside.all.values(), before.all.values(), language)),
        "months": [
            {"from": period.first, "to": part.last} | _bounds(_until(part.last, rows, before, cards))
            for part in period.cut("month")
        ],
    }


def _until(last: date, rows: list[Sums], before: _ByAge, cards: dict[date, int]) -> Reach:
    """The bounds up to a day that ends a month, or the period."""
    inside = _ByAge(row for row in rows if row.start <= last)
    known = sum(count for day, count in cards.items() if day <= last)
    return reach(inside.all, inside.all, before.all, known)


def _before(period: Period) -> Period:
    """From 1 January to the day before a period that begins later in its year."""
    return Period(date(period.first.year, 1, 1), period.first - ONE_DAY)


def _bounds(found: Reach) -> dict[str, int]:
    return {"atLeast": found.at_least, "atMost": found.at_most}


def _sentences(
    total: Reach, contacts: Iterable[Contacts], earlier: Iterable[Contacts], language: str
) -> list[str]:
    noted_in_all = sum(contacts, Contacts())
    texts = [definition("reach", language, atLeast=total.at_least, atMost=total.at_most)]
    if noted_in_all.unknown:
        texts.append(
            definition("reachNotAsked", language, unknown=noted_in_all.unknown, contacts=noted_in_all.total)
        )
    if sum(earlier, Contacts()).total:
        texts.append(definition("reachEarlier", language))
    return [*texts, definition("elsewhere", language)]

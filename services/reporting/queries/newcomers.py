"""New people of an area and a period, with what they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from services.reporting.model.definitions import definition
from services.reporting.model.estimates import Cell, Contacts, NewPeople, by_month, new_people
from services.reporting.model.fold import Counts
from services.reporting.model.periods import Period
from services.reporting.queries.area import Area
from services.reporting.queries.sums import Sums, parts


def newcomers(connection: sa.Connection, area: Area, period: Period, rows: Iterable[Sums]) -> NewPeople:
    """The new people of the period, of which `rows` are the sums; those of other digipunts are read where they are needed."""
    cells = contacts_of(rows)
    months = by_month(cells)
    if area.digipunt and any(contacts.unknown and not contacts.asked for contacts in cells.values()):
        municipality = replace(area, digipunt=None)
        months = by_month(contacts_of(parts(connection, municipality, period)))
    return new_people(cells, months)


def contacts_of(rows: Iterable[Sums]) -> dict[Cell, Contacts]:
    """First, repeated and not asked, by municipality, digipunt and month; of a month's part its days together."""
    cells: defaultdict[Cell, Contacts] = defaultdict(Contacts)
    for row in rows:
        cells[row.municipality, row.digipunt, row.month] += noted(row.counts)
    return cells


def noted(counts: Counts, dimension: str = "contact") -> Contacts:
    """What was noted of the contacts, out of their sums."""
    return Contacts(*(counts.get(f"{dimension}|{code}", 0) for code in ("first", "repeat", "unknown")))


def people_figures(found: NewPeople, period: Period, language: str) -> dict[str, Any]:
    """New people and people estimated, each with its definition."""
    estimate = (
        found.value if _one_year(period) and (found.contacts.asked or not found.contacts.total) else None
    )
    return {
        "newPeople": {
            "value": found.value,
            "notAsked": found.contacts.unknown,
            "contacts": found.contacts.total,
            "definition": " ".join(_sentences(found, language)),
        },
        "estimated": estimate,
        "definition": " ".join(_of_estimate(found, period, estimate, language)),
    }


def _one_year(period: Period) -> bool:
    return period.starts_a_year and period.first.year == period.last.year


def _sentences(found: NewPeople, language: str) -> list[str]:
    contacts = found.contacts
    texts = [definition("newPeople", language)]
    if contacts.unknown:
        texts.append(definition("notAsked", language, unknown=contacts.unknown, contacts=contacts.total))
    if found.unguessed:
        texts.append(definition("neverAsked", language))
    return texts


def _of_estimate(found: NewPeople, period: Period, estimate: int | None, language: str) -> list[str]:
    texts = [definition("estimated", language)]
    if estimate is not None:
        return texts + _sentences(found, language)[1:]
    if _one_year(period):
        return [*texts, definition("neverAskedAtAll", language)]
    return [*texts, definition("severalYears" if period.starts_a_year else "notFromNewYear", language)]

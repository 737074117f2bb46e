"""How many people a period of several years reached: at least and at most, because nobody follows a person from year to year.

A contact that was marked as the first of its year is one person of that year, and of no other contact of that year. So the
firsts of one year are that many people; those of two years may be the same people twice, or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from services.reporting.model.estimates import Contacts

Years = Mapping[int, Contacts]
"""Contacts by calendar year."""

NOBODY = Contacts()


class Reach(NamedTuple):
    """Bounds of a number of people."""

    at_least: int
    at_most: int


def reach(certain: Years, possible: Years, earlier: Years, recognised: int = 0) -> Reach:
    """The bounds of the people behind contacts in a period.

    `certain` are contacts of whom is asked for (of adults, say), `possible` those and the ones of which that is not known.
    `earlier` are contacts before the period in the year in which it begins: who came then may have come back in it, and is
    not marked as a first in it. `recognised` are cards that came, each a person.
    """
    at_least = max([recognised, *(contacts.firsts for contacts in certain.values())])
    at_most = sum(
        min(contacts.total, _perhaps(contacts) + _perhaps(earlier.get(year, NOBODY)))
        for year, contacts in possible.items()
    )
    return Reach(at_least, max(at_least, at_most))


def _perhaps(contacts: Contacts) -> int:
    """Who may have been a new person: also each contact of which nobody asked."""
    return contacts.firsts + contacts.unknown

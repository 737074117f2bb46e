"""How many people stand behind contacts: new people, which add up over any period and place, and the bounds of a reach.

Somebody's first contact of a calendar year is a new person of that year. The desk asks whether a contact is the first; of
those that nobody was asked about, the same part counts as of the others of that digipunt and month. That part is rounded
there and only there, so that months make a half-year and digipunts a municipality by adding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Month = tuple[str, date]
"""A municipality and the first day of a month."""

Cell = tuple[str, str, date]
"""A municipality, a digipunt and the first day of a month."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts by what the desk noted: the first of the year, not the first, or not asked."""

    firsts: int = 0
    repeats: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.firsts + self.repeats + self.unknown

    @property
    def asked(self) -> int:
        return self.firsts + self.repeats

    def __add__(self, other: Contacts) -> Contacts:
        return Contacts(
            self.firsts + other.firsts, self.repeats + other.repeats, self.unknown + other.unknown
        )

    def __sub__(self, other: Contacts) -> Contacts:
        return Contacts(
            self.firsts - other.firsts, self.repeats - other.repeats, self.unknown - other.unknown
        )


@dataclass(frozen=True, slots=True)
class NewPeople:
    """New people of some contacts; `unguessed` were not asked in a month in which nobody of the municipality was."""

    value: int
    contacts: Contacts
    unguessed: int


def new_people(cells: Mapping[Cell, Contacts], months: Mapping[Month, Contacts]) -> NewPeople:
    """The new people of `cells`, of whose municipalities `months` has all contacts."""
    value = unguessed = 0
    for (municipality, _, month), contacts in cells.items():
        asked = contacts if contacts.asked else months.get((municipality, month), Contacts())
        value += contacts.firsts + part(contacts.unknown, asked)
        unguessed += 0 if asked.asked else contacts.unknown
    return NewPeople(value, sum(cells.values(), Contacts()), unguessed)


def part(unknown: int, asked: Contacts) -> int:
    """As many of `unknown` as were first among those asked, to the nearest whole, half up; none where nobody was asked."""
    return (2 * unknown * asked.firsts + asked.asked) // (2 * asked.asked) if asked.asked else 0


def by_month(cells: Mapping[Cell, Contacts]) -> dict[Month, Contacts]:
    """The contacts of the digipunts of each municipality together."""
    months: defaultdict[Month, Contacts] = defaultdict(Contacts)
    for (municipality, _, month), contacts in cells.items():
        months[municipality, month] += contacts
    return months

"""Lending of the demo: devices, borrowers who do not exist, and their loans since January 2025.

The same seed and day give the same data, and a later day only adds to it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from digipunt.demo.people import FIRST_NAMES, LAST_NAMES
from digipunt.demo.points import POINTS, TOWNS, Point, id_of

SINCE = date(2025, 1, 1)
"""The digipunten are a year older than their lending."""

LENT_FOR = timedelta(weeks=4)
EXTENDED = 0.15
DEVICES = {"laptop": 3, "tablet": 1, "hotspot": 1}
"""Devices of each kind at the busiest digipunt; the others have their share."""

ACCESSORIES = {
    "laptop": ["lader", "muis", "hoes"],
    "tablet": ["lader", "hoes"],
    "hotspot": ["lader"],
}
LANGUAGES = {"nl": 17, "fr": 2, "en": 1}


@dataclass
class Loan:
    """One loan, and how it went: back on a day, lost, or still out."""

    id: str
    devices: list[str]
    borrower: str
    digipunt: str
    handed_over_on: date
    due_on: date
    extended_to: date | None = None
    returned_on: date | None = None
    lost: bool = False
    condition: str = "good"


@dataclass
class Lending:
    """All lending up to a day: ids with the bodies that the API takes, and loans in the order in which they began."""

    devices: dict[str, dict[str, Any]] = field(default_factory=dict)
    borrowers: dict[str, dict[str, Any]] = field(default_factory=dict)
    loans: list[Loan] = field(default_factory=list)


def generate(seed: int, today: date) -> Lending:
    """Lending from its first day up to `today`."""
    lending = Lending()
    for point in POINTS:
        people = [_borrower(lending, point, number, seed) for number in range(4 + point.share // 2)]
        for kind, number in _owned(point):
            device = _device(lending, point, kind, number)
            for loan in _loans(point, device, people, today, f"{seed} {device}"):
                lending.loans.append(loan)
    lending.loans.sort(key=lambda loan: (loan.handed_over_on, loan.id))
    return lending


def _owned(point: Point) -> Iterator[tuple[str, int]]:
    busiest = max(each.share for each in POINTS)
    for kind, most in DEVICES.items():
        for number in range(1, round(most * point.share / busiest) + 1):
            yield kind, number


def _device(lending: Lending, point: Point, kind: str, number: int) -> str:
    id = id_of("device", point.id, kind, number)
    place = POINTS.index(point) + 1
    lending.devices[id] = {
        "kind": kind,
        "label": f"{kind[0].upper()}{place}-{number:02}",
        "digipunt": point.id,
        "municipality": point.municipality,
        "accessories": ACCESSORIES[kind],
        "condition": "used" if number % 3 else "good",
        "addedOn": str(SINCE),
    }
    return id


def _borrower(lending: Lending, point: Point, number: int, seed: int) -> str:
    chance = random.Random(f"{seed} borrower {point.id} {number}")
    id = id_of("borrower", seed, point.id, number)
    first, last = chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES)
    postal_code, town = TOWNS[point.municipality]
    person: dict[str, Any] = {
        "kind": "person",
        "digipunt": point.id,
        "name": f"{first} {last}",
        "language": chance.choices(list(LANGUAGES), list(LANGUAGES.values()))[0],
    }
    address = {"street": f"Voorbeeldstraat {number + 1}", "postalCode": postal_code, "town": town}
    email = f"{first}.{last}{number}@example.org".lower()
    phone = f"016 00 {number // 100:02} {number % 100:02}"
    match chance.randrange(6):
        case 0:
            person |= {"email": email, "phone": phone, "channels": ["email", "phoneCall"]}
        case 1:
            person |= {"address": address, "phone": phone, "channels": ["phoneCall", "letter"]}
        case 2:
            person |= {"address": address, "channels": ["letter"]}
        case 3:
            person |= {"email": email, "address": address, "channels": ["email", "letter"]}
        case 4:
            mobile = f"0470 00 {number // 100:02} {number % 100:02}"
            person |= {"phone": mobile, "channels": ["sms", "phoneCall"]}
    lending.borrowers[id] = person
    return id


def _loans(point: Point, device: str, people: list[str], today: date, key: str) -> Iterator[Loan]:
    """One loan of a device after another, with days on the shelf between them."""
    chance = random.Random(key)
    open_days = point.open_days(SINCE, today)
    day = SINCE + timedelta(chance.randrange(60))
    number = 0
    while (begins := _next(open_days, day)) is not None:
        number += 1
        loan = Loan(
            id=id_of("loan", key, number),
            devices=[device],
            borrower=chance.choice(people),
            digipunt=point.id,
            handed_over_on=begins,
            due_on=point.open_days(begins + LENT_FOR, begins + LENT_FOR + timedelta(60))[0],
            condition=chance.choice(["good", "used", "used", "used"]),
        )
        # Most come back in time, some late, and some borrowers bring a device weeks before.
        late = chance.choice([-14, -7, -7, 0, 0, 0, 0, 0, 0, 7, 14, 35])
        due_on = loan.due_on
        if chance.random() < EXTENDED:
            due_on = point.open_days(due_on + LENT_FOR, due_on + LENT_FOR + timedelta(60))[0]
            if loan.due_on - timedelta(4) < today:
                loan.extended_to = due_on
        back = _next(open_days, max(begins, due_on + timedelta(late)))
        loan.returned_on = back
        loan.lost = back is not None and chance.random() < 0.01
        yield loan
        if back is None or loan.lost:
            return
        day = back + timedelta(chance.randrange(14, 90))


def _next(open_days: list[date], day: date) -> date | None:
    return next((each for each in open_days if each >= day), None)

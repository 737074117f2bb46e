"""What there is to do at two digipunten on the day of the filling, so that no list of the desk is empty.

Lateness, a device to check, somebody who can only be told in person: three years of lending have all of that now and then, but
not on every day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from chassis.clock import BRUSSELS
from digipunt.demo.backfill import Act
from digipunt.demo.points import POINTS, TOWNS, Point, id_of
from digipunt.demo.sessions import session_body

BUSY = (POINTS[0], POINTS[2])
LENT_FOR = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Borrower:
    """Somebody of the demo who has something now: how they are reached, and how long they have it already."""

    name: str
    reached: dict[str, Any]
    kind: str
    late: int
    """Days since it was due; below 0: it is due in so many days."""


def _address(point: Point, street: str) -> dict[str, str]:
    postal_code, town = TOWNS[point.municipality]
    return {"street": street, "postalCode": postal_code, "town": town}


def _borrowers(point: Point) -> tuple[Borrower, ...]:
    number = f"016 00 2{POINTS.index(point)}"
    return (
        Borrower("Maria Peeters", {"phone": f"{number} 01", "channels": ["phoneCall"]}, "laptop", 8),
        Borrower("Willy Hermans", {"phone": f"{number} 02", "channels": ["phoneCall"]}, "tablet", 1),
        Borrower(
            "Jozef Willems",
            {"address": _address(point, "Burgemeester Jozef Ruelensplein 105"), "channels": ["letter"]},
            "laptop",
            8,
        ),
        Borrower(
            "Paula Smets",
            {"address": _address(point, "Voorbeeldstraat 7 bus 2"), "channels": ["letter"]},
            "tablet",
            1,
        ),
        Borrower("Roger Maes", {"channels": ["inPerson"]}, "laptop", 2),
        Borrower("Luc Aerts", {"email": "luc.aerts@example.org", "channels": ["email"]}, "hotspot", 8),
        Borrower(
            "Godelieve Goossens",
            {
                "via": {"name": "Lieve Goossens (dochter)", "phone": f"{number} 03"},
                "channels": ["phoneCall"],
            },
            "tablet",
            1,
        ),
        Borrower(
            "Fatima Diallo",
            {"phone": f"0470 00 3{POINTS.index(point)} 01", "channels": ["sms", "phoneCall"]},
            "laptop",
            -3,
        ),
    )


WAITING = ("Elif Yilmaz", "Ahmed Yilmaz", "Dirk Pauwels", "Hilde Wouters")
BROUGHT_BACK = "Jozef Jacobs"
IN_THE_CUPBOARD = (
    "returnedUnchecked",
    "toWipe",
    "inRepair",
    "missing",
    "preparing",
    "retired",
    "available",
    "available",
)
SEATS = 8
REGISTERED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Rita Mertens", {"phone": "0470 00 41 01", "channels": ["sms"]}),
    ("Marc Vranken", {"email": "marc.vranken@example.org", "channels": ["email"]}),
    ("Nadia Jacobs", {"phone": "016 00 41 03", "channels": ["phoneCall"]}),
    ("Lieve Janssens", {"address": "Voorbeeldstraat 12", "channels": ["letter"]}),
    ("Yusuf Yilmaz", {"phone": "0470 00 41 05", "channels": ["sms", "phoneCall"]}),
    ("Paula Claes", {"phone": "016 00 41 06", "channels": ["phoneCall"]}),
    ("Roger Smets", {"address": "Voorbeeldstraat 14", "channels": ["letter", "inPerson"]}),
    (
        "Mohamed Diallo",
        {"email": "mohamed.diallo@example.org", "phone": "016 00 41 08", "channels": ["email", "phoneCall"]},
    ),
    ("Hilde Maes", {"phone": "016 00 41 09", "channels": ["phoneCall"]}),
    ("Jan Wouters", {"phone": "0470 00 41 10", "channels": ["sms"]}),
)
"""Two more than there are seats."""


def lending(now: datetime) -> Iterator[Act]:
    """Loans that are late or nearly due, a waiting list, a device ready to collect, and a cupboard with work in it."""
    for point in BUSY:
        yield from _loans(point, now)
        yield from _requests(point, now)
        yield from _cupboard(point, now)


def _loans(point: Point, now: datetime) -> Iterator[Act]:
    for number, borrower in enumerate(_borrowers(point), 1):
        device, loan = id_of("device now", point.id, number), id_of("loan now", point.id, number)
        due = _nearest(point, now.date() - timedelta(borrower.late))
        out = _nearest(point, due - LENT_FOR)
        at = point.at(out, 0.5)
        yield _device(point, device, borrower.kind, 20 + number, at - timedelta(90))
        person = id_of("borrower now", point.id, borrower.name)
        yield _person(point, person, borrower.name, borrower.reached, at)
        body = {"borrower": person, "devices": [device], "digipunt": point.id}
        yield Act(at, "PUT", f"/loans/v1/loans/{loan}", body)
        days = {"handedOverOn": str(out), "dueOn": str(due)}
        yield Act(at, "POST", f"/loans/v1/loans/{loan}/handOver", days)


def _requests(point: Point, now: datetime) -> Iterator[Act]:
    """Three wait for a laptop; for the first who asked, a tablet is ready."""
    days = point.open_days(now.date() - timedelta(60), now.date() - timedelta(1))
    for number, name in enumerate(WAITING):
        at = point.at(days[-4 + number], 0.3)
        person = id_of("borrower now", point.id, name)
        phone = {"phone": f"016 00 5{POINTS.index(point)} {number:02}", "channels": ["phoneCall"]}
        yield _person(point, person, name, phone, at)
        request = id_of("request now", point.id, number)
        body = {"borrower": person, "deviceKind": "laptop" if number else "tablet", "digipunt": point.id}
        yield Act(at, "PUT", f"/loans/v1/requests/{request}", body)
        if number == 0:
            device = id_of("device now", point.id, "ready")
            yield _device(point, device, "tablet", 40, at - timedelta(90))
            yield Act(now, "POST", f"/loans/v1/requests/{request}/approve", {"devices": [device]})


def _cupboard(point: Point, now: datetime) -> Iterator[Act]:
    """One device in each state that asks for something."""
    days = point.open_days(now.date() - timedelta(90), now.date() - timedelta(1))
    out, back = point.at(days[-5], 0.2), point.at(days[-1], 0.7)
    for number, state in enumerate(IN_THE_CUPBOARD):
        device = id_of("device now", point.id, "cupboard", number)
        yield _device(
            point, device, "laptop", 50 + number, out - timedelta(60), preparing=state == "preparing"
        )
        path = f"/loans/v1/devices/{device}"
        if state in ("returnedUnchecked", "toWipe"):
            loan = id_of("loan now", point.id, state)
            # Somebody who was not here before, as what the others borrowed may have been later than this.
            person = id_of("borrower now", point.id, BROUGHT_BACK)
            yield _person(point, person, BROUGHT_BACK, {"channels": ["inPerson"]}, out)
            yield Act(
                out,
                "PUT",
                f"/loans/v1/loans/{loan}",
                {"borrower": person, "devices": [device], "digipunt": point.id},
            )
            yield Act(out, "POST", f"/loans/v1/loans/{loan}/handOver", {"handedOverOn": str(out.date())})
            yield Act(back, "POST", f"/loans/v1/loans/{loan}/return", {"returnedOn": str(back.date())})
            if state == "toWipe":
                yield Act(back, "POST", f"/loans/v1/loans/{loan}/check", {"condition": "good"})
        elif state == "inRepair":
            yield Act(back, "POST", f"{path}/repair", {"note": "Scherm flikkert."}, changes=1)
        elif state == "missing":
            yield Act(back, "POST", f"{path}/missing", {"note": "Niet gevonden bij de telling."}, changes=1)
        elif state == "retired":
            yield Act(back, "POST", f"{path}/retire", {"reason": "tooOld"}, changes=1)


def _device(point: Point, id: str, kind: str, number: int, at: datetime, *, preparing: bool = False) -> Act:
    body = {
        "kind": kind,
        "label": f"{kind[0].upper()}{POINTS.index(point) + 1}-{number}",
        "digipunt": point.id,
        "municipality": point.municipality,
        "accessories": ["lader", "hoes"],
        "condition": "good",
        "addedOn": str(at.date()),
    }
    return Act(at, "PUT", f"/loans/v1/devices/{id}", body | ({"preparing": True} if preparing else {}))


def _person(point: Point, id: str, name: str, reached: dict[str, Any], at: datetime) -> Act:
    return Act(at, "PUT", f"/loans/v1/borrowers/{id}", {"digipunt": point.id, "name": name, **reached})


def contacts(now: datetime) -> Iterator[Act]:
    """The people who registered for the session that is full, and those who are to be called back."""
    point = BUSY[0]
    for number, (name, reached) in enumerate(REGISTERED):
        body = {"name": name, "digipunt": point.id, "municipality": point.municipality, **reached}
        if "address" in body:
            body["address"] = _address(point, body["address"])
        yield Act(
            now - timedelta(9), "PUT", f"/notifications/v1/contacts/{id_of('contact now', number)}", body
        )
    for point in BUSY:
        body = {
            "name": "Dirk Claes",
            "digipunt": point.id,
            "municipality": point.municipality,
            "phone": f"016 00 6{POINTS.index(point)} 01",
        }
        yield Act(
            now - timedelta(2), "PUT", f"/notifications/v1/contacts/{id_of('contact now', point.id)}", body
        )


def visiting(now: datetime) -> Iterator[Act]:
    """A session that is full with people who wait for a seat, one with room, one cancelled, and calls to make."""
    point = BUSY[0]
    full = _session(point, "Valse berichten herkennen", now, 6, SEATS)
    yield full
    for number in range(len(REGISTERED)):
        id = id_of("registration now", number)
        at = now - timedelta(days=8) + timedelta(hours=number)
        body = {"seats": 1, "contact": id_of("contact now", number)}
        yield Act(at, "PUT", f"{full.path}/registrations/{id}", body)
    room = _session(BUSY[1], "De app van De Lijn", now, 13, 12)
    yield room
    for number in range(5):
        yield Act(
            now - timedelta(3),
            "PUT",
            f"{room.path}/registrations/{id_of('registration room', number)}",
            {"seats": 1},
        )
    off = _session(POINTS[3], "itsme op je smartphone", now, 9, 10)
    yield off
    yield Act(
        now - timedelta(1), "PUT", f"{off.path}/registrations/{id_of('registration off', 0)}", {"seats": 2}
    )
    yield Act(now - timedelta(hours=20), "POST", f"{off.path}/cancel", {})
    for point in BUSY:
        body = {
            "digipunt": point.id,
            "kind": "callBack",
            "dueOn": str(now.date()),
            "note": "Vragen of de app nu werkt.",
            "contact": id_of("contact now", point.id),
        }
        yield Act(now - timedelta(2), "PUT", f"/visits/v1/followUps/{id_of('call now', point.id)}", body)


def _session(point: Point, title: str, now: datetime, days: int, seats: int) -> Act:
    day = now.astimezone(BRUSSELS).date() + timedelta(days)
    if day.weekday() == 6:
        day += timedelta(1)
    starts = datetime(day.year, day.month, day.day, 14, tzinfo=BRUSSELS)
    path = f"/visits/v1/sessions/{id_of('session now', title, day)}"
    return Act(now - timedelta(14), "PUT", path, session_body("infoSession", title, point, starts, seats))


def _nearest(point: Point, day: date) -> date:
    """The opening day of this digipunt that is nearest to `day`, the earlier of two."""
    days = point.open_days(day - timedelta(30), day + timedelta(30))
    return min(days, key=lambda each: (abs(each - day), each))

"""Synthetic data for the seven municipalities, from January 2024 on; nobody in it exists.

Scaled to the partnership's known figures: 897 people in 2024 and 486 in the first half of 2025. The same seed and the same
moment give the same data, and a later moment only adds to it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

import holidays

from chassis.clock import BRUSSELS
from digipunt import demo_codes as codes

FIRST_DAY = date(2024, 1, 1)
SPACE = UUID("5d0e9a53-0000-5000-8000-646967697075")


@dataclass(frozen=True, slots=True)
class Half:
    """Half a year: how many contacts, and how many of them are a person's first of the year."""

    first: date
    last: date
    contacts: int
    firsts: int


HALVES = (
    Half(date(2024, 1, 1), date(2024, 6, 30), 688, 520),
    Half(date(2024, 7, 1), date(2024, 12, 31), 624, 377),
    Half(date(2025, 1, 1), date(2025, 6, 30), 702, 486),
    Half(date(2025, 7, 1), date(2025, 12, 31), 668, 392),
    Half(date(2026, 1, 1), date(2026, 6, 30), 741, 509),
    Half(date(2026, 7, 1), date(2026, 12, 31), 520, 301),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A digipunt of the demo: the weekday (0 is Monday) and hours it opens, and how busy it is."""

    name: str
    municipality: str
    organisation: str
    weekday: int
    opens: time
    closes: time
    every: int
    share: int

    @property
    def id(self) -> str:
        return str(uuid5(SPACE, f"{self.municipality} {self.name}"))

    @property
    def body(self) -> dict[str, Any]:
        pattern: dict[str, Any] = {
            "weekday": codes.WEEKDAYS[self.weekday],
            "opens": f"{self.opens:%H:%M}",
            "closes": f"{self.closes:%H:%M}",
        }
        if self.every > 1:
            pattern |= {"every": self.every, "first": str(_first(self.weekday))}
        return {
            "name": self.name,
            "municipality": self.municipality,
            "organisation": f"{self.organisation} (demo)",
            "opening": [pattern],
            "openedOn": "2023-09-01",
        }

    def open_days(self, first: date, last: date) -> list[date]:
        """The days from `first` to `last` on which it is open."""
        closed = holidays.country_holidays("BE", years=range(first.year, last.year + 1))
        days = (first + timedelta(days) for days in range((last - first).days + 1))
        return [
            day
            for day in days
            if day.weekday() == self.weekday
            and day not in closed
            and (day - _first(self.weekday)).days // 7 % self.every == 0
        ]


POINTS = (
    Point("Bezorgd om Mensen", "24107", "Bezorgd om Mensen vzw", 1, time(13), time(17), 1, 30),
    Point("Bibliotheek Tienen", "24107", "Stad Tienen", 3, time(9), time(12), 1, 13),
    Point("'t Recupke", "24059", "'t Recupke vzw", 0, time(13), time(17), 1, 22),
    Point("GC Hoegaarden", "24041", "Gemeente Hoegaarden", 2, time(9), time(12), 2, 10),
    Point("Sociaal Huis Linter", "24133", "Gemeente Linter", 2, time(13), time(16), 2, 8),
    Point("OCMW Zoutleeuw", "24130", "OCMW Zoutleeuw", 4, time(9), time(12), 2, 7),
    Point("Bib Geetbets", "24028", "Gemeente Geetbets", 4, time(13), time(16), 2, 6),
    Point("De Pit", "24054", "Gemeente Kortenaken", 3, time(13), time(16), 2, 5),
)


@dataclass
class Person:
    """Somebody who does not exist: where they go, what they are like, perhaps a visitor card."""

    point: Point
    card: str | None
    traits: dict[str, Any]


@dataclass
class DemoData:
    """All that the demo holds up to a day, as the bodies that the API takes."""

    visits: list[dict[str, Any]] = field(default_factory=list)
    cards: dict[str, str] = field(default_factory=dict)
    sessions: list[dict[str, Any]] = field(default_factory=list)
    feedback: list[dict[str, Any]] = field(default_factory=list)
    follow_ups: list[dict[str, Any]] = field(default_factory=list)


def generate(seed: int, now: datetime) -> DemoData:
    """The data from 2024-01-01 up to the aware moment `now`, and the sessions of the two months that follow."""
    last = now.astimezone(BRUSSELS).date()
    data = DemoData()
    people: list[Person] = []
    for half in HALVES:
        if half.first > last:
            break
        if half.first.month == 1:
            people = []
        _visits(data, half, people, seed)
        _sessions(data, half, seed)
    data.visits = [visit for visit in data.visits if datetime.fromisoformat(visit["startedAt"]) <= now]
    data.feedback = [each for each in data.feedback if date.fromisoformat(each["day"]) < last]
    seen = {visit["id"] for visit in data.visits}
    data.follow_ups = [each for each in data.follow_ups if each["visit"] in seen]
    data.sessions = [
        each for each in data.sessions if date.fromisoformat(each["startsAt"][:10]) <= last + timedelta(60)
    ]
    return data


def _visits(data: DemoData, half: Half, people: list[Person], seed: int) -> None:
    chance = random.Random(f"{seed} visits {half.first}")
    slots = sorted(_slots(half, chance), key=lambda slot: slot[0])
    firsts = set(chance.sample(range(1, len(slots)), half.firsts - 1)) | {0}
    for number, (moment, point) in enumerate(slots):
        if number in firsts:
            person = _person(point, len(people), half.first.year, data, chance)
            people.append(person)
        else:
            near = [each for each in people[-200:] if each.point is point]
            person = chance.choice(near or people)
        _visit(data, f"{seed} {half.first} {number}", moment, point, person, number in firsts, chance)


def _slots(half: Half, chance: random.Random) -> Iterator[tuple[datetime, Point]]:
    """As many moments at open digipunten as the half-year has contacts."""
    open_days = {point: point.open_days(half.first, half.last) for point in POINTS}
    for point in chance.choices(POINTS, [point.share for point in POINTS], k=half.contacts):
        day = chance.choice(open_days[point])
        quarters = (point.closes.hour - point.opens.hour) * 4 - 1
        opens = datetime.combine(day, point.opens, tzinfo=BRUSSELS)
        yield opens + timedelta(minutes=15 * chance.randrange(quarters)), point


def _person(point: Point, number: int, year: int, data: DemoData, chance: random.Random) -> Person:
    card = None
    if chance.random() < 0.25:
        card = str(uuid5(SPACE, f"card {year} {number}"))
        data.cards[card] = point.municipality
    traits = {
        "ageBand": codes.pick(codes.AGE_BANDS, chance),
        "situation": sorted({codes.pick(codes.SITUATIONS, chance) for _ in range(chance.randrange(3))}),
        "residence": point.municipality if chance.random() < 0.85 else chance.choice(POINTS).municipality,
        "device": codes.pick(codes.DEVICES, chance),
    }
    return Person(point, card, traits)


def _visit(
    data: DemoData,
    key: str,
    moment: datetime,
    point: Point,
    person: Person,
    first: bool,
    chance: random.Random,
) -> None:
    visit: dict[str, Any] = {
        "id": str(uuid5(SPACE, f"visit {key}")),
        "digipunt": point.id,
        "startedAt": moment.isoformat(),
        "durationMinutes": chance.choice([10, 15, 15, 20, 30, 30, 45, 60]),
        "themes": sorted({codes.pick(codes.THEMES, chance) for _ in range(chance.choice([1, 1, 1, 2]))}),
        "help": codes.pick(codes.HELP, chance),
        "outcome": codes.pick(codes.OUTCOMES, chance),
        "selfReliance": codes.pick(codes.SELF_RELIANCE, chance),
        "place": codes.pick(codes.PLACES, chance),
        "contact": "first" if first else "repeat",
        "helper": f"demo-{chance.randrange(1, 9)}",
        **person.traits,
    }
    if person.card:
        visit["card"] = person.card
    if chance.random() < 0.35:
        service = codes.pick(codes.SERVICES, chance)
        visit["bottlenecks"] = [{"service": service, "cause": codes.pick(codes.CAUSES, chance)}]
    if chance.random() < 0.4:
        visit["referredFrom"] = codes.pick(codes.PARTIES, chance)
    if visit["outcome"] == "referred":
        visit["referredTo"] = codes.pick(codes.PARTIES, chance)
    data.visits.append(visit)
    if chance.random() < 0.1:
        data.feedback.append(
            {
                "digipunt": point.id,
                "day": str(moment.date()),
                "selfReliance": codes.pick(codes.SELF_RELIANCE, chance),
                "satisfaction": chance.choice([3, 4, 4, 5, 5, 5]),
                "wouldReturn": chance.choice(["yes", "yes", "yes", "notAsked"]),
            }
        )
    if visit["outcome"] in ("waitingOnService", "appointmentMade"):
        data.follow_ups.append(
            {
                "id": str(uuid5(SPACE, f"follow-up {key}")),
                "digipunt": point.id,
                "visit": visit["id"],
                "kind": "checkService" if visit["outcome"] == "waitingOnService" else "appointment",
                "dueOn": str(moment.date() + timedelta(14)),
            }
        )


def _sessions(data: DemoData, half: Half, seed: int) -> None:
    """One info session a month, one training a quarter and one meeting a half-year, on Tuesday mornings."""
    chance = random.Random(f"{seed} sessions {half.first}")
    for month in range(6):
        kinds = ["infoSession"] + ["training"] * (month % 3 == 1) + ["partnerMeeting"] * (month == 4)
        for index, kind in enumerate(kinds):
            day = half.first.replace(month=half.first.month + month, day=8)
            day += timedelta((1 - day.weekday()) % 7 + 7 * index)
            starts = datetime.combine(day, time(10), tzinfo=BRUSSELS)
            seats = chance.choice([8, 10, 12])
            registered = chance.randrange(3, seats - 1)
            data.sessions.append(
                {
                    "id": str(uuid5(SPACE, f"session {seed} {kind} {day}")),
                    "kind": kind,
                    "title": chance.choice(codes.TITLES[kind]),
                    "digipunt": chance.choice(POINTS).id,
                    "startsAt": starts.isoformat(),
                    "endsAt": (starts + timedelta(hours=2)).isoformat(),
                    "seats": seats,
                    "registered": registered,
                    "present": registered - chance.randrange(0, 2),
                    "walkIn": chance.randrange(0, 3),
                }
            )


def _first(weekday: int) -> date:
    """The first such weekday of the demo; every other week is counted from it."""
    return FIRST_DAY + timedelta((weekday - FIRST_DAY.weekday()) % 7)

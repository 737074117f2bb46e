"""Visits of the demo, with what follows on them; as many as the partnership's known figures say.

897 people in 2024 and 486 in the first half of 2025. The same seed gives the same visits, and a later day only adds to them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from digipunt.demo import codes
from digipunt.demo.people import Visitor, visitor
from digipunt.demo.points import POINTS, Point, id_of

BACK_IN_A_NEW_YEAR = 0.35
"""How many of a year's first visits are by somebody who came in an earlier year."""

STUCK = 0.36
NOTED = 0.09
REFERRED = 0.4
CORRECTED = 0.012
VOIDED = 0.004
FEEDBACK = 0.06
FOLLOWED = 0.35
FOLLOWED_UP = {"waitingOnService": "checkService", "appointmentMade": "appointment"}
FOLLOW_UP_AFTER = timedelta(14)


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
    Half(date(2027, 1, 1), date(2027, 6, 30), 716, 498),
    Half(date(2027, 7, 1), date(2027, 12, 31), 634, 380),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: when, the body that the API takes but for the card's code, and what happened to it afterwards."""

    id: str
    at: datetime
    point: Point
    card: str | None
    body: dict[str, Any]
    corrected: dict[str, Any] | None = None
    voided: bool = False
    feedback: dict[str, Any] | None = None
    follow_up: str | None = None


@dataclass
class _Year:
    """Who came this calendar year, by digipunt."""

    seen: dict[Point, list[Visitor]] = field(default_factory=lambda: {point: [] for point in POINTS})


def generate(seed: int, now: datetime) -> list[Visit]:
    """The visits from 2024-01-01 up to the aware moment `now`, in order."""
    made: list[Visit] = []
    everybody: dict[Point, list[Visitor]] = {point: [] for point in POINTS}
    year = _Year()
    for half in HALVES:
        if half.first > now.date():
            break
        if half.first.month == 1:
            year = _Year()
        made += _half(half, everybody, year, random.Random(f"{seed} visits {half.first}"), seed)
    return [visit for visit in made if visit.at <= now]


def _half(
    half: Half, everybody: dict[Point, list[Visitor]], year: _Year, chance: random.Random, seed: int
) -> Iterator[Visit]:
    slots = sorted(_slots(half, chance), key=lambda slot: slot[0])
    firsts = set(chance.sample(range(1, len(slots)), half.firsts - 1)) | {0}
    for number, (moment, point) in enumerate(slots):
        seen = year.seen[point]
        # Whoever came to a digipunt for the first time this year was there the first time, whatever was drawn.
        first = number in firsts or not seen
        person = _first(point, everybody, seen, chance) if first else chance.choice(seen[-40:])
        if first:
            seen.append(person)
        yield _visit(id_of("visit", seed, half.first, number), moment, person, chance, first=first)


def _first(
    point: Point, everybody: dict[Point, list[Visitor]], seen: list[Visitor], chance: random.Random
) -> Visitor:
    """Somebody who was not here yet this year."""
    known = everybody[point]
    if chance.random() < BACK_IN_A_NEW_YEAR:
        here = set(seen)
        earlier = [each for each in known[-150:] if each not in here]
        if earlier:
            return chance.choice(earlier)
    person = visitor(point, sum(map(len, everybody.values())), chance)
    known.append(person)
    return person


def _slots(half: Half, chance: random.Random) -> Iterator[tuple[datetime, Point]]:
    """As many moments at open digipunten as the half-year has contacts."""
    open_days = {point: point.open_days(half.first, half.last) for point in POINTS}
    for point in chance.choices(POINTS, [point.share for point in POINTS], k=half.contacts):
        yield point.at(chance.choice(open_days[point]), chance.random()), point


def _visit(id: str, at: datetime, person: Visitor, chance: random.Random, *, first: bool) -> Visit:
    themes = [_theme(person, chance)]
    if chance.random() < 0.25:
        themes.append(_theme(person, chance))
    bottlenecks = [_bottleneck(themes[0], person, chance)] if _is_stuck(themes[0], chance) else []
    outcome = codes.pick(codes.STUCK if bottlenecks else codes.OUTCOMES, chance)
    body: dict[str, Any] = {
        "digipunt": person.point.id,
        "startedAt": at.isoformat(),
        "durationMinutes": chance.choice(codes.MINUTES.get(outcome, codes.OTHER_MINUTES)),
        "themes": sorted(set(themes)),
        "help": codes.pick(codes.HELP.get(outcome, codes.OTHER_HELP), chance),
        "outcome": outcome,
        "selfReliance": codes.pick(codes.SELF_RELIANCE.get(outcome, codes.OTHER_SELF_RELIANCE), chance),
        "place": codes.pick(codes.PLACES, chance),
        "contact": "first" if first else "repeat",
        "helper": f"demo-{chance.randrange(1, 9)}",
        **person.fields,
    }
    if bottlenecks:
        body["bottlenecks"] = bottlenecks
    if first and chance.random() < REFERRED:
        body["referredFrom"] = codes.pick(codes.REFERRED_FROM, chance)
    if outcome == "referred":
        body["referredTo"] = codes.pick(codes.REFERRED_TO.get(themes[0], codes.ELSEWHERE), chance)
    if chance.random() < NOTED:
        body["note"] = chance.choice(codes.NOTES)
    corrected = None
    if chance.random() < CORRECTED:
        corrected = {
            "durationMinutes": body["durationMinutes"] + 15,
            "themes": sorted({*themes, "printScan"}),
        }
    return Visit(
        id,
        at,
        person.point,
        person.card,
        body,
        corrected,
        voided=chance.random() < VOIDED,
        feedback=_feedback(at, person.point, body, chance) if chance.random() < FEEDBACK else None,
        follow_up=FOLLOWED_UP.get(outcome) if chance.random() < FOLLOWED else None,
    )


def _theme(person: Visitor, chance: random.Random) -> str:
    weights = dict(codes.THEMES)
    for trait in person.situation:
        for theme, more in codes.MORE.get(trait, {}).items():
            weights[theme] = weights.get(theme, 0) + more
    if person.age == "under18":
        weights = {theme: weight for theme, weight in weights.items() if theme not in codes.NOT_FOR_CHILDREN}
    return codes.pick(weights, chance)


def _is_stuck(theme: str, chance: random.Random) -> bool:
    """Whether an online service stood in the way; only one that the question is about."""
    return theme in codes.SERVICES and chance.random() < STUCK * 1.4


def _bottleneck(theme: str, person: Visitor, chance: random.Random) -> dict[str, str]:
    causes = {
        cause: weight
        for cause, weight in codes.CAUSES.items()
        if cause not in codes.ONLY_WHEN or codes.ONLY_WHEN[cause] in person.situation
    }
    return {"service": codes.pick(codes.SERVICES[theme], chance), "cause": codes.pick(causes, chance)}


def _feedback(at: datetime, point: Point, body: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    solved = body["outcome"] in ("solvedTogether", "solvedSelf", "doneFor")
    return {
        "digipunt": point.id,
        "day": str(at.date()),
        "selfReliance": body["selfReliance"],
        "satisfaction": chance.choice([4, 4, 5, 5, 5] if solved else [2, 3, 3, 4, 4]),
        "wouldReturn": chance.choice(["yes", "yes", "yes", "notAsked"]),
    }

"""Folds events into signed sums: registered adds a visit, voided subtracts it, corrected does both.

Promise: the result depends on the events only, not on how they were batched. Nothing here touches a database, so an event
that cannot be folded raises before it has any effect.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from chassis.clock import local_day
from contracts.envelope import Event
from contracts.events import event_type
from services.reporting.model.keys import counted
from services.reporting.model.layout import pack
from services.reporting.model.rows import DigipuntRow, FactRow, RegistrationRow, SessionRow

BY_POINT, BY_RESIDENCE = "P", "R"

RECORDED_ON, CORRECTED, VOIDED = "recordedOn", "corrected|", "voided|"
"""What happened to visits, counted beside them: those registered on a later day than their own, by that later day
(`recordedOn|2025-07-02`); those that count and have changed; and those that count no more."""

Place = tuple[str, str, date, str]
"""Scope, municipality, day in Brussels, digipunt ('' by residence)."""

Counts = Counter[str]
"""Sums of one cell, or what is added to one, by `dimension|code`."""


@dataclass(slots=True)
class Cell:
    """What is added to one cell."""

    counts: Counts = field(default_factory=Counter)
    once: list[str] = field(default_factory=list)
    """Keys that are still to be counted once each: all together, because one by one takes twice as long."""
    minutes: int = 0
    """To be added to those of the visits."""

    def sums(self) -> Counts:
        """All that is added."""
        self.counts.update(self.once)
        self.counts["minutes|"] += self.minutes
        self.once, self.minutes = [], 0
        return self.counts


VisitorDay = tuple[str, date, str, str, str]
"""Id of a visitor card, day, municipality and digipunt of the visit, and residence ('' when it is not known)."""


FactKey = tuple[str, date, str]
"""Municipality and day of a visit, and its id."""


@dataclass(slots=True)
class Deltas:
    """What a run of events adds to the figures, and the newest state of visits, digipunts, sessions and registrations."""

    cells: defaultdict[Place, Cell] = field(default_factory=lambda: defaultdict(Cell))
    visitors: Counter[VisitorDay] = field(default_factory=Counter)
    facts: dict[FactKey, FactRow | None] = field(default_factory=dict)
    """None where the visit does not count any more, or counts in another place or on another day now."""
    changed: set[FactKey] = field(default_factory=set)
    """Where there may have been a fact before."""
    changes: Counter[tuple[str, date]] = field(default_factory=Counter)
    """How often a fact came or went, by municipality and first day of the month."""
    digipunts: dict[str, DigipuntRow] = field(default_factory=dict)
    sessions: dict[str, SessionRow] = field(default_factory=dict)
    registrations: dict[str, RegistrationRow] = field(default_factory=dict)

    def add_visit(self, visit: dict[str, Any], sign: int) -> date:
        """Count one visit `sign` times, where the point is and, if known, where the visitor lives; its day."""
        day = _day_of(visit["startedAt"])
        municipality, digipunt, residence = visit["municipality"], visit["digipunt"], visit.get("residence")
        minutes = visit.get("durationMinutes") or 0
        keys, bits = counted(visit)
        cells = [self.cells[BY_POINT, municipality, day, digipunt]]
        if residence is not None:
            cells.append(self.cells[BY_RESIDENCE, residence, day, ""])
        for cell in cells:
            if sign > 0:
                cell.once += keys
            else:
                cell.counts.subtract(keys)
            cell.minutes += sign * minutes
        joined = ""
        if (bottlenecks := visit.get("bottlenecks")) is not None:
            stopped = sorted({f"{each['service']}|{each['cause']}" for each in bottlenecks})
            self._add_bottlenecks(cells, stopped, visit.get("outcome", ""), sign)
            joined = ",".join(stopped)
        if (visitor := visit.get("visitor")) is not None:
            self.visitors[visitor, day, municipality, digipunt, residence or ""] += sign
        self.changes[municipality, _month_of(day)] += 1
        key = municipality, day, visit["id"]
        if sign < 0:
            self.changed.add(key)
            self.facts[key] = None
        else:
            themes, codes = pack(bits)
            self.facts[key] = FactRow(
                municipality, day, key[2], digipunt, residence or "", themes, codes, minutes, joined
            )
        return day

    def _add_bottlenecks(self, cells: list[Cell], stopped: list[str], outcome: str, sign: int) -> None:
        """By service, cause and consequence; by residence without the consequence, or cells would grow tenfold."""
        for cell, consequence in zip(cells, (outcome, ""), strict=False):
            for each in stopped:
                cell.counts[f"bottleneck|{each}|{consequence}"] += sign

    def note(self, visit: dict[str, Any], key: str, sign: int = 1) -> None:
        """Count under `key` what happened to a visit, where the point is and where the visitor lives."""
        day = _day_of(visit["startedAt"])
        self.cells[BY_POINT, visit["municipality"], day, visit["digipunt"]].counts[key] += sign
        if (residence := visit.get("residence")) is not None:
            self.cells[BY_RESIDENCE, residence, day, ""].counts[key] += sign

    def add(self, municipality: str, day: str, digipunt: str, keys: Iterable[str]) -> None:
        """Count something other than a visit, once under each of `keys`."""
        self.cells[BY_POINT, municipality, date.fromisoformat(day), digipunt].once += keys


def fold(events: Iterable[Event]) -> Deltas:
    """The deltas of `events`. Raises KeyError, TypeError or ValueError on data that breaks the contract."""
    deltas = Deltas()
    for event in events:
        _APPLY[event.type](deltas, event)
    return deltas


def _day_of(started_at: str) -> date:
    """The local day; whole hours decide it, because Brussels is whole hours away from UTC."""
    if started_at.endswith("Z"):
        return _day_of_hour(started_at[:13])
    return local_day(datetime.fromisoformat(started_at))


@lru_cache(maxsize=4096)
def _month_of(day: date) -> date:
    return day.replace(day=1)


@lru_cache(maxsize=4096)
def _day_of_moment(day: int, hour: int) -> date:
    """The same of a moment in UTC."""
    return local_day(datetime.combine(date.fromordinal(day), time(hour), UTC))


@lru_cache(maxsize=4096)
def _day_of_hour(hour: str) -> date:
    return local_day(datetime.fromisoformat(f"{hour}:00:00+00:00"))


def _registered(deltas: Deltas, event: Event) -> None:
    visit = event.data["visit"]
    day = deltas.add_visit(visit, 1)
    recorded = _day_of_moment(event.time.toordinal(), event.time.hour)
    if recorded > day:
        deltas.note(visit, f"{RECORDED_ON}|{recorded}")


def _corrected(deltas: Deltas, event: Event) -> None:
    before, after = event.data["before"], event.data["visit"]
    deltas.add_visit(before, -1)
    deltas.add_visit(after, 1)
    if _was_corrected(event):
        deltas.note(before, CORRECTED, -1)
    deltas.note(after, CORRECTED)


def _voided(deltas: Deltas, event: Event) -> None:
    visit = event.data["visit"]
    deltas.add_visit(visit, -1)
    if _was_corrected(event):
        deltas.note(visit, CORRECTED, -1)
    deltas.note(visit, VOIDED)


def _was_corrected(event: Event) -> bool:
    """Whether the visit had changed before this event: its first is the registration, its second the first change."""
    return event.entityversion > 2


def _digipunt(deltas: Deltas, event: Event) -> None:
    point = event.data["digipunt"]
    days = [
        date.fromisoformat(day) if (day := point.get(name)) else None for name in ("openedOn", "closedOn")
    ]
    row = DigipuntRow(point["id"], point["name"], point["municipality"], point["state"], *days)
    deltas.digipunts[row.id] = row


def _session(deltas: Deltas, event: Event) -> None:
    session = event.data["session"]
    attendance = session.get("attendance") or {"present": 0, "walkIn": 0}
    deltas.sessions[session["id"]] = SessionRow(
        id=session["id"],
        municipality=session["municipality"],
        digipunt=session.get("digipunt", ""),
        day=_day_of(session["startsAt"]),
        kind=session["kind"],
        state=session["state"],
        seats=session["seats"],
        present=attendance["present"],
        walk_in=attendance["walkIn"],
        age_bands={each["code"]: each["count"] for each in attendance.get("ageBands", ())},
    )


def _registration(deltas: Deltas, event: Event) -> None:
    registration = event.data["registration"]
    row = RegistrationRow(
        registration["id"], registration["session"], registration["state"], registration["seats"]
    )
    deltas.registrations[row.id] = row


def _feedback(deltas: Deltas, event: Event) -> None:
    feedback = event.data["feedback"]
    keys = ["feedback|"]
    for dimension, name in (
        ("feedbackSelfReliance", "selfReliance"),
        ("satisfaction", "satisfaction"),
        ("wouldReturn", "wouldReturn"),
    ):
        if name in feedback:
            keys.append(f"{dimension}|{feedback[name]}")
    deltas.add(feedback["municipality"], feedback["day"], feedback["digipunt"], keys)


def _follow_up(deltas: Deltas, event: Event) -> None:
    # What is to be done on a day never moves, so planned and done are two sums over the same days.
    follow_up = event.data["followUp"]
    keys = [f"followUp|{follow_up['state']}"]
    deltas.add(follow_up["municipality"], follow_up["dueOn"], follow_up["digipunt"], keys)


def _erased(deltas: Deltas, event: Event) -> None:
    """Who is erased keeps counting: no figure names anybody."""


_APPLY = {
    event_type("visits", resource, what): apply
    for resource, whats, apply in (
        ("visits", ("registered",), _registered),
        ("visits", ("corrected",), _corrected),
        ("visits", ("voided",), _voided),
        ("digipunts", ("opened", "changed", "closed"), _digipunt),
        ("sessions", ("planned", "changed", "cancelled", "held"), _session),
        ("registrations", ("made", "promoted", "cancelled"), _registration),
        ("feedback", ("given",), _feedback),
        ("followUps", ("planned", "done"), _follow_up),
        ("contacts", ("erased",), _erased),
    )
    for what in whats
}

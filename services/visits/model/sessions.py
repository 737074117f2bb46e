"""The rules of info sessions, trainings and partner meetings: times, seats, who is next, and attendance as counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from chassis.errors import Conflict, Issue
from chassis.fingerprint import drop_empty, utc_text
from contracts.visits import SESSION_FIELDS
from services.visits.model.rows import Attendance, RegistrationRow, SessionRow

LONGEST = timedelta(days=1)
PUBLIC_KIND = "infoSession"
"""The one kind that visitors may follow, and so the only one in the public calendar."""


def time_issues(starts_at: datetime, ends_at: datetime) -> list[Issue]:
    """A session ends after it starts, within a day."""
    if ends_at <= starts_at:
        return [Issue("endsBeforeItStarts", "endsAt", value=utc_text(ends_at), type="invalidInput")]
    if ends_at - starts_at > LONGEST:
        return [Issue("sessionTooLong", "endsAt", value=utc_text(ends_at), type="invalidInput")]
    return []


def require_planned(row: SessionRow) -> None:
    """Raise Conflict, with what became of the session, unless it is still to come or under way."""
    if row["state"] != "planned":
        raise Conflict("sessionHeld" if row["state"] == "held" else "sessionCancelled")


def attendance_issues(attendance: Attendance, booked: int) -> list[Issue]:
    """The sums agree: registered and walk-in make up the present, and so do the age bands when they were noted."""
    found = []
    present, registered = attendance["present"], attendance["registered"]
    if registered + attendance["walkIn"] != present:
        found.append(Issue("presentNotTheSum", "present", value=present, type="invalidInput"))
    if registered > booked:
        found.append(
            Issue(
                "moreThanRegistered",
                "registered",
                value=registered,
                type="invalidInput",
                params={"booked": booked},
            )
        )
    bands = attendance["ageBands"]
    if len({band["code"] for band in bands}) != len(bands):
        found.append(Issue("ageBandTwice", "ageBands", type="invalidInput"))
    elif bands and sum(band["count"] for band in bands) != present:
        found.append(Issue("ageBandsNotTheSum", "ageBands", type="invalidInput"))
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """One registration on the waiting list."""

    id: str
    seats: int


def next_in_line(waiting: Iterable[Waiting], free: int) -> list[Waiting]:
    """Who moves up when seats come free: in order, until the first that does not fit. Nobody is overtaken."""
    moving = []
    for each in waiting:
        if each.seats > free:
            break
        moving.append(each)
        free -= each.seats
    return moving


def to_event(row: SessionRow) -> dict[str, Any]:
    """What of a session travels in events."""
    return drop_empty(
        {
            "id": row["id"],
            "kind": row["kind"],
            "title": row["title"],
            "digipunt": row["digipunt"],
            "municipality": row["municipality"],
            "startsAt": utc_text(row["starts_at"]),
            "endsAt": utc_text(row["ends_at"]),
            "seats": row["seats"],
            "state": row["state"],
            "attendance": row["attendance"],
        }
    )


_NAMES = {"starts_at": "startsAt", "ends_at": "endsAt"}


def changed_fields(before: SessionRow, after: SessionRow) -> list[str]:
    """What is different, by its names in events. Their content stays here: a place may be somebody's home."""
    old, new = cast("dict[str, Any]", before), cast("dict[str, Any]", after)
    names = {_NAMES.get(column, column): column for column in old}
    return [name for name in SESSION_FIELDS if old[names[name]] != new[names[name]]]


def to_api(row: SessionRow) -> dict[str, Any]:
    """A session as the API shows it."""
    return to_event(row) | drop_empty(
        {
            "description": row["description"],
            "location": row["location"],
            "taken": row["taken"],
            "free": row["seats"] - row["taken"],
            "version": row["version"],
        }
    )


def read_to_api(row: SessionRow, waiting: Mapping[str, int]) -> dict[str, Any]:
    """A session that is read, with the seats that are waited for, by session."""
    return to_api(row) | {"waiting": waiting.get(row["id"], 0)}


def registration_to_event(row: RegistrationRow) -> dict[str, Any]:
    """What of a registration travels in events: counts, and at most a random id that says nothing here."""
    return drop_empty(
        {
            "id": row["id"],
            "session": row["session"],
            "municipality": row["municipality"],
            "state": row["state"],
            "seats": row["seats"],
            "contact": row["contact"],
        }
    )


def registration_to_api(row: RegistrationRow) -> dict[str, Any]:
    """A registration as the API shows it; the reference is what the person holds."""
    return registration_to_event(row) | drop_empty(
        {
            "reference": row["reference"],
            "visitor": row["visitor"],
            "number": row["number"],
            "version": row["version"],
        }
    )

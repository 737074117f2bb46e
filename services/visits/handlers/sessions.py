"""Plan, change, cancel and hold sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict, Forbidden, InvalidInput
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import raise_if, require_version
from common.access import Caller, require_municipality, require_place
from services.visits.handlers.common import (
    RegistrationContext,
    event_name,
    require_known_digipunt,
    with_content,
)
from services.visits.handlers.registrations import cancel, promote
from services.visits.model import sessions as rules
from services.visits.model.rows import Attendance, SessionRow
from services.visits.tables import REGISTRATIONS, SESSIONS, registrations

PLANNED = event_name("sessions", "planned")
CHANGED = event_name("sessions", "changed")
CANCELLED = event_name("sessions", "cancelled")
HELD = event_name("sessions", "held")


def plan_session(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[SessionRow, bool]:
    """Plan a session under the client's id; whether it is new."""
    content = drop_empty(sent)
    municipality = _municipality(context, caller, content)
    raise_if(rules.time_issues(content["starts_at"], content["ends_at"]))
    row: SessionRow = {
        "id": id,
        "kind": content["kind"],
        "title": content["title"],
        "description": content.get("description"),
        "location": content.get("location"),
        "digipunt": content.get("digipunt"),
        "municipality": municipality,
        "starts_at": content["starts_at"],
        "ends_at": content["ends_at"],
        "seats": content["seats"],
        "taken": 0,
        "registrations": 0,
        "state": "planned",
        "attendance": None,
        "content_hash": fingerprint(content),
        "version": 1,
    }

    def require_access(found: SessionRow) -> None:
        require_municipality(caller, found["municipality"], "session", id)

    return SESSIONS.put_once(uow, row, PLANNED, {"session": rules.to_event(row)}, require_access)


def change_session(
    uow: UnitOfWork, caller: Caller, id: str, expected: int, changes: Mapping[str, Any]
) -> SessionRow:
    """Change a planned session. More seats let those who wait move up; fewer than are taken is a Conflict."""
    row = _require_own(uow, caller, id)
    require_version(row, expected)
    rules.require_planned(row)
    after = with_content(row, changes)
    raise_if(rules.time_issues(after["starts_at"], after["ends_at"]))
    if after["seats"] < row["taken"]:
        raise Conflict("seatsTaken", taken=row["taken"])
    if after == row:
        return row
    changed = rules.changed_fields(row, after)
    after = SESSIONS.update(uow.connection, row, after)
    _record(uow, CHANGED, after, changed=changed)
    return promote(uow, after)


def cancel_session(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> SessionRow:
    """Cancel a planned session and all its registrations. Cancelling again changes nothing."""
    row = _require_own(uow, caller, id)
    if row["state"] == "cancelled":
        return row
    require_version(row, expected)
    rules.require_planned(row)
    after: SessionRow = {**row, "state": "cancelled", "taken": 0}
    after = SESSIONS.update(uow.connection, row, after)
    _record(uow, CANCELLED, after)
    mine = (registrations.c.session == id) & (registrations.c.state != "cancelled")
    for registration in REGISTRATIONS.select(uow.connection, sa.select(registrations).where(mine)):
        cancel(uow, registration)
    return after


def hold_session(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, attendance: Mapping[str, Any]
) -> SessionRow:
    """Record who came, as counts. Counted wrong: send other counts with `If-Match`."""
    row = _require_own(uow, caller, id)
    counts: Attendance = {
        "present": attendance["present"],
        "registered": attendance["registered"],
        "walkIn": attendance["walk_in"],
        "ageBands": [{"code": band["code"], "count": band["count"]} for band in attendance["age_bands"]],
    }
    if row["state"] == "held":
        if row["attendance"] == counts:
            return row
        if expected is None:
            raise Conflict("countsRecorded")
    elif row["state"] == "cancelled":
        raise Conflict("sessionCancelled")
    require_version(row, expected)
    if row["starts_at"] > uow.clock.now():
        raise Conflict("sessionNotBegun")
    raise_if(rules.attendance_issues(counts, row["taken"]))
    after: SessionRow = {**row, "state": "held", "attendance": counts}
    after = SESSIONS.update(uow.connection, row, after)
    _record(uow, HELD, after)
    return after


def _municipality(context: RegistrationContext, caller: Caller, content: Mapping[str, Any]) -> str:
    """The municipality that was named, or that of the digipunt; both must agree."""
    named = content.get("municipality")
    if "digipunt" in content:
        digipunt = require_known_digipunt(context, caller, content["digipunt"])
        if named not in (None, digipunt.municipality):
            raise InvalidInput.at("municipality", "digipuntElsewhere", value=named)
        return digipunt.municipality
    if named is None:
        raise InvalidInput.at("municipality", "placeMissing")
    if named not in caller.municipalities:
        raise Forbidden("otherMunicipality")
    return str(named)


def _require_own(uow: UnitOfWork, caller: Caller, id: str) -> SessionRow:
    row = SESSIONS.get(uow.connection, id, lock=True)
    require_place(caller, row["digipunt"], row["municipality"], "session", id)
    return row


def _record(uow: UnitOfWork, type: str, row: SessionRow, **more: Any) -> None:
    data = {"session": rules.to_event(row)} | more
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])

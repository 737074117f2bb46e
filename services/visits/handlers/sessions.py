"""Plan, change, cancel and hold sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict, Forbidden, InvalidInput
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import Row, get, raise_if, require_same, require_version, update
from common.access import Caller, require_municipality
from services.visits.handlers.common import Desk, point_for, typed
from services.visits.handlers.registrations import CANCELLED as REGISTRATION_CANCELLED
from services.visits.handlers.registrations import promote, record_registration
from services.visits.model import sessions as rules
from services.visits.tables import REGISTRATIONS, SESSIONS, registrations, sessions

PLANNED = typed("sessions", "planned")
CHANGED = typed("sessions", "changed")
CANCELLED = typed("sessions", "cancelled")
HELD = typed("sessions", "held")


def plan_session(
    uow: UnitOfWork, desk: Desk, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[Row, bool]:
    """Plan a session under the client's id; whether it is new."""
    content = drop_empty(sent)
    municipality = _municipality(desk, caller, content)
    raise_if(rules.time_issues(content["starts_at"], content["ends_at"]) + rules.text_issues(content))
    row = {
        "description": None,
        "location": None,
        "digipunt": None,
        **content,
        "id": id,
        "municipality": municipality,
        "taken": 0,
        "registrations": 0,
        "state": "planned",
        "attendance": None,
        "content_hash": fingerprint(content),
        "version": 1,
    }
    data = {"session": rules.facts(row)}
    if uow.insert_new(sessions, row, PLANNED, data, version=1, municipality=municipality):
        return row, True
    kept = get(uow.connection, SESSIONS, id)
    require_municipality(caller, kept["municipality"], "session", id)
    require_same(kept, row["content_hash"], "session")
    return kept, False


def change_session(
    uow: UnitOfWork, caller: Caller, id: str, expected: int, changes: Mapping[str, Any]
) -> Row:
    """Change a planned session. More seats let those who wait move up; fewer than are taken is a Conflict."""
    row = _require_mine(uow, caller, id)
    require_version(row, expected)
    _require_planned(row)
    after = {**row, **changes}
    raise_if(rules.time_issues(after["starts_at"], after["ends_at"]) + rules.text_issues(changes))
    if after["seats"] < row["taken"]:
        raise Conflict(f"{row['taken']} seats are taken; cancel registrations first.")
    if after == row:
        return row
    after = update(uow.connection, SESSIONS, row, {**row, **changes})
    _record(uow, CHANGED, after)
    return promote(uow, after)


def cancel_session(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> Row:
    """Cancel a planned session and all its registrations. Cancelling again changes nothing."""
    row = _require_mine(uow, caller, id)
    if row["state"] == "cancelled":
        return row
    require_version(row, expected)
    _require_planned(row)
    after = update(uow.connection, SESSIONS, row, {**row, "state": "cancelled", "taken": 0})
    _record(uow, CANCELLED, after)
    mine = (registrations.c.session == id) & (registrations.c.state != "cancelled")
    for registration in uow.connection.execute(sa.select(registrations).where(mine)).mappings().all():
        cancelled = update(
            uow.connection, REGISTRATIONS, dict(registration), {**dict(registration), "state": "cancelled"}
        )
        record_registration(uow, REGISTRATION_CANCELLED, cancelled)
    return after


def hold_session(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, attendance: Mapping[str, Any]
) -> Row:
    """Record who came, as counts. Counted wrong: send other counts with `If-Match`."""
    row = _require_mine(uow, caller, id)
    counts = {
        "present": attendance["present"],
        "registered": attendance["registered"],
        "walkIn": attendance["walk_in"],
        "ageBands": [dict(band) for band in attendance["age_bands"]],
    }
    if row["state"] == "held":
        if row["attendance"] == counts:
            return row
        if expected is None:
            raise Conflict("Other counts are recorded already; to correct them send the version in If-Match.")
    elif row["state"] == "cancelled":
        raise Conflict("This session is cancelled.")
    require_version(row, expected)
    if row["starts_at"] > uow.clock.now():
        raise Conflict("This session has not begun yet.")
    raise_if(rules.attendance_issues(attendance, row["taken"]))
    after = update(uow.connection, SESSIONS, row, {**row, "state": "held", "attendance": counts})
    _record(uow, HELD, after)
    return after


def _municipality(desk: Desk, caller: Caller, content: Mapping[str, Any]) -> str:
    """The municipality that was named, or that of the digipunt; both must agree."""
    named = content.get("municipality")
    if "digipunt" in content:
        point = point_for(desk, caller, content["digipunt"])
        if named not in (None, point.municipality):
            raise InvalidInput.at("municipality", "The digipunt is in another municipality.", value=named)
        return point.municipality
    if named is None:
        raise InvalidInput.at("municipality", "Name a digipunt or a municipality.")
    if named not in caller.municipalities:
        raise Forbidden("This municipality is not yours.")
    return str(named)


def _require_mine(uow: UnitOfWork, caller: Caller, id: str) -> Row:
    row = get(uow.connection, SESSIONS, id, lock=True)
    require_municipality(caller, row["municipality"], "session", id)
    return row


def _require_planned(row: Row) -> None:
    if row["state"] != "planned":
        raise Conflict(f"This session is {row['state']}.")


def _record(uow: UnitOfWork, type: str, row: Row) -> None:
    data = {"session": rules.facts(row)}
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])

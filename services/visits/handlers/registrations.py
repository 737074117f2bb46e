"""Seats in a session: register, wait, move up, cancel.

Every change of seats locks the session's row first, so registrations of one session come one after the other; and the
database refuses a row with more seats taken than there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict, InvalidInput, NotFound
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import raise_if, require_version
from common.access import Caller, require_place
from services.visits.handlers.common import RegistrationContext, card_issues, cards_for, event_name
from services.visits.model.codes import new_code
from services.visits.model.rows import RegistrationRow, SessionRow
from services.visits.model.sessions import Waiting, next_in_line, registration_to_event, require_planned
from services.visits.tables import REGISTRATIONS, SESSIONS, registrations, sessions

MADE = event_name("registrations", "made")
PROMOTED = event_name("registrations", "promoted")
CANCELLED = event_name("registrations", "cancelled")


def make_registration(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    session_id: str,
    id: str,
    sent: Mapping[str, Any],
    below: Callable[[int], int],
) -> tuple[RegistrationRow, bool]:
    """Take seats, or a place on the waiting list when they are full or others wait; whether it is new.

    Raises Conflict when the session takes no registrations, InvalidInput when that many seats can never be free.
    """
    session = _require_session(uow, caller, session_id)
    content = drop_empty({**sent, "session": session_id})
    digest = fingerprint(content)

    def require_access(found: RegistrationRow) -> None:
        other = session if found["session"] == session_id else SESSIONS.get(uow.connection, found["session"])
        require_place(caller, other["digipunt"], other["municipality"], "registration", id)

    if same := REGISTRATIONS.find_same(uow.connection, id, digest, require_access):
        return same, False
    # Even after it began: a list that was kept on paper is entered before the attendance is.
    require_planned(session)
    seats = content["seats"]
    if seats > session["seats"]:
        raise InvalidInput.at(
            "seats", "moreThanSeats", value=seats, type="invalidInput", most=session["seats"]
        )
    fits = session["taken"] + seats <= session["seats"] and not _waiting(uow, session_id)
    row: RegistrationRow = {
        "id": id,
        "session": session_id,
        "municipality": session["municipality"],
        "number": session["registrations"] + 1,
        "seats": seats,
        "visitor": _visitor(uow, context, caller, session_id, content.get("card")),
        "contact": content.get("contact"),
        "reference": _free_reference(uow, session_id, below),
        "state": "confirmed" if fits else "waiting",
        "content_hash": digest,
        "version": 1,
    }
    taken = session["taken"] + (seats if fits else 0)
    _count(uow, {**session, "taken": taken, "registrations": row["number"]})
    uow.connection.execute(sa.insert(registrations), dict(row))
    _record(uow, MADE, row)
    return row, True


def cancel_registration(
    uow: UnitOfWork, caller: Caller, session_id: str, id: str, expected: int | None
) -> RegistrationRow:
    """Give the seats back; those who wait move up in order. Cancelling again changes nothing."""
    session = _require_session(uow, caller, session_id)
    row = REGISTRATIONS.get(uow.connection, id)
    if row["session"] != session_id:
        raise NotFound("registration", id)
    if row["state"] == "cancelled":
        return row
    require_version(row, expected)
    require_planned(session)
    after = cancel(uow, row)
    if row["state"] == "confirmed":
        session = _count(uow, {**session, "taken": session["taken"] - row["seats"]})
    promote(uow, session)
    return after


def promote(uow: UnitOfWork, session: SessionRow) -> SessionRow:
    """Confirm those who wait, in order, as far as the free seats of the locked session go."""
    waiting = _waiting(uow, session["id"])
    moving = next_in_line(
        [Waiting(row["id"], row["seats"]) for row in waiting], session["seats"] - session["taken"]
    )
    if not moving:
        return session
    rows = {row["id"]: row for row in waiting}
    for each in moving:
        after: RegistrationRow = {**rows[each.id], "state": "confirmed"}
        _record(uow, PROMOTED, REGISTRATIONS.update(uow.connection, rows[each.id], after))
    return _count(uow, {**session, "taken": session["taken"] + sum(each.seats for each in moving)})


def cancel(uow: UnitOfWork, row: RegistrationRow) -> RegistrationRow:
    """Cancel one registration of a locked session; its seats are the caller's to count."""
    after: RegistrationRow = {**row, "state": "cancelled"}
    after = REGISTRATIONS.update(uow.connection, row, after)
    _record(uow, CANCELLED, after)
    return after


def _record(uow: UnitOfWork, type: str, row: RegistrationRow) -> None:
    data = {"registration": registration_to_event(row)}
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])


def _require_session(uow: UnitOfWork, caller: Caller, id: str) -> SessionRow:
    session = SESSIONS.get(uow.connection, id, lock=True)
    require_place(caller, session["digipunt"], session["municipality"], "session", id)
    return session


def _count(uow: UnitOfWork, session: SessionRow) -> SessionRow:
    """Write the counts of the locked session. Its version stays: what a coordinator edits has not changed."""
    counts = {sessions.c.taken: session["taken"], sessions.c.registrations: session["registrations"]}
    uow.connection.execute(sa.update(sessions).where(sessions.c.id == session["id"]).values(counts))
    return session


def _waiting(uow: UnitOfWork, session_id: str) -> list[RegistrationRow]:
    mine = (registrations.c.session == session_id) & (registrations.c.state == "waiting")
    statement = sa.select(registrations).where(mine).order_by(registrations.c.number)
    return REGISTRATIONS.select(uow.connection, statement)


def _visitor(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, session_id: str, code: str | None
) -> str | None:
    """The visitor behind a card that has no seat in this session yet."""
    if code is None:
        return None
    card = cards_for(uow, context, caller, [code]).get(code)
    raise_if(card_issues(card))
    assert card is not None
    mine = (registrations.c.session == session_id) & (registrations.c.state != "cancelled")
    taken = sa.select(registrations.c.id).where(mine & (registrations.c.visitor == card.id))
    if uow.connection.execute(taken).first():
        raise Conflict("cardRegistered")
    return card.id


def _free_reference(uow: UnitOfWork, session_id: str, below: Callable[[int], int]) -> str:
    """A reference that nobody holds for this session; nobody else draws while the session is locked."""
    statement = sa.select(registrations.c.reference).where(registrations.c.session == session_id)
    held = set(uow.connection.execute(statement).scalars())
    while (reference := new_code(below)) in held:
        pass
    return reference

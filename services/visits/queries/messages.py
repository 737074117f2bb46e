"""What notifications asks when a message is due: is it still true, and what are the facts?

No name or number is kept here (docs/adr/0010). A registration or a follow-up may have a *contact*, the random id of somebody
whom notifications keeps (docs/adr/0016): then `about` is that registration or follow-up, and notifications knows whom to tell.
Registrations without one are told by staff: the message is about the session, and shows their references.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from chassis.fingerprint import drop_empty
from common.addresses import one_line
from common.phones import as_dialled
from contracts.message_context import answer, nothing_to_tell
from contracts.refdata import LISTS
from services.visits.model.rows import FollowUpRow, RegistrationRow, SessionRow
from services.visits.tables import DIGIPUNTS, FOLLOW_UPS, REGISTRATIONS, SESSIONS, registrations

SESSION_STATES = {
    "sessionConfirmed": "planned",
    "sessionReminder": "planned",
    "sessionChanged": "planned",
    "sessionCancelled": "cancelled",
    "waitlistOffer": "planned",
}
"""Kind of message → the state that a session has when it is true."""

FOLLOW_UP = "followUpCall"

KINDS = frozenset({*SESSION_STATES, FOLLOW_UP})
"""The kinds of messages that visits answers for, as notifications' own table has them."""


def message_context(connection: sa.Connection, kind: str, about: str, now: datetime) -> dict[str, Any]:
    """The answer to `message_context`, as the contract says."""
    if kind in SESSION_STATES:
        registration = REGISTRATIONS.find(connection, about)
        if registration is not None:
            return _registration(connection, registration, SESSION_STATES[kind], now)
        return _session(connection, about, SESSION_STATES[kind], now)
    if kind == FOLLOW_UP:
        return _follow_up(connection, about)
    return nothing_to_tell("notFound")


def _registration(
    connection: sa.Connection, registration: RegistrationRow, state: str, now: datetime
) -> dict[str, Any]:
    session = SESSIONS.get(connection, registration["session"])
    if session["state"] != state or session["starts_at"] <= now:
        return nothing_to_tell("cancelled")
    # Of a cancelled session every registration is cancelled; of one that takes place, those with a seat are told.
    if state == "planned" and registration["state"] != "confirmed":
        return nothing_to_tell("cancelled")
    return _true(connection, session, **_of_session(session))


def _session(connection: sa.Connection, id: str, state: str, now: datetime) -> dict[str, Any]:
    session = SESSIONS.find(connection, id)
    if session is None:
        return nothing_to_tell("notFound")
    if session["state"] != state or session["starts_at"] <= now:
        return nothing_to_tell("cancelled")
    registered = sa.select(registrations.c.reference).where(
        registrations.c.session == id, registrations.c.contact.is_(None)
    )
    if state == "planned":
        registered = registered.where(registrations.c.state != "cancelled")
    references = list(connection.execute(registered.order_by(registrations.c.number)).scalars())
    if not references:
        return nothing_to_tell("notFound")
    return _true(connection, session, **_of_session(session), references=", ".join(references))


def _follow_up(connection: sa.Connection, id: str) -> dict[str, Any]:
    task = FOLLOW_UPS.find(connection, id)
    if task is None:
        return nothing_to_tell("notFound")
    if task["state"] != "planned" or task["contact"] is None:
        return nothing_to_tell("cancelled")
    return _true(connection, task, note=task["note"])


def _of_session(session: SessionRow) -> dict[str, Any]:
    return {
        "title": session["title"],
        "startsAt": session["starts_at"].isoformat(),
        "location": session["location"],
    }


def _true(connection: sa.Connection, row: SessionRow | FollowUpRow, **facts: Any) -> dict[str, Any]:
    facts = drop_empty(facts) | {"digipunt": _place(connection, row)}
    return answer({"true": True, "reason": None, "dueOn": None, "person": None, "facts": facts})


def _place(connection: sa.Connection, row: SessionRow | FollowUpRow) -> dict[str, Any]:
    """The digipunt; of a session that is at none, the town."""
    digipunt = DIGIPUNTS.find(connection, row["digipunt"]) if row["digipunt"] else None
    if digipunt is None:
        towns = {each.code: each.nl for each in LISTS["municipality"].codes}
        name = f"Digipunt {towns.get(row['municipality'], '')}".strip()
        return {"id": row["id"], "name": name, "address": None, "phone": None, "opening": None}
    return {
        "id": digipunt["id"],
        "name": digipunt["name"],
        "address": one_line(digipunt["address"]),
        "phone": as_dialled(digipunt["phone"]) if digipunt["phone"] else None,
        "opening": None,
    }

"""What notifications asks when a message is due: is it still true, and what are the facts?

Nobody's name or number stands behind a registration or a follow-up (docs/adr/0010), so the message goes to staff: it
shows which references are registered, or what a call was to be about.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from chassis.fingerprint import drop_empty
from common.addresses import one_line
from contracts.message_context import answer, nothing_to_tell
from contracts.refdata import LISTS
from services.visits.model.rows import FollowUpRow, SessionRow
from services.visits.tables import DIGIPUNTS, FOLLOW_UPS, SESSIONS, registrations

SESSION_STATES = {"sessionChanged": "planned", "sessionCancelled": "cancelled"}
"""Kind of message → the state that a session has when it is true."""

FOLLOW_UP = "followUpCall"

KINDS = frozenset({*SESSION_STATES, FOLLOW_UP})
"""The kinds of messages that visits answers for, as notifications' own table has them."""


def message_context(connection: sa.Connection, kind: str, about: str, now: datetime) -> dict[str, Any]:
    """The answer to `message_context`, as the contract says."""
    if kind in SESSION_STATES:
        return _session(connection, about, SESSION_STATES[kind], now)
    if kind == FOLLOW_UP:
        return _follow_up(connection, about)
    return nothing_to_tell("notFound")


def _session(connection: sa.Connection, id: str, state: str, now: datetime) -> dict[str, Any]:
    session = SESSIONS.find(connection, id)
    if session is None:
        return nothing_to_tell("notFound")
    if session["state"] != state or session["starts_at"] <= now:
        return nothing_to_tell("cancelled")
    registered = sa.select(registrations.c.reference).where(registrations.c.session == id)
    if state == "planned":
        registered = registered.where(registrations.c.state != "cancelled")
    references = list(connection.execute(registered.order_by(registrations.c.number)).scalars())
    if not references:
        return nothing_to_tell("notFound")
    return _true(
        connection,
        session,
        title=session["title"],
        startsAt=session["starts_at"].isoformat(),
        references=", ".join(references),
    )


def _follow_up(connection: sa.Connection, id: str) -> dict[str, Any]:
    task = FOLLOW_UPS.find(connection, id)
    if task is None:
        return nothing_to_tell("notFound")
    if task["state"] != "planned":
        return nothing_to_tell("cancelled")
    return _true(connection, task, note=task["note"])


def _true(connection: sa.Connection, row: SessionRow | FollowUpRow, **facts: Any) -> dict[str, Any]:
    facts = drop_empty(facts) | {"digipunt": _place(connection, row)}
    return answer({"true": True, "reason": None, "dueOn": None, "person": None, "facts": facts})


def _place(connection: sa.Connection, row: SessionRow | FollowUpRow) -> dict[str, Any]:
    """The digipunt; of a session that is at none, the town."""
    digipunt = DIGIPUNTS.find(connection, row["digipunt"]) if row["digipunt"] else None
    nothing_more = {"phone": None, "opening": None}
    if digipunt is None:
        towns = {each.code: each.nl for each in LISTS["municipality"].codes}
        name = f"Digipunt {towns.get(row['municipality'], '')}".strip()
        return {"id": row["id"], "name": name, "address": None, **nothing_more}
    where = one_line(digipunt["address"])
    return {"id": digipunt["id"], "name": digipunt["name"], "address": where, **nothing_more}

"""All that is kept here of a person, to be handed over to them: who they are, and what they were and are to be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from chassis.fingerprint import drop_empty
from common.access import Caller, reaches
from common.persons import Kept
from services.notifications.model.messages import to_api
from services.notifications.model.rows import MessageRow
from services.notifications.queries.messages import get_with_history
from services.notifications.tables import MESSAGES, call_backs, messages, seats, sessions


def messages_of(connection: sa.Connection, caller: Caller, id: str) -> Iterator[Kept]:
    """What the person was and is to be told, in the caller's municipalities. No address is kept with it."""
    theirs = sa.select(messages).where(messages.c.person == id).order_by(messages.c.id)
    for row in MESSAGES.select(connection, theirs):
        if reaches(caller, row["digipunt"], row["municipality"] or ""):
            yield {"kind": "message", "municipality": row["municipality"], "data": _message(connection, row)}


def appointments_of(connection: sa.Connection, id: str, municipality: str) -> Iterator[Kept]:
    """The seats and the promised calls for which a contact is kept."""
    theirs = (
        sa.select(seats.c.id, seats.c.session, seats.c.state, sessions.c.starts_at)
        .outerjoin(sessions, sessions.c.id == seats.c.session)
        .where(seats.c.contact == id)
        .order_by(seats.c.id)
    )
    for seat in connection.execute(theirs):
        data = {"id": seat.id, "session": seat.session, "state": seat.state, "startsAt": seat.starts_at}
        yield {"kind": "seat", "municipality": municipality, "data": drop_empty(data)}
    calls = sa.select(call_backs.c.id, call_backs.c.due_on).where(call_backs.c.contact == id)
    for call in connection.execute(calls.order_by(call_backs.c.id)):
        data = {"id": call.id, "dueOn": call.due_on}
        yield {"kind": "callBack", "municipality": municipality, "data": data}


def _message(connection: sa.Connection, row: MessageRow) -> dict[str, Any]:
    steps = get_with_history(connection, row["id"]).history
    return to_api(row) | {"history": [drop_empty(step) for step in steps]}

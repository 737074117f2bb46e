"""Who makes a call: a line of the call sheet is somebody's for ten minutes, so that nobody is called by two people at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from chassis.clock import BRUSSELS
from chassis.errors import Conflict, InvalidInput, NotFound
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update, replacing
from common.access import Caller, require_digipunt
from services.notifications.handlers.transitions import lock_messages
from services.notifications.model import timing
from services.notifications.model.rows import CallClaimRow, MessageRow
from services.notifications.model.states import TO_CALL
from services.notifications.tables import MESSAGES, call_claims, messages


@dataclass(frozen=True, slots=True)
class CallClaim:
    """Some messages to one person, which one member of staff is calling about."""

    id: str
    messages: list[str]
    claimed_by: str
    until: datetime


def claim(uow: UnitOfWork, caller: Caller, ids: Sequence[str]) -> CallClaim:
    """Take a line of the call sheet, or keep it for longer: these messages, and all others to the same people.

    Raises Conflict when somebody else has it, or when there is nothing to call about any more.
    """
    named = lock_messages(uow, messages.c.id.in_(ids), order_by=(messages.c.id,))
    for id in sorted(set(ids) - {row["id"] for row in named}):
        raise NotFound("message", id)
    for row in named:
        require_digipunt(caller, row["digipunt"], row["municipality"] or "", "message", row["id"])
    if any(row["state"] not in TO_CALL for row in named):
        raise Conflict("nothingToCall")
    people = {row["person"] for row in named if row["person"]}
    if len(people) > 1:
        raise InvalidInput.at("messages", "severalPeople")
    rows = named
    if people:
        rows = lock_messages(
            uow, messages.c.person.in_(people), messages.c.state.in_(TO_CALL), order_by=(messages.c.id,)
        )
    now = uow.clock.now()
    held = _held(uow, rows, now)
    for other in held:
        if other.claimed_by != caller.subject:
            until = f"{other.until.astimezone(BRUSSELS):%H:%M}"
            raise Conflict("callClaimed", who=other.claimed_by, until=until)
    id = held[0].claim if held else uow.new_id()
    taken = CallClaim(id, [row["id"] for row in rows], caller.subject, now + timing.CALL_CLAIM)
    for row in rows:
        values: CallClaimRow = {
            "message": row["id"],
            "claim": id,
            "claimed_by": taken.claimed_by,
            "until": taken.until,
        }
        uow.connection.execute(replacing(uow.dialect, call_claims), dict(values))
    return taken


def release(uow: UnitOfWork, caller: Caller, id: str) -> None:
    """Give a line back. Raises NotFound when nobody has it any more, and Conflict when somebody else does."""
    statement = sa.select(call_claims).where(call_claims.c.claim == id)
    held = uow.connection.execute(for_update(uow.dialect, statement)).all()
    if not held:
        raise NotFound("claim", id)
    row = MESSAGES.get(uow.connection, held[0].message)
    require_digipunt(caller, row["digipunt"], row["municipality"] or "", "claim", id)
    if held[0].claimed_by != caller.subject:
        raise Conflict("callNotYours")
    uow.connection.execute(sa.delete(call_claims).where(call_claims.c.claim == id))


def purge(uow: UnitOfWork) -> None:
    """Delete the claims that ran out."""
    uow.connection.execute(sa.delete(call_claims).where(call_claims.c.until <= uow.clock.now()))


def _held(
    uow: UnitOfWork, rows: Sequence[MessageRow], now: datetime
) -> list[sa.Row[tuple[str, str, datetime]]]:
    held = sa.select(call_claims.c.claim, call_claims.c.claimed_by, call_claims.c.until).where(
        call_claims.c.message.in_([row["id"] for row in rows]), call_claims.c.until > now
    )
    return list(uow.connection.execute(for_update(uow.dialect, held)).all())

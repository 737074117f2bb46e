"""Events of visits about sessions and who has a seat in them become messages to the contacts that the registrations name.

The contact itself may arrive before or after its registration, and a registration before its session: a message is planned
under a key as soon as registration and session are known, and asks for the contact when it is due. An event that is applied
again, in a rebuild, has a version that is there already, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from chassis.inbox.projection import Batch
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update, replacing
from contracts.envelope import Event
from services.notifications.handlers import planning
from services.notifications.handlers.contacts import is_erased, note_forgotten
from services.notifications.handlers.transitions import lock_messages, transition
from services.notifications.model import seats as rules
from services.notifications.model.kinds import Kind
from services.notifications.model.plans import NOTHING, Outcome
from services.notifications.model.rows import CallBackRow, SeatRow, SessionRow
from services.notifications.model.states import OPEN
from services.notifications.tables import SEATS, SESSIONS, call_backs, messages, seats, sessions

FIRST_TOLD: tuple[Kind, ...] = ("sessionConfirmed", "waitlistOffer")
MOVED: tuple[Kind, ...] = ("sessionChanged",)


def apply(batch: Batch, within: planning.Within) -> None:
    """Apply a batch of events of visits. Raises KeyError and the like on an event that breaks its contract."""
    for event in batch.events:
        with within(event.traceparent, batch.connection) as uow:
            planning.apply_event(uow, event, batch.generation)
            resource, _, what = event.type.split(".")[4:7]
            if resource == "sessions":
                _session(uow, event)
            elif resource == "registrations":
                _registration(uow, event, what)
            elif resource == "followUps":
                _remember_call_back(uow, event.data["followUp"])
            elif resource == "contacts":
                note_forgotten(uow, event.data["contact"])


def _session(uow: UnitOfWork, event: Event) -> None:
    given = event.data["session"]
    before = SESSIONS.find(uow.connection, given["id"], lock=True)
    if before is not None and before["version"] >= event.entityversion:
        return
    session: SessionRow = {
        "id": given["id"],
        "municipality": given["municipality"],
        "digipunt": given.get("digipunt"),
        "starts_at": datetime.fromisoformat(given["startsAt"]),
        "ends_at": datetime.fromisoformat(given["endsAt"]),
        "state": given["state"],
        "version": event.entityversion,
    }
    uow.connection.execute(replacing(uow.dialect, sessions), dict(session))
    mine = for_update(uow.dialect, sa.select(seats).where(seats.c.session == session["id"]))
    for seat in SEATS.select(uow.connection, mine):
        for outcome in _of_session(uow, seat, before, session, event):
            _follow(uow, outcome, event)


def _of_session(
    uow: UnitOfWork, seat: SeatRow, before: SessionRow | None, session: SessionRow, event: Event
) -> list[Outcome]:
    if session["state"] == "cancelled":
        return [rules.cancelled(seat, session, event.time)]
    if session["state"] != "planned":
        return []
    if before is None:
        return [rules.taken(seat, session)]
    if before["starts_at"] != session["starts_at"]:
        _be_of_use_until(uow, seat, session["starts_at"])
    what = event.data.get("changed", ["startsAt"] if before["starts_at"] != session["starts_at"] else [])
    return [rules.changed(seat, session, what, event.time, tell=_is_news(uow, seat, before, session, what))]


def _is_news(
    uow: UnitOfWork, seat: SeatRow, before: SessionRow, session: SessionRow, what: Collection[str]
) -> bool:
    """Whether they know otherwise, and nothing that is still to be told will say it.

    A session that is moved and moved back before anybody was told has not changed for them.
    """
    if _waits(uow, seat, FIRST_TOLD):
        return False
    knew = seat["knew"] if _waits(uow, seat, MOVED) else before["starts_at"]
    uow.connection.execute(replacing(uow.dialect, seats), {**seat, "knew": knew})
    return knew != session["starts_at"] or bool(rules.TOLD & {*what} - {"startsAt"})


def _be_of_use_until(uow: UnitOfWork, seat: SeatRow, starts: datetime) -> None:
    """Who was not told of their seat yet is told until the session begins, whenever that is now."""
    for row in lock_messages(
        uow, messages.c.about == seat["id"], messages.c.kind.in_(FIRST_TOLD), messages.c.state.in_(OPEN)
    ):
        transition(uow, row, row["state"], reason=row["reason"], silent=True, until=starts)


def _waits(uow: UnitOfWork, seat: SeatRow, kinds: Collection[Kind]) -> bool:
    """Whether a message of these kinds has not been told yet; what is printed counts as told."""
    statement = sa.select(messages.c.id).where(
        messages.c.about == seat["id"],
        messages.c.kind.in_(kinds),
        messages.c.state.in_(OPEN),
        messages.c.batch.is_(None),
    )
    return uow.connection.execute(statement.limit(1)).first() is not None


def _registration(uow: UnitOfWork, event: Event, what: str) -> None:
    given = event.data["registration"]
    contact = given.get("contact")
    if contact is None or is_erased(uow.connection, contact):
        return
    before = SEATS.find(uow.connection, given["id"], lock=True)
    if before is not None and before["version"] >= event.entityversion:
        return
    confirmed = given["state"] == "confirmed"
    seat: SeatRow = {
        "id": given["id"],
        "session": given["session"],
        "contact": contact,
        "state": given["state"],
        "promoted": what == "promoted",
        "confirmed_at": event.time if confirmed else None,
        "knew": None,
        "version": event.entityversion,
    }
    uow.connection.execute(replacing(uow.dialect, seats), dict(seat))
    session = SESSIONS.find(uow.connection, seat["session"])
    if what == "cancelled":
        _follow(uow, rules.given_back(seat), event)
    elif session is not None:
        _follow(uow, rules.taken(seat, session), event)


def _follow(uow: UnitOfWork, outcome: Outcome, event: Event) -> None:
    if outcome is not NOTHING:
        planning.follow(uow, outcome, event)


def _remember_call_back(uow: UnitOfWork, given: dict[str, Any]) -> None:
    contact = given.get("contact")
    if contact is None or is_erased(uow.connection, contact):
        return
    row: CallBackRow = {
        "id": given["id"],
        "contact": contact,
        "due_on": date.fromisoformat(given["dueOn"]),
    }
    uow.connection.execute(replacing(uow.dialect, call_backs), dict(row))

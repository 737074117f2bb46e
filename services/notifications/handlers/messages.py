"""How a message moves from state to state: each step is in its history, and what others care for is an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from chassis.clock import local_day
from chassis.errors import Conflict, InvalidInput
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update, upsert
from chassis.storage.rows import Row, get, require_version
from common.access import Caller, is_uuid, require_digipunt
from contracts.events import event_type
from services.notifications.model.quiet import next_day, next_open
from services.notifications.model.states import MOST_CALLS, OPEN, SAID
from services.notifications.tables import MESSAGES, deliveries, history, messages, open_loans, told_days

ERASED = event_type("notifications", "persons", "erased")


def move(
    uow: UnitOfWork, row: Row, state: str, *, reason: str | None = None, silent: bool = False, **changes: Any
) -> Row:
    """Bring a message, whose row the caller holds, to `state`; other columns as in `changes`.

    Unless `silent`, the step is kept in the history and, where it matters to others, told in an event.
    """
    now = uow.clock.now()
    after = {
        **row,
        **changes,
        "state": state,
        "reason": reason,
        "changed_at": now,
        "version": row["version"] + 1,
    }
    written = {name: after[name] for name in ("state", "reason", "changed_at", "version", *changes)}
    uow.connection.execute(sa.update(messages).where(messages.c.id == row["id"]).values(written))
    if not silent:
        note(uow, after, state, reason)
        if state in SAID and SAID[state] != SAID.get(row["state"]):
            say(uow, after, SAID[state])
    return after


def note(uow: UnitOfWork, row: Row, state: str, reason: str | None) -> None:
    """Keep a step in the history."""
    step = {
        "message": row["id"],
        "at": uow.clock.now(),
        "state": state,
        "channel": row["channel"],
        "reason": reason,
    }
    uow.connection.execute(sa.insert(history), step)


def say(uow: UnitOfWork, row: Row, what: str) -> None:
    """Tell others what became of a message."""
    said = ("id", "kind", "about", "state", "channel", "reason", "municipality", "digipunt")
    data = {"message": {name: row[name] for name in said if row[name] is not None}}
    type = event_type("notifications", "messages", what)
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])


def next_way(
    uow: UnitOfWork, row: Row, reason: str, *, state: str = "bounced", at: datetime | None = None
) -> Row:
    """This channel did not work: note that, and let the sender try the next one, by default as soon as it may."""
    note(uow, row, state, reason)
    tried = [*row["tried"], *([row["channel"]] if row["channel"] else [])]
    return move(
        uow,
        row,
        "planned",
        silent=True,
        tried=tried,
        channel=None,
        attempts=0,
        delivery=None,
        batch=None,
        next_at=at or next_open(uow.clock.now()),
    )


def told(uow: UnitOfWork, person: str | None, delivery: str | None = None) -> bool:
    """Note that a person is told something today; False when that person was told something today already."""
    if person is None:
        return True
    day = local_day(uow.clock.now())
    statement = upsert(uow.dialect, told_days).on_conflict_do_nothing()
    inserted = uow.connection.execute(
        statement, {"person": person, "day": day, "delivery": delivery}
    ).rowcount
    return bool(inserted)


def cancel(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> Row:
    """Withdraw a message that nobody was told yet. Withdrawing it again changes nothing."""
    row = _mine(uow, caller, id)
    if row["state"] == "cancelled":
        return row
    if row["state"] not in OPEN:
        raise Conflict("This message left already, or is settled; it cannot be withdrawn.")
    require_version(row, expected)
    return move(uow, row, "cancelled", reason="byStaff", next_at=None)


def note_result(uow: UnitOfWork, caller: Caller, id: str, result: str) -> Row:
    """What came of a call, a letter or a word at the desk. Raises InvalidInput when nobody was to do that.

    told: the person knows. noAnswer: try again, after three times the next channel. wrongNumber, returnedMail, notTold:
    the next channel. settled: the coordinator has dealt with a message that reached nobody.
    """
    row = _mine(uow, caller, id)
    waiting_for = _staff_work(row)
    if result not in _RESULTS[waiting_for]:
        answers = ", ".join(_RESULTS[waiting_for]) or "none: nobody was to do anything for it"
        raise InvalidInput.at("result", f"For message {id} the result can be {answers}.", value=result)
    if result == "told":
        told(uow, row["person"])
        return move(uow, row, "called" if waiting_for == "call" else "delivered", next_at=None)
    if result == "settled":
        return move(uow, row, "delivered", reason="byStaff", next_at=None)
    if result == "noAnswer" and row["attempts"] + 1 < MOST_CALLS:
        return move(uow, row, "noAnswer", attempts=row["attempts"] + 1)
    reason = "other" if result == "notTold" else result
    state = result if result in ("noAnswer", "returnedMail") else "bounced"
    later = next_day(local_day(uow.clock.now())) if waiting_for == "post" else None
    # A letter that comes back has used up its time; what it says is looked at again.
    until = max(row["until"], uow.clock.now() + timedelta(days=7))
    return move(uow, next_way(uow, row, reason, state=state, at=later), "planned", silent=True, until=until)


_RESULTS = {
    "call": ("told", "noAnswer", "wrongNumber", "notTold"),
    "inPerson": ("told", "notTold"),
    "post": ("told", "returnedMail"),
    "settle": ("settled",),
    None: (),
}


def _staff_work(row: Mapping[str, Any]) -> str | None:
    """What a member of staff is to do, or did, for this message."""
    if row["state"] in ("toCall", "noAnswer"):
        return "call"
    if row["state"] == "planned" and row["channel"] == "inPerson":
        return "inPerson"
    if row["state"] == "posted":
        return "post"
    return "settle" if row["state"] == "failed" else None


def report(uow: UnitOfWork, channel: str, reference: str, state: str) -> bool:
    """A delivery report of the gateway; False when there is no such message."""
    known = [deliveries.c.reference == reference]
    if is_uuid(reference):
        known.append(deliveries.c.id == reference)
    statement = sa.select(deliveries).where(deliveries.c.channel == channel, sa.or_(*known))
    delivery = uow.connection.execute(for_update(uow.dialect, statement)).mappings().first()
    if delivery is None:
        return False
    if state == "other" or delivery["state"] in ("delivered", "bounced"):
        return True
    uow.connection.execute(
        sa.update(deliveries)
        .where(deliveries.c.id == delivery["id"])
        .values(state="delivered" if state == "delivered" else "bounced")
    )
    rows = uow.connection.execute(
        for_update(uow.dialect, sa.select(messages).where(messages.c.delivery == delivery["id"]))
    ).mappings()
    for row in [dict(each) for each in rows]:
        if row["state"] not in ("sending", "sent", "failed"):
            continue
        if state == "delivered":
            move(uow, row, "delivered", next_at=None)
        else:
            next_way(uow, row, "bounced", at=next_day(local_day(uow.clock.now())))
    return True


def forget_told_days(uow: UnitOfWork) -> None:
    """Who was told something on days past counts for nothing any more."""
    past = told_days.c.day < local_day(uow.clock.now()) - timedelta(days=1)
    uow.connection.execute(sa.delete(told_days).where(past))


def erase(uow: UnitOfWork, person: str) -> None:
    """Forget a person: what was still to be told is withdrawn, what was told belongs to nobody. Tells that it is done."""
    statement = for_update(uow.dialect, sa.select(messages).where(messages.c.person == person))
    rows = [dict(row) for row in uow.connection.execute(statement).mappings()]
    for row in rows:
        if row["state"] in OPEN:
            move(uow, row, "expired", reason="erased", next_at=None, person=None)
        else:
            move(uow, row, row["state"], reason=row["reason"], silent=True, person=None)
    references = [row["delivery"] for row in rows if row["delivery"]]
    uow.connection.execute(
        sa.update(deliveries).where(deliveries.c.id.in_(references)).values(reference=None)
    )
    for table in (told_days, open_loans):
        uow.connection.execute(sa.delete(table).where(table.c.person == person))
    uow.record(ERASED, person, {"person": person}, version=1, municipality=None)


def _mine(uow: UnitOfWork, caller: Caller, id: str) -> Row:
    row = get(uow.connection, MESSAGES, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"] or "", "message", id)
    return row

"""How a message moves from state to state: each step is in its history, and what others care for is an event."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from chassis.clock import local_day
from chassis.errors import Conflict, InvalidInput
from chassis.fingerprint import drop_empty
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update, upsert
from chassis.storage.rows import require_version
from common.access import Caller, is_uuid, require_digipunt
from contracts.events import event_type
from services.notifications.model.quiet import next_day, next_open
from services.notifications.model.rows import MessageChanges, MessageRow, MessageState
from services.notifications.model.states import MOST_CALLS, OPEN, PUBLISHED_AS
from services.notifications.tables import MESSAGES, contact_days, deliveries, history, messages, open_loans

ERASED = event_type("notifications", "persons", "erased")


def transition(
    uow: UnitOfWork,
    row: MessageRow,
    state: MessageState,
    changes: MessageChanges | None = None,
    *,
    reason: str | None = None,
    silent: bool = False,
) -> MessageRow:
    """Bring a message, whose row the caller holds, to `state`; other columns as in `changes`.

    Unless `silent`, the step is appended to the history and, where it matters to others, published as an event.
    """
    now = uow.clock.now()
    wanted: MessageRow = {
        **row,
        **(changes or {}),
        "state": state,
        "reason": reason,
        "changed_at": now,
    }
    after = MESSAGES.update(uow.connection, row, wanted)
    if not silent:
        append_history(uow, after, state, reason)
        if state in PUBLISHED_AS and PUBLISHED_AS[state] != PUBLISHED_AS.get(row["state"]):
            publish(uow, after, PUBLISHED_AS[state])
    return after


def append_history(uow: UnitOfWork, row: MessageRow, state: MessageState, reason: str | None) -> None:
    """Append a step to the history."""
    step = {
        "message": row["id"],
        "at": uow.clock.now(),
        "state": state,
        "channel": row["channel"],
        "reason": reason,
    }
    uow.connection.execute(sa.insert(history), step)


def publish(uow: UnitOfWork, row: MessageRow, what: str) -> None:
    """Record the event that says what became of a message."""
    data = {
        "message": drop_empty(
            {
                "id": row["id"],
                "kind": row["kind"],
                "about": row["about"],
                "state": row["state"],
                "channel": row["channel"],
                "reason": row["reason"],
                "municipality": row["municipality"],
                "digipunt": row["digipunt"],
            }
        )
    }
    type = event_type("notifications", "messages", what)
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])


def next_way(
    uow: UnitOfWork,
    row: MessageRow,
    reason: str,
    *,
    state: MessageState = "bounced",
    at: datetime | None = None,
) -> MessageRow:
    """This channel did not work: note that, and let the sender try the next one, by default as soon as it may."""
    append_history(uow, row, state, reason)
    tried = [*row["tried"], *([row["channel"]] if row["channel"] else [])]
    return transition(
        uow,
        row,
        "planned",
        {
            "tried": tried,
            "channel": None,
            "attempts": 0,
            "delivery": None,
            "batch": None,
            "next_at": at or next_open(uow.clock.now()),
        },
        silent=True,
    )


def contacted_today(uow: UnitOfWork, person: str | None, delivery: str | None = None) -> bool:
    """Record that a person is contacted today; False when that person was contacted today already."""
    if person is None:
        return True
    day = local_day(uow.clock.now())
    statement = upsert(uow.dialect, contact_days).on_conflict_do_nothing()
    inserted = uow.connection.execute(
        statement, {"person": person, "day": day, "delivery": delivery}
    ).rowcount
    return bool(inserted)


def cancel(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> MessageRow:
    """Withdraw a message that nobody was told yet. Withdrawing it again changes nothing."""
    row = _mine(uow, caller, id)
    if row["state"] == "cancelled":
        return row
    if row["state"] not in OPEN:
        raise Conflict("This message left already, or is settled; it cannot be withdrawn.")
    require_version(row, expected)
    return transition(uow, row, "cancelled", {"next_at": None}, reason="byStaff")


def record_result(uow: UnitOfWork, caller: Caller, id: str, result: str) -> MessageRow:
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
        contacted_today(uow, row["person"])
        return transition(uow, row, "called" if waiting_for == "call" else "delivered", {"next_at": None})
    if result == "settled":
        return transition(uow, row, "delivered", {"next_at": None}, reason="byStaff")
    if result == "noAnswer" and row["attempts"] + 1 < MOST_CALLS:
        return transition(uow, row, "noAnswer", {"attempts": row["attempts"] + 1})
    reason = "other" if result == "notTold" else result
    state: MessageState = "bounced"
    if result == "noAnswer":
        state = "noAnswer"
    elif result == "returnedMail":
        state = "returnedMail"
    later = next_day(local_day(uow.clock.now())) if waiting_for == "post" else None
    # A letter that comes back has used up its time; what it says is looked at again.
    until = max(row["until"], uow.clock.now() + timedelta(days=7))
    return transition(
        uow, next_way(uow, row, reason, state=state, at=later), "planned", {"until": until}, silent=True
    )


_RESULTS = {
    "call": ("told", "noAnswer", "wrongNumber", "notTold"),
    "inPerson": ("told", "notTold"),
    "post": ("told", "returnedMail"),
    "settle": ("settled",),
    None: (),
}


def _staff_work(row: MessageRow) -> str | None:
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
    mine = sa.select(messages).where(messages.c.delivery == delivery["id"])
    for row in MESSAGES.select(uow.connection, for_update(uow.dialect, mine)):
        if row["state"] not in ("sending", "sent", "failed"):
            continue
        if state == "delivered":
            transition(uow, row, "delivered", {"next_at": None})
        else:
            next_way(uow, row, "bounced", at=next_day(local_day(uow.clock.now())))
    return True


def forget_contact_days(uow: UnitOfWork) -> None:
    """Who was told something on days past counts for nothing any more."""
    past = contact_days.c.day < local_day(uow.clock.now()) - timedelta(days=1)
    uow.connection.execute(sa.delete(contact_days).where(past))


def erase(uow: UnitOfWork, person: str) -> None:
    """Forget a person: what was still to be told is withdrawn, what was told belongs to nobody. Tells that it is done."""
    statement = for_update(uow.dialect, sa.select(messages).where(messages.c.person == person))
    rows = MESSAGES.select(uow.connection, statement)
    for row in rows:
        if row["state"] in OPEN:
            transition(uow, row, "expired", {"next_at": None, "person": None}, reason="erased")
        else:
            transition(uow, row, row["state"], {"person": None}, reason=row["reason"], silent=True)
    references = [row["delivery"] for row in rows if row["delivery"]]
    uow.connection.execute(
        sa.update(deliveries).where(deliveries.c.id.in_(references)).values(reference=None)
    )
    for table in (contact_days, open_loans):
        uow.connection.execute(sa.delete(table).where(table.c.person == person))
    uow.record(ERASED, person, {"person": person}, version=1, municipality=None)


def _mine(uow: UnitOfWork, caller: Caller, id: str) -> MessageRow:
    row = MESSAGES.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"] or "", "message", id)
    return row

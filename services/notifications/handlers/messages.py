"""What staff do with a message, and what happens to messages when a person is erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

import sqlalchemy as sa

from chassis.clock import local_day
from chassis.errors import Conflict, InvalidInput
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import require_version
from chassis.storage.trail import Entry, Who, record
from common.access import Caller, require_digipunt
from contracts.events import event_type
from services.notifications.handlers.transitions import (
    lock_messages,
    mark_contacted_today,
    transition,
    try_next_channel,
)
from services.notifications.model.quiet import next_day
from services.notifications.model.rows import MessageRow
from services.notifications.model.states import MOST_CALLS, OPEN, TO_CALL, Reason, Result, State
from services.notifications.tables import (
    MESSAGES,
    call_claims,
    contact_days,
    deliveries,
    messages,
    open_loans,
)

ERASED = event_type("notifications", "persons", "erased")

StaffTask = Literal["call", "inPerson", "post", "settle"]

RESULTS_OF: dict[StaffTask | None, tuple[Result, ...]] = {
    "call": ("told", "noAnswer", "wrongNumber", "notTold"),
    "inPerson": ("told", "notTold"),
    "post": ("told", "returnedMail"),
    "settle": ("settled",),
    None: (),
}

FAILED_ATTEMPTS: dict[Result, tuple[State, Reason]] = {
    "noAnswer": ("noAnswer", "noAnswer"),
    "wrongNumber": ("bounced", "wrongNumber"),
    "returnedMail": ("returnedMail", "returnedMail"),
    "notTold": ("bounced", "other"),
}
"""The step in the history, with its reason, that a result without success leaves."""


def cancel(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> MessageRow:
    """Withdraw a message that was not sent yet. Withdrawing it again changes nothing."""
    row = _get_locked(uow, caller, id)
    if row["state"] == "cancelled":
        return row
    if row["state"] not in OPEN:
        raise Conflict("messageLeft")
    require_version(row, expected)
    return transition(uow, row, "cancelled", reason="byStaff", next_at=None)


def record_result(uow: UnitOfWork, caller: Caller, id: str, result: Result) -> MessageRow:
    """Record the result of a call, a letter or a talk. Raises InvalidInput when it does not fit the state of the message.

    told: the person knows. noAnswer: call again; after three calls, the next channel. wrongNumber, returnedMail, notTold:
    the next channel. settled: the coordinator has dealt with a message that reached nobody.
    """
    row = _get_locked(uow, caller, id)
    # Whoever has called needs the line no longer.
    uow.connection.execute(sa.delete(call_claims).where(call_claims.c.message == id))
    task = _staff_task(row)
    if result not in RESULTS_OF[task]:
        if not RESULTS_OF[task]:
            raise InvalidInput.at("result", "noResultWanted", value=result)
        raise InvalidInput.at("result", "resultDoesNotFit", value=result, results=RESULTS_OF[task])
    if result == "told":
        mark_contacted_today(uow, row["person"])
        return transition(uow, row, "called" if task == "call" else "delivered", next_at=None)
    if result == "settled":
        return transition(uow, row, "delivered", reason="byStaff", next_at=None)
    if result == "noAnswer" and row["attempts"] + 1 < MOST_CALLS:
        return transition(uow, row, "noAnswer", attempts=row["attempts"] + 1)
    state, reason = FAILED_ATTEMPTS[result]
    now = uow.clock.now()
    row = try_next_channel(
        uow, row, reason, state=state, at=next_day(local_day(now)) if task == "post" else None
    )
    # By the time a letter comes back, `until` may have passed; the owner is asked again whether it is still true.
    until = max(row["until"], now + timedelta(days=7))
    return transition(uow, row, "planned", silent=True, until=until)


def purge_contact_days(uow: UnitOfWork) -> None:
    """Delete who was contacted on past days; only today counts."""
    past = contact_days.c.day < local_day(uow.clock.now()) - timedelta(days=1)
    uow.connection.execute(sa.delete(contact_days).where(past))


def erase(uow: UnitOfWork, by: Who, person: str, municipality: str | None, reason: str) -> None:
    """Forget a person: open messages expire, the others lose the link to the person. Records that it is done.

    `municipality` is that of the person: the trail there says it, also when there was no message.
    """
    rows = lock_messages(uow, messages.c.person == person)
    for row in rows:
        if row["state"] in OPEN:
            transition(uow, row, "expired", reason="erased", next_at=None, person=None)
        else:
            transition(uow, row, row["state"], reason=row["reason"], silent=True, person=None)
    references = [row["delivery"] for row in rows if row["delivery"]]
    uow.connection.execute(
        sa.update(deliveries).where(deliveries.c.id.in_(references)).values(reference=None)
    )
    for table in (contact_days, open_loans):
        uow.connection.execute(sa.delete(table).where(table.c.person == person))
    uow.wipe()
    entry = Entry("erased", "message", person, municipality, reason, len(rows))
    record(uow.connection, uow.clock.now(), by, [entry])
    uow.record(ERASED, person, {"person": person}, version=1, municipality=None)


def _staff_task(row: MessageRow) -> StaffTask | None:
    """What a member of staff is to do, or did, for this message."""
    if row["state"] in TO_CALL:
        return "call"
    if row["state"] == "planned" and row["channel"] == "inPerson":
        return "inPerson"
    if row["state"] == "posted":
        return "post"
    return "settle" if row["state"] == "failed" else None


def _get_locked(uow: UnitOfWork, caller: Caller, id: str) -> MessageRow:
    row = MESSAGES.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"] or "", "message", id)
    return row

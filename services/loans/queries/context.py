"""The recipient and the facts of a message about a loan or request, at the moment of sending: `contracts.message_context`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from common.dates import enumerated
from common.field_cipher import FieldCipher
from common.person_keys import cipher_of
from contracts.message_context import answer, nothing_to_tell
from contracts.refdata import label
from services.loans.model.borrowers import personal_of, to_recipient
from services.loans.model.digipunts import DigipuntInWords, digipunt_in_words
from services.loans.model.loans import overdue_days
from services.loans.model.reminders import OVERDUE
from services.loans.model.rows import LoanRow
from services.loans.tables import BORROWERS, LOANS, POINTS, REQUESTS, devices, loan_devices, requests

LATE_BY = {f"loanOverdue{step}": days for step, days in enumerate(OVERDUE, 1)}
"""Days that a loan has to be late for each kind of message to be true."""

KINDS = frozenset(LATE_BY) | {
    "loanReady",
    "loanDueSoon",
    "loanDueToday",
    "loanExtended",
    "loanReturned",
    "pointChanged",
    "serviceEnding",
}
"""The kinds of messages that loans answers for, as notifications' own table has them."""


def message_context(
    connection: sa.Connection, cipher: FieldCipher, kind: str, about: str, today: date
) -> dict[str, Any]:
    """Whether a message is still true, and its recipient. `about` is a loan, or for `loanReady` its request."""
    if kind not in KINDS:
        return nothing_to_tell("notFound")
    loan = LOANS.find(connection, about)
    if loan is None and kind == "loanReady":
        request = REQUESTS.find(connection, about)
        if request is None:
            return nothing_to_tell("notFound")
        if request["state"] != "ready" or request["loan"] is None:
            return nothing_to_tell("cancelled")
        loan = LOANS.find(connection, request["loan"])
    if loan is None:
        return nothing_to_tell("notFound")
    borrower = BORROWERS.find(connection, loan["borrower"])
    if borrower is None or borrower["state"] == "erased":
        return nothing_to_tell("erased")
    if reason := _why_not(kind, loan, today):
        return nothing_to_tell(reason)
    recipient = to_recipient(
        borrower["id"], personal_of(cipher_of(connection, cipher, borrower["id"]), borrower)
    )
    return answer(
        {
            "true": True,
            "reason": None,
            "dueOn": loan["due_on"].isoformat(),
            "person": recipient,
            "facts": _facts(connection, kind, loan, recipient["language"], today),
        }
    )


def _why_not(kind: str, loan: LoanRow, today: date) -> str | None:
    """Why this message about the loan is not true any more, if it is not."""
    state = loan["state"]
    if state in ("cancelled", "notCollected"):
        return "cancelled"
    if kind == "loanReady":
        return None if state == "ready" else "cancelled"
    if kind == "loanReturned":
        return None if state in ("returned", "closed") else "extended"
    if state != "handedOver":
        return "returned"
    if kind in LATE_BY and overdue_days(loan, today) < LATE_BY[kind]:
        return "extended"
    return None


def _facts(connection: sa.Connection, kind: str, loan: LoanRow, language: str, today: date) -> dict[str, Any]:
    statement = (
        sa.select(devices.c.kind, devices.c.label)
        .join(loan_devices, loan_devices.c.device == devices.c.id)
        .where(loan_devices.c.loan == loan["id"])
        .order_by(loan_devices.c.place)
    )
    # What came back already is not asked for again.
    if loan["state"] == "handedOver":
        statement = statement.where(loan_devices.c.open)
    lent = connection.execute(statement).all()
    names = [f"{label('deviceKind', each.kind, language)} {each.label}" for each in lent]
    return {
        "device": enumerated(names, language),
        "devices": len(names),
        "deviceKind": lent[0].kind,
        "dueOn": loan["due_on"].isoformat(),
        "overdueDays": overdue_days(loan, today),
        "waiting": _waiting(connection, loan["digipunt"], {each.kind for each in lent}),
        "digipunt": digipunt_of(connection, loan["digipunt"], language, today),
    }


def _waiting(connection: sa.Connection, digipunt: str, kinds: Collection[str]) -> int:
    """How many people wait at this digipunt for a device of these kinds, of which none is there."""
    there = sa.select(devices.c.kind).where(devices.c.at == digipunt, devices.c.state == "available")
    taken = set(kinds) - set(connection.execute(there).scalars())
    asked = sa.select(sa.func.count()).where(
        requests.c.digipunt == digipunt,
        requests.c.state == "requested",
        requests.c.device_kind.in_(taken),
    )
    return int(connection.execute(asked).scalar_one())


def digipunt_of(connection: sa.Connection, id: str, language: str, today: date) -> DigipuntInWords:
    """A digipunt in words, to print or to send `today`."""
    return digipunt_in_words(id, POINTS.find(connection, id), language, today)

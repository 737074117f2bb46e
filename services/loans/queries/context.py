"""What to tell whom about a loan or a request, asked at the moment of sending (`contracts.message_context`)."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from common.addresses import one_line
from common.field_cipher import FieldCipher
from common.phones import as_dialled
from contracts.message_context import answer, nothing_to_tell
from contracts.refdata import LISTS
from services.loans.model.borrowers import personal_of, to_tell
from services.loans.model.loans import overdue_days
from services.loans.model.opening import in_words
from services.loans.model.reminders import OVERDUE
from services.loans.model.rows import LoanRow
from services.loans.tables import BORROWERS, LOANS, POINTS, REQUESTS, devices, loan_devices

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

KIND_LABELS = {each.code: {"nl": each.nl, "fr": each.fr, "en": each.en} for each in LISTS["deviceKind"].codes}
AND = {"nl": " en ", "fr": " et ", "en": " and "}


def message_context(
    connection: sa.Connection, cipher: FieldCipher, kind: str, about: str, today: date
) -> dict[str, Any]:
    """The answer to “is this still true, and whom do I tell”. `about` is a loan; for `loanReady` also a request."""
    if kind not in KINDS:
        return nothing_to_tell("notFound")
    loan = LOANS.find(connection, about)
    if loan is None and kind == "loanReady":
        request = REQUESTS.find(connection, about)
        if request is None:
            return nothing_to_tell("notFound")
        if request["state"] != "ready":
            return nothing_to_tell("cancelled")
        loan = LOANS.find(connection, request["loan"]) if request["loan"] else None
    if loan is None:
        return nothing_to_tell("notFound")
    borrower = BORROWERS.find(connection, loan["borrower"])
    if borrower is None or borrower["sealed"] is None:
        return nothing_to_tell("erased")
    if reason := _why_not(kind, loan, today):
        return nothing_to_tell(reason)
    person = to_tell(borrower["id"], personal_of(cipher, borrower))
    return answer(
        {
            "true": True,
            "reason": None,
            "dueOn": loan["due_on"].isoformat(),
            "person": person,
            "facts": _facts(connection, kind, loan, person["language"], today),
        }
    )


def _why_not(kind: str, loan: LoanRow, today: date) -> str | None:
    """Why this message about the loan is not true any more."""
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
    names = [f"{KIND_LABELS[each.kind][language]} {each.label}" for each in lent]
    return {
        "device": AND[language].join([", ".join(names[:-1]), names[-1]] if names[1:] else names),
        "deviceKind": lent[0].kind,
        "dueOn": loan["due_on"].isoformat(),
        "overdueDays": overdue_days(loan, today),
        "digipunt": digipunt_of(connection, loan["digipunt"], language),
    }


def digipunt_of(connection: sa.Connection, id: str, language: str) -> dict[str, Any]:
    """A digipunt in words, as far as it is known: name, address, phone, opening."""
    row = POINTS.find(connection, id)
    if row is None:
        return {"id": id, "name": "Digipunt", "address": None, "phone": None, "opening": None}
    return {
        "id": id,
        "name": row["name"] or "Digipunt",
        "address": one_line(row["address"]),
        "phone": as_dialled(row["phone"]) if row["phone"] else None,
        "opening": in_words(row["opening"], language),
    }

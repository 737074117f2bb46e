"""Ask for a device of a kind; approve, refuse or cancel a request. The waiting list is in the order in which people came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.errors import NotFound
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from chassis.storage.rows import require_version
from common.access import Caller, require_digipunt
from services.loans.handlers.common import (
    digipunt_for,
    end_request,
    event_name,
    find_digipunt,
    lock_borrower,
    record_request,
    today,
)
from services.loans.handlers.loans import Plan, end_reserved_loan, open_loan, require_borrower
from services.loans.model.requests import require_waiting, to_event
from services.loans.model.rows import RequestRow
from services.loans.tables import LOANS, REQUESTS, points, requests

MADE = event_name("requests", "made")
APPROVED = event_name("requests", "approved")
REFUSED = event_name("requests", "refused")


def make_request(
    uow: UnitOfWork, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[RequestRow, bool]:
    """Put a borrower on the waiting list for a kind of device; whether it is new."""
    content = drop_empty(sent)
    digipunt = digipunt_for(uow, caller, content["digipunt"])

    def require_access(row: RequestRow) -> None:
        require_digipunt(caller, row["digipunt"], row["municipality"], "request", id)

    # One request after the other, so that numbers are in the order in which people came.
    locked = sa.select(points.c.id).where(points.c.id == digipunt.id)
    uow.connection.execute(for_update(uow.dialect, locked))
    # A resend finds the request, even if its borrower was erased since.
    if same := REQUESTS.find_same(uow.connection, id, fingerprint(content), require_access):
        return same, False
    require_borrower(uow, caller, digipunt.municipality, content["borrower"])
    last = sa.select(sa.func.coalesce(sa.func.max(requests.c.number), 0)).where(
        requests.c.digipunt == digipunt.id
    )
    row: RequestRow = {
        "id": id,
        "number": uow.connection.execute(last).scalar_one() + 1,
        "borrower": content["borrower"],
        "device_kind": content["device_kind"],
        "digipunt": digipunt.id,
        "municipality": digipunt.municipality,
        "requested_on": today(uow),
        "state": "requested",
        "reason": None,
        "note": content.get("note"),
        "loan": None,
        "content_hash": fingerprint(content),
        "version": 1,
    }
    return REQUESTS.put_once(uow, row, MADE, {"request": to_event(row)}, require_access)


def approve_request(
    uow: UnitOfWork,
    caller: Caller,
    id: str,
    expected: int | None,
    devices: Sequence[str],
    due_on: date | None,
) -> RequestRow:
    """Reserve devices for the borrower who asked: a loan is ready for them then, and they get a message."""
    row = _locked(uow, caller, id)
    require_waiting(row)
    require_version(row, expected)
    digipunt = find_digipunt(uow.connection, row["digipunt"])
    if digipunt is None:
        raise NotFound("digipunt", row["digipunt"])
    # The borrower was looked at when the request was made, and is locked since; an erased one has no request that waits.
    plan = Plan(row["borrower"], list(devices), due_on, id)
    loan = open_loan(uow, caller, digipunt, uow.new_id(), plan, content_hash="")
    after = REQUESTS.update(uow.connection, row, {**row, "state": "ready", "loan": loan["id"]})
    record_request(uow, APPROVED, after)
    return after


def refuse_request(uow: UnitOfWork, caller: Caller, id: str, expected: int | None, reason: str) -> RequestRow:
    """Refuse a request, with the reason. The same again changes nothing."""
    row = _locked(uow, caller, id)
    if row["state"] == "refused" and row["reason"] == reason:
        return row
    require_waiting(row)
    require_version(row, expected)
    after = REQUESTS.update(uow.connection, row, {**row, "state": "refused", "reason": reason})
    record_request(uow, REFUSED, after)
    return after


def cancel_request(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> RequestRow:
    """Cancel a request; what was reserved for it is free again. Cancelling again changes nothing."""
    # The loan is locked before its request, as in a hand-over.
    loan_id = REQUESTS.get(uow.connection, id)["loan"]
    loan = LOANS.get(uow.connection, loan_id, lock=True) if loan_id else None
    row = _locked(uow, caller, id)
    if row["state"] == "cancelled":
        return row
    require_version(row, expected)
    if row["state"] == "ready" and loan:
        end_reserved_loan(uow, loan, "cancelled")
    else:
        require_waiting(row)
    return end_request(uow, row, "cancelled")


def _locked(uow: UnitOfWork, caller: Caller, id: str) -> RequestRow:
    # The borrower is locked before their requests, as when they are erased.
    lock_borrower(uow, REQUESTS.get(uow.connection, id)["borrower"])
    row = REQUESTS.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "request", id)
    return row

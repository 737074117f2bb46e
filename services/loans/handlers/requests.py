"""Ask for a device of a kind; approve, refuse, give up. Who waits, waits in the order in which they came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict, NotFound
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update, upsert
from chassis.storage.rows import raise_if, require_version
from common import free_text
from common.access import Caller, require_digipunt
from services.loans.handlers.common import (
    end_request,
    event_name,
    known_point,
    lock_borrower,
    point_for,
    record_request,
    today,
)
from services.loans.handlers.loans import Plan, borrower_here, open_loan, release
from services.loans.model.rows import RequestRow, RequestState
from services.loans.tables import LOANS, REQUESTS, points, requests

MADE = event_name("requests", "made")
APPROVED = event_name("requests", "approved")
REFUSED = event_name("requests", "refused")


def make_request(
    uow: UnitOfWork, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[RequestRow, bool]:
    """Put a borrower on the waiting list for a kind of device; whether it is new."""
    content = drop_empty(sent)
    point = point_for(uow, caller, content["digipunt"])
    raise_if(free_text.issues("note", content.get("note")))
    digest = fingerprint(content)
    # One request after the other, so that numbers are in the order in which people came.
    locked = sa.select(points.c.id).where(points.c.id == point.id)
    uow.connection.execute(for_update(uow.dialect, locked))
    if there := REQUESTS.find_same(uow.connection, id, digest, lambda row: _require_mine(caller, row)):
        return there, False
    borrower_here(uow, point.municipality, content["borrower"])
    last = sa.select(sa.func.coalesce(sa.func.max(requests.c.number), 0)).where(
        requests.c.digipunt == point.id
    )
    row: RequestRow = {
        "id": id,
        "number": uow.connection.execute(last).scalar_one() + 1,
        "borrower": content["borrower"],
        "device_kind": content["device_kind"],
        "digipunt": point.id,
        "municipality": point.municipality,
        "requested_on": today(uow),
        "state": "requested",
        "reason": None,
        "note": content.get("note"),
        "loan": None,
        "content_hash": digest,
        "version": 1,
    }
    if not uow.connection.execute(upsert(uow.dialect, requests).on_conflict_do_nothing(), row).rowcount:
        raise Conflict("There is another request under this id.")
    record_request(uow, MADE, row)
    return row, True


def approve_request(
    uow: UnitOfWork,
    caller: Caller,
    id: str,
    expected: int | None,
    devices: Sequence[str],
    due_on: date | None,
) -> RequestRow:
    """Reserve devices for who asked; a loan is ready for them then, and they are told."""
    row = _locked(uow, caller, id)
    _require_waiting(row)
    require_version(row, expected)
    point = known_point(uow.connection, row["digipunt"])
    if point is None:
        raise NotFound("digipunt", row["digipunt"])
    plan = Plan(row["borrower"], list(devices), due_on, id)
    loan = open_loan(uow, point, uow.new_id(), plan, content_hash="")
    after = REQUESTS.update(uow.connection, row, {**row, "state": "ready", "loan": loan["id"]})
    record_request(uow, APPROVED, after)
    return after


def refuse_request(uow: UnitOfWork, caller: Caller, id: str, expected: int | None, reason: str) -> RequestRow:
    """Say no, with the reason. The same again changes nothing."""
    row = _locked(uow, caller, id)
    if row["state"] == "refused" and row["reason"] == reason:
        return row
    _require_waiting(row)
    require_version(row, expected)
    after = REQUESTS.update(uow.connection, row, {**row, "state": "refused", "reason": reason})
    record_request(uow, REFUSED, after)
    return after


def cancel_request(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> RequestRow:
    """Give a request up; what was reserved for it is free again. Cancelling again changes nothing."""
    # As a hand-over does, the loan before its request.
    loan_id = REQUESTS.get(uow.connection, id)["loan"]
    loan = LOANS.get(uow.connection, loan_id, lock=True) if loan_id else None
    row = _locked(uow, caller, id)
    if row["state"] == "cancelled":
        return row
    require_version(row, expected)
    if row["state"] == "ready" and loan:
        release(uow, loan, "cancelled")
    else:
        _require_waiting(row)
    return end_request(uow, row, "cancelled")


def _locked(uow: UnitOfWork, caller: Caller, id: str) -> RequestRow:
    # As erasing does, the borrower before their requests.
    lock_borrower(uow, REQUESTS.get(uow.connection, id)["borrower"])
    row = REQUESTS.get(uow.connection, id, lock=True)
    _require_mine(caller, row)
    return row


def _require_mine(caller: Caller, row: RequestRow) -> None:
    require_digipunt(caller, row["digipunt"], row["municipality"], "request", row["id"])


WHY_NOT: dict[RequestState, str] = {
    "refused": "was refused",
    "ready": "was approved already",
    "handedOver": "was met: the device was handed over",
    "cancelled": "was cancelled",
    "notCollected": "is over: the device was not collected",
}


def _require_waiting(row: RequestRow) -> None:
    if row["state"] != "requested":
        raise Conflict(f"This request {WHY_NOT[row['state']]}.")

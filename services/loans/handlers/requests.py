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
from chassis.storage.rows import Row, find, get, raise_if, require_same, require_version, update
from common import free_text
from common.access import Caller, require_digipunt
from services.loans.handlers.common import (
    REQUEST_MADE,
    end_request,
    known_point,
    lock_borrower,
    point_for,
    record_request,
    today,
    typed,
)
from services.loans.handlers.loans import Plan, borrower_here, open_loan, release
from services.loans.tables import LOANS, REQUESTS, points, requests

REFUSED = typed("requests", "refused")


def make_request(uow: UnitOfWork, caller: Caller, id: str, sent: Mapping[str, Any]) -> tuple[Row, bool]:
    """Put a borrower on the waiting list for a kind of device; whether it is new."""
    content = drop_empty(sent)
    point = point_for(uow, caller, content["digipunt"])
    raise_if(free_text.issues("note", content.get("note")))
    digest = fingerprint(content)
    # One request after the other, so that numbers are in the order in which people came.
    locked = sa.select(points.c.id).where(points.c.id == point.id)
    uow.connection.execute(for_update(uow.dialect, locked))
    there = find(uow.connection, REQUESTS, id)
    if there is not None:
        require_digipunt(caller, there["digipunt"], there["municipality"], "request", id)
        require_same(there, digest, "request")
        return there, False
    borrower_here(uow, point.municipality, content["borrower"])
    last = sa.select(sa.func.coalesce(sa.func.max(requests.c.number), 0)).where(
        requests.c.digipunt == point.id
    )
    row = {
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
    record_request(uow, REQUEST_MADE, row)
    return row, True


def approve_request(
    uow: UnitOfWork,
    caller: Caller,
    id: str,
    expected: int | None,
    devices: Sequence[str],
    due_on: date | None,
) -> Row:
    """Reserve devices for who asked; a loan is ready for them then, and they are told."""
    row = _locked(uow, caller, id)
    _require_waiting(row)
    require_version(row, expected)
    point = known_point(uow.connection, row["digipunt"])
    if point is None:
        raise NotFound("digipunt", row["digipunt"])
    plan = Plan(row["borrower"], list(devices), due_on, id)
    loan = open_loan(uow, point, uow.new_id(), plan, content_hash="")
    after = update(uow.connection, REQUESTS, row, {**row, "state": "ready", "loan": loan["id"]})
    record_request(uow, REQUEST_MADE, after)
    return after


def refuse_request(uow: UnitOfWork, caller: Caller, id: str, expected: int | None, reason: str) -> Row:
    """Say no, with the reason. The same again changes nothing."""
    row = _locked(uow, caller, id)
    if row["state"] == "refused" and row["reason"] == reason:
        return row
    _require_waiting(row)
    require_version(row, expected)
    after = update(uow.connection, REQUESTS, row, {**row, "state": "refused", "reason": reason})
    record_request(uow, REFUSED, after)
    return after


def cancel_request(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> Row:
    """Give a request up; what was reserved for it is free again. Cancelling again changes nothing."""
    # As a hand-over does, the loan before its request.
    loan_id = get(uow.connection, REQUESTS, id)["loan"]
    loan = get(uow.connection, LOANS, loan_id, lock=True) if loan_id else None
    row = _locked(uow, caller, id)
    if row["state"] == "cancelled":
        return row
    require_version(row, expected)
    if row["state"] == "ready" and loan:
        release(uow, loan, "cancelled")
    else:
        _require_waiting(row)
    return end_request(uow, row, "cancelled")


def _locked(uow: UnitOfWork, caller: Caller, id: str) -> Row:
    # As erasing does, the borrower before their requests.
    lock_borrower(uow, get(uow.connection, REQUESTS, id)["borrower"])
    row = get(uow.connection, REQUESTS, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "request", id)
    return row


WHY_NOT = {
    "refused": "was refused",
    "ready": "was approved already",
    "handedOver": "was met: the device was handed over",
    "cancelled": "was cancelled",
    "notCollected": "is over: the device was not collected",
}


def _require_waiting(row: Row) -> None:
    if row["state"] != "requested":
        raise Conflict(f"This request {WHY_NOT[row['state']]}.")

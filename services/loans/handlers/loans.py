"""Prepare a loan, hand it over, make it longer, let it go. What comes back is in `returns`.

At most one open loan has a device: its row is locked and looked at, and a unique index holds it when that should fail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from chassis.errors import Conflict, InvalidInput, Issue
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from chassis.storage.rows import require_version
from common.access import Caller, require_digipunt
from common.field_cipher import FieldCipher
from services.loans.handlers.common import (
    change_device,
    day_of,
    end_request,
    event_name,
    known_point,
    lent_in,
    lock_borrower,
    locked_devices,
    point_for,
    today,
)
from services.loans.model import devices as device_rules
from services.loans.model import loans as rules
from services.loans.model.opening import Digipunt
from services.loans.model.rows import DeviceRow, LoanRow, LoanState, Unmet
from services.loans.tables import LOANS, REQUESTS, borrowers, devices, loan_devices, loans, requests

HANDED_OVER = event_name("loans", "handedOver")
DUE_DATE_CHANGED = event_name("loans", "dueDateChanged")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a loan is to be: who, what, until when, and the request it answers."""

    borrower: str
    devices: list[str]
    due_on: date | None
    request: str | None = None


def prepare_loan(uow: UnitOfWork, caller: Caller, id: str, sent: Mapping[str, Any]) -> tuple[LoanRow, bool]:
    """Reserve devices for a borrower under the client's id; whether the loan is new."""
    content = drop_empty(sent)
    point = point_for(uow, caller, content["digipunt"])
    digest = fingerprint(content)
    # Locked first, so that a resend waits here for the first one to end, and then sees it.
    lock_borrower(uow, content["borrower"])
    locked_devices(uow, content["devices"])
    if there := LOANS.find_same(uow.connection, id, digest, lambda row: _require_mine(caller, row)):
        return there, False
    plan = Plan(content["borrower"], content["devices"], content.get("due_on"))
    return open_loan(uow, point, id, plan, content_hash=digest), True


def open_loan(uow: UnitOfWork, point: Digipunt, id: str, plan: Plan, *, content_hash: str) -> LoanRow:
    """A new loan that is ready to be handed over, its devices reserved. Raises Conflict when one of them is not free."""
    borrower_here(uow, point.municipality, plan.borrower)
    found = locked_devices(uow, plan.devices)
    missing = [
        Issue(
            "There is no such device here.", f"devices[{i}]", value=device, type="referencedResourceNotFound"
        )
        for i, device in enumerate(plan.devices)
        if device not in found or found[device]["municipality"] != point.municipality
    ]
    if missing:
        raise InvalidInput(missing)
    for device in found.values():
        device_rules.require_lendable(device)
    row: LoanRow = {
        "id": id,
        "borrower": plan.borrower,
        "digipunt": point.id,
        "municipality": point.municipality,
        "request": plan.request,
        "prepared_on": today(uow),
        "handed_over_on": None,
        "due_on": rules.due_date(point, today(uow), plan.due_on),
        "ended_on": None,
        "extensions": 0,
        "signature": None,
        "sealed": None,
        "state": "ready",
        "content_hash": content_hash,
        "version": 1,
    }
    lent = [
        {"loan": id, "device": device, "kind": found[device]["kind"], "place": place, "open": True}
        for place, device in enumerate(plan.devices)
    ]
    try:
        uow.connection.execute(sa.insert(loans), row)
        uow.connection.execute(sa.insert(loan_devices), lent)
    except IntegrityError:
        raise Conflict("This loan is there already, or one of its devices is lent just now.") from None
    for device in found.values():
        change_device(uow, device, "reserved", {"state": "reserved"}, loan=id)
    return row


def hand_over(
    uow: UnitOfWork,
    cipher: FieldCipher,
    caller: Caller,
    id: str,
    expected: int | None,
    sent: Mapping[str, Any],
) -> LoanRow:
    """Give the devices to the borrower, or to who collects them for an organisation."""
    row = locked_loan(uow, caller, id)
    require_version(row, expected)
    if row["state"] != "ready":
        raise Conflict(_WHY_NOT_READY[row["state"]])
    given = locked_devices(uow, (each.device for each in lent_in(uow.connection, id)))
    day = day_of(uow, sent.get("handed_over_on"), "handedOverOn", since=_free_since(uow, given))
    due_on = sent.get("due_on") or (row["due_on"] if row["due_on"] >= day else None)
    point = known_point(uow.connection, row["digipunt"]) or Digipunt(row["digipunt"], row["municipality"])
    held = drop_empty({"collectedBy": sent.get("collected_by"), "signature": sent.get("drawn")})
    after = LOANS.update(
        uow.connection,
        row,
        {
            **row,
            "state": "handedOver",
            "handed_over_on": day,
            "due_on": rules.due_date(point, day, due_on),
            "signature": "screen" if "signature" in held else "paper",
            "sealed": cipher.encrypt(held) if held else None,
        },
    )
    for device in given.values():
        wiped = device_rules.is_wiped_after_loan(device["kind"])
        change_device(
            uow, device, "handedOver", {"state": "onLoan", "checked": False, "wiped": wiped}, loan=id
        )
    if after["request"]:
        request = REQUESTS.get(uow.connection, after["request"], lock=True)
        end_request(uow, request, "handedOver")
    record_loan(uow, HANDED_OVER, after)
    return after


def cancel_before_handover(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, state: Unmet
) -> LoanRow:
    """End a loan that was not handed over: `cancelled` or `notCollected`. The same again changes nothing."""
    row = locked_loan(uow, caller, id)
    if row["state"] == state:
        return row
    require_version(row, expected)
    if row["state"] != "ready":
        raise Conflict("Only a loan that is ready and not handed over can be given up; return this one.")
    after = release(uow, row, state)
    if after["request"]:
        request = REQUESTS.get(uow.connection, after["request"], lock=True)
        end_request(uow, request, state)
    return after


def release(uow: UnitOfWork, row: LoanRow, state: Unmet) -> LoanRow:
    """Free the devices of a locked loan that is ready, and end it."""
    for device in locked_devices(uow, (each.device for each in lent_in(uow.connection, row["id"]))).values():
        change_device(uow, device, "released", {"state": device_rules.resting_state(device)}, loan=row["id"])
    ended = {"open": False, "ended_on": today(uow), "ended_how": state}
    uow.connection.execute(sa.update(loan_devices).where(loan_devices.c.loan == row["id"]).values(ended))
    return LOANS.update(uow.connection, row, {**row, "state": state, "ended_on": today(uow)})


def extend_loan(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, due_on: date | None
) -> LoanRow:
    """Let a borrower keep it longer, unless there is a reason not to; the reminders begin again."""
    row = locked_loan(uow, caller, id)
    require_version(row, expected)
    _require_out(row)
    point = known_point(uow.connection, row["digipunt"]) or Digipunt(row["digipunt"], row["municipality"])
    if due_on is None:
        due_on = point.opening_day(max(row["due_on"], today(uow)) + rules.USUAL)
    due_on = rules.due_date(point, today(uow), due_on)
    rules.require_extendable(row, due_on, today(uow), _waiting(uow, row))
    return _change_due_date(uow, row, due_on, row["extensions"] + 1)


def change_due_date(uow: UnitOfWork, caller: Caller, id: str, expected: int, due_on: date) -> LoanRow:
    """Another due date, earlier or later, by the coordinator; no new loan, and no extension that counts."""
    row = locked_loan(uow, caller, id)
    require_version(row, expected)
    point = known_point(uow.connection, row["digipunt"]) or Digipunt(row["digipunt"], row["municipality"])
    due_on = rules.due_date(point, today(uow), due_on)
    if row["state"] == "ready":
        return (
            row if due_on == row["due_on"] else LOANS.update(uow.connection, row, {**row, "due_on": due_on})
        )
    _require_out(row)
    return row if due_on == row["due_on"] else _change_due_date(uow, row, due_on, row["extensions"])


def borrower_here(uow: UnitOfWork, municipality: str, id: str) -> None:
    """Lock a borrower of this municipality, so that nobody is erased while a loan begins. Raises InvalidInput."""
    statement = sa.select(borrowers.c.municipality, borrowers.c.state).where(borrowers.c.id == id)
    found = uow.connection.execute(for_update(uow.dialect, statement)).first()
    if found is None or found.municipality != municipality or found.state == "erased":
        raise InvalidInput.at(
            "borrower",
            "There is no such borrower in this municipality.",
            value=id,
            type="referencedResourceNotFound",
        )


def locked_loan(uow: UnitOfWork, caller: Caller, id: str) -> LoanRow:
    """A loan of a digipunt where the caller works."""
    row = LOANS.get(uow.connection, id, lock=True)
    _require_mine(caller, row)
    return row


def _require_mine(caller: Caller, row: LoanRow) -> None:
    require_digipunt(caller, row["digipunt"], row["municipality"], "loan", row["id"])


def record_loan(uow: UnitOfWork, type: str, row: LoanRow, **more: Any) -> None:
    """Record an event about a locked loan."""
    data = {"loan": rules.to_event(row, lent_in(uow.connection, row["id"])), **more}
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])


def _free_since(uow: UnitOfWork, given: Mapping[str, DeviceRow]) -> date:
    """The first day on which these locked devices can have been handed over: all were here, and back from their last loan."""
    ended = sa.select(sa.func.max(loan_devices.c.ended_on)).where(
        loan_devices.c.device.in_(given), loan_devices.c.ended_how.in_(("returned", "lost"))
    )
    days: list[date | None] = [device["added_on"] for device in given.values()]
    days.append(uow.connection.execute(ended).scalar())
    return max(day for day in days if day is not None)


_WHY_NOT_READY: dict[LoanState, str] = {
    "handedOver": "This loan was handed over already.",
    "returned": "This loan is over: everything came back.",
    "closed": "This loan is over: everything came back.",
    "cancelled": "This loan was cancelled; make a new one.",
    "notCollected": "This loan was not collected; make a new one.",
    "lost": "This loan is over: the device is lost.",
}


def _require_out(row: LoanRow) -> None:
    if row["state"] != "handedOver":
        raise Conflict("Nothing of this loan is out, so it has no other due date.")


def _change_due_date(uow: UnitOfWork, row: LoanRow, due_on: date, extensions: int) -> LoanRow:
    after = LOANS.update(uow.connection, row, {**row, "due_on": due_on, "extensions": extensions})
    record_loan(uow, DUE_DATE_CHANGED, after, previouslyDueOn=row["due_on"].isoformat())
    return after


def _waiting(uow: UnitOfWork, row: LoanRow) -> int:
    """How many wait here for a kind of device that this loan has, while none of that kind is free."""
    kinds = {each.kind for each in lent_in(uow.connection, row["id"]) if each.open}
    free = sa.select(devices.c.kind).where(devices.c.at == row["digipunt"], devices.c.state == "available")
    taken = kinds - set(uow.connection.execute(free).scalars())
    asked = sa.select(sa.func.count()).where(
        requests.c.digipunt == row["digipunt"],
        requests.c.state == "requested",
        requests.c.device_kind.in_(taken),
    )
    return int(uow.connection.execute(asked).scalar_one())

"""Prepare a loan, hand it over, extend or cancel it. What comes back is in `returns`.

A device is in at most one open loan: its row is locked and checked, and a unique index holds it should that fail.
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
    digipunt_for,
    end_request,
    event_name,
    find_digipunt,
    lent_in,
    lock_borrower,
    locked_devices,
    today,
)
from services.loans.model import devices as device_rules
from services.loans.model import loans as rules
from services.loans.model.opening import Digipunt
from services.loans.model.rows import DeviceChanges, DeviceRow, LoanRow, NewLoanDeviceRow, NotHandedOver
from services.loans.tables import (
    LOANS,
    REQUESTS,
    borrowers,
    devices,
    loan_devices,
    loan_reminders,
    loans,
    requests,
)

HANDED_OVER = event_name("loans", "handedOver")
DUE_DATE_CHANGED = event_name("loans", "dueDateChanged")


@dataclass(frozen=True, slots=True)
class Plan:
    """The loan to prepare: borrower, devices, due date, and the request it answers."""

    borrower: str
    devices: list[str]
    due_on: date | None
    request: str | None = None


def prepare_loan(uow: UnitOfWork, caller: Caller, id: str, sent: Mapping[str, Any]) -> tuple[LoanRow, bool]:
    """Reserve devices for a borrower under the client's id; whether the loan is new."""
    content = drop_empty(sent)
    digipunt = digipunt_for(uow, caller, content["digipunt"])

    def require_access(row: LoanRow) -> None:
        require_digipunt(caller, row["digipunt"], row["municipality"], "loan", id)

    # Locked first, so that a resend waits here until the first one is committed, and then finds it.
    lock_borrower(uow, content["borrower"])
    locked_devices(uow, content["devices"])
    if same := LOANS.find_same(uow.connection, id, fingerprint(content), require_access):
        return same, False
    plan = Plan(content["borrower"], content["devices"], content.get("due_on"))
    return open_loan(uow, digipunt, id, plan, content_hash=fingerprint(content)), True


def open_loan(uow: UnitOfWork, digipunt: Digipunt, id: str, plan: Plan, *, content_hash: str) -> LoanRow:
    """Insert a loan that is ready to be handed over, its devices reserved. Raises Conflict when one of them is not free."""
    require_borrower(uow, digipunt.municipality, plan.borrower)
    found = locked_devices(uow, plan.devices)
    missing = [
        Issue("There is no such device here.", f"devices[{i}]", value=id, type="referencedResourceNotFound")
        for i, id in enumerate(plan.devices)
        if id not in found or found[id]["municipality"] != digipunt.municipality
    ]
    if missing:
        raise InvalidInput(missing)
    for device in found.values():
        device_rules.require_lendable(device)
    row: LoanRow = {
        "id": id,
        "borrower": plan.borrower,
        "digipunt": digipunt.id,
        "municipality": digipunt.municipality,
        "request": plan.request,
        "prepared_on": today(uow),
        "handed_over_on": None,
        "due_on": rules.due_date(digipunt, today(uow), plan.due_on),
        "ended_on": None,
        "extensions": 0,
        "signature": None,
        "sealed": None,
        "state": "ready",
        "content_hash": content_hash,
        "version": 1,
    }
    lent: list[NewLoanDeviceRow] = [
        {"loan": id, "device": each, "kind": found[each]["kind"], "place": place, "open": True}
        for place, each in enumerate(plan.devices)
    ]
    try:
        uow.connection.execute(sa.insert(loans), dict(row))
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
    """Give the devices to the borrower, or to the person who collects them for an organisation."""
    row = locked_loan(uow, caller, id)
    require_version(row, expected)
    rules.require_ready(row)
    given = _locked_devices_of(uow, id)
    day = day_of(uow, sent.get("handed_over_on"), "handedOverOn", since=_free_since(uow, given))
    due_on = sent.get("due_on") or (row["due_on"] if row["due_on"] >= day else None)
    personal: rules.Handover = {}
    if sent.get("collected_by"):
        personal["collectedBy"] = sent["collected_by"]
    if sent.get("drawn"):
        personal["signature"] = sent["drawn"]
    after: LoanRow = {
        **row,
        "state": "handedOver",
        "handed_over_on": day,
        "due_on": rules.due_date(_digipunt_of(uow, row), day, due_on),
        "signature": "screen" if "signature" in personal else "paper",
        "sealed": cipher.encrypt(personal) if personal else None,
    }
    after = LOANS.update(uow.connection, row, after)
    for device in given.values():
        wiped = device_rules.is_wiped_after_loan(device["kind"])
        changes: DeviceChanges = {"state": "onLoan", "checked": False, "wiped": wiped}
        change_device(uow, device, "handedOver", changes, loan=id)
    if after["request"]:
        request = REQUESTS.get(uow.connection, after["request"], lock=True)
        end_request(uow, request, "handedOver")
    record_loan(uow, HANDED_OVER, after)
    return after


def cancel_before_handover(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, state: NotHandedOver
) -> LoanRow:
    """End a loan that was not handed over. The same again changes nothing."""
    row = locked_loan(uow, caller, id)
    if row["state"] == state:
        return row
    require_version(row, expected)
    if row["state"] != "ready":
        raise Conflict("Only a loan that is ready and not handed over can be given up; return this one.")
    after = end_reserved_loan(uow, row, state)
    if after["request"]:
        request = REQUESTS.get(uow.connection, after["request"], lock=True)
        end_request(uow, request, state)
    return after


def end_reserved_loan(uow: UnitOfWork, row: LoanRow, state: NotHandedOver) -> LoanRow:
    """Free the devices of a locked loan that is ready, and end it."""
    for device in _locked_devices_of(uow, row["id"]).values():
        state_now = device_rules.resting_state(device)
        change_device(uow, device, "released", {"state": state_now}, loan=row["id"])
    ended = {"open": False, "ended_on": today(uow), "ended_how": state}
    uow.connection.execute(sa.update(loan_devices).where(loan_devices.c.loan == row["id"]).values(ended))
    return LOANS.update(uow.connection, row, {**row, "state": state, "ended_on": today(uow)})


def extend_loan(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, due_on: date | None
) -> LoanRow:
    """Let a borrower keep it longer, unless there is a reason not to; the reminders start again."""
    row = locked_loan(uow, caller, id)
    require_version(row, expected)
    _require_out(row)
    digipunt = _digipunt_of(uow, row)
    if due_on is None:
        due_on = digipunt.opening_day(max(row["due_on"], today(uow)) + rules.USUAL)
    due_on = rules.due_date(digipunt, today(uow), due_on)
    rules.require_extendable(row, due_on, today(uow), _waiting(uow, row))
    return _change_due_date(uow, row, {**row, "due_on": due_on, "extensions": row["extensions"] + 1})


def change_due_date(uow: UnitOfWork, caller: Caller, id: str, expected: int, due_on: date) -> LoanRow:
    """Set another due date, earlier or later, as a coordinator; it does not count as an extension."""
    row = locked_loan(uow, caller, id)
    require_version(row, expected)
    after: LoanRow = {**row, "due_on": rules.due_date(_digipunt_of(uow, row), today(uow), due_on)}
    if row["state"] != "ready":
        _require_out(row)
    if after == row:
        return row
    if row["state"] == "ready":
        # A loan is published once it is handed over.
        return LOANS.update(uow.connection, row, after)
    return _change_due_date(uow, row, after)


def require_borrower(uow: UnitOfWork, municipality: str, id: str) -> None:
    """Lock a borrower of this municipality, so that they are not erased while a loan begins. Raises InvalidInput."""
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
    require_digipunt(caller, row["digipunt"], row["municipality"], "loan", id)
    return row


def record_loan(uow: UnitOfWork, type: str, row: LoanRow, **more: Any) -> None:
    """Record an event about a locked loan, with `more` in its data."""
    data = {"loan": rules.to_event(row, lent_in(uow.connection, row["id"])), **more}
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])


def _free_since(uow: UnitOfWork, given: Mapping[str, DeviceRow]) -> date:
    """The first day on which these locked devices can have been handed over: all added, and back from their last loan."""
    ended = sa.select(sa.func.max(loan_devices.c.ended_on)).where(
        loan_devices.c.device.in_(given), loan_devices.c.ended_how.in_(("returned", "lost"))
    )
    days: list[date | None] = [device["added_on"] for device in given.values()]
    days.append(uow.connection.execute(ended).scalar())
    return max(day for day in days if day is not None)


def _locked_devices_of(uow: UnitOfWork, loan: str) -> dict[str, DeviceRow]:
    return locked_devices(uow, (each.device for each in lent_in(uow.connection, loan)))


def _digipunt_of(uow: UnitOfWork, row: LoanRow) -> Digipunt:
    return find_digipunt(uow.connection, row["digipunt"]) or Digipunt(row["digipunt"], row["municipality"])


def _require_out(row: LoanRow) -> None:
    if row["state"] != "handedOver":
        raise Conflict("Nothing of this loan is out, so it has no other due date.")


def _change_due_date(uow: UnitOfWork, row: LoanRow, after: LoanRow) -> LoanRow:
    after = LOANS.update(uow.connection, row, after)
    # A day on which it was due before, and somebody was reminded then, starts its reminders again.
    same = (loan_reminders.c.loan == row["id"]) & (loan_reminders.c.due_on == after["due_on"])
    uow.connection.execute(sa.delete(loan_reminders).where(same))
    record_loan(uow, DUE_DATE_CHANGED, after, previouslyDueOn=row["due_on"].isoformat())
    return after


def _waiting(uow: UnitOfWork, row: LoanRow) -> int:
    """How many people wait here for a kind of device that is in this loan, while none of that kind is available."""
    kinds = {each.kind for each in lent_in(uow.connection, row["id"]) if each.open}
    free = sa.select(devices.c.kind).where(devices.c.at == row["digipunt"], devices.c.state == "available")
    taken = kinds - set(uow.connection.execute(free).scalars())
    asked = sa.select(sa.func.count()).where(
        requests.c.digipunt == row["digipunt"],
        requests.c.state == "requested",
        requests.c.device_kind.in_(taken),
    )
    return int(uow.connection.execute(asked).scalar_one())

"""Prepare a loan, hand it over or cancel it. Another due date is in `due_dates`, what comes back in `returns`.

A device is in at most one open loan: its row is locked and checked, and a unique index holds it should that fail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from chassis.errors import Conflict, Forbidden, InvalidInput, Issue
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from chassis.storage.rows import require_version
from common.access import Caller, reaches, require_digipunt
from common.field_cipher import FieldCipher
from common.person_keys import own_cipher
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
from services.loans.handlers.papers import freeze_agreement
from services.loans.model import devices as device_rules
from services.loans.model import loans as rules
from services.loans.model.opening import Digipunt
from services.loans.model.rows import (
    DeviceChanges,
    DeviceRow,
    LoanRow,
    NewLoanDeviceRow,
    NotHandedOver,
)
from services.loans.tables import LOANS, REQUESTS, borrowers, loan_devices, loans

HANDED_OVER = event_name("loans", "handedOver")


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
    require_borrower(uow, caller, digipunt.municipality, content["borrower"])
    plan = Plan(content["borrower"], content["devices"], content.get("due_on"))
    return open_loan(uow, caller, digipunt, id, plan, content_hash=fingerprint(content)), True


def open_loan(
    uow: UnitOfWork, caller: Caller, digipunt: Digipunt, id: str, plan: Plan, *, content_hash: str
) -> LoanRow:
    """Insert a loan that is ready to be handed over, its devices reserved.

    Raises Forbidden when one of them is of a digipunt where the caller does not work, Conflict when one is not free or not
    here. Whether the borrower may get it is the caller's to look at.
    """
    found = locked_devices(uow, plan.devices)
    missing = [
        Issue("deviceUnknown", f"devices[{i}]", value=id, type="referencedResourceNotFound")
        for i, id in enumerate(plan.devices)
        if id not in found or found[id]["municipality"] != digipunt.municipality
    ]
    if missing:
        raise InvalidInput(missing)
    for device in found.values():
        require_digipunt(caller, device["digipunt"], device["municipality"], "device", device["id"])
    for device in found.values():
        device_rules.require_lendable(device)
        device_rules.require_here(device, digipunt.id)
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
        raise Conflict("lentJustNow") from None
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
    given = locked_devices_of(uow, id)
    for device in given.values():
        device_rules.require_here(device, row["digipunt"])
    day = day_of(uow, sent.get("handed_over_on"), "handedOverOn", since=_free_since(uow, given))
    due_on = sent.get("due_on") or (row["due_on"] if row["due_on"] >= day else None)
    drawn, collected_by = sent.get("drawn"), sent.get("collected_by")
    personal: rules.Handover = {"collectedBy": collected_by} if collected_by else {}
    after: LoanRow = {
        **row,
        "state": "handedOver",
        "handed_over_on": day,
        "due_on": rules.due_date(digipunt_of(uow, row), day, due_on),
        "signature": "screen" if drawn else "paper",
        "sealed": own_cipher(uow.connection, cipher, row["borrower"]).encrypt(personal) if personal else None,
    }
    after = LOANS.update(uow.connection, row, after)
    freeze_agreement(
        uow,
        cipher,
        after,
        [given[each.device] for each in lent_in(uow.connection, id)],
        language=sent.get("language"),
        collected_by=collected_by,
        signature=rules.picture_in(drawn) if drawn else None,
    )
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
        raise Conflict("loanNotReady")
    after = end_reserved_loan(uow, row, state)
    if after["request"]:
        request = REQUESTS.get(uow.connection, after["request"], lock=True)
        end_request(uow, request, state)
    return after


def end_reserved_loan(uow: UnitOfWork, row: LoanRow, state: NotHandedOver) -> LoanRow:
    """Free the devices of a locked loan that is ready, and end it."""
    for device in locked_devices_of(uow, row["id"]).values():
        state_now = device_rules.resting_state(device)
        change_device(uow, device, "released", {"state": state_now}, loan=row["id"])
    ended = {"open": False, "ended_on": today(uow), "ended_how": state}
    uow.connection.execute(sa.update(loan_devices).where(loan_devices.c.loan == row["id"]).values(ended))
    return LOANS.update(uow.connection, row, {**row, "state": state, "ended_on": today(uow)})


def require_borrower(uow: UnitOfWork, caller: Caller, municipality: str, id: str) -> None:
    """Lock a borrower of this municipality, so that they are not erased while a loan begins.

    Raises InvalidInput when there is none, Forbidden for one of a digipunt where the caller does not work: a loan or a request
    would tell the caller who that is. The coordinator may begin it for them.
    """
    columns = (borrowers.c.digipunt, borrowers.c.municipality, borrowers.c.state)
    statement = sa.select(*columns).where(borrowers.c.id == id)
    found = uow.connection.execute(for_update(uow.dialect, statement)).first()
    if found is None or found.municipality != municipality or found.state == "erased":
        raise InvalidInput.at(
            "borrower",
            "borrowerUnknown",
            value=id,
            type="referencedResourceNotFound",
        )
    if not reaches(caller, found.digipunt, municipality):
        raise Forbidden("borrowerOfAnotherDigipunt")


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


def locked_devices_of(uow: UnitOfWork, loan: str) -> dict[str, DeviceRow]:
    """The devices of a loan, locked."""
    return locked_devices(uow, (each.device for each in lent_in(uow.connection, loan)))


def digipunt_of(uow: UnitOfWork, row: LoanRow) -> Digipunt:
    """The digipunt that lends."""
    return find_digipunt(uow.connection, row["digipunt"]) or Digipunt(row["digipunt"], row["municipality"])

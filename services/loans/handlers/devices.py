"""Add, change, move, repair, inspect, wipe and retire devices, and report them missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from chassis.errors import Conflict, InvalidInput
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import require_version
from common.access import Caller, require_digipunt
from common.text_keys import label_key
from services.loans.handlers.common import (
    DEVICE_CHANGED,
    append_history,
    change_device,
    day_of,
    device_at_hand,
    digipunt_for,
    event_name,
    locked_device,
    today,
)
from services.loans.handlers.labels import change_labelled, label_taken, require_free_label
from services.loans.model import devices as rules
from services.loans.model.rows import DeviceChanges, DeviceRow, LoanRow, RetireReason
from services.loans.tables import DEVICES, LOANS, devices, loan_devices, loans

ADDED = event_name("devices", "added")
MOVED = event_name("devices", "moved")
WIPED = event_name("devices", "wiped")
RETIRED = event_name("devices", "retired")


def add_device(uow: UnitOfWork, caller: Caller, id: str, sent: Mapping[str, Any]) -> tuple[DeviceRow, bool]:
    """Add a device under the client's id; whether it is new."""
    content = drop_empty(sent)
    digipunt = digipunt_for(uow, caller, content["digipunt"], content.pop("municipality", None))

    def require_access(row: DeviceRow) -> None:
        require_digipunt(caller, row["digipunt"], row["municipality"], "device", id)

    # A resend finds the device, even if its label was given to another one since.
    if same := DEVICES.find_same(uow.connection, id, fingerprint(content), require_access):
        return same, False
    require_free_label(uow, digipunt.municipality, content["label"], id)
    row: DeviceRow = {
        "id": id,
        "kind": content["kind"],
        "label": content["label"],
        "label_key": label_key(content["label"]),
        "label_shared": False,
        "serial": content.get("serial"),
        "accessories": content.get("accessories", []),
        "missing_accessories": [],
        "digipunt": digipunt.id,
        "municipality": digipunt.municipality,
        "at": digipunt.id,
        "condition": content["condition"],
        "state": "preparing" if content.get("preparing") else "available",
        "checked": True,
        "wiped": True,
        "note": content.get("note"),
        "added_on": day_of(uow, content.get("added_on"), "addedOn"),
        "seen_on": None,
        "retired_on": None,
        "retire_reason": None,
        "content_hash": fingerprint(content),
        "version": 1,
    }
    try:
        device, new = DEVICES.put_once(uow, row, ADDED, {"device": rules.to_event(row)}, require_access)
    except IntegrityError:
        raise label_taken(content["label"]) from None
    if new:
        append_history(uow, device, "added")
    return device, new


def change_device_description(
    uow: UnitOfWork, caller: Caller, id: str, expected: int, sent: Mapping[str, Any]
) -> DeviceRow:
    """Change the description of a device."""
    row = locked_device(uow, caller, id)
    require_version(row, expected)
    changes = cast("DeviceChanges", dict(sent))
    if "accessories" in changes:
        changes["accessories"] = changes["accessories"] or []
    after: DeviceRow = {**row, **changes}
    if after["label"] != row["label"]:
        require_free_label(uow, row["municipality"], after["label"], id)
        changes["label_key"], changes["label_shared"] = label_key(after["label"]), False
    return row if after == row else change_labelled(uow, row, "changed", changes)


def move_device(uow: UnitOfWork, caller: Caller, id: str, expected: int | None, digipunt: str) -> DeviceRow:
    """Give a device another home in the caller's area. One that is lent is on the list of its new home from then on."""
    row = locked_device(uow, caller, id)
    if row["digipunt"] == digipunt and row["at"] == digipunt:
        return row
    require_version(row, expected)
    home = digipunt_for(uow, caller, digipunt)
    if row["state"] == "retired":
        raise rules.refusal(row)
    if row["state"] in rules.LENT_OR_RESERVED and home.municipality != row["municipality"]:
        raise Conflict("deviceMovesInside")
    changes: DeviceChanges = {"digipunt": home.id, "municipality": home.municipality, "at": home.id}
    if home.municipality != row["municipality"]:
        require_free_label(uow, home.municipality, row["label"], id)
        changes["label_key"], changes["label_shared"] = label_key(row["label"]), False
    return change_labelled(uow, row, "moved", changes, MOVED)


def take_out_of_service(
    uow: UnitOfWork,
    caller: Caller,
    id: str,
    expected: int | None,
    state: Literal["inRepair", "missing"],
    note: str | None,
) -> DeviceRow:
    """Send a device to repair, or report that it is missing. The same again changes nothing."""
    loan = lock_last_loan(uow, id)
    row = device_at_hand(uow, caller, id)
    if row["state"] == state:
        return row
    require_version(row, expected)
    rules.require_at_the_point(row)
    after = change_device(uow, row, state, {"state": state}, note=note)
    close_when_done(uow, loan)
    return after


def return_to_service(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, sent: Mapping[str, Any]
) -> DeviceRow:
    """Return a device that was prepared, repaired or found. Whether it can be lent depends on its last check."""
    row = device_at_hand(uow, caller, id)
    if row["state"] not in rules.OUT_OF_SERVICE:
        if row["state"] == rules.resting_state(row):
            return row
        raise rules.refusal(row)
    require_version(row, expected)
    condition = sent.get("condition", row["condition"])
    if condition in rules.NOT_USABLE:
        raise InvalidInput.at("condition", "conditionNotUsable", value=condition)
    state = rules.resting_state({**row, "condition": condition})
    return change_device(uow, row, "inUse", {"condition": condition, "state": state})


def check_device(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, sent: Mapping[str, Any]
) -> DeviceRow:
    """Record how a device looks after a loan, and whether it is wiped."""
    loan = lock_last_loan(uow, id)
    row = device_at_hand(uow, caller, id)
    require_version(row, expected)
    if (here := sent.get("digipunt")) and digipunt_for(uow, caller, here).municipality != row["municipality"]:
        raise InvalidInput.at("digipunt", "deviceOfAnotherMunicipality", value=here)
    after = record_inspection(uow, row, sent, _id_of(loan))
    close_when_done(uow, loan)
    return after


def wipe_device(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> DeviceRow:
    """Record that what the last borrower left on a device is gone. Wiping it again changes nothing."""
    loan = lock_last_loan(uow, id)
    row = device_at_hand(uow, caller, id)
    if row["wiped"]:
        return row
    require_version(row, expected)
    rules.require_at_the_point(row)
    state = row["state"]
    if state not in ("inRepair", "missing"):
        state = rules.resting_state({**row, "wiped": True})
    after = change_device(uow, row, "wiped", {"wiped": True, "state": state}, WIPED, loan=_id_of(loan))
    _mark_done(uow, after)
    close_when_done(uow, loan)
    return after


def retire_device(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, reason: RetireReason
) -> DeviceRow:
    """Take a device out of use for good. It is wiped first, unless that is impossible."""
    loan = lock_last_loan(uow, id)
    row = locked_device(uow, caller, id)
    if row["state"] == "retired":
        if row["retire_reason"] != reason:
            raise Conflict("deviceRetiredOtherwise")
        return row
    require_version(row, expected)
    rules.require_at_the_point(row)
    if not row["wiped"] and reason not in rules.CANNOT_BE_WIPED:
        raise rules.refusal(row, "toWipe")
    changes: DeviceChanges = {"state": "retired", "retired_on": today(uow), "retire_reason": reason}
    after = change_device(uow, row, "retired", changes, RETIRED)
    close_when_done(uow, loan)
    return after


def record_inspection(
    uow: UnitOfWork, row: DeviceRow, sent: Mapping[str, Any], loan: str | None
) -> DeviceRow:
    """Record the check of a locked device. Raises Conflict when it is not at the point to be inspected."""
    rules.require_at_the_point(row)
    missing = sorted(set(sent.get("missing_accessories") or []))
    if unknown := [each for each in missing if each not in row["accessories"]]:
        place = f"missingAccessories[{missing.index(unknown[0])}]"
        raise InvalidInput.at(
            place, "notAnAccessory", type="invalidInput", accessories=", ".join(row["accessories"]) or "–"
        )
    changes: DeviceChanges = {
        "condition": rules.condition_after_check(sent["condition"], missing),
        "missing_accessories": missing,
        "checked": True,
        "wiped": row["wiped"] or sent.get("wiped", False),
        "at": sent.get("digipunt", row["at"]),
    }
    changes["state"] = rules.resting_state({**row, **changes})
    event = WIPED if changes["wiped"] and not row["wiped"] else DEVICE_CHANGED
    after = change_device(uow, row, "checked", changes, event, loan=loan, note=sent.get("note"))
    _mark_done(uow, after)
    return after


def _mark_done(uow: UnitOfWork, row: DeviceRow) -> None:
    """Mark a device that was inspected and wiped as done with, in the loan from which it came back."""
    if row["checked"] and row["wiped"]:
        last = (loan_devices.c.device == row["id"]) & (loan_devices.c.ended_how == "returned")
        uow.connection.execute(sa.update(loan_devices).where(last, ~loan_devices.c.done).values(done=True))


def lock_last_loan(uow: UnitOfWork, device: str) -> LoanRow | None:
    """The loan from which a device came back and for which it is not done, locked before the device is."""
    statement = (
        sa.select(loans)
        .join(loan_devices, loan_devices.c.loan == loans.c.id)
        .where(loan_devices.c.device == device, loan_devices.c.ended_how == "returned", ~loan_devices.c.done)
    )
    if uow.dialect == "postgresql":
        statement = statement.with_for_update(of=loans)
    return next(iter(LOANS.select(uow.connection, statement)), None)


def close_when_done(uow: UnitOfWork, loan: LoanRow | None) -> LoanRow | None:
    """Close a locked loan whose devices are back, inspected and wiped, or will never be."""
    if loan is None or loan["state"] != "returned":
        return loan
    to_do = (
        sa.select(devices.c.id)
        .join(loan_devices, loan_devices.c.device == devices.c.id)
        .where(
            loan_devices.c.loan == loan["id"],
            loan_devices.c.ended_how == "returned",
            ~loan_devices.c.done,
            devices.c.state.not_in(("missing", "retired")),
        )
        .limit(1)
    )
    if uow.connection.execute(to_do).first():
        return loan
    return LOANS.update(uow.connection, loan, {**loan, "state": "closed"})


def _id_of(loan: LoanRow | None) -> str | None:
    return loan["id"] if loan else None

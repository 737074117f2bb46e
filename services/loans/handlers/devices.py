"""Add, change, move, repair, inspect, wipe, look for and retire devices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

import sqlalchemy as sa

from chassis.errors import Conflict, InvalidInput
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import raise_if, require_version
from common import free_text
from common.access import Caller, require_digipunt
from services.loans.handlers.common import (
    append_history,
    change_device,
    day_of,
    event_name,
    locked_device,
    point_for,
    today,
)
from services.loans.model import devices as rules
from services.loans.model.rows import DeviceChanges, DeviceRow, LoanRow
from services.loans.tables import DEVICES, LOANS, devices, loan_devices, loans

ADDED = event_name("devices", "added")
MOVED = event_name("devices", "moved")
WIPED = event_name("devices", "wiped")
RETIRED = event_name("devices", "retired")


def add_device(uow: UnitOfWork, caller: Caller, id: str, sent: Mapping[str, Any]) -> tuple[DeviceRow, bool]:
    """Add a device under the client's id; whether it is new."""
    content = drop_empty(sent)
    point = point_for(uow, caller, content["digipunt"], content.pop("municipality", None))
    raise_if(free_text.issues("note", content.get("note")) + free_text.issues("label", content["label"]))
    digest = fingerprint(content)
    if there := DEVICES.find_same(uow.connection, id, digest, lambda row: _require_mine(caller, row)):
        return there, False
    _require_free_label(uow, point.municipality, content["label"])
    row: DeviceRow = {
        "id": id,
        "kind": content["kind"],
        "label": content["label"],
        "serial": content.get("serial"),
        "accessories": content.get("accessories", []),
        "missing_accessories": [],
        "digipunt": point.id,
        "municipality": point.municipality,
        "at": point.id,
        "condition": content["condition"],
        "state": "preparing" if content.get("preparing") else "available",
        "checked": True,
        "wiped": True,
        "note": content.get("note"),
        "added_on": day_of(uow, content.get("added_on"), "addedOn"),
        "seen_on": None,
        "retired_on": None,
        "retire_reason": None,
        "content_hash": digest,
        "version": 1,
    }
    data = {"device": rules.to_event(row)}
    kept, new = DEVICES.put_once(uow, row, ADDED, data, lambda there: _require_mine(caller, there))
    if new:
        append_history(uow, row, "added")
    return kept, new


def change_device_description(
    uow: UnitOfWork, caller: Caller, id: str, expected: int, sent: Mapping[str, Any]
) -> DeviceRow:
    """Change what is told about a device."""
    row = locked_device(uow, caller, id)
    require_version(row, expected)
    changes = cast(DeviceChanges, dict(sent))
    if "accessories" in changes:
        changes["accessories"] = changes["accessories"] or []
    raise_if(free_text.issues("note", changes.get("note")) + free_text.issues("label", changes.get("label")))
    if changes.get("label", row["label"]) != row["label"]:
        _require_free_label(uow, row["municipality"], changes["label"])
    if {**row, **changes} == row:
        return row
    return change_device(uow, row, "changed", changes)


def move_device(uow: UnitOfWork, caller: Caller, id: str, expected: int | None, digipunt: str) -> DeviceRow:
    """Give a device another home in the caller's area. One that is lent comes back to its new home's list."""
    row = locked_device(uow, caller, id)
    if row["digipunt"] == digipunt and row["at"] == digipunt:
        return row
    require_version(row, expected)
    point = point_for(uow, caller, digipunt)
    if row["state"] == "retired":
        raise Conflict("This device is out of use.")
    if row["state"] in ("onLoan", "reserved") and point.municipality != row["municipality"]:
        raise Conflict("A device that is lent or reserved can move inside its municipality only.")
    return change_device(
        uow, row, "moved", {"digipunt": digipunt, "municipality": point.municipality, "at": digipunt}, MOVED
    )


def take_out_of_service(
    uow: UnitOfWork,
    caller: Caller,
    id: str,
    expected: int | None,
    state: Literal["inRepair", "missing"],
    remark: str | None,
) -> DeviceRow:
    """Send a device to repair (`inRepair`), or note that nobody finds it (`missing`). The same again changes nothing."""
    loan = lock_last_loan(uow, id)
    row = locked_device(uow, caller, id)
    if row["state"] == state:
        return row
    require_version(row, expected)
    raise_if(free_text.issues("note", remark))
    rules.require_at_the_point(row)
    after = change_device(uow, row, state, {"state": state}, remark=remark)
    close_when_done(uow, loan)
    return after


def return_to_service(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, sent: Mapping[str, Any]
) -> DeviceRow:
    """A device that was prepared, mended or found. Whether it can be lent depends on its last check."""
    row = locked_device(uow, caller, id)
    if row["state"] not in ("preparing", "inRepair", "missing"):
        if row["state"] == rules.resting_state(row):
            return row
        raise Conflict(f"Device {row['label']} {rules.WHY_NOT[row['state']]}.")
    require_version(row, expected)
    condition = sent.get("condition", row["condition"])
    if condition in rules.NOT_USABLE:
        raise InvalidInput.at(
            "condition", "In this condition it cannot be lent; mend it first, or retire it.", value=condition
        )
    after: DeviceRow = {**row, "condition": condition}
    return change_device(uow, row, "inUse", {"condition": condition, "state": rules.resting_state(after)})


def check_device(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, sent: Mapping[str, Any]
) -> DeviceRow:
    """Record how a device looks after a loan, and whether it is wiped."""
    loan = lock_last_loan(uow, id)
    row = locked_device(uow, caller, id)
    require_version(row, expected)
    raise_if(free_text.issues("note", sent.get("note")))
    after = record_inspection(uow, row, sent, _id_of(loan))
    close_when_done(uow, loan)
    return after


def wipe_device(uow: UnitOfWork, caller: Caller, id: str, expected: int | None) -> DeviceRow:
    """Record that what the last borrower left on a device is gone. Wiping it again changes nothing."""
    loan = lock_last_loan(uow, id)
    row = locked_device(uow, caller, id)
    if row["wiped"]:
        return row
    require_version(row, expected)
    if row["state"] in ("onLoan", "reserved", "retired"):
        raise Conflict(f"Device {row['label']} {rules.WHY_NOT[row['state']]}.")
    state = rules.resting_state({**row, "wiped": True})
    if row["state"] in ("inRepair", "missing"):
        state = row["state"]
    after = change_device(uow, row, "wiped", {"wiped": True, "state": state}, WIPED, loan=_id_of(loan))
    _mark_done(uow, after)
    close_when_done(uow, loan)
    return after


def retire_device(uow: UnitOfWork, caller: Caller, id: str, expected: int | None, reason: str) -> DeviceRow:
    """Take a device out of use. It is wiped first, unless nobody has it any more."""
    loan = lock_last_loan(uow, id)
    row = locked_device(uow, caller, id)
    if row["state"] == "retired":
        if row["retire_reason"] != reason:
            raise Conflict("This device is out of use already, for another reason.")
        return row
    require_version(row, expected)
    rules.require_at_the_point(row)
    if not row["wiped"] and reason not in ("lost", "stolen", "broken"):
        raise Conflict(f"Device {row['label']} {rules.WHY_NOT['toWipe']}.")
    after = change_device(
        uow, row, "retired", {"state": "retired", "retired_on": today(uow), "retire_reason": reason}, RETIRED
    )
    close_when_done(uow, loan)
    return after


def record_inspection(
    uow: UnitOfWork, row: DeviceRow, sent: Mapping[str, Any], loan: str | None
) -> DeviceRow:
    """A locked device after a check; raises Conflict when it is not at the point to be looked at."""
    rules.require_at_the_point(row)
    missing = sorted(set(sent.get("missing_accessories") or []))
    if unknown := [each for each in missing if each not in row["accessories"]]:
        there = ", ".join(row["accessories"]) or "none"
        place = f"missingAccessories[{missing.index(unknown[0])}]"
        raise InvalidInput.at(place, f"This is not on the list of this device: {there}.", type="invalidInput")
    condition = (
        "incomplete" if missing and sent["condition"] in ("new", "good", "used") else sent["condition"]
    )
    wiped = row["wiped"] or sent.get("wiped", False)
    changes: DeviceChanges = {
        "condition": condition,
        "missing_accessories": missing,
        "checked": True,
        "wiped": wiped,
    }
    event = WIPED if wiped and not row["wiped"] else event_name("devices", "changed")
    state = rules.resting_state({**row, **changes})
    after = change_device(
        uow, row, "checked", {"state": state, **changes}, event, loan=loan, remark=sent.get("note")
    )
    _mark_done(uow, after)
    return after


def _mark_done(uow: UnitOfWork, row: DeviceRow) -> None:
    """Note with the loan that a device came back from that it was looked over and wiped, if it was."""
    if row["checked"] and row["wiped"]:
        last = (loan_devices.c.device == row["id"]) & (loan_devices.c.ended_how == "returned")
        uow.connection.execute(sa.update(loan_devices).where(last, ~loan_devices.c.done).values(done=True))


def lock_last_loan(uow: UnitOfWork, device: str) -> LoanRow | None:
    """The loan that a device came back from and is not done with, locked before the device is."""
    statement = (
        sa.select(loans)
        .join(loan_devices, loan_devices.c.loan == loans.c.id)
        .where(loan_devices.c.device == device, loan_devices.c.ended_how == "returned", ~loan_devices.c.done)
    )
    if uow.dialect == "postgresql":
        statement = statement.with_for_update(of=loans)
    return next(iter(LOANS.select(uow.connection, statement)), None)


def close_when_done(uow: UnitOfWork, loan: LoanRow | None) -> LoanRow | None:
    """Close a locked loan whose devices are back, looked over and wiped, or will never be."""
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


def _require_mine(caller: Caller, row: DeviceRow) -> None:
    require_digipunt(caller, row["digipunt"], row["municipality"], "device", row["id"])


def _require_free_label(uow: UnitOfWork, municipality: str, label: str) -> None:
    same = (
        sa.func.lower(devices.c.label) == label.lower(),
        devices.c.municipality == municipality,
        devices.c.state != "retired",
    )
    if uow.connection.execute(sa.select(devices.c.id).where(*same).limit(1)).first():
        raise Conflict(
            f"There is a device {label} in this municipality already; give this one another label."
        )


def _id_of(loan: LoanRow | None) -> str | None:
    return loan["id"] if loan else None

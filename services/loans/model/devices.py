"""The rules of a device: when it can be lent, and what its state is.

After each loan two things are recorded: that it was looked over, and that what the borrower left on it is gone. Until then
it cannot be lent, whatever else happens to it.
"""

from __future__ import annotations

from typing import Any

from chassis.errors import Conflict
from chassis.fingerprint import drop_empty
from services.loans.model.rows import DeviceRow, DeviceState

HOLDS_NOTHING = frozenset({"cardReader", "screen", "mouseKeyboard", "charger", "bag"})
"""Kinds on which a borrower can leave nothing, so there is nothing to wipe."""

QR_PREFIX = "digipunt:"
"""What stands before the id in a QR code, so that a scanner of something else is noticed."""

NOT_USABLE = frozenset({"damaged", "unusable"})

AT_THE_POINT: frozenset[DeviceState] = frozenset(
    {"preparing", "available", "returnedUnchecked", "toWipe", "inRepair", "missing"}
)
"""States in which a device may be taken out of use, mended or looked for: nobody has it or waits for it."""


def is_wiped_after_loan(kind: str) -> bool:
    """Whether a device of this kind holds nothing as it comes back."""
    return kind in HOLDS_NOTHING


def resting_state(row: DeviceRow) -> DeviceState:
    """The state of a device that is at the point and not being mended."""
    if not row["checked"]:
        return "returnedUnchecked"
    if not row["wiped"]:
        return "toWipe"
    return "inRepair" if row["condition"] in NOT_USABLE else "available"


WHY_NOT: dict[DeviceState, str] = {
    "preparing": "is still being prepared",
    "reserved": "is reserved for somebody",
    "onLoan": "is lent already",
    "returnedUnchecked": "came back and has not been checked yet: record its condition and that it is wiped",
    "toWipe": "has not been wiped yet: record that what was on it is gone",
    "inRepair": "is in repair",
    "missing": "is missing",
    "retired": "is out of use",
}


def require_lendable(row: DeviceRow) -> None:
    """Raise Conflict with the reason unless the device can be lent now."""
    if row["state"] != "available":
        raise Conflict(f"Device {row['label']} {WHY_NOT[row['state']]}.")


def require_at_the_point(row: DeviceRow) -> None:
    """Raise Conflict unless nobody has the device or waits for it."""
    if row["state"] not in AT_THE_POINT:
        raise Conflict(f"Device {row['label']} {WHY_NOT[row['state']]}.")


def to_event(row: DeviceRow) -> dict[str, Any]:
    """What of a device travels in events."""
    return drop_empty(
        {
            "id": row["id"],
            "kind": row["kind"],
            "digipunt": row["digipunt"],
            "municipality": row["municipality"],
            "condition": row["condition"],
            "state": row["state"],
            "addedOn": row["added_on"].isoformat(),
            "retiredOn": row["retired_on"] and row["retired_on"].isoformat(),
            "retireReason": row["retire_reason"],
        }
    )


def to_api(row: DeviceRow, loan: str | None = None) -> dict[str, Any]:
    """A device as the API shows it; `loan` is the one that has it."""
    return to_event(row) | drop_empty(
        {
            "label": row["label"],
            "serial": row["serial"],
            "accessories": row["accessories"],
            "missingAccessories": row["missing_accessories"],
            "at": row["at"],
            "note": row["note"],
            "checked": row["checked"],
            "wiped": row["wiped"],
            "seenOn": row["seen_on"] and row["seen_on"].isoformat(),
            "loan": loan,
            "version": row["version"],
        }
    )

"""The rules of a device: when it can be lent, and what its state is.

After each loan two things are recorded: that it was inspected, and that it was wiped. Until then it cannot be lent, whatever
else happens to it.
"""

from __future__ import annotations

from typing import Any

from chassis.errors import Conflict
from chassis.fingerprint import drop_empty, utc_text
from services.loans.model.rows import (
    Condition,
    DeviceHistoryRow,
    DeviceKind,
    DeviceRow,
    DeviceState,
    ListedDeviceRow,
    RetireReason,
)

HOLDS_NOTHING: frozenset[DeviceKind] = frozenset({"cardReader", "screen", "mouseKeyboard", "charger", "bag"})
"""Kinds on which a borrower can leave nothing, so there is nothing to wipe."""

QR_PREFIX = "digipunt:"
"""What stands before the id in a QR code, so that the code of something else is recognised as such."""

NOT_USABLE: frozenset[Condition] = frozenset({"damaged", "unusable"})
COMPLETE_AND_USABLE: frozenset[Condition] = frozenset({"new", "good", "used"})

AT_THE_POINT: frozenset[DeviceState] = frozenset(
    {"preparing", "available", "returnedUnchecked", "toWipe", "inRepair", "missing"}
)
"""States in which a device may be retired, repaired or looked for: nobody has it or waits for it."""

LENT_OR_RESERVED: frozenset[DeviceState] = frozenset({"onLoan", "reserved"})
OUT_OF_SERVICE: frozenset[DeviceState] = frozenset({"preparing", "inRepair", "missing"})
"""States from which a device returns to service."""

CANNOT_BE_WIPED: frozenset[RetireReason] = frozenset({"lost", "stolen", "broken"})
"""Reasons to retire a device although it was not wiped."""


def is_wiped_after_loan(kind: DeviceKind) -> bool:
    """Whether a device of this kind holds nothing as it comes back."""
    return kind in HOLDS_NOTHING


def resting_state(row: DeviceRow) -> DeviceState:
    """The state of a device that is at the point and not in repair."""
    if not row["checked"]:
        return "returnedUnchecked"
    if not row["wiped"]:
        return "toWipe"
    return "inRepair" if row["condition"] in NOT_USABLE else "available"


_WHY_NOT: dict[DeviceState, str] = {
    "preparing": "deviceInPreparation",
    "reserved": "deviceReserved",
    "onLoan": "deviceLent",
    "returnedUnchecked": "deviceNotChecked",
    "toWipe": "deviceNotWiped",
    "inRepair": "deviceInRepair",
    "missing": "deviceMissing",
    "retired": "deviceRetired",
}


def refusal(row: DeviceRow, state: DeviceState | None = None) -> Conflict:
    """The error that says why the device cannot be used like this: because it is in `state`, its own when left out."""
    return Conflict(_WHY_NOT[state or row["state"]], label=row["label"])


def require_lendable(row: DeviceRow) -> None:
    """Raise Conflict with the reason unless the device can be lent now."""
    if row["state"] != "available":
        raise refusal(row)


def require_here(row: DeviceRow, digipunt: str) -> None:
    """Raise Conflict unless the device is at the digipunt that lends it."""
    if row["at"] != digipunt:
        raise Conflict("deviceElsewhere", label=row["label"])


def require_at_the_point(row: DeviceRow) -> None:
    """Raise Conflict unless nobody has the device or waits for it."""
    if row["state"] not in AT_THE_POINT:
        raise refusal(row)


def condition_after_check(condition: Condition, missing_accessories: list[str]) -> Condition:
    """The condition to record: a usable device without all of its accessories is incomplete."""
    return "incomplete" if missing_accessories and condition in COMPLETE_AND_USABLE else condition


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
    """A device as the API shows it; where it is read, with the loan that has it."""
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


def listed_to_api(row: ListedDeviceRow) -> dict[str, Any]:
    """A device as the API shows it where it is read."""
    return to_api(row, row["loan"])


def history_to_api(row: DeviceHistoryRow) -> dict[str, Any]:
    """An entry of a device's history as the API shows it."""
    return drop_empty(
        {
            "time": utc_text(row["time"]),
            "what": row["what"],
            "state": row["state"],
            "condition": row["condition"],
            "at": row["at"],
            "loan": row["loan"],
            "note": row["note"],
        }
    )

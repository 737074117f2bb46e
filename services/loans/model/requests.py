"""The rules of a request: somebody waits for a device of a kind at a digipunt, in the order in which they came."""

from __future__ import annotations

from typing import Any

from chassis.errors import Conflict
from chassis.fingerprint import drop_empty
from services.loans.model.rows import RequestRow, RequestState

_WHY_NOT: dict[RequestState, str] = {
    "refused": "requestRefused",
    "ready": "requestApproved",
    "handedOver": "requestMet",
    "cancelled": "requestCancelled",
    "notCollected": "requestNotCollected",
}


def require_waiting(row: RequestRow) -> None:
    """Raise Conflict with the reason unless the request is still on the waiting list."""
    if row["state"] != "requested":
        raise Conflict(_WHY_NOT[row["state"]])


def to_event(row: RequestRow) -> dict[str, Any]:
    """What of a request travels in events."""
    return drop_empty(
        {
            "id": row["id"],
            "borrower": row["borrower"],
            "deviceKind": row["device_kind"],
            "digipunt": row["digipunt"],
            "municipality": row["municipality"],
            "requestedOn": row["requested_on"].isoformat(),
            "state": row["state"],
            "reason": row["reason"],
            "loan": row["loan"],
        }
    )


def to_api(row: RequestRow) -> dict[str, Any]:
    """A request as the API shows it. `number` is its place in the order in which requests came."""
    return to_event(row) | drop_empty(
        {"number": row["number"], "note": row["note"], "version": row["version"]}
    )

"""The rules of a request: somebody waits for a device of a kind at a digipunt, in the order in which they came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.fingerprint import drop_empty


def facts(row: Mapping[str, Any]) -> dict[str, Any]:
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


def body(row: Mapping[str, Any]) -> dict[str, Any]:
    """A request as the API shows it. `number` is its place in the order in which requests came."""
    return facts(row) | drop_empty({"number": row["number"], "note": row["note"], "version": row["version"]})

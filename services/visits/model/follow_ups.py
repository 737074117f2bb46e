"""The rules of a follow-up: something to do for a visitor by a day, without a name to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.fingerprint import drop_empty


def facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """What of a follow-up travels in events."""
    return drop_empty(
        {
            "id": row["id"],
            "digipunt": row["digipunt"],
            "municipality": row["municipality"],
            "visit": row["visit"],
            "kind": row["kind"],
            "dueOn": row["due_on"].isoformat(),
            "state": row["state"],
            "outcome": row["outcome"],
        }
    )


def body(row: Mapping[str, Any]) -> dict[str, Any]:
    """A follow-up as the API shows it."""
    return facts(row) | drop_empty({"note": row["note"], "version": row["version"]})

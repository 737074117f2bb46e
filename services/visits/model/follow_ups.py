"""The rules of a follow-up: something to do for a visitor by a day, without a name to it."""

from __future__ import annotations

from typing import Any

from chassis.fingerprint import drop_empty
from services.visits.model.rows import FollowUpRow


def to_event(row: FollowUpRow) -> dict[str, Any]:
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


def to_api(row: FollowUpRow) -> dict[str, Any]:
    """A follow-up as the API shows it."""
    return to_event(row) | drop_empty({"note": row["note"], "version": row["version"]})

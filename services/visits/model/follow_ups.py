"""The rules of a follow-up: something to do for a visitor by a day, without a name to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from chassis.errors import Issue
from chassis.fingerprint import drop_empty
from services.visits.model.rows import FollowUpRow

FURTHEST = timedelta(days=5 * 365)
"""As for a session: further ahead somebody mistyped the year."""


def due_issues(due_on: date, today: date) -> list[Issue]:
    """A follow-up is due within five years. It may be of the past: a desk on paper records it later."""
    if due_on - today > FURTHEST:
        return [
            Issue(
                "Plan it within 5 years; is the year right?",
                "dueOn",
                value=due_on.isoformat(),
                type="invalidInput",
            )
        ]
    return []


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

"""A message as others see it: in events and in the API. Neither says for whom it is."""

from __future__ import annotations

from typing import Any

from chassis.fingerprint import drop_empty
from services.notifications.model.rows import MessageRow


def to_event(row: MessageRow) -> dict[str, Any]:
    """A message as it stands in an event."""
    return drop_empty(
        {
            "id": row["id"],
            "kind": row["kind"],
            "about": row["about"],
            "state": row["state"],
            "channel": row["channel"],
            "reason": row["reason"],
            "municipality": row["municipality"],
            "digipunt": row["digipunt"],
        }
    )


def to_api(row: MessageRow) -> dict[str, Any]:
    """A message as the API gives it."""
    return to_event(row) | drop_empty(
        {
            "until": row["until"],
            "version": row["version"],
            "plannedAt": row["planned_at"],
            "changedAt": row["changed_at"],
            "nextAt": row["next_at"],
        }
    )

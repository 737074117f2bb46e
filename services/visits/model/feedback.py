"""Feedback has no identity: a day and a digipunt, nothing that leads to a visit or a person."""

from __future__ import annotations

from typing import Any

from chassis.fingerprint import drop_empty
from services.visits.model.rows import FeedbackRow


def to_event(row: FeedbackRow) -> dict[str, Any]:
    """Feedback as it travels in events, and as the API shows it."""
    return drop_empty(
        {
            "id": row["id"],
            "digipunt": row["digipunt"],
            "municipality": row["municipality"],
            "day": row["day"].isoformat(),
            "selfReliance": row["self_reliance"],
            "satisfaction": row["satisfaction"],
            "wouldReturn": row["would_return"],
        }
    )

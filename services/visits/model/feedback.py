"""Feedback has no identity: a day and a digipunt, nothing that leads to a visit or a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.fingerprint import drop_empty


def facts(row: Mapping[str, Any]) -> dict[str, Any]:
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

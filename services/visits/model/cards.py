"""A visitor card: a random code on paper, and no name behind it."""

from __future__ import annotations

from typing import Any

from chassis.fingerprint import drop_empty
from services.visits.model.rows import VisitorCardRow


def to_api(row: VisitorCardRow, contact: str | None = None) -> dict[str, Any]:
    """A card as the API shows it to the desk that holds it; `contact` says whether a visit today is its first this year."""
    return drop_empty(
        {
            "id": row["id"],
            "code": row["code"],
            "state": row["state"],
            "contact": contact,
            "version": row["version"],
        }
    )

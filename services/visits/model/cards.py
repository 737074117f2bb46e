"""A visitor card: a random code on paper, and no name behind it."""

from __future__ import annotations

from typing import Any

from services.visits.model.rows import FoundCardRow, VisitorCardRow


def to_api(row: VisitorCardRow) -> dict[str, Any]:
    """A card as the API shows it to the desk that holds it."""
    return {"id": row["id"], "code": row["code"], "state": row["state"], "version": row["version"]}


def found_to_api(row: FoundCardRow) -> dict[str, Any]:
    """A card that was looked up by its code, as the API shows it."""
    return to_api(row) | {"contact": row["contact"]}

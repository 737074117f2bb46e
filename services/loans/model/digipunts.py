"""A digipunt in words, to print or to send."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from common.addresses import one_line
from common.openings import in_words
from common.phones import as_dialled
from services.loans.model.rows import PointRow


class DigipuntInWords(TypedDict):
    """A digipunt in words, as far as it is known."""

    id: str
    name: str
    address: str | None
    phone: str | None
    opening: str | None


def digipunt_in_words(id: str, row: PointRow | None, language: str, today: date) -> DigipuntInWords:
    """A digipunt in words, as they are true `today`; `row` is what is known of it."""
    if row is None:
        return {"id": id, "name": "Digipunt", "address": None, "phone": None, "opening": None}
    return {
        "id": id,
        "name": row["name"] or "Digipunt",
        "address": one_line(row["address"]),
        "phone": as_dialled(row["phone"]) if row["phone"] else None,
        "opening": in_words(row["opening"], language, today),
    }

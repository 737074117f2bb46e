"""Visitor cards."""

from __future__ import annotations

from datetime import date
from typing import cast

import sqlalchemy as sa

from chassis.errors import NotFound
from services.visits.model.codes import read_code
from services.visits.model.rows import FoundCardRow, VisitorCardRow
from services.visits.tables import visitor_cards, visits


def find_card(connection: sa.Connection, code: str, today: date) -> FoundCardRow:
    """The card with this code, and whether a visit today is its first of this calendar year. Raises NotFound."""
    this = visitor_cards.c.code == read_code(code)
    found = connection.execute(sa.select(visitor_cards).where(this)).mappings().first()
    if found is None:
        raise NotFound("cardUnknown")
    row = cast("VisitorCardRow", dict(found))
    earlier = sa.select(sa.literal(1)).where(
        visits.c.visitor == row["id"],
        visits.c.state == "registered",
        visits.c.day.between(today.replace(month=1, day=1), today),
    )
    seen = connection.execute(earlier.limit(1)).first()
    return {**row, "contact": "repeat" if seen else "first"}

"""Digipunts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, matching
from services.visits.model.rows import DigipuntRow
from services.visits.tables import DIGIPUNTS, digipunts


def list_digipunts(
    connection: sa.Connection, municipalities: Collection[str], args: Mapping[str, Any], window: Window
) -> tuple[list[DigipuntRow], int]:
    """Digipunts of these municipalities, by name."""
    statement = (
        sa.select(digipunts)
        .where(
            digipunts.c.municipality.in_(municipalities),
            *matching(digipunts, args, "municipality", "name", "state"),
        )
        .order_by(digipunts.c.name, digipunts.c.id)
    )
    return DIGIPUNTS.page(connection, statement, window)

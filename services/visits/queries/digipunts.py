"""Digipunts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, matching
from common.access import AT_A_DIGIPUNT, Caller, scope
from services.visits.model.rows import DigipuntRow
from services.visits.tables import DIGIPUNTS, digipunts


def list_digipunts(
    connection: sa.Connection, caller: Caller, args: Mapping[str, Any], window: Window
) -> tuple[list[DigipuntRow], int]:
    """Digipunts of the caller's municipalities by name, or those where the caller works."""
    theirs = digipunts.c.municipality.in_(caller.municipalities)
    if args.get("mine") and caller.roles <= AT_A_DIGIPUNT:
        theirs = digipunts.c.id.in_(scope(caller).digipunts)
    statement = (
        sa.select(digipunts)
        .where(
            theirs,
            *matching(digipunts, args, "municipality", "name", "state"),
        )
        .order_by(digipunts.c.name, digipunts.c.id)
    )
    return DIGIPUNTS.page(connection, statement, window)

"""Readers of the bottleneck sheet, for the coordinator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, matching
from common.access import Caller
from services.notifications.model.rows import ReaderRow
from services.notifications.tables import READERS, readers


def list_readers(
    connection: sa.Connection, caller: Caller, args: Mapping[str, Any], window: Window
) -> tuple[list[ReaderRow], int]:
    """The readers of own municipalities, in the order in which they were added."""
    own = readers.c.municipality.in_(caller.municipalities)
    statement = sa.select(readers).where(own, *matching(readers, args, "municipality"))
    return READERS.page(connection, statement.order_by(readers.c.since, readers.c.id), window)

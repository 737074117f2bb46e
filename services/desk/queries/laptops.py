"""Laptops, and whether one still counts."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from chassis.storage.queries import Window
from common.access import Scope, is_uuid, within
from services.desk.model.rows import LaptopRow
from services.desk.tables import LAPTOPS, laptops, sessions


def list_laptops(
    connection: sa.Connection, scope: Scope, digipunt: str | None, window: Window
) -> tuple[list[LaptopRow], int]:
    """Laptops in scope, of one digipunt if asked."""
    statement = sa.select(laptops).where(within(laptops, scope)).order_by(laptops.c.id)
    if digipunt is not None:
        statement = statement.where(laptops.c.digipunt == digipunt)
    return LAPTOPS.page(connection, statement, window)


def is_paired(connection: sa.Connection, id: str) -> bool:
    """Whether the laptop was not taken back."""
    statement = sa.select(laptops.c.id).where(laptops.c.id == id)
    return is_uuid(id) and connection.execute(statement).first() is not None


def is_signed_in(connection: sa.Connection, session: str, now: datetime) -> bool:
    """Whether the session has not ended."""
    statement = sa.select(sessions.c.id).where(sessions.c.id == session, sessions.c.expires_at > now)
    return is_uuid(session) and connection.execute(statement).first() is not None

"""Contacts, for staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, matching
from common.access import Scope, within
from services.notifications.model.rows import ContactRow
from services.notifications.tables import CONTACTS, contacts


def list_contacts(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> tuple[list[ContactRow], int]:
    """Contacts that were not erased, the latest first."""
    wanted = matching(contacts, args, "digipunt", "municipality")
    statement = sa.select(contacts).where(within(contacts, scope), contacts.c.state == "active", *wanted)
    return CONTACTS.page(connection, statement.order_by(contacts.c.stored_at.desc(), contacts.c.id), window)

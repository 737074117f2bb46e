"""Follow-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, in_period, matching
from common.access import Scope, within
from services.visits.model.rows import FollowUpRow
from services.visits.tables import FOLLOW_UPS, follow_ups


def list_follow_ups(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> tuple[list[FollowUpRow], int]:
    """Follow-ups by due date, the first that is due first."""
    conditions = [
        within(follow_ups, scope),
        *matching(follow_ups, args, "digipunt", "municipality", "state"),
        *in_period(follow_ups.c.due_on, args),
    ]
    order = (follow_ups.c.due_on, follow_ups.c.id)
    return FOLLOW_UPS.page(connection, sa.select(follow_ups).where(*conditions).order_by(*order), window)

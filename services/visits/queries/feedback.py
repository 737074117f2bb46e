"""Feedback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Rows, Window, in_period, matching, page
from common.access import Scope, within
from services.visits.tables import feedback


def list_feedback(connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window) -> Rows:
    """Feedback of the period, latest day first; within a day in no order that tells anything."""
    conditions = [
        within(feedback, scope),
        *matching(feedback, args, "digipunt", "municipality"),
        *in_period(feedback.c.day, args),
    ]
    order = (feedback.c.day.desc(), feedback.c.id)
    return page(connection, sa.select(feedback).where(*conditions).order_by(*order), window)

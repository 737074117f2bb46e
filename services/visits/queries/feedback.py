"""Feedback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, in_period, matching
from common.access import Scope, within
from services.visits.model.rows import FeedbackRow
from services.visits.tables import FEEDBACK, feedback


def list_feedback(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> tuple[list[FeedbackRow], int]:
    """Feedback of the period, latest day first; within a day in no order that tells anything."""
    conditions = [
        within(feedback, scope),
        *matching(feedback, args, "digipunt", "municipality"),
        *in_period(feedback.c.day, args),
    ]
    order = (feedback.c.day.desc(), feedback.c.id)
    return FEEDBACK.page(connection, sa.select(feedback).where(*conditions).order_by(*order), window)

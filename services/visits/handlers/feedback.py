"""Take in what people thought of the help, without knowing who."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.clock import local_day
from chassis.errors import InvalidInput, Issue
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import raise_if
from common.access import Caller
from services.visits.handlers.common import RegistrationContext, event_name, point_for
from services.visits.model.feedback import to_event
from services.visits.model.rows import FeedbackRow
from services.visits.model.visits import EARLIEST, point_issues
from services.visits.tables import feedback

GIVEN = event_name("feedback", "given")
ANSWERS = ("self_reliance", "satisfaction", "would_return")


def give_feedback(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    sent: Mapping[str, Any],
    random_id: Callable[[], str],
) -> FeedbackRow:
    """Record feedback of a day at a digipunt, under a random id that holds no time."""
    point = point_for(context, caller, sent["digipunt"])
    today = local_day(uow.clock.now())
    day = sent.get("day", today)
    if not EARLIEST <= day <= today:
        raise InvalidInput.at(
            "day", "Feedback is of a day since 2015, today at the latest.", value=day.isoformat()
        )
    raise_if(point_issues(point, point.id, day))
    if not any(sent.get(name) for name in ANSWERS):
        raise InvalidInput([Issue("Give at least one of selfReliance, satisfaction and wouldReturn.")])
    row: FeedbackRow = {
        "id": random_id(),
        "digipunt": point.id,
        "municipality": point.municipality,
        "day": day,
        "self_reliance": sent.get("self_reliance"),
        "satisfaction": sent.get("satisfaction"),
        "would_return": sent.get("would_return"),
    }
    uow.connection.execute(sa.insert(feedback).values(row))
    uow.record(GIVEN, row["id"], {"feedback": to_event(row)}, version=1, municipality=point.municipality)
    return row

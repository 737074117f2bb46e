"""Take in what people thought of the help, without knowing who."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.clock import local_day
from chassis.errors import InvalidInput, Issue
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import Row, raise_if
from common.access import Caller
from services.visits.handlers.common import Desk, point_for, typed
from services.visits.model.feedback import facts
from services.visits.model.visits import EARLIEST, point_issues
from services.visits.tables import feedback

GIVEN = typed("feedback", "given")
ANSWERS = ("self_reliance", "satisfaction", "would_return")


def give_feedback(
    uow: UnitOfWork, desk: Desk, caller: Caller, sent: Mapping[str, Any], random_id: Callable[[], str]
) -> Row:
    """Record feedback of a day at a digipunt, under a random id that holds no time."""
    point = point_for(desk, caller, sent["digipunt"])
    today = local_day(uow.clock.now())
    day = sent.get("day", today)
    if not EARLIEST <= day <= today:
        raise InvalidInput.at(
            "day", "Feedback is of a day since 2015, today at the latest.", value=day.isoformat()
        )
    raise_if(point_issues(point, point.id, day))
    row: Row = {name: sent.get(name) for name in ANSWERS}
    if not any(row.values()):
        raise InvalidInput([Issue("Give at least one of selfReliance, satisfaction and wouldReturn.")])
    row |= {"id": random_id(), "digipunt": point.id, "municipality": point.municipality, "day": day}
    uow.connection.execute(sa.insert(feedback).values(row))
    uow.record(GIVEN, row["id"], {"feedback": facts(row)}, version=1, municipality=point.municipality)
    return row

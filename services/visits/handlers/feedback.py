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
from services.visits.handlers.common import RegistrationContext, event_name, require_known_digipunt
from services.visits.model.feedback import to_event
from services.visits.model.rows import FeedbackRow
from services.visits.model.visits import EARLIEST, digipunt_issues
from services.visits.tables import feedback

GIVEN = event_name("feedback", "given")


def give_feedback(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    sent: Mapping[str, Any],
    random_id: Callable[[], str],
) -> FeedbackRow:
    """Record feedback of a day at a digipunt, under a random id that holds no time."""
    digipunt = require_known_digipunt(context, caller, sent["digipunt"])
    today = local_day(uow.clock.now())
    day = sent.get("day", today)
    if not EARLIEST <= day <= today:
        raise InvalidInput.at("day", "feedbackDay", value=day.isoformat())
    raise_if(digipunt_issues(digipunt, day))
    row: FeedbackRow = {
        "id": random_id(),
        "digipunt": digipunt.id,
        "municipality": digipunt.municipality,
        "day": day,
        "self_reliance": sent.get("self_reliance"),
        "satisfaction": sent.get("satisfaction"),
        "would_return": sent.get("would_return"),
    }
    if not (row["self_reliance"] or row["satisfaction"] or row["would_return"]):
        raise InvalidInput([Issue("feedbackEmpty")])
    uow.connection.execute(sa.insert(feedback), dict(row))
    data = {"feedback": to_event(row)}
    uow.record(GIVEN, row["id"], data, version=1, municipality=row["municipality"])
    return row

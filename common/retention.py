"""What is kept too long goes, by a timer in each service; what is due can be seen before.

A service says what of its own is due and takes it away in steps, each a transaction; its trail goes by the same clock. Figures
count events, and no event holds any of this, so no figure changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any, Protocol, cast, runtime_checkable

import sqlalchemy as sa
import structlog
from marshmallow import Schema, fields

from chassis.clock import begin_of, local_day
from chassis.http import COORDINATOR, Request, http
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.retention import Due, Retention, months_before
from chassis.runtime.application import Application
from chassis.runtime.timer import every
from chassis.storage import trail
from chassis.storage.tables import trail as entries

log = structlog.get_logger(__name__)

AGEING_EVERY = 3600.0
"""Seconds between two looks for what is kept too long."""

AT_ONCE = 100
"""Of each kind that go in one transaction."""

Places = Collection[str] | None
"""The municipalities that somebody asks about; None for all."""


@runtime_checkable
class Ages(Protocol):
    """A service class that keeps something for a time only."""

    name: str

    @classmethod
    def due(cls, connection: sa.Connection, keep: Retention, today: date, places: Places) -> list[Due]:
        """What has to go today, of these municipalities."""

    @classmethod
    def take_away(cls, uow: UnitOfWork, keep: Retention, today: date, limit: int) -> list[Due]:
        """Take away up to `limit` of each kind that is due; what went, and nothing when nothing is due."""


def all_due(
    service: Ages, connection: sa.Connection, keep: Retention, today: date, places: Places
) -> list[Due]:
    """What has to go in this service today, its trail included."""
    before = months_before(today, keep.trail)
    old = [entries.c.at < begin_of(before)]
    old += [] if places is None else [entries.c.municipality.in_(places)]
    count = connection.execute(sa.select(sa.func.count()).select_from(entries).where(*old)).scalar_one()
    found = [*service.due(connection, keep, today, places), Due("trail", count, before)]
    return [each for each in found if each.count]


def take_all_away(service: Ages, uow: UnitOfWork, keep: Retention, today: date) -> list[Due]:
    """One step: take away some of what is due; what went, and nothing at the end."""
    before = months_before(today, keep.trail)
    found = service.take_away(uow, keep, today, AT_ONCE)
    gone = trail.age_out(uow.connection, begin_of(before))
    return [each for each in (*found, Due("trail", gone, before)) if each.count]


def tell_notes(uow: UnitOfWork, counts: Counter[str]) -> int:
    """Tell the trail how many remarks went, by municipality; how many that are."""
    uow.wipe()
    told = [
        trail.Entry("aged", "note", None, place, "retention", count)
        for place, count in sorted(counts.items())
        if count
    ]
    trail.record(uow.connection, uow.clock.now(), trail.TIMER, told)
    return counts.total()


class DueAnswer(Schema):
    """Something that has to go."""

    what = fields.String(
        required=True, metadata={"description": "`borrowers`, `contacts`, `notes` or `trail`."}
    )
    count = fields.Integer(required=True)
    before = fields.Date(required=True, metadata={"description": "It is from before this day."})


class KeptFor(Schema):
    """How many months what is kept."""

    borrowers = fields.Integer(required=True)
    contacts = fields.Integer(required=True)
    texts = fields.Integer(required=True)
    trail = fields.Integer(required=True)


class RetentionAnswer(Schema):
    """How long this deployment keeps what, and what of it goes at the next look, within the hour."""

    months = fields.Nested(KeptFor, required=True)
    due = fields.List(fields.Nested(DueAnswer), required=True)


class RetentionRoutes:
    """Mixed into a service that keeps something for a time only."""

    name: str
    app: Application

    @every(AGEING_EVERY)
    def age_out(self) -> None:
        keep, today = self.app.settings.retention, local_day(self.app.clock.now())
        gone: Counter[str] = Counter()
        while True:
            with self.app.unit_of_work() as uow:
                step = take_all_away(_ages(self), uow, keep, today)
            if not step:
                break
            gone.update({each.what: each.count for each in step})
        if gone:
            log.info("retention.takenAway", service=self.name, **gone)

    @http(
        "GET",
        "/v1/retention",
        roles=COORDINATOR,
        response=RetentionAnswer,
        summary="How long what is kept, and what goes next",
    )
    def get_retention(self, connection: sa.Connection, request: Request) -> dict[str, Any]:
        """Counts, of own municipalities. What goes leaves no name behind, and every figure as it was."""
        keep, today = self.app.settings.retention, local_day(self.app.clock.now())
        found = all_due(_ages(self), connection, keep, today, request.caller.municipalities)
        months = {name: getattr(keep, name) for name in KeptFor().fields}
        return {
            "months": months,
            "due": [{"what": each.what, "count": each.count, "before": each.before} for each in found],
        }


def _ages(service: Any) -> Ages:
    return cast("Ages", type(service))

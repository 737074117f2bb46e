"""The reporting service: a table of contents of the figures it answers with. No SQL, no rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.http import Request, http
from chassis.service import Service
from services.reporting import REFUSALS, schemas
from services.reporting.model.periods import Period, period_of
from services.reporting.projections import on_loans, on_visits
from services.reporting.queries import figures
from services.reporting.queries.area import Area, area

READERS = frozenset({"coordinator", "policy"})


class ReportingService(Service):
    """Figures of own municipalities, never persons; fed by events only."""

    name = "reporting"
    migrations = Path(__file__).parent / "migrations"
    refusals = REFUSALS
    projections = (on_visits, on_loans)

    @http(
        "GET",
        "/v1/summary",
        roles=READERS,
        query=schemas.SummaryQuery,
        response=schemas.Summary,
        summary="The figures of a period",
    )
    def get_summary(self, connection: Connection, request: Request) -> dict[str, Any]:
        """Contacts, people recognised and people estimated, each with its definition, and what for and with what result."""
        where, period = self._asked(connection, request)
        language = request.args["language"]
        today = local_day(self.app.clock.now())
        answer = figures.summary(connection, where, period, language, today)
        answer["municipalities"] = where.municipalities
        if compare := request.args.get("compare"):
            other = period.previous() if compare == "previous" else period.year_earlier()
            answer["compared"] = figures.summary(connection, where, other, language, today)
        return answer | {"asOf": figures.as_of(connection)}

    @http(
        "GET",
        "/v1/series",
        roles=READERS,
        query=schemas.SeriesQuery,
        response=schemas.Series,
        summary="One measure over time",
    )
    def get_series(self, connection: Connection, request: Request) -> dict[str, Any]:
        """Parts in which nothing happened are included, with count 0. Of this year when no days are given."""
        where, period = self._asked(connection, request)
        by, measure, theme = request.args["by"], request.args["measure"], request.args.get("theme")
        items = figures.series(connection, where, period, by, measure, theme)
        return _of(period) | {
            "measure": measure,
            "by": by,
            "items": items,
            "asOf": figures.as_of(connection),
        }

    @http(
        "GET",
        "/v1/bottlenecks",
        roles=READERS,
        query=schemas.FiguresQuery,
        response=schemas.Bottlenecks,
        summary="Which online services stopped whom, why, and with what consequence",
    )
    def list_bottlenecks(self, connection: Connection, request: Request) -> dict[str, Any]:
        """Of this year when no days are given; the answer says which days it is about."""
        where, period = self._asked(connection, request)
        items = figures.bottlenecks(connection, where, period)
        return _of(period) | {"items": items, "total": len(items), "asOf": figures.as_of(connection)}

    @http(
        "GET",
        "/v1/referrals",
        roles=READERS,
        query=schemas.FiguresQuery,
        response=schemas.ReferralsAnswer,
        summary="Who sent people here, and where they were sent on to",
    )
    def get_referrals(self, connection: Connection, request: Request) -> dict[str, Any]:
        """Of this year when no days are given; the answer says which days it is about."""
        where, period = self._asked(connection, request)
        found = figures.referrals(connection, where, period)
        return _of(period) | found | {"asOf": figures.as_of(connection)}

    def _asked(self, connection: Connection, request: Request) -> tuple[Area, Period]:
        args = request.args
        where = area(connection, request.caller.municipalities, args)
        return where, period_of(args.get("first"), args.get("last"), local_day(self.app.clock.now()))


def _of(period: Period) -> dict[str, Any]:
    return {"from": period.first, "to": period.last}

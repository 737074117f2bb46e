"""The routes of the figures: a summary, one measure over time, and the registers of bottlenecks and referrals."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.http import Request, http
from services.reporting import schemas
from services.reporting.model.definitions import definition
from services.reporting.model.signs import NOT_AVAILABLE, PLAIN
from services.reporting.queries import figures
from services.reporting.queries.area import VISITS
from services.reporting.queries.bottlenecks import register
from services.reporting.queries.loans import LOANS
from services.reporting.queries.reach import reach_figures
from services.reporting.queries.sources import never_there, require_facts
from services.reporting.service.common import READERS, Routes, days


class FigureRoutes(Routes):
    """Each answer says of which days it is, and up to which event it goes."""

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
        where, period = self.asked(connection, request)
        language = request.args["language"]
        today = self.today
        answer = figures.summary(connection, where, period, language, today)
        # A service that was never there has no figures, which is not the same as none.
        absent: dict[str, Any] = {"loans": None} if where.by_point and never_there(connection, LOANS) else {}
        status = PLAIN
        if never_there(connection, VISITS):
            status = NOT_AVAILABLE
            absent |= dict.fromkeys(answer.keys() - {"from", "to", "loans"})
            absent |= {"definition": definition("noVisits", language)}
        if compare := request.args.get("compare"):
            other = period.previous() if compare == "previous" else period.year_earlier()
            answer["compared"] = figures.summary(connection, where, other, language, today) | absent
        told = {"status": status, "municipalities": where.municipalities, "asOf": figures.as_of(connection)}
        return answer | absent | told

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
        where, period = self.asked(connection, request)
        by, measure, theme = request.args["by"], request.args["measure"], request.args.get("theme")
        items = figures.series(connection, where, period, by, measure, theme)
        status = PLAIN
        if never_there(connection, VISITS):
            status = NOT_AVAILABLE
            items = [each | {"count": None} for each in items]
        return days(period) | {
            "measure": measure,
            "by": by,
            "items": items,
            "status": status,
            "asOf": figures.as_of(connection),
        }

    @http(
        "GET",
        "/v1/bottlenecks",
        roles=READERS,
        query=schemas.ToldQuery,
        response=schemas.Bottlenecks,
        summary="Which online services stopped whom, why, and with what consequence",
    )
    def list_bottlenecks(self, connection: Connection, request: Request) -> dict[str, Any]:
        """Each with a sentence and its last twelve months. Of this year when no days are given."""
        where, period = self.asked(connection, request)
        language = request.args["language"]
        items = register(connection, where, period, language)
        return days(period) | {
            "definition": definition("bottlenecks", language),
            "items": items,
            "total": len(items),
            "asOf": figures.as_of(connection),
        }

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
        where, period = self.asked(connection, request)
        found = figures.referrals(connection, where, period)
        return days(period) | found | {"asOf": figures.as_of(connection)}

    @http(
        "GET",
        "/v1/reach",
        roles=READERS,
        query=schemas.ReachQuery,
        response=schemas.ReachAnswer,
        summary="How many people a grant's period reached, at least and at most",
    )
    def get_reach(self, connection: Connection, request: Request) -> dict[str, Any]:
        """Over several calendar years nobody knows who came back, so there are two bounds. Of this year without days."""
        where, period = self.asked(connection, request)
        language = request.args["language"]
        found = reach_figures(connection, where, period, language) | {"status": PLAIN}
        if not require_facts(connection):
            found |= {
                **dict.fromkeys(("atLeast", "atMost", "under18", "adults")),
                "definition": definition("noVisits", language),
                "months": [],
                "status": NOT_AVAILABLE,
            }
        return found | {"asOf": figures.as_of(connection)}

"""The routes of the charts: SVG for the width asked, to stand in a page beside its table."""

from __future__ import annotations

from sqlalchemy import Connection

from chassis.http import Request, http
from services.reporting import schemas
from services.reporting.charts import Form
from services.reporting.queries import pictures
from services.reporting.queries.targets import own_target
from services.reporting.service.common import READERS, Routes

SVG = "image/svg+xml"


class ChartRoutes(Routes):
    """A chart says what its figure says, and nothing that is not in it; each text in it can be read at 280 pixels."""

    @http(
        "GET",
        "/v1/charts/contacts.svg",
        roles=READERS,
        query=schemas.ChartQuery,
        content_type=SVG,
        summary="Contacts over time, beside those of the period before",
    )
    def draw_contacts(self, connection: Connection, request: Request) -> str:
        """By day for a month or less, else by month; by quarter, half-year or year when that would be more than 26 columns."""
        where, period = self.asked(connection, request)
        today = self.today
        return pictures.contacts_picture(connection, where, period, today, form_of(request))

    @http(
        "GET",
        "/v1/charts/reach.svg",
        roles=READERS,
        query=schemas.ReachChartQuery,
        content_type=SVG,
        summary="How many people a grant's period reached up to each of its months, at least and at most",
    )
    def draw_reach(self, connection: Connection, request: Request) -> str:
        """Certain below, possible in the hatched band; months to come are left open."""
        where, period = self.asked(connection, request)
        today = self.today
        return pictures.reach_picture(connection, where, period, today, form_of(request))

    @http(
        "GET",
        "/v1/charts/bottleneck.svg",
        roles=READERS,
        query=schemas.BottleneckChartQuery,
        content_type=SVG,
        summary="How often an online service stopped people in each of twelve months",
    )
    def draw_bottleneck(self, connection: Connection, request: Request) -> str:
        """The calendar months that end with that of `to`, whatever `from` is."""
        where, period = self.asked(connection, request)
        service = request.args["service"]
        return pictures.bottleneck_picture(connection, where, period.last, service, form_of(request))

    @http(
        "GET",
        "/v1/charts/target.svg",
        roles=READERS,
        query=schemas.TargetChartQuery,
        content_type=SVG,
        summary="How far a target has come",
    )
    def draw_target(self, connection: Connection, request: Request) -> str:
        """A line to its last step: filled as far as is certain, hatched as far as is possible."""
        row = own_target(connection, request.caller.municipalities, request.args["target"])
        today = self.today
        return pictures.target_picture(connection, row, today, form_of(request))


def form_of(request: Request) -> Form:
    """How the chart is to be."""
    args = request.args
    return Form(args["width"], args["language"], captioned=args["caption"])

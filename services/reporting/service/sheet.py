"""The routes of the monthly bottleneck sheet, as PDF and as workbook, and the timer that tells when one is complete."""

from __future__ import annotations

from datetime import date

from chassis.errors import InvalidInput, Issue
from chassis.http import Request, Response, http
from chassis.http.tickets import one_time
from chassis.runtime.timer import every
from services.reporting import schemas
from services.reporting.handlers.sheets import complete_sheet
from services.reporting.model.periods import Period, last_of_month
from services.reporting.model.sheets import month_to_tell
from services.reporting.queries.area import area
from services.reporting.queries.sheets import to_complete
from services.reporting.reports.parts import Report
from services.reporting.reports.rendering import Renderer
from services.reporting.reports.sheet import sheet
from services.reporting.reports.words import words
from services.reporting.service.common import READERS, RendererProvider, Routes

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LOOK_EVERY = 60.0
"""Seconds between two looks for sheets that are complete."""


class SheetRoutes(Routes):
    """For a policy officer: which services stopped people, why, with what consequence, and over twelve months."""

    renderer: Renderer = RendererProvider()

    @http(
        "GET",
        "/v1/bottlenecks/sheet.pdf",
        roles=READERS,
        unit=None,
        query=schemas.SheetQuery,
        content_type=PDF,
        worker="few",
        summary="The bottlenecks of a month, to print and to read out",
    )
    def print_sheet(self, request: Request) -> Response:
        """All numbers, small ones too: for who is signed in. Notes are in no event, so they are not in it."""
        return Response(self.renderer.pdf(self._sheet(request)), headers=_named(request, "pdf"))

    @http(
        "GET",
        "/v1/bottlenecks/sheet.xlsx",
        roles=READERS,
        unit=None,
        query=schemas.SheetQuery,
        content_type=XLSX,
        worker="few",
        summary="The bottlenecks of a month as a workbook",
    )
    def export_sheet(self, request: Request) -> Response:
        """The same numbers, one table a sheet."""
        return Response(self.renderer.xlsx(self._sheet(request)), headers=_named(request, "xlsx"))

    ticket_print_sheet = one_time(print_sheet)
    ticket_export_sheet = one_time(export_sheet)

    @every(LOOK_EVERY)
    def complete_sheets(self) -> None:
        """Record an event for the last month of each municipality, from figures that know all that was recorded."""
        month = month_to_tell(self.today)
        if month is None:
            return
        behind = self.behind()
        with self.app.database.read() as connection:
            municipalities = to_complete(connection, month.first, behind)
        for municipality in municipalities:
            with self.app.unit_of_work() as uow:
                complete_sheet(uow, municipality, month.first)

    def _sheet(self, request: Request) -> Report:
        args, today = request.args, self.today
        first = date.fromisoformat(f"{args['month']}-01")
        if first > today:
            raise InvalidInput(
                [Issue("periodNotBegun", "month", "query", args["month"], params={"first": first})]
            )
        with self.app.database.read() as connection:
            where = area(connection, request.caller.municipalities, args)
            return sheet(connection, where, Period(first, last_of_month(first)), args["language"], today)


def _named(request: Request, form: str) -> dict[str, str]:
    name = f"{words(request.args['language'])('monthly.file')}-{request.args['month']}.{form}"
    return {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-cache"}

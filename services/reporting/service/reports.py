"""The routes of reports: ask for one, see how far it is, and get its files."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Collection
from typing import Any, cast

from marshmallow import Schema
from sqlalchemy import Connection

from chassis.errors import InvalidInput, Issue, NotFound
from chassis.http import Request, Response, http
from chassis.http.tickets import one_time
from chassis.refusals import Reason
from chassis.runtime.timer import every
from services.reporting.queries.area import area
from services.reporting.reports import keeping
from services.reporting.reports.asked import Asked, Kind
from services.reporting.reports.keeping import FileRow, Form, ReportRow
from services.reporting.reports.making import Maker
from services.reporting.reports.tidy import for_excel
from services.reporting.schemas import reports as schemas
from services.reporting.service.common import READERS, MakerProvider, Routes

CONTENT_TYPES: dict[Form, str] = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_WORDS: dict[Kind, tuple[str, str]] = {"halfYear": ("half_year", "half-year"), "year": ("year", "year")}
TAKE_UP_EVERY, FORGET_EVERY = 60, 3600


def mine(connection: Connection, request: Request) -> ReportRow:
    """The report of a request, if it is of municipalities of the caller."""
    row = keeping.find(connection, request.params["id"])
    if not set(row["parameters"]["municipalities"]) <= set(request.caller.municipalities):
        raise NotFound("report", row["id"])
    return row


def direct(kind: Kind, form: Form, query: type[Schema]) -> Callable[..., Any]:
    """The route that gives one file of a report in one request, making the report if need be."""

    def serve(service: ReportRoutes, request: Request) -> Response:
        args = request.args
        asked = service.what(request, kind, args["year"], args.get("half"), args.get("municipality"), "query")
        return _file(asked, form, service.maker.file(asked, form), request)

    serve.__name__ = serve.__qualname__ = f"get_{_WORDS[kind][0]}_{form}"
    serve.__doc__ = "Made from what is known now, in some seconds; the same again is the same file."
    return http(
        "GET",
        f"/v1/reports/{kind}.{form}",
        roles=READERS,
        unit=None,
        query=query,
        content_type=CONTENT_TYPES[form],
        worker="few",
        summary=f"The report of a {_WORDS[kind][1]} as {form.upper()}",
    )(serve)


def kept(form: Form) -> Callable[..., Any]:
    """The route that gives one file of a report that was asked for."""

    def serve(service: ReportRoutes, request: Request) -> Response:
        with service.app.database.read() as connection:
            row = mine(connection, request)
            file = keeping.find_file(connection, row["id"], form)
        if file is None:
            raise NotFound("reportFileNotMade")
        return _file(Asked.of_json(row["parameters"]), form, file, request)

    serve.__name__ = serve.__qualname__ = f"get_report_{form}"
    serve.__doc__ = "It stays as it was made; `Repr-Digest` has the hash of its bytes."
    return http(
        "GET",
        f"/v1/reports/{{id}}/report.{form}",
        roles=READERS,
        unit=None,
        query=schemas.CsvQuery if form == "csv" else None,
        content_type=CONTENT_TYPES[form],
        summary=f"A report that was asked for, as {form.upper()}",
    )(serve)


class ReportRoutes(Routes):
    """Half-year and year reports."""

    maker: Maker = MakerProvider()

    @http(
        "POST",
        "/v1/reports",
        roles=READERS,
        unit=None,
        body=schemas.ReportPost,
        response=schemas.ReportState,
        status={202: "It is being made, or was made before from the same events"},
        summary="Ask for a report",
    )
    def ask_for_report(self, request: Request) -> Response:
        """Ask twice and it is made once: the same of the same events is the same report."""
        data = request.data
        asked = self.what(
            request, data["kind"], data["year"], data.get("half"), data.get("municipalities"), "body"
        )
        return Response(_to_api(self.maker.ask(asked), request), 202)

    @http(
        "GET",
        "/v1/reports/{id}",
        roles=READERS,
        response=schemas.ReportState,
        summary="How far a report is",
    )
    def get_report(self, connection: Connection, request: Request) -> dict[str, Any]:
        return _to_api(mine(connection, request), request)

    get_half_year_pdf = direct("halfYear", "pdf", schemas.HalfYearQuery)
    get_half_year_xlsx = direct("halfYear", "xlsx", schemas.HalfYearQuery)
    get_half_year_csv = direct("halfYear", "csv", schemas.HalfYearCsvQuery)
    get_year_pdf = direct("year", "pdf", schemas.YearQuery)
    get_year_xlsx = direct("year", "xlsx", schemas.YearQuery)
    get_year_csv = direct("year", "csv", schemas.YearCsvQuery)

    get_report_pdf = kept("pdf")
    get_report_xlsx = kept("xlsx")
    get_report_csv = kept("csv")
    ticket_for_get_report_pdf = one_time(get_report_pdf, mine)
    ticket_for_get_report_xlsx = one_time(get_report_xlsx, mine)
    ticket_for_get_report_csv = one_time(get_report_csv, mine)

    @every(TAKE_UP_EVERY)
    def take_up_reports(self) -> None:
        self.maker.take_up()

    @every(FORGET_EVERY)
    def forget_reports(self) -> None:
        self.maker.forget()

    def what(
        self,
        request: Request,
        kind: Kind,
        year: int,
        half: int | None,
        municipalities: Collection[str] | None,
        where: str,
    ) -> Asked:
        """What is asked for. Raises NotFound for a municipality of others, InvalidInput for a period to come."""
        with self.app.database.read() as connection:
            own = request.caller.municipalities
            places = area(connection, own, {"municipality": municipalities}).municipalities
        given = request.args if where == "query" else request.data
        asked = Asked.of(kind, year, half, places, given["language"])
        first = asked.period.first
        if first > self.today:
            raise InvalidInput([Issue("periodNotBegun", "year", where, year, params={"first": first})])
        return asked


def _file(asked: Asked, form: Form, file: FileRow, request: Request) -> Response:
    excel = form == "csv" and request.args.get("dialect") == "excel"
    headers = {
        "Content-Disposition": f'inline; filename="{asked.file_name(form)}"',
        "Cache-Control": "private, no-cache",
    }
    if excel:
        return Response(for_excel(file["content"]), headers=headers)
    digest = b64encode(bytes.fromhex(file["sha256"])).decode()
    headers |= {"ETag": f'"{file["sha256"]}"', "Repr-Digest": f"sha-256=:{digest}:"}
    return Response(file["content"], headers=headers)


def _to_api(row: ReportRow, request: Request) -> dict[str, Any]:
    id = row["id"]
    answer = row["parameters"] | {
        "id": id,
        "state": row["state"],
        "progress": row["progress"],
        "files": {form: f"/reporting/v1/reports/{id}/report.{form}" for form in CONTENT_TYPES},
        "asOf": row["as_of"],
        "rebuilding": row["rebuilding"],
        "madeAt": row["made_at"],
    }
    if row["reason"] is not None:
        reason = Reason(row["reason"]["code"], **cast("dict[str, Any]", row["reason"]["params"]))
        answer["failure"] = {"code": reason.code, "detail": reason.text(request.language)}
    return answer

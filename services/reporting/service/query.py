"""A question in one or two dimensions, answered a page at a time, as JSON or as CSV."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import Connection

from chassis.errors import Unavailable
from chassis.http import Request, Response, http
from services.reporting import schemas
from services.reporting.delimited import Dialect, table
from services.reporting.model.answers import Answer, named, totals
from services.reporting.model.definitions import definition
from services.reporting.model.periods import Period
from services.reporting.model.questions import Question
from services.reporting.queries import ask, figures, prepared
from services.reporting.queries.area import Area
from services.reporting.queries.lines import columns, lines
from services.reporting.queries.pages import Page, identity_of, page
from services.reporting.schemas.query import DEFAULT_LIMIT, MOST_CELLS, filters_of
from services.reporting.service.common import READERS, Routes, days

CSV = "text/csv"


class QueryRoutes(Routes):
    """Own municipalities only, and every number as it is: nothing is hidden from who is signed in."""

    few_facts = prepared.FEW
    """Up to how many facts a question is answered from them alone."""

    @http(
        "GET",
        "/v1/query",
        roles=READERS,
        query=schemas.QuestionQuery,
        response=schemas.QuestionAnswer,
        content_type=f"{CSV}; charset=utf-8",
        status={
            200: "A page of cells.",
            410: "The cursor is of figures that have been made anew; begin again.",
            422: "More than is answered at once; ask for less.",
        },
        unit=None,
        summary="A measure by one or two dimensions",
    )
    def get_query(self, request: Request) -> Response:
        """Of this year when no days are given. CSV with `Accept: text/csv`, whose next page is in the header `Link`."""
        question = Question(request.args["measure"], request.args["by"], filters_of(request.args))
        today = self.today
        for _ in range(ask.ATTEMPTS):
            with self.app.database.read() as connection:
                area, period = self.asked(connection, request)
                found = ask.ask(connection, area, period, question, today, few=self.few_facts)
                if isinstance(found, Answer):
                    return _told(connection, request, area, period, question, found)
            ask.prepare(self.app.database, found, question)
        raise Unavailable("figuresBeingPrepared", retry_after=1)


def _told(
    connection: Connection, request: Request, area: Area, period: Period, question: Question, found: Answer
) -> Response:
    args = request.args
    dialect = _dialect(request)
    cells = found.cells
    if args["empty"] == "include":
        cells = ask.with_empty(connection, area, period, question, found)
    limit = args.get("limit", MOST_CELLS if dialect else DEFAULT_LIMIT)
    identity = identity_of(area, period, question, args["empty"])
    shown = page(connection, identity, question, cells, limit, args.get("cursor"))
    as_of = figures.as_of(connection)
    if dialect:
        until, language = as_of["visits"]["time"], args["language"]
        found_lines = lines(connection, area, period, question, shown.cells, until, language)
        return Response(table(columns(question), found_lines, dialect), headers=_headers(request, shown))
    answer: dict[str, Any] = days(period) | {
        "municipalities": area.municipalities,
        "filters": {name: sorted(codes) for name, codes in question.filters.items()},
        "measure": question.measure,
        "definition": definition(question.measure, args["language"]),
        "by": question.by,
        "cells": [named(question, codes, value) for codes, value in shown.cells],
        "totals": totals(question, found),
        "additive": {name: question.additive(name) for name in question.by},
        "asOf": as_of,
        "next": shown.next,
    }
    return Response(answer, headers=_headers(request, shown))


def _dialect(request: Request) -> Dialect | None:
    """The dialect of CSV that is asked for, by name or by type; None for JSON, which who accepts anything gets."""
    if named_one := request.args.get("dialect"):
        return cast(Dialect, named_one)
    accepted = [each.partition(";")[0].strip() for each in request.headers.get("accept", "").split(",")]
    return "plain" if CSV in accepted and "application/json" not in accepted else None


def _headers(request: Request, shown: Page) -> dict[str, str]:
    headers = {"Vary": "Accept"}
    if shown.next is None:
        return headers
    kept = [(name, value) for name, value in parse_qsl(request.raw_query) if name != "cursor"]
    return headers | {"Link": f'<{request.path}?{urlencode([*kept, ("cursor", shown.next)])}>; rel="next"'}

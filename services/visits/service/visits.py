"""Routes of visits and of the referrals in them."""

from __future__ import annotations

import json
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import Connection

from chassis.errors import InvalidInput
from chassis.green import in_turns
from chassis.http import (
    CREATED,
    DESK,
    STAFF,
    Request,
    Response,
    created,
    expected_version,
    http,
    issues_of,
    page,
    problems,
    resource,
    version_if_given,
    window,
)
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_digipunt, scope
from services.visits.handlers import batch, visits
from services.visits.model.visits import to_api
from services.visits.queries import visits as queries
from services.visits.schemas import visits as schemas
from services.visits.service.common import OK, TOO_MANY_CODES, Routes
from services.visits.tables import VISITS

_item = schemas.BatchItem()


class VisitRoutes(Routes):
    """Register, read, correct and void visits."""

    @http(
        "PUT",
        "/v1/visits/{id}",
        roles=DESK,
        body=schemas.VisitPut,
        response=schemas.VisitAnswer,
        status=CREATED | TOO_MANY_CODES,
        summary="Register a visit",
    )
    def register_visit(self, uow: UnitOfWork, request: Request) -> Response:
        """The client makes the id, so a resend is harmless: the same again is 200, other content 409."""
        return created(
            visits.register(uow, self.context, request.caller, request.params["id"], request.data), to_api
        )

    @http(
        "POST",
        "/v1/visits/batch",
        roles=DESK,
        body=schemas.Batch,
        response=schemas.BatchAnswer,
        status=OK | TOO_MANY_CODES,
        summary="Register up to 500 visits, each on its own",
    )
    def register_visits(self, uow: UnitOfWork, request: Request) -> dict[str, Any]:
        """A refused visit does not hold up the others. Send the batch again as often as needed."""
        sent = request.data["items"]
        items = [_loaded(item) for item in in_turns(sent)]
        results = batch.register_batch(
            uow, self.context, request.caller, items, dry_run=request.data["dry_run"]
        )
        pairs = in_turns(zip(sent, results, strict=True))
        return {"items": [_result(item.get("id"), result, request) for item, result in pairs]}

    @http(
        "GET",
        "/v1/visits",
        roles=DESK,
        query=schemas.VisitQuery,
        response=schemas.VisitAnswer,
        paged=True,
        summary="List visits, latest first",
    )
    def list_visits(self, connection: Connection, request: Request) -> dict[str, Any]:
        asked = visits.filters(self.context, request.args)
        rows = queries.list_visits(connection, scope(request.caller), asked, window(request))
        return page(request, rows, to_api)

    @http("GET", "/v1/visits/{id}", roles=DESK, response=schemas.VisitAnswer, summary="Read a visit")
    def get_visit(self, connection: Connection, request: Request) -> Response:
        row = VISITS.get(connection, request.params["id"])
        require_digipunt(request.caller, row["digipunt"], row["municipality"], "visit", row["id"])
        return resource(row, to_api)

    @http(
        "PATCH",
        "/v1/visits/{id}",
        roles=DESK,
        body=schemas.VisitPatch,
        response=schemas.VisitAnswer,
        status=OK | TOO_MANY_CODES,
        summary="Correct a visit",
    )
    def correct_visit(self, uow: UnitOfWork, request: Request) -> Response:
        """A desk and a helper correct visits of own digipunts within 24 hours after they were registered; a coordinator all."""
        id, expected = request.params["id"], expected_version(request)
        return resource(visits.correct(uow, self.context, request.caller, id, expected, request.data), to_api)

    @http(
        "POST",
        "/v1/visits/{id}/void",
        roles=DESK,
        body=schemas.Void,
        response=schemas.VisitAnswer,
        summary="Take a visit out of the figures",
    )
    def void_visit(self, uow: UnitOfWork, request: Request) -> Response:
        """The visit stays readable, with the reason. Who may correct it may void it."""
        id, expected = request.params["id"], version_if_given(request)
        return resource(visits.void(uow, request.caller, id, expected, request.data["reason"]), to_api)

    @http(
        "GET",
        "/v1/referrals",
        roles=STAFF,
        query=schemas.ReferralQuery,
        response=schemas.ReferralAnswer,
        paged=True,
        summary="List referrals in and out, latest first",
    )
    def list_referrals(self, connection: Connection, request: Request) -> dict[str, Any]:
        rows = queries.list_referrals(connection, scope(request.caller), request.args, window(request))
        return page(request, rows, _referral)


def _referral(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _loaded(item: dict[str, Any]) -> batch.Item:
    try:
        loaded: dict[str, Any] = _item.load(item)
    except ValidationError as error:
        return InvalidInput(issues_of(error.messages))
    return loaded


def _result(id: object, result: bool | Exception, request: Request) -> dict[str, Any]:
    shown_id = {"id": id} if isinstance(id, str) else {}
    if isinstance(result, bool):
        return shown_id | {"status": 201 if result else 200}
    refusal = problems.from_error(result, request)
    return shown_id | {"status": refusal.status, "problem": json.loads(str(refusal.body))}

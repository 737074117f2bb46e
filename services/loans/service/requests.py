"""Routes of requests: the waiting list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.http import (
    CREATED,
    STAFF,
    Request,
    Response,
    created,
    http,
    page,
    resource,
    version_if_given,
    window,
)
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_digipunt, scope
from services.loans.handlers import requests
from services.loans.model.requests import to_api
from services.loans.queries import lists
from services.loans.schemas import loans as schemas
from services.loans.service.common import Routes, wants_borrowers
from services.loans.tables import REQUESTS


class RequestRoutes(Routes):
    """Who asked for what, in the order in which they came."""

    @http(
        "PUT",
        "/v1/requests/{id}",
        roles=STAFF,
        body=schemas.RequestPut,
        response=schemas.RequestAnswer,
        status=CREATED,
        summary="Ask for a device, or for a place on the waiting list",
    )
    def make_request(self, uow: UnitOfWork, request: Request) -> Response:
        return created(requests.make_request(uow, request.caller, request.params["id"], request.data), to_api)

    @http(
        "GET",
        "/v1/requests",
        roles=STAFF,
        query=schemas.RequestQuery,
        response=schemas.RequestAnswer,
        paged=True,
        summary="List requests in the order in which they came; the waiting list is state=requested",
    )
    def list_requests(self, connection: Connection, request: Request) -> dict[str, Any]:
        rows = lists.list_requests(connection, scope(request.caller), request.args, window(request))
        body = page(request, rows, to_api)
        if wants_borrowers(request):
            who = [row["borrower"] for row in rows[0]]
            body["embedded"] = self.embedded(connection, request, who)
        return body

    @http("GET", "/v1/requests/{id}", roles=STAFF, response=schemas.RequestAnswer, summary="Read a request")
    def get_request(self, connection: Connection, request: Request) -> Response:
        row = REQUESTS.get(connection, request.params["id"])
        require_digipunt(request.caller, row["digipunt"], row["municipality"], "request", row["id"])
        return resource(row, to_api)

    @http(
        "POST",
        "/v1/requests/{id}/approve",
        roles=STAFF,
        body=schemas.Approve,
        response=schemas.RequestAnswer,
        summary="Reserve devices for who asked, who is told that they are ready",
    )
    def approve_request(self, uow: UnitOfWork, request: Request) -> Response:
        """The answer names the loan that is ready; hand that one over."""
        id, expected, asked = request.params["id"], version_if_given(request), request.data
        row = requests.approve_request(
            uow, request.caller, id, expected, asked["devices"], asked.get("due_on")
        )
        return resource(row, to_api)

    @http(
        "POST",
        "/v1/requests/{id}/refuse",
        roles=STAFF,
        body=schemas.Refuse,
        response=schemas.RequestAnswer,
        summary="Refuse a request, with the reason",
    )
    def refuse_request(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected, reason = request.params["id"], version_if_given(request), request.data["reason"]
        return resource(requests.refuse_request(uow, request.caller, id, expected, reason), to_api)

    @http(
        "POST",
        "/v1/requests/{id}/cancel",
        roles=STAFF,
        response=schemas.RequestAnswer,
        summary="Give a request up",
    )
    def cancel_request(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected = request.params["id"], version_if_given(request)
        return resource(requests.cancel_request(uow, request.caller, id, expected), to_api)

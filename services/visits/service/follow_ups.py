"""Routes of follow-ups."""

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
from services.visits.handlers import follow_ups
from services.visits.model.follow_ups import to_api
from services.visits.queries.follow_ups import list_follow_ups
from services.visits.schemas import follow_ups as schemas
from services.visits.service.common import Routes
from services.visits.tables import FOLLOW_UPS


class FollowUpRoutes(Routes):
    """What is still to be done for a visitor."""

    @http(
        "PUT",
        "/v1/followUps/{id}",
        roles=STAFF,
        body=schemas.FollowUpPut,
        response=schemas.FollowUpAnswer,
        status=CREATED,
        summary="Plan a follow-up",
    )
    def plan_follow_up(self, uow: UnitOfWork, request: Request) -> Response:
        id = request.params["id"]
        return created(follow_ups.plan_follow_up(uow, self.context, request.caller, id, request.data), to_api)

    @http(
        "GET",
        "/v1/followUps",
        roles=STAFF,
        query=schemas.FollowUpQuery,
        response=schemas.FollowUpAnswer,
        paged=True,
        summary="List follow-ups by due date",
    )
    def list_follow_ups(self, connection: Connection, request: Request) -> dict[str, Any]:
        rows = list_follow_ups(connection, scope(request.caller), request.args, window(request))
        return page(request, rows, to_api)

    @http(
        "GET", "/v1/followUps/{id}", roles=STAFF, response=schemas.FollowUpAnswer, summary="Read a follow-up"
    )
    def get_follow_up(self, connection: Connection, request: Request) -> Response:
        row = FOLLOW_UPS.get(connection, request.params["id"])
        require_digipunt(request.caller, row["digipunt"], row["municipality"], "followUp", row["id"])
        return resource(row, to_api)

    @http(
        "POST",
        "/v1/followUps/{id}/done",
        roles=STAFF,
        body=schemas.FollowUpDone,
        response=schemas.FollowUpAnswer,
        summary="Note that a follow-up is done",
    )
    def finish_follow_up(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected = request.params["id"], version_if_given(request)
        outcome = request.data.get("outcome")
        return resource(follow_ups.finish_follow_up(uow, request.caller, id, expected, outcome), to_api)

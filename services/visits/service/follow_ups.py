"""Routes of follow-ups."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.access import demand_digipunt, scope
from chassis.http.answers import CREATED, STAFF, listed, made, shown, version_if_given
from chassis.http.entrypoint import http
from chassis.http.messages import Answer, Request
from chassis.http.paging import window
from chassis.queries import one
from chassis.unit_of_work import UnitOfWork
from services.visits.handlers import follow_ups
from services.visits.model.follow_ups import body
from services.visits.queries.follow_ups import list_follow_ups
from services.visits.schemas import follow_ups as schemas
from services.visits.service.common import Routes
from services.visits.tables import follow_ups as table


class FollowUpRoutes(Routes):
    """What is still to be done for a visitor."""

    @http(
        "PUT",
        "/v1/followUps/{id}",
        roles=STAFF,
        body=schemas.FollowUpPut,
        answer=schemas.FollowUpAnswer,
        status=CREATED,
        summary="Plan a follow-up",
    )
    def plan_follow_up(self, uow: UnitOfWork, request: Request) -> Answer:
        id = request.params["id"]
        return made(follow_ups.plan_follow_up(uow, self.desk, request.caller, id, request.data), body)

    @http(
        "GET",
        "/v1/followUps",
        roles=STAFF,
        query=schemas.FollowUpQuery,
        answer=schemas.FollowUpAnswer,
        paged=True,
        summary="List follow-ups by due date",
    )
    def list_follow_ups(self, connection: Connection, request: Request) -> dict[str, Any]:
        page = list_follow_ups(connection, scope(request.caller), request.args, window(request))
        return listed(request, page, body)

    @http("GET", "/v1/followUps/{id}", roles=STAFF, answer=schemas.FollowUpAnswer, summary="Read a follow-up")
    def get_follow_up(self, connection: Connection, request: Request) -> Answer:
        row = one(connection, table, request.params["id"], "follow-up")
        demand_digipunt(request.caller, row["digipunt"], row["municipality"], "follow-up", row["id"])
        return shown(row, body)

    @http(
        "POST",
        "/v1/followUps/{id}/done",
        roles=STAFF,
        body=schemas.FollowUpDone,
        answer=schemas.FollowUpAnswer,
        summary="Note that a follow-up is done",
    )
    def finish_follow_up(self, uow: UnitOfWork, request: Request) -> Answer:
        id, expected = request.params["id"], version_if_given(request)
        outcome = request.data.get("outcome")
        return shown(follow_ups.finish_follow_up(uow, request.caller, id, expected, outcome), body)

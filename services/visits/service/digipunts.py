"""Routes of digipunts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.access import demand_municipality
from chassis.http.answers import COORDINATOR, CREATED, STAFF, listed, made, shown, version_if_given
from chassis.http.entrypoint import http
from chassis.http.messages import Answer, Request, expected_version
from chassis.http.paging import window
from chassis.queries import one
from chassis.unit_of_work import UnitOfWork
from services.visits.handlers import digipunts
from services.visits.model.digipunts import body
from services.visits.queries import digipunts as queries
from services.visits.schemas import digipunts as schemas
from services.visits.service.common import Routes
from services.visits.tables import digipunts as table

READERS = STAFF | {"policy"}


class DigipuntRoutes(Routes):
    """Open, change and close digipunts."""

    @http(
        "PUT",
        "/v1/digipunts/{id}",
        roles=COORDINATOR,
        body=schemas.DigipuntPut,
        answer=schemas.DigipuntAnswer,
        status=CREATED,
        summary="Add a digipunt",
    )
    def open_digipunt(self, uow: UnitOfWork, request: Request) -> Answer:
        id = request.params["id"]
        return made(digipunts.open_digipunt(uow, self.desk, request.caller, id, request.data), body)

    @http(
        "GET",
        "/v1/digipunts",
        roles=READERS,
        query=schemas.DigipuntQuery,
        answer=schemas.DigipuntAnswer,
        paged=True,
        summary="List digipunts by name",
    )
    def list_digipunts(self, connection: Connection, request: Request) -> dict[str, Any]:
        mine = request.caller.municipalities
        return listed(request, queries.list_digipunts(connection, mine, request.args, window(request)), body)

    @http(
        "GET", "/v1/digipunts/{id}", roles=READERS, answer=schemas.DigipuntAnswer, summary="Read a digipunt"
    )
    def get_digipunt(self, connection: Connection, request: Request) -> Answer:
        row = one(connection, table, request.params["id"], "digipunt")
        demand_municipality(request.caller, row["municipality"], "digipunt", row["id"])
        return shown(row, body)

    @http(
        "PATCH",
        "/v1/digipunts/{id}",
        roles=COORDINATOR,
        body=schemas.DigipuntPatch,
        answer=schemas.DigipuntAnswer,
        summary="Change a digipunt",
    )
    def change_digipunt(self, uow: UnitOfWork, request: Request) -> Answer:
        id, expected = request.params["id"], expected_version(request)
        row = digipunts.change_digipunt(uow, self.desk, request.caller, id, expected, request.data)
        return shown(row, body)

    @http(
        "POST",
        "/v1/digipunts/{id}/close",
        roles=COORDINATOR,
        body=schemas.DigipuntClose,
        answer=schemas.DigipuntAnswer,
        summary="Close a digipunt",
    )
    def close_digipunt(self, uow: UnitOfWork, request: Request) -> Answer:
        """Visits of that day and later are refused from now on; older ones may still come in."""
        id, expected = request.params["id"], version_if_given(request)
        closed_on = request.data.get("closed_on")
        row = digipunts.close_digipunt(uow, self.desk, request.caller, id, expected, closed_on)
        return shown(row, body)

    @http(
        "POST",
        "/v1/digipunts/{id}/reopen",
        roles=COORDINATOR,
        answer=schemas.DigipuntAnswer,
        summary="Open a closed digipunt again",
    )
    def reopen_digipunt(self, uow: UnitOfWork, request: Request) -> Answer:
        id, expected = request.params["id"], version_if_given(request)
        return shown(digipunts.reopen_digipunt(uow, self.desk, request.caller, id, expected), body)

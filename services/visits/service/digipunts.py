"""Routes of digipunts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.http import (
    COORDINATOR,
    CREATED,
    DESK,
    Request,
    Response,
    created,
    expected_version,
    http,
    page,
    resource,
    version_if_given,
    window,
)
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_municipality
from services.visits.handlers import digipunts
from services.visits.model.digipunts import to_api
from services.visits.queries import digipunts as queries
from services.visits.schemas import digipunts as schemas
from services.visits.service.common import Routes
from services.visits.tables import DIGIPUNTS

READERS = DESK | {"policy"}


class DigipuntRoutes(Routes):
    """Open, change and close digipunts."""

    @http(
        "PUT",
        "/v1/digipunts/{id}",
        roles=COORDINATOR,
        body=schemas.DigipuntPut,
        response=schemas.DigipuntAnswer,
        status=CREATED,
        summary="Add a digipunt",
    )
    def open_digipunt(self, uow: UnitOfWork, request: Request) -> Response:
        id = request.params["id"]
        return created(digipunts.open_digipunt(uow, self.context, request.caller, id, request.data), to_api)

    @http(
        "GET",
        "/v1/digipunts",
        roles=READERS,
        query=schemas.DigipuntQuery,
        response=schemas.DigipuntAnswer,
        paged=True,
        summary="List digipunts by name",
    )
    def list_digipunts(self, connection: Connection, request: Request) -> dict[str, Any]:
        rows = queries.list_digipunts(connection, request.caller, request.args, window(request))
        return page(request, rows, to_api)

    @http(
        "GET", "/v1/digipunts/{id}", roles=READERS, response=schemas.DigipuntAnswer, summary="Read a digipunt"
    )
    def get_digipunt(self, connection: Connection, request: Request) -> Response:
        row = DIGIPUNTS.get(connection, request.params["id"])
        require_municipality(request.caller, row["municipality"], "digipunt", row["id"])
        return resource(row, to_api)

    @http(
        "PATCH",
        "/v1/digipunts/{id}",
        roles=COORDINATOR,
        body=schemas.DigipuntPatch,
        response=schemas.DigipuntAnswer,
        summary="Change a digipunt",
    )
    def change_digipunt(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected = request.params["id"], expected_version(request)
        row = digipunts.change_digipunt(uow, self.context, request.caller, id, expected, request.data)
        return resource(row, to_api)

    @http(
        "POST",
        "/v1/digipunts/{id}/close",
        roles=COORDINATOR,
        body=schemas.DigipuntClose,
        response=schemas.DigipuntAnswer,
        summary="Close a digipunt",
    )
    def close_digipunt(self, uow: UnitOfWork, request: Request) -> Response:
        """Visits of that day and later are refused from now on; older ones may still come in."""
        id, expected = request.params["id"], version_if_given(request)
        closed_on = request.data.get("closed_on")
        row = digipunts.close_digipunt(uow, self.context, request.caller, id, expected, closed_on)
        return resource(row, to_api)

    @http(
        "POST",
        "/v1/digipunts/{id}/reopen",
        roles=COORDINATOR,
        response=schemas.DigipuntAnswer,
        summary="Open a closed digipunt again",
    )
    def reopen_digipunt(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected = request.params["id"], version_if_given(request)
        return resource(digipunts.reopen_digipunt(uow, self.context, request.caller, id, expected), to_api)

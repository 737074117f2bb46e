"""The routes of targets, and the timer that tells which steps are reached."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.http import COORDINATOR, Request, Response, etag, http, version_if_given
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.runtime.timer import every
from services.reporting import schemas
from services.reporting.handlers.targets import put_target, remove_target, tell_reached
from services.reporting.model.targets import TargetRow
from services.reporting.queries.figures import as_of
from services.reporting.queries.sources import deployments_of
from services.reporting.queries.targets import (
    all_targets,
    answer,
    own_target,
    own_targets,
    to_tell,
)
from services.reporting.service.common import READERS, Routes

LOOK_EVERY = 60.0
"""Seconds between two looks for steps that were reached."""


class TargetRoutes(Routes):
    """What is to be reached: the steps of a grant, and targets of one's own."""

    @http(
        "PUT",
        "/v1/targets/{id}",
        roles=COORDINATOR,
        query=schemas.TargetQuery,
        body=schemas.TargetPut,
        response=schemas.Target,
        status={201: "Created", 200: "Was there already, and is now as it was sent"},
        summary="Set a target, or replace what it says",
    )
    def put_target(self, uow: UnitOfWork, request: Request) -> Response:
        """Other days are another target: give that an id of its own, because a step is told once under its id."""
        id, expected = request.params["id"], version_if_given(request)
        row, new = put_target(uow, request.caller, id, request.data, expected)
        return self._target(uow.connection, request, row, 201 if new else 200)

    @http(
        "GET",
        "/v1/targets",
        roles=READERS,
        query=schemas.TargetQuery,
        response=schemas.Targets,
        summary="The targets of own municipalities, and how far they have come",
    )
    def list_targets(self, connection: Connection, request: Request) -> dict[str, Any]:
        """Those that count in a municipality of others too are left out. Reached is what the lower bound says."""
        rows = own_targets(connection, request.caller.municipalities)
        items = [self._answer(connection, request, row) for row in rows]
        return {"items": items, "total": len(items), "asOf": as_of(connection)}

    @http(
        "GET",
        "/v1/targets/{id}",
        roles=READERS,
        query=schemas.TargetQuery,
        response=schemas.Target,
        summary="Read a target, and how far it has come",
    )
    def get_target(self, connection: Connection, request: Request) -> Response:
        row = own_target(connection, request.caller.municipalities, request.params["id"])
        return self._target(connection, request, row)

    @http(
        "DELETE",
        "/v1/targets/{id}",
        roles=COORDINATOR,
        status={204: "Removed"},
        summary="Remove a target",
    )
    def remove_target(self, uow: UnitOfWork, request: Request) -> Response:
        remove_target(uow, request.caller, request.params["id"])
        return Response(None, 204)

    @every(LOOK_EVERY)
    def tell_reached(self) -> None:
        """Record an event for each step that is certainly reached by figures that know all that was recorded.

        A journal that is ahead delays the targets of its own deployment.
        """
        today = self.today
        behind = self.behind()
        with self.app.database.read() as connection:
            found = [
                (row, to_tell(connection, row, today))
                for row in all_targets(connection)
                if behind.isdisjoint(deployments_of(connection, row["municipalities"]))
            ]
        for row, steps in found:
            if steps:
                with self.app.unit_of_work() as uow:
                    tell_reached(uow, row, steps)

    def _target(
        self, connection: Connection, request: Request, row: TargetRow, status: int = 200
    ) -> Response:
        shown = self._answer(connection, request, row)
        return Response(shown, status, {"ETag": etag(row["version"], shown)})

    def _answer(self, connection: Connection, request: Request, row: TargetRow) -> dict[str, Any]:
        today = self.today
        return answer(connection, row, request.args["language"], today) | {"etag": etag(row["version"])}

"""Routes of readers: who hears by e-mail that the bottleneck sheet of a month is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from chassis.http import (
    COORDINATOR,
    Request,
    Response,
    created,
    http,
    page,
    resource,
    version_if_given,
    window,
)
from chassis.http.trail import note, note_seen, who
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.trail import Entry
from services.notifications.handlers import readers
from services.notifications.handlers.sealing import require_cipher
from services.notifications.model.readers import to_api
from services.notifications.model.rows import ReaderRow
from services.notifications.queries.readers import list_readers
from services.notifications.schemas import readers as schemas
from services.notifications.service.common import Routes


class ReaderRoutes(Routes):
    """Who asked for the bottleneck sheet; encrypted, and gone at once when they want it no longer."""

    @http(
        "PUT",
        "/v1/readers/{id}",
        roles=COORDINATOR,
        body=schemas.ReaderPut,
        response=schemas.Reader,
        status={201: "Created", 200: "Was there already, and is now as it was sent"},
        summary="Have somebody told each month that the bottleneck sheet of a municipality is there",
    )
    def put_reader(self, uow: UnitOfWork, request: Request) -> Response:
        """They hear of the months to come, once each. The message has rounded numbers; for the sheet they sign in."""
        id, expected = request.params["id"], version_if_given(request)
        cipher = require_cipher(self.sender.people.cipher)
        result = readers.put_reader(uow, cipher, request.caller, id, request.data, expected)
        row, new = result
        note(uow, request.caller, Entry("added" if new else "changed", "reader", id, row["municipality"]))
        return created(result, self._reader(uow.connection))

    @http(
        "GET",
        "/v1/readers",
        roles=COORDINATOR,
        query=schemas.ReaderQuery,
        response=schemas.Reader,
        paged=True,
        summary="Who is told that the bottleneck sheet is there",
    )
    def list_readers(self, connection: Connection, request: Request) -> dict[str, Any]:
        rows = list_readers(connection, request.caller, request.args, window(request))
        seen = ((row["id"], row["municipality"]) for row in rows[0])
        note_seen(self.app, request.caller, "reader", seen)
        return page(request, rows, self._reader(connection))

    @http("GET", "/v1/readers/{id}", roles=COORDINATOR, response=schemas.Reader, summary="Read a reader")
    def get_reader(self, connection: Connection, request: Request) -> Response:
        row = readers.own_reader(connection, request.caller, request.params["id"])
        note_seen(self.app, request.caller, "reader", [(row["id"], row["municipality"])])
        return resource(row, self._reader(connection))

    @http(
        "DELETE",
        "/v1/readers/{id}",
        roles=COORDINATOR,
        status={204: "Removed"},
        summary="Remove a reader, and what was still to be told to them",
    )
    def remove_reader(self, uow: UnitOfWork, request: Request) -> Response:
        readers.remove_reader(uow, request.caller, who(request.caller), request.params["id"], "asked")
        return Response(None, 204)

    def _reader(self, connection: Connection) -> Callable[[ReaderRow], dict[str, Any]]:
        cipher = self.sender.people.cipher
        return lambda row: to_api(row, readers.personal_of(connection, cipher, row))

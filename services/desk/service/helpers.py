"""Routes of helpers and their PINs."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection

from chassis.errors import InvalidInput
from chassis.http import (
    COORDINATOR,
    DESK,
    STAFF,
    Request,
    Response,
    created,
    http,
    page,
    version_if_given,
    window,
)
from chassis.http.trail import note, note_seen, who
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.trail import Entry, What
from common.access import coordinates, scope
from common.field_cipher import Opens
from common.person_keys import cipher_of, ciphers_of
from services.desk import pin_hash
from services.desk.handlers import helpers
from services.desk.model import helpers as rules
from services.desk.model.rows import HelperRow
from services.desk.queries.helpers import digipunts_of, list_helpers, municipalities_of
from services.desk.schemas import helpers as schemas
from services.desk.service.common import Routes
from services.desk.tables import HELPERS


class HelperRoutes(Routes):
    """Who helps where; names are encrypted, and shown on the laptops of own digipunten."""

    @http(
        "PUT",
        "/v1/helpers/{id}",
        roles=COORDINATOR,
        body=schemas.HelperPut,
        response=schemas.Helper,
        status={201: "Created", 200: "Was there already, and is now as it was sent"},
        summary="Add a helper, or replace the name and the digipunten",
    )
    def put_helper(self, uow: UnitOfWork, request: Request) -> Response:
        """The code is made once and stays: visits are recorded under it, and nothing leads from it to the name."""
        id, expected = request.params["id"], version_if_given(request)
        result = helpers.put_helper(
            uow,
            self.revocations,
            self.cipher,
            request.caller,
            id,
            request.data,
            expected,
            secrets.token_bytes,
        )
        self._note(uow, request, "added" if result[1] else "changed", "helper")
        where = digipunts_of(uow.connection, [id], scope(request.caller))
        own = cipher_of(uow.connection, self.cipher, id)
        return created(result, lambda row: self._helper(row, own, where))

    @http(
        "GET",
        "/v1/helpers",
        roles=DESK,
        query=schemas.HelperQuery,
        response=schemas.Helper,
        paged=True,
        summary="List helpers",
    )
    def list_helpers(self, connection: Connection, request: Request) -> dict[str, Any]:
        """A laptop gets those of its own digipunt, to be chosen from; a coordinator also where they help."""
        caller, digipunt = request.caller, request.args.get("digipunt")
        where = scope(caller)
        rows, total = list_helpers(connection, where, digipunt, window(request))
        own = ciphers_of(connection, self.cipher, (row["id"] for row in rows))
        if not coordinates(caller):
            return page(request, (rows, total), lambda row: self._helper_to_choose(row, own[row["id"]]))
        places = digipunts_of(connection, [row["id"] for row in rows], where)
        note_seen(self.app, caller, "helper", municipalities_of(connection, places, where))
        return page(request, (rows, total), lambda row: self._helper(row, own[row["id"]], places))

    @http(
        "DELETE",
        "/v1/helpers/{id}",
        roles=COORDINATOR,
        status={204: "Removed"},
        summary="Remove a helper",
    )
    def remove_helper(self, uow: UnitOfWork, request: Request) -> Response:
        """From own municipalities; whoever helps in no other one is erased. Visits keep the code, which names nobody."""
        helpers.remove_helper(
            uow, self.revocations, request.caller, who(request.caller), request.params["id"], "asked"
        )
        return Response(None, 204)

    @http(
        "POST",
        "/v1/helpers/{id}/pin",
        roles=STAFF,
        body=schemas.PinPost,
        status={204: "Set"},
        unit=None,
        summary="Give a helper a new PIN",
    )
    def set_pin(self, request: Request) -> Response:
        """By a coordinator, or by the helper while signed in. It also opens a name that too many wrong PINs have locked."""
        id, pin = request.params["id"], request.data["pin"]
        with self.app.database.read() as connection:
            helpers.require_may_set_pin(connection, request.caller, HELPERS.get(connection, id))
        if rules.is_weak(pin):
            raise InvalidInput.at("pin", "pinTooEasy", type="invalidInput")
        hashed = pin_hash.hashed(pin)

        def set_pin(uow: UnitOfWork) -> HelperRow:
            self._note(uow, request, "changed", "pin")
            return helpers.set_pin(uow, self.revocations, self.cipher, request.caller, id, hashed)

        self.committed(request, set_pin)
        return Response(None, 204)

    def _note(self, uow: UnitOfWork, request: Request, what: What, kind: str) -> None:
        id = request.params["id"]
        for _, municipality in municipalities_of(uow.connection, [id], scope(request.caller)):
            note(uow, request.caller, Entry(what, kind, id, municipality))

    def _helper_to_choose(self, row: HelperRow, own: Opens) -> dict[str, Any]:
        return rules.to_desk(row, helpers.personal_of(own, row))

    def _helper(self, row: HelperRow, own: Opens, places: dict[str, list[str]]) -> dict[str, Any]:
        personal = helpers.personal_of(own, row)
        return rules.to_api(row, personal, places.get(row["id"], ()), self.app.clock.now())

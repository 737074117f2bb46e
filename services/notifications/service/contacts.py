"""Routes of contacts: the people of info sessions and follow-ups. Nothing about a person is ever in a URL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from chassis.http import STAFF, Request, Response, created, http, page, resource, version_if_given, window
from chassis.http.trail import note, note_seen, who
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.trail import Entry
from common.access import require_digipunt, scope
from services.notifications.handlers import contacts
from services.notifications.handlers.sealing import require_cipher
from services.notifications.model.contacts import to_api
from services.notifications.model.rows import ContactRow
from services.notifications.queries.contacts import list_contacts
from services.notifications.schemas import contacts as schemas
from services.notifications.service.common import Routes
from services.notifications.tables import CONTACTS


class ContactRoutes(Routes):
    """Who is told of a session; encrypted, and gone some months after it."""

    @http(
        "PUT",
        "/v1/contacts/{id}",
        roles=STAFF,
        body=schemas.ContactPut,
        response=schemas.ContactAnswer,
        status={201: "Created", 200: "Was there already, and is now as it was sent"},
        summary="Add a contact, or replace what is known of them",
    )
    def put_contact(self, uow: UnitOfWork, request: Request) -> Response:
        """Name its id in a registration or a follow-up. Whatever is still to be told goes by the newest details."""
        id, expected = request.params["id"], version_if_given(request)
        cipher = require_cipher(self.sender.people.cipher)
        result = contacts.put_contact(uow, cipher, request.caller, id, request.data, expected)
        row, new = result
        note(uow, request.caller, Entry("added" if new else "changed", "contact", id, row["municipality"]))
        return created(result, self._to_api(uow.connection))

    @http(
        "GET",
        "/v1/contacts",
        roles=STAFF,
        query=schemas.ContactQuery,
        response=schemas.ContactAnswer,
        paged=True,
        summary="List contacts, the latest first",
    )
    def list_contacts(self, connection: Connection, request: Request) -> dict[str, Any]:
        rows = list_contacts(connection, scope(request.caller), request.args, window(request))
        seen = ((row["id"], row["municipality"]) for row in rows[0])
        note_seen(self.app, request.caller, "contact", seen)
        return page(request, rows, self._to_api(connection))

    @http("GET", "/v1/contacts/{id}", roles=STAFF, response=schemas.ContactAnswer, summary="Read a contact")
    def get_contact(self, connection: Connection, request: Request) -> Response:
        row = CONTACTS.get(connection, request.params["id"])
        require_digipunt(request.caller, row["digipunt"], row["municipality"], "contact", row["id"])
        note_seen(self.app, request.caller, "contact", [(row["id"], row["municipality"])])
        return resource(row, self._to_api(connection))

    @http(
        "DELETE",
        "/v1/contacts/{id}",
        roles=STAFF,
        status={204: "Erased"},
        summary="Erase a contact, and what was still to be told to them",
    )
    def erase_contact(self, uow: UnitOfWork, request: Request) -> Response:
        """Their registrations stay, without anybody behind them. Erasing again changes nothing."""
        contacts.erase_contact(uow, request.caller, who(request.caller), request.params["id"], "asked")
        return Response(None, 204)

    def _to_api(self, connection: Connection) -> Callable[[ContactRow], dict[str, Any]]:
        cipher = self.sender.people.cipher
        return lambda row: to_api(row, contacts.personal_of(connection, cipher, row))

"""What the routes of several resources share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nameko.extensions import DependencyProvider
from sqlalchemy import Connection

from chassis.errors import Forbidden
from chassis.http import Request
from chassis.http.trail import note_seen
from chassis.runtime.application import Application
from chassis.runtime.provider import application_of
from common.access import sees_persons
from common.field_cipher import FieldCipher
from common.pdf import PdfRenderer
from common.pdf_provider import PdfProvider
from services.loans.queries.embedding import embedded_borrowers

PDF = "application/pdf"


class FieldCipherProvider(DependencyProvider):
    """`self.cipher` in a service class. Without `DIGIPUNT_DATA_KEY` the service does not start."""

    def setup(self) -> None:
        self._cipher = FieldCipher(application_of(self.container).settings.data_keys)

    def get_dependency(self, worker_ctx: Any) -> FieldCipher:
        return self._cipher


def wants_borrowers(request: Request) -> bool:
    """Whether the caller asks for borrowers beside the rows. Raises Forbidden when the caller may see no person."""
    if "embed" not in request.args:
        return False
    if not sees_persons(request.caller):
        raise Forbidden("personsNotForDesk")
    return True


class Routes:
    """Base of the routes of a resource."""

    app: Application
    cipher: FieldCipher = FieldCipherProvider()
    pdf: PdfRenderer = PdfProvider()

    def embedded(
        self, connection: Connection, request: Request, ids: Iterable[str | None]
    ) -> dict[str, dict[str, Any]]:
        """These borrowers by address, for the caller to see."""
        found = embedded_borrowers(connection, self.cipher, ids)
        people = ((each["id"], each["municipality"]) for each in found.values())
        note_seen(self.app, request.caller, "borrower", people)
        return found

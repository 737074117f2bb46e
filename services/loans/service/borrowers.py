"""Routes of borrowers. Nothing about a person is ever in a URL."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection

from chassis.http import (
    COORDINATOR,
    CREATED,
    STAFF,
    Request,
    Response,
    created,
    expected_version,
    http,
    page,
    resource,
    window,
)
from chassis.http.trail import note, note_seen, who
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.trail import Entry, What
from common.access import require_digipunt, scope
from common.person_keys import ciphers_of
from services.loans.handlers import borrowers
from services.loans.model.borrowers import personal_of, to_api
from services.loans.model.rows import BorrowerRow
from services.loans.queries.borrowers import find_borrowers
from services.loans.schemas import borrowers as schemas
from services.loans.service.common import Routes
from services.loans.tables import BORROWERS

ToApi = Callable[[BorrowerRow], dict[str, Any]]


class BorrowerRoutes(Routes):
    """Who borrows; encrypted at rest, shown to those who lend."""

    @http(
        "PUT",
        "/v1/borrowers/{id}",
        roles=STAFF,
        body=schemas.BorrowerPut,
        response=schemas.BorrowerAnswer,
        status=CREATED,
        summary="Add a borrower",
    )
    def add_borrower(self, uow: UnitOfWork, request: Request) -> Response:
        id = request.params["id"]
        result = borrowers.add_borrower(uow, self.cipher, request.caller, id, request.data)
        _note(uow, request, "added" if result[1] else "saw", result[0])
        return created(result, self._shown(uow.connection, [result[0]]))

    @http(
        "POST",
        "/v1/borrowers/query",
        roles=STAFF,
        body=schemas.BorrowerSearch,
        response=schemas.BorrowerAnswer,
        paged=True,
        unit=None,
        summary="Find borrowers by name, phone number or e-mail address",
    )
    def find_borrowers(self, request: Request) -> dict[str, Any]:
        """Whole words and whole numbers, because nothing readable is kept to search in."""
        with self.app.database.read() as connection:
            where = scope(request.caller)
            rows = find_borrowers(connection, self.cipher, where, request.data, window(request))
            shown = self._shown(connection, rows[0])
        found = ((row["id"], row["municipality"]) for row in rows[0])
        note_seen(self.app, request.caller, "borrower", found)
        return page(request, rows, shown)

    @http(
        "GET", "/v1/borrowers/{id}", roles=STAFF, response=schemas.BorrowerAnswer, summary="Read a borrower"
    )
    def get_borrower(self, connection: Connection, request: Request) -> Response:
        row = BORROWERS.get(connection, request.params["id"])
        require_digipunt(request.caller, row["digipunt"], row["municipality"], "borrower", row["id"])
        note_seen(self.app, request.caller, "borrower", [(row["id"], row["municipality"])])
        return resource(row, self._shown(connection, [row]))

    @http(
        "PATCH",
        "/v1/borrowers/{id}",
        roles=STAFF,
        body=schemas.BorrowerPatch,
        response=schemas.BorrowerAnswer,
        summary="Change what is known of a borrower",
    )
    def change_borrower(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected = request.params["id"], expected_version(request)
        row = borrowers.change_borrower(uow, self.cipher, request.caller, id, expected, request.data)
        _note(uow, request, "saw" if row["version"] == expected else "changed", row)
        return resource(row, self._shown(uow.connection, [row]))

    @http(
        "POST",
        "/v1/borrowers/{id}/erase",
        roles=COORDINATOR,
        response=schemas.Erased,
        summary="Erase a borrower, here and in every service that knows them",
    )
    def erase_borrower(self, uow: UnitOfWork, request: Request) -> Response:
        """What was lent stays in the figures, without a name. Refused while something is lent to them."""
        row = borrowers.erase_borrower(
            uow, request.caller, who(request.caller), request.params["id"], "asked"
        )
        return resource(row, _erased)

    def _shown(self, connection: Connection, rows: Iterable[BorrowerRow]) -> ToApi:
        own = ciphers_of(connection, self.cipher, (row["id"] for row in rows))
        return lambda row: to_api(row, personal_of(own[row["id"]], row))


def _note(uow: UnitOfWork, request: Request, what: What, row: BorrowerRow) -> None:
    note(uow, request.caller, Entry(what, "borrower", row["id"], row["municipality"]))


def _erased(row: BorrowerRow) -> dict[str, Any]:
    return {"id": row["id"], "state": row["state"], "version": row["version"]}

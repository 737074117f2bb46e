"""Routes of visitor cards."""

from __future__ import annotations

from secrets import randbelow

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.errors import NotFound
from chassis.http import CREATED, DESK, STAFF, Request, Response, created, http, resource
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_any_municipality
from services.visits.handlers import cards
from services.visits.model.cards import found_to_api, to_api
from services.visits.model.codes import read_code
from services.visits.queries.cards import find_card
from services.visits.schemas import cards as schemas
from services.visits.service.common import TOO_MANY_CODES, Routes
from services.visits.tables import VISITOR_CARDS


class CardRoutes(Routes):
    """Issue, look up and retire visitor cards. A card counts at every digipunt of the deployment."""

    @http(
        "PUT",
        "/v1/cards/{id}",
        roles=DESK,
        body=schemas.CardPut,
        response=schemas.CardAnswer,
        status=CREATED,
        summary="Issue a visitor card",
    )
    def issue_card(self, uow: UnitOfWork, request: Request) -> Response:
        """The answer holds the code to write on the card. Sent again, it is the same card."""
        require_any_municipality(request.caller)
        return created(
            cards.issue_card(uow, request.params["id"], request.data.get("code"), randbelow), to_api
        )

    @http(
        "POST",
        "/v1/cards/query",
        roles=DESK,
        body=schemas.CardQuery,
        response=schemas.CardAnswer,
        unit=None,
        status={200: "The card", 404: "No card has this code"} | TOO_MANY_CODES,
        summary="Find the card with a code",
    )
    def find_card(self, request: Request) -> Response:
        """The code comes in the body, because what points at a person does not belong in an address."""
        require_any_municipality(request.caller)
        code = read_code(request.data["code"])
        if code is None:
            raise NotFound("cardUnknown")
        self.context.guesses.require_allowed(request.caller)
        with self.app.database.read() as connection:
            row = find_card(connection, code, local_day(self.app.clock.now()))
        if row is None:
            self.context.guesses.wrong(request.caller, [code])
            raise NotFound("cardUnknown")
        return resource(row, found_to_api)

    @http("GET", "/v1/cards/{id}", roles=STAFF, response=schemas.CardAnswer, summary="Read a visitor card")
    def get_card(self, connection: Connection, request: Request) -> Response:
        require_any_municipality(request.caller)
        return resource(VISITOR_CARDS.get(connection, request.params["id"]), to_api)

    @http(
        "POST",
        "/v1/cards/{id}/retire",
        roles=STAFF,
        response=schemas.CardAnswer,
        summary="Take a visitor card out of use",
    )
    def retire_card(self, uow: UnitOfWork, request: Request) -> Response:
        """New visits with it are refused; those it has stay."""
        require_any_municipality(request.caller)
        return resource(cards.retire_card(uow, request.params["id"]), to_api)

"""Routes of pairing and of laptops."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection

from chassis.errors import Forbidden
from chassis.http import (
    COORDINATOR,
    PUBLIC,
    Request,
    Response,
    expected_version,
    http,
    page,
    resource,
    window,
)
from chassis.http.auth import SignedInAt, issue
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_digipunt, require_municipality, scope
from services.desk.handlers import laptops
from services.desk.model import laptops as rules
from services.desk.model.rows import LaptopRow
from services.desk.queries.laptops import list_laptops
from services.desk.schemas import laptops as schemas
from services.desk.service.common import OF_A_LAPTOP, Routes, laptop_of, secret
from services.desk.tables import LAPTOPS, POINTS


class LaptopRoutes(Routes):
    """Laptops of the digipunten: a code pairs one, and a coordinator takes it back."""

    @http(
        "POST",
        "/v1/pairings",
        roles=COORDINATOR,
        body=schemas.PairingPost,
        response=schemas.Pairing,
        status={201: "A code for one laptop, for ten minutes"},
        unit=None,
        summary="Open a digipunt for a new laptop",
    )
    def begin_pairing(self, request: Request) -> Response:
        """Of one digipunt five codes count at most, the latest; a code that was used or guessed at too often does not."""
        sent, key = request.data, self.signing_key
        row, code = self.committed(
            request,
            lambda uow: laptops.begin_pairing(
                uow, key, request.caller, sent["digipunt"], sent.get("municipality"), secrets.randbelow
            ),
        )
        told = {"id": row["id"], "code": code, "expiresAt": row["expires_at"], "digipunt": row["digipunt"]}
        return secret(told, 201)

    @http(
        "POST",
        "/v1/laptops",
        roles=PUBLIC,
        body=schemas.LaptopPost,
        response=schemas.PairedLaptop,
        status={201: "Paired", 401: "No such code is open."},
        unit=None,
        rated="signIns",
        summary="Pair this laptop",
    )
    def pair_laptop(self, request: Request) -> Response:
        """Needs no token: the code is one. After ten wrong codes, from anywhere, no code counts for ten minutes."""
        sent, key = request.data, self.signing_key
        own, check = secrets.token_urlsafe(32), f"{secrets.randbelow(100):02d}"
        row = self.committed(
            request, lambda uow: laptops.pair(uow, key, sent["code"], sent["name"], own, check)
        )
        told: dict[str, Any] = {name: row[name] for name in ("id", "name", "digipunt", "municipality")}
        told |= self._laptop_token(row) | {"secret": own, "check": check}
        return secret(told, 201)

    @http(
        "POST",
        "/v1/laptops/{id}/token",
        roles=PUBLIC,
        body=schemas.SecretPost,
        response=schemas.Token,
        status={200: "A new token", 401: "The laptop was taken back, or this is not its secret."},
        unit=None,
        rated="signIns",
        summary="Renew the token of a laptop",
    )
    def renew_laptop(self, request: Request) -> Response:
        """Needs no token, so that a laptop that was off for a summer comes back by itself."""
        id, own = request.params["id"], request.data["secret"]
        row = self.committed(request, lambda uow: laptops.recognise(uow, id, own))
        return secret(self._laptop_token(row), 200)

    @http(
        "GET",
        "/v1/laptops",
        roles=COORDINATOR,
        query=schemas.LaptopQuery,
        response=schemas.Laptop,
        paged=True,
        summary="List the paired laptops, with how they are",
    )
    def list_laptops(self, connection: Connection, request: Request) -> dict[str, Any]:
        where, digipunt = scope(request.caller), request.args.get("digipunt")
        return page(request, list_laptops(connection, where, digipunt, window(request)), self._laptop)

    @http("GET", "/v1/laptops/{id}", roles=COORDINATOR, response=schemas.Laptop, summary="Read a laptop")
    def get_laptop(self, connection: Connection, request: Request) -> Response:
        row = LAPTOPS.get(connection, request.params["id"])
        require_municipality(request.caller, row["municipality"], "laptop", row["id"])
        return resource(row, self._laptop)

    @http(
        "PATCH",
        "/v1/laptops/{id}",
        roles=COORDINATOR,
        body=schemas.LaptopPatch,
        response=schemas.Laptop,
        summary="Name a laptop, or open it after too many wrong PINs",
    )
    def change_laptop(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected = request.params["id"], expected_version(request)
        row = laptops.change_laptop(uow, request.caller, id, expected, request.data)
        return resource(row, self._laptop)

    @http(
        "DELETE",
        "/v1/laptops/{id}",
        roles=COORDINATOR,
        status={204: "Taken back"},
        summary="Take a laptop back",
    )
    def take_back_laptop(self, uow: UnitOfWork, request: Request) -> Response:
        """It gets no new token; its own, and those of helpers on it, end here at once and elsewhere within a minute."""
        laptops.take_back(uow, self.revocations, request.caller, request.params["id"])
        return Response(None, 204)

    @http(
        "PUT",
        "/v1/laptops/{id}/heartbeat",
        roles=OF_A_LAPTOP,
        body=schemas.Heartbeat,
        response=schemas.OwnLaptop,
        summary="Say how this laptop is",
    )
    def hear_laptop(self, uow: UnitOfWork, request: Request) -> dict[str, Any]:
        """With the laptop's own token, or that of a helper who signed in on it."""
        id = request.params["id"]
        row = LAPTOPS.get(uow.connection, id)
        require_digipunt(request.caller, row["digipunt"], row["municipality"], "laptop", id)
        if laptop_of(request) != id:
            raise Forbidden("laptopOnly")
        row = laptops.hear(uow, id, request.data)
        return rules.to_itself(row, POINTS.find(uow.connection, row["digipunt"]))

    def _laptop_token(self, row: LaptopRow) -> dict[str, Any]:
        token = issue(
            self.app.settings,
            "desk",
            [row["municipality"]],
            [row["digipunt"]],
            f"laptop-{row['id']}",
            life=rules.TOKEN_LIFE,
            at=SignedInAt(row["id"]),
        )
        return {"token": token, "expiresAt": self.app.clock.now() + rules.TOKEN_LIFE}

    def _laptop(self, row: LaptopRow) -> dict[str, Any]:
        return rules.to_api(row, self.app.clock.now())

"""Routes of sessions: who sits at a paired laptop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.errors import Forbidden, WrongSecret
from chassis.http import Request, Response, http
from chassis.http.auth import SignedInAt, issue
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.revocations import revocation
from common.person_keys import cipher_of
from services.desk import pin_hash
from services.desk.handlers import helpers, sessions
from services.desk.handlers.sessions import SignedIn
from services.desk.schemas import helpers as schemas
from services.desk.service.common import HELPER, LAPTOP, PEOPLE, Routes, laptop_of, secret


class SessionRoutes(Routes):
    """A helper signs in on a laptop with a PIN; what a helper may see ends with the session."""

    @http(
        "POST",
        "/v1/sessions",
        roles=LAPTOP,
        body=schemas.SessionPost,
        response=schemas.Session,
        status={
            201: "Signed in",
            401: "The PIN is wrong: `triesLeft` says how often it may still be tried.",
            423: "Wrong too often: on this laptop, or for this helper until `lockedUntil`.",
        },
        unit=None,
        rated="signIns",
        summary="Sign a helper in",
    )
    def sign_in(self, request: Request) -> Response:
        """With the laptop's own token. Five wrong PINs lock the name for fifteen minutes, ten lock the laptop."""
        sent = request.data
        with self.app.database.read() as connection:
            helpers.require_helper(connection, request.caller, sent["helper"])
        laptop = laptop_of(request)
        tried = self.committed(request, lambda uow: sessions.count_try(uow, laptop, sent["helper"]))
        kept = tried.helper["pin"]
        assert kept is not None, "who has no PIN has no try"
        with self.app.database.read() as connection:
            own = cipher_of(connection, self.cipher, sent["helper"])
        if not pin_hash.fits(sent["pin"], own.decrypt(kept)):
            raise WrongSecret("pinWrong", members={"triesLeft": tried.left}, left=tried.left)
        signed_in = self.committed(request, lambda uow: sessions.sign_in(uow, tried))
        name = helpers.personal_of(own, signed_in.helper)["name"]
        told = self._session_token(signed_in) | {"name": name, "code": signed_in.helper["code"]}
        return secret(told, 201)

    @http(
        "POST",
        "/v1/sessions/renew",
        roles=HELPER,
        response=schemas.RenewedSession,
        unit=None,
        summary="Go on for ten minutes more",
    )
    def renew_session(self, request: Request) -> Response:
        """Up to twelve hours after the PIN."""
        session = _session_of(request)
        signed_in = self.committed(request, lambda uow: sessions.renew(uow, session))
        return secret(self._session_token(signed_in), 200)

    @http(
        "DELETE",
        "/v1/sessions/current",
        roles=PEOPLE,
        status={204: "Ended"},
        summary="Sign out",
    )
    def end_session(self, uow: UnitOfWork, request: Request) -> Response:
        """Of a helper the session, of others the token: it counts no more here, and elsewhere within a minute."""
        caller = request.caller
        if caller.session is not None:
            sessions.end_one(uow, self.revocations, caller.session)
        elif caller.token is not None and caller.expires is not None:
            left = caller.expires - datetime.now(UTC) + timedelta(minutes=1)
            self.revocations.add(uow.connection, uow.dialect, [revocation("token", caller.token, left)])
        return Response(None, 204)

    def _session_token(self, signed_in: SignedIn) -> dict[str, Any]:
        session, code, laptop = signed_in.session, signed_in.helper["code"], signed_in.laptop
        token = issue(
            self.app.settings,
            "helper",
            [laptop["municipality"]],
            [laptop["digipunt"]],
            code,
            life=session["expires_at"] - self.app.clock.now(),
            at=SignedInAt(laptop["id"], helper=code, session=session["id"]),
        )
        return {"token": token, "expiresAt": session["expires_at"]}


def _session_of(request: Request) -> str:
    """The session of the caller. Raises Forbidden for a token that was not given for a PIN."""
    if request.caller.session is None:
        raise Forbidden("sessionOnly")
    return request.caller.session

"""Routes of links that sign in once, and of what the desk is."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from importlib import metadata
from typing import Any

from chassis.http import PUBLIC, Request, Response, http
from chassis.http.auth import issue
from chassis.http.sign_in import read_code
from chassis.settings import Settings
from services.desk.handlers import sign_in
from services.desk.schemas import sign_in as schemas
from services.desk.service.common import Routes, secret

LIFE = timedelta(hours=12)
SYNTHETIC = "demo"
"""The deployment whose data is made up."""


class SignInRoutes(Routes):
    """Coordinators sign in with a link that `digipunt link` prints."""

    @http(
        "POST",
        "/v1/signIns",
        roles=PUBLIC,
        body=schemas.SignInPost,
        response=schemas.SignedIn,
        status={200: "Signed in", 401: "The link was used already, or is too old."},
        unit=None,
        rated="signIns",
        summary="Sign in with a link",
    )
    def use_link(self, request: Request) -> Response:
        """Needs no token: the code is one. It counts once, within fifteen minutes, whatever was started again since."""
        settings = self.app.settings
        code = read_code(settings, request.data["code"])
        used = self.committed(request, lambda uow: sign_in.use_link(uow, code))
        token = issue(settings, used.role, used.municipalities, subject=f"link-{used.id}", life=LIFE)
        told = {
            "token": token,
            "expiresAt": self.app.clock.now() + LIFE,
            "roles": [used.role],
            "municipalities": used.municipalities,
        }
        return secret(told, 200)

    @http(
        "GET",
        "/v1/about",
        roles=PUBLIC,
        response=schemas.About,
        unit=None,
        summary="What runs here",
    )
    def serve_about(self, request: Request) -> dict[str, Any]:
        deployment = self.app.settings.deployment
        return {
            "deployment": deployment,
            "synthetic": deployment == SYNTHETIC,
            "version": _version(),
            "services": self.surroundings.services,
            "filled": self.surroundings.filled,
            "signIn": _provider(self.app.settings),
        }


def _provider(settings: Settings) -> dict[str, Any] | None:
    """Where coordinators and policy officers sign in, if not with a link."""
    if settings.oidc_issuer is None:
        return None
    claims = settings.oidc_claims
    return {
        "issuer": settings.oidc_issuer,
        "client": settings.oidc_client,
        "scope": claims.scope,
        "resource": claims.resource,
    }


@cache
def _version() -> str:
    return metadata.version("digipunt")

"""Sign-in codes: what stands in a link that signs somebody in once, within minutes.

A code is signed as tokens are, so that whoever has the signing key makes one anywhere and no service has to be told of it
first; the service that takes it keeps its id, so that it counts once (docs/adr/0018). It is no bearer token: its
audience is another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis import keys
from chassis.clock import new_id
from chassis.http.auth import LOCAL_ALGORITHMS, AuthSettings, local_issuer

AUDIENCE = "signIn"
LIFE = timedelta(minutes=15)
ROLES = ("coordinator", "policy", "ops")
"""Who signs in with a link; a desk and a helper do so at a paired laptop."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a code says: its id, whom it signs in, and until when it may be used."""

    id: str
    role: str
    municipalities: tuple[str, ...]
    expires: datetime


def new_code(settings: AuthSettings, role: str, municipalities: Iterable[str]) -> str:
    """A code that signs in with this role. Raises ValueError for a role that has none, or when no signing key is set."""
    if role not in ROLES:
        raise ValueError(f"role {role!r} signs in otherwise: a link is for {', '.join(ROLES)}")
    if not settings.signing_key:
        raise ValueError("links are signed with DIGIPUNT_SIGNING_KEY, which is not set")
    now = datetime.now(UTC)
    claims = {
        "iss": local_issuer(settings),
        "aud": AUDIENCE,
        "jti": new_id(),
        "exp": now + LIFE,
        "role": role,
        "municipalities": sorted(municipalities),
    }
    return keys.sign(settings.signing_key, claims)


def link(settings: AuthSettings, address: str, role: str, municipalities: Iterable[str]) -> str:
    """The address that signs in whoever opens it first. The code stands behind `#`, which no browser sends to a server."""
    return f"{address.rstrip('/')}/#signIn={new_code(settings, role, municipalities)}"


def read_code(settings: AuthSettings, code: str) -> SignIn | None:
    """What a code of this deployment says, whether or not its time is over; None for anything else."""
    import jwt

    try:
        claims = jwt.decode(
            code,
            keys.named(keys.known_keys(settings.signing_key, settings.verify_keys), code),
            algorithms=LOCAL_ALGORITHMS,
            issuer=local_issuer(settings),
            audience=AUDIENCE,
            options={"require": ["exp", "jti", "role"], "verify_exp": False},
        )
        return SignIn(
            str(UUID(claims["jti"])),
            claims["role"],
            tuple(claims["municipalities"]),
            datetime.fromtimestamp(claims["exp"], UTC),
        )
    except (
        jwt.PyJWTError,
        LookupError,
        TypeError,
        ValueError,
        OverflowError,
        RecursionError,
        AttributeError,
    ):
        return None

"""Who calls: bearer tokens become an `Actor`, or the call ends with 401.

Tokens come from the deployment's own issuer (`chassis.keys`) and, where `DIGIPUNT_OIDC_ISSUER` is set, from an OpenID Connect
provider too (`chassis.http.jwks`). Which keys and algorithms count for which issuer is decided by the settings and never by the
token. A token that was seen before costs one look-up until it expires.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from chassis import keys
from chassis.claims import ClaimMap
from chassis.clock import new_id
from chassis.errors import Unauthenticated
from chassis.http.jwks import Jwks

ROLES = frozenset({"desk", "helper", "coordinator", "policy", "ops", "service"})
LOCAL_ALGORITHMS = [keys.ALGORITHM]
OIDC_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY_SECONDS = 30
CACHED_TOKENS = 2_000
OF_SIGN_IN = "at_hash"
"""A claim of what tells a program who signed in (OpenID Connect Core §3.1.3.6), which opens nothing."""
OURS_ALONE = frozenset({"laptop", "helper", "sid"})
"""Claims that name what the desk keeps. The `sid` of another issuer, such as Keycloak, is a sign-in there, unknown here."""
LAST_MOMENT = datetime(9999, 1, 1, tzinfo=UTC).timestamp()
NIS_CODE = re.compile("[0-9]{5}")
LIFE_OF_PEOPLE = timedelta(hours=12)
"""How long a token of a person counts where nothing else is asked."""


class AuthSettings(Protocol):
    """The part of the settings that tokens depend on."""

    @property
    def deployment(self) -> str: ...
    @property
    def signing_key(self) -> bytes | None: ...
    @property
    def verify_keys(self) -> tuple[str, ...]: ...
    @property
    def oidc_issuer(self) -> str | None: ...
    @property
    def oidc_audience(self) -> str | None: ...
    @property
    def oidc_claims(self) -> ClaimMap: ...


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or program behind a request, as its token says."""

    subject: str
    roles: frozenset[str]
    municipalities: frozenset[str] = frozenset()
    digipunts: frozenset[str] = frozenset()
    laptop: str | None = None
    """The laptop that the token was made for, if it was; people take turns at it."""
    helper: str | None = None
    session: str | None = None
    """The sign-in that the token belongs to, where one can be ended before the token expires (`sid`)."""
    expires: datetime | None = None
    token: str | None = None
    """The id of the token (`jti`), or a hash of one that has none."""
    made_at: float = 0.0
    """When the token was made, in seconds since 1970; 0 when it does not say."""


@dataclass(frozen=True, slots=True)
class SignedInAt:
    """The laptop that a token is for, and who signed in there."""

    laptop: str
    helper: str | None = None
    session: str | None = None


def issue(
    settings: AuthSettings,
    role: str,
    municipalities: Iterable[str] = (),
    digipunts: Iterable[str] = (),
    subject: str | None = None,
    *,
    life: timedelta = LIFE_OF_PEOPLE,
    at: SignedInAt | None = None,
) -> str:
    """A token of the local issuer. Raises ValueError for an unknown role, a wrong NIS code, or when no signing key is set."""
    if role not in ROLES:
        raise ValueError(f"role {role!r} is not one of {', '.join(sorted(ROLES))}")
    municipalities = sorted(municipalities)
    for code in municipalities:
        if not NIS_CODE.fullmatch(code):
            raise ValueError(f"municipality {code!r} is not a NIS code of five digits")
    if not settings.signing_key:
        raise ValueError("tokens are made where DIGIPUNT_SIGNING_KEY is set, and it is not set here")
    now = datetime.now(UTC)
    claims: dict[str, Any] = {
        "iss": local_issuer(settings),
        "aud": local_issuer(settings),
        "sub": subject or role,
        "jti": new_id(),
        # With its fraction: what is made in the same second as others are taken back is not one of them.
        "iat": now.timestamp(),
        "exp": now + life,
        "roles": [role],
        "municipalities": municipalities,
        "digipunts": sorted(digipunts),
    }
    if at is not None:
        named = {"laptop": at.laptop, "helper": at.helper, "sid": at.session}
        claims |= {name: value for name, value in named.items() if value is not None}
    return keys.sign(settings.signing_key, claims)


def local_issuer(settings: AuthSettings) -> str:
    """The `iss` and `aud` of local tokens: a token of one deployment is not valid in another."""
    return f"urn:digipunt:{settings.deployment}"


class Verifier:
    """Verifies tokens under one set of settings and caches the actors, by hash of the token, up to a bound."""

    def __init__(self, settings: AuthSettings) -> None:
        self._settings = settings
        self._seen: OrderedDict[bytes, tuple[Actor, float]] = OrderedDict()
        self._jwks: Jwks | None = None
        self._keys: Mapping[str, Any] | None = None

    def verify(self, token: str) -> Actor:
        """The actor of a valid token. Raises Unauthenticated, or Unavailable when the provider is away."""
        key = hashlib.sha256(token.encode()).digest()
        found = self._seen.get(key)
        if found is not None:
            actor, expires = found
            if time.time() > expires:
                del self._seen[key]
                raise Unauthenticated("tokenExpired", expired=True)
            return actor
        claims = self._decode(token)
        claims["jti"] = token_id(token, claims)
        actor = _actor(claims)
        self._seen[key] = (actor, claims["exp"] + LEEWAY_SECONDS)
        if len(self._seen) > CACHED_TOKENS:
            self._seen.popitem(last=False)
        return actor

    def _decode(self, token: str) -> dict[str, Any]:
        import jwt

        settings = self._settings
        try:
            if settings.oidc_issuer and _issuer_of(token) == settings.oidc_issuer:
                key, algorithms = self._provider_key(token), OIDC_ALGORITHMS
                issuer, audience = settings.oidc_issuer, settings.oidc_audience
            else:
                key, algorithms = self._local_key(token), LOCAL_ALGORITHMS
                issuer = audience = local_issuer(settings)
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=algorithms,
                issuer=issuer,
                audience=audience,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "sub"]},
            )
            claims["exp"] = float(claims["exp"])
        except jwt.ExpiredSignatureError:
            raise Unauthenticated("tokenExpired", expired=True) from None
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
            raise Unauthenticated("tokenInvalid") from None
        if issuer != settings.oidc_issuer:
            return claims
        if OF_SIGN_IN in claims:
            raise Unauthenticated("tokenInvalid")
        told = settings.oidc_claims.ours(claims)
        return {name: value for name, value in told.items() if name not in OURS_ALONE}

    def _local_key(self, token: str) -> Any:
        if self._keys is None:
            self._keys = keys.known_keys(self._settings.signing_key, self._settings.verify_keys)
        return keys.named(self._keys, token)

    def _provider_key(self, token: str) -> Any:
        import jwt

        if self._jwks is None:
            self._jwks = Jwks(str(self._settings.oidc_issuer))
        key = self._jwks.key(jwt.get_unverified_header(token).get("kid"))
        if key is None:
            raise jwt.InvalidTokenError("signed with a key that the issuer does not have")
        return key


def _issuer_of(token: str) -> Any:
    """Who a token says it is of; whether that is true is found out with the keys of that issuer."""
    import jwt

    return jwt.decode(token, options={"verify_signature": False}).get("iss")


def _actor(claims: dict[str, Any]) -> Actor:
    subject = claims["sub"]
    roles = _texts(claims, "roles") & ROLES
    return Actor(
        str(subject),
        roles,
        _texts(claims, "municipalities"),
        _texts(claims, "digipunts"),
        laptop=_text(claims, "laptop"),
        helper=_text(claims, "helper"),
        session=_text(claims, "sid"),
        expires=datetime.fromtimestamp(min(float(claims["exp"]), LAST_MOMENT), UTC),
        token=_text(claims, "jti"),
        made_at=float(claims.get("iat", 0)),
    )


def token_id(token: str, claims: Mapping[str, Any]) -> str:
    """By what a token is taken back: its `jti`, or a hash where it has none."""
    given = claims.get("jti")
    return given if isinstance(given, str) else hashlib.sha256(token.encode()).hexdigest()


def _text(claims: dict[str, Any], name: str) -> str | None:
    value = claims.get(name)
    if value is not None and not isinstance(value, str):
        raise Unauthenticated("claimNotText", claim=name)
    return value


def _texts(claims: dict[str, Any], name: str) -> frozenset[str]:
    value = claims.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Unauthenticated("claimMalformed", claim=name)
    return frozenset(value)


def bearer(headers: Mapping[str, str]) -> str:
    """The token of an `Authorization: Bearer …` header."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated("tokenMissing", given=False)
    return token.strip()


_verifiers: OrderedDict[tuple[object, ...], Verifier] = OrderedDict()


def verifier(settings: AuthSettings) -> Verifier:
    """The process's verifier for these settings, so that all services share its cache."""
    key = (
        settings.deployment,
        settings.signing_key,
        settings.verify_keys,
        settings.oidc_issuer,
        settings.oidc_audience,
        settings.oidc_claims,
    )
    found = _verifiers.get(key)
    if found is None:
        found = _verifiers[key] = Verifier(settings)
        if len(_verifiers) > 8:
            _verifiers.popitem(last=False)
    return found


def verify(settings: AuthSettings, token: str) -> Actor:
    """The actor of a valid token; see `Verifier.verify`."""
    return verifier(settings).verify(token)

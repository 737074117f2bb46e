"""Tokens: who made them, for what, until when."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from dataclasses import replace
from datetime import timedelta

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from chassis import keys
from chassis.errors import Unauthenticated, Unavailable
from chassis.http import Response, auth
from chassis.http.auth import Verifier
from tests.unit.http.conftest import SETTINGS

CLAIMS = {"sub": "an", "roles": ["helper"], "municipalities": ["24107"], "digipunts": []}


def unsigned(header, claims):
    """A token without a signature."""
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims)
    ]
    return f"{parts[0]}.{parts[1]}."


def local(**claims):
    """A token of the local issuer, with these claims instead of its own."""
    own = {"iss": "urn:digipunt:test", "aud": "urn:digipunt:test", "exp": time.time() + 60, **CLAIMS}
    return keys.sign(
        SETTINGS.signing_key, {name: value for name, value in (own | claims).items() if value is not None}
    )


def test_issued_token_names_its_caller():
    """What was put in comes out."""
    token = auth.issue(SETTINGS, "helper", ["24107"], ["d1"], "an")
    actor = auth.verify(SETTINGS, token)
    assert (actor.subject, actor.roles, actor.municipalities) == ("an", {"helper"}, {"24107"})
    assert actor.digipunts == {"d1"}
    assert (actor.laptop, actor.helper, actor.session) == (None, None, None)


def test_a_token_may_be_of_a_laptop_and_a_session():
    """With the claims that every service reads, for as long as was asked."""
    at = auth.SignedInAt("l1", helper="h-2", session="s3")
    token = auth.issue(SETTINGS, "helper", life=timedelta(minutes=10), at=at)
    actor = auth.verify(SETTINGS, token)
    assert (actor.laptop, actor.helper, actor.session) == ("l1", "h-2", "s3")
    claims = jwt.decode(token, options={"verify_signature": False})
    assert 599 <= claims["exp"] - claims["iat"] <= 600
    alone = jwt.decode(
        auth.issue(SETTINGS, "desk", at=auth.SignedInAt("l1")), options={"verify_signature": False}
    )
    assert "helper" not in alone
    assert "sid" not in alone


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "é.é.é",
        unsigned({"alg": "none"}, {"sub": "an", "exp": 9999999999, "roles": ["ops"]}),
        unsigned({"alg": "HS256"}, {"sub": "an", "exp": 9999999999, "roles": ["ops"]}),
        keys.sign(b"another key that is long enough too", CLAIMS | {"exp": 9999999999}),
        local(iss="urn:digipunt:other"),
        local(aud="urn:digipunt:other"),
        local(exp=None),
        local(sub=None),
        local(roles="helper"),
        local(municipalities=[24107]),
    ],
)
def test_token_that_is_not_right_in_every_way_is_refused(token):
    """Signature, issuer, audience, end and form of the claims all count."""
    with pytest.raises(Unauthenticated):
        auth.verify(SETTINGS, token)


ELSEWHERE = replace(SETTINGS, signing_key=None, verify_keys=(keys.public_key(SETTINGS.signing_key),))
"""A service that makes no tokens: it has the public key only."""


@pytest.mark.case("security M6")
def test_who_checks_tokens_cannot_make_any():
    """The public key is enough to know a token, and not enough to make one, whatever way is tried."""
    assert auth.verify(ELSEWHERE, local()).subject == "an"
    with pytest.raises(ValueError, match="DIGIPUNT_SIGNING_KEY"):
        auth.issue(ELSEWHERE, "coordinator")
    [public] = ELSEWHERE.verify_keys
    own = {"iss": "urn:digipunt:test", "aud": "urn:digipunt:test", "exp": 9999999999, **CLAIMS}
    named = {"kid": keys.key_id(public)}
    forged = [
        jwt.encode(own, public, "HS256", headers=named),
        jwt.encode(own, keys.read_public_key(public), "HS256", headers=named),
        jwt.encode(own, SETTINGS.signing_key, "HS256", headers=named),
        jwt.encode(own, keys._private_key(public.encode()), "EdDSA", headers=named),
        unsigned({"alg": "none", **named}, own),
        unsigned({"alg": "EdDSA", **named}, own),
    ]
    for token in forged:
        with pytest.raises(Unauthenticated):
            auth.verify(ELSEWHERE, token)


def test_two_keys_count_while_one_is_changed():
    """Tokens of before and of after the change count together, until the old key is taken out."""
    new = replace(SETTINGS, signing_key=b"the next signing key, long enough too")
    both = tuple(keys.public_key(each.signing_key) for each in (new, SETTINGS))
    changing = replace(ELSEWHERE, verify_keys=both)
    before, after = auth.issue(SETTINGS, "helper"), auth.issue(new, "helper")
    assert auth.verify(changing, before).roles == auth.verify(changing, after).roles == {"helper"}
    with pytest.raises(Unauthenticated):
        auth.verify(replace(ELSEWHERE, verify_keys=both[:1]), before)
    with pytest.raises(Unauthenticated):
        auth.verify(ELSEWHERE, after)


def test_a_key_that_no_token_names_opens_nothing():
    """A token without the id of its key is refused, although the signature is right."""
    claims = {"iss": "urn:digipunt:test", "aud": "urn:digipunt:test", "exp": time.time() + 60, **CLAIMS}
    with pytest.raises(Unauthenticated):
        auth.verify(SETTINGS, jwt.encode(claims, keys._private_key(SETTINGS.signing_key), "EdDSA"))


def test_a_person_is_signed_in_for_a_working_day():
    """Unless something else is asked, a token counts for twelve hours."""
    claims = jwt.decode(auth.issue(SETTINGS, "coordinator"), options={"verify_signature": False})
    assert 12 * 3600 - 1 <= claims["exp"] - claims["iat"] <= 12 * 3600


def test_unknown_role_gives_no_rights():
    """A role that this version does not know opens nothing."""
    assert auth.verify(SETTINGS, local(roles=["emperor", "helper"])).roles == {"helper"}


def test_known_token_ends_when_it_expires():
    """Having been seen before does not keep a token alive."""
    verifier = Verifier(SETTINGS)
    with time_machine.travel(0, tick=False) as moved:
        token = auth.issue(SETTINGS, "helper", life=timedelta(days=1))
        assert verifier.verify(token).roles == {"helper"}
        moved.shift(86_400 + auth.LEEWAY_SECONDS + 1)
        with pytest.raises(Unauthenticated, match="expired"):
            verifier.verify(token)


def test_clocks_may_differ_a_little():
    """A token is good for some seconds after its end, for machines whose clocks differ."""
    assert auth.verify(SETTINGS, local(exp=time.time() - 5)).subject == "an"


def test_remembered_tokens_are_bounded(monkeypatch):
    """A flood of tokens cannot fill memory."""
    monkeypatch.setattr(auth, "CACHED_TOKENS", 3)
    verifier = Verifier(SETTINGS)
    for number in range(10):
        verifier.verify(local(sub=str(number)))
    assert len(verifier._seen) == 3


@pytest.fixture
def provider(serve):
    """An OpenID Connect provider with one key, and settings that trust it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    jwk = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())) | {"kid": "1", "use": "sig"}
    server = serve()
    server.add_route(
        "GET",
        "/.well-known/openid-configuration",
        lambda request: Response({"issuer": server.address, "jwks_uri": f"{server.address}/keys"}),
    )
    server.add_route("GET", "/keys", lambda request: Response({"keys": [jwk]}))
    settings = replace(SETTINGS, signing_key=None, oidc_issuer=server.address, oidc_audience="digipunt")
    return server, key, settings


def provided(settings, key, algorithm="RS256", **claims):
    """A token as the provider makes it."""
    own = {"iss": settings.oidc_issuer, "aud": "digipunt", "exp": time.time() + 60, **CLAIMS}
    return jwt.encode(own | claims, key, algorithm, headers={"kid": "1"})


def test_token_of_the_provider_is_accepted(provider):
    """With an OpenID Connect issuer set, its tokens count."""
    _, key, settings = provider
    assert auth.verify(settings, provided(settings, key)).municipalities == {"24107"}


def test_sign_in_at_the_provider_is_none_of_the_desk(provider):
    """Keycloak puts its own `sid` in each token: the desk would look for a session that it never had, and refuse it."""
    _, key, settings = provider
    actor = auth.verify(settings, provided(settings, key, sid="theirs", laptop=1, helper="h-2", jti="t"))
    assert (actor.session, actor.laptop, actor.helper, actor.token) == (None, None, None, "t")


def test_each_issuer_has_its_own_keys(provider):
    """Laptops have tokens of the desk beside an issuer of accounts; neither makes tokens of the other."""
    _, key, alone = provider
    both = replace(alone, signing_key=SETTINGS.signing_key)
    assert auth.verify(both, auth.issue(SETTINGS, "helper")).roles == {"helper"}
    assert auth.verify(both, provided(both, key)).roles == {"helper"}
    own, theirs = auth.local_issuer(both), {"iss": both.oidc_issuer, "aud": "digipunt"}
    for token in (
        provided(both, key, iss=own, aud=own),
        keys.sign(SETTINGS.signing_key, {"exp": time.time() + 60, **CLAIMS, **theirs}),
    ):
        with pytest.raises(Unauthenticated):
            auth.verify(both, token)
    with pytest.raises(Unauthenticated):
        auth.verify(alone, auth.issue(SETTINGS, "helper"))


def test_public_key_cannot_serve_as_a_shared_secret(provider):
    """A token signed with HS256 under the provider's public key (algorithm confusion) is refused."""
    _, key, settings = provider
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    own = {"iss": settings.oidc_issuer, "aud": "digipunt", "exp": time.time() + 60, **CLAIMS}
    header = jwt.utils.base64url_encode(b'{"alg":"HS256","typ":"JWT","kid":"1"}')
    signed = header + b"." + jwt.utils.base64url_encode(json.dumps(own).encode())
    token = signed + b"." + jwt.utils.base64url_encode(hmac.new(public, signed, hashlib.sha256).digest())
    with pytest.raises(Unauthenticated):
        auth.verify(settings, token.decode())


def test_token_for_another_audience_is_refused(provider):
    """A token that the provider made for another program does not open this one."""
    _, key, settings = provider
    with pytest.raises(Unauthenticated):
        auth.verify(settings, provided(settings, key, aud="other"))


def test_absent_provider_is_503_and_no_lockout(provider):
    """While the provider is away, callers are asked to come back; known tokens go on."""
    server, key, settings = provider
    token = provided(settings, key)
    verifier = Verifier(settings)
    verifier.verify(token)
    server.stop(0.2)
    assert verifier.verify(token).subject == "an"
    with pytest.raises(Unavailable):
        Verifier(settings).verify(provided(settings, key, sub="bart"))


def test_without_a_signing_key_no_token_is_made(provider):
    """The local issuer is silent where a provider decides."""
    with pytest.raises(ValueError, match="DIGIPUNT_SIGNING_KEY"):
        auth.issue(provider[2], "helper")


@pytest.mark.case("security L1")
@pytest.mark.parametrize(
    "claims", ['"exp":1' + "0" * 400, '"exp":1e999', '"exp":[1]', '"exp":9999999999,"x":' + "[" * 20_000]
)
def test_token_beyond_all_bounds_is_refused(claims):
    """Even with the key: a moment that no clock reaches, and claims nested without end, are 401 and no fault of ours."""
    name = auth.local_issuer(SETTINGS)
    text = f'{{"iss":"{name}","aud":"{name}","sub":"x","roles":["helper"],{claims}}}'
    token = jwt.api_jws.PyJWS().encode(
        text.encode(),
        keys._private_key(SETTINGS.signing_key),
        algorithm=keys.ALGORITHM,
        headers={"kid": keys.key_id(keys.public_key(SETTINGS.signing_key))},
    )
    with pytest.raises(Unauthenticated):
        auth.verify(SETTINGS, token)


@pytest.mark.case("security L1")
def test_nested_header_of_a_token_is_refused():
    """Without any key: a token whose header is brackets in brackets is 401."""
    header = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 20_000).decode().rstrip("=")
    with pytest.raises(Unauthenticated):
        auth.verify(SETTINGS, f"{header}.e30.e30")

"""The keys of an OpenID Connect issuer: asked for when one is new, not for every token."""

from __future__ import annotations

import socket
import threading

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

from chassis.errors import Unavailable
from chassis.http import Response
from chassis.http.jwks import AFTER_FAILURE_SECONDS, KEPT_SECONDS, LEAST_SECONDS, Jwks


class Issuer:
    """An issuer that counts how often it is asked."""

    def __init__(self, server):
        self.server, self.address = server, server.address
        self.described = {"issuer": server.address, "jwks_uri": f"{server.address}/keys"}
        self.asked, self.ids, self.more = 0, ["1"], []
        server.add_route("GET", "/.well-known/openid-configuration", lambda request: Response(self.described))
        server.add_route("GET", "/keys", self.keys)

    def keys(self, request):
        self.asked += 1
        told = [
            jwt.algorithms.OKPAlgorithm.to_jwk(
                ed25519.Ed25519PrivateKey.generate().public_key(), as_dict=True
            )
            | {"kid": id}
            for id in self.ids
        ]
        return Response({"keys": told + self.more})


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def issuer(serve):
    return Issuer(serve())


@pytest.fixture
def clock():
    return Clock()


def test_new_key_is_known_with_the_first_token_that_names_it(issuer, clock):
    """Later tokens ask nobody."""
    keys = Jwks(issuer.address, monotonic=clock)
    assert keys.key("1") is not None
    assert keys.key("1") is not None
    assert issuer.asked == 1
    issuer.ids = ["2", "1"]
    clock.now += LEAST_SECONDS
    assert keys.key("2") is not None
    assert issuer.asked == 2


def test_made_up_keys_ask_seldom(issuer, clock):
    """A thousand tokens with keys that are not there are one question."""
    keys = Jwks(issuer.address, monotonic=clock)
    assert [keys.key(str(number)) for number in range(2, 1002)] == [None] * 1000
    assert issuer.asked == 1


def test_key_that_was_taken_out_counts_an_hour_at_most(issuer, clock):
    """Also when nobody names a new one."""
    keys = Jwks(issuer.address, monotonic=clock)
    assert keys.key("1") is not None
    issuer.ids = ["2"]
    clock.now += KEPT_SECONDS + 1
    assert keys.key("1") is None


def test_issuer_that_is_away_locks_nobody_out(issuer, clock):
    """What is known counts; before anything is known, callers come back later, and it is asked again."""
    keys, fresh = (Jwks(issuer.address, monotonic=clock) for _ in range(2))
    assert keys.key("1") is not None
    issuer.described = {"jwks_uri": "nothing"}
    clock.now += KEPT_SECONDS + 1
    assert keys.key("1") is not None
    for wrong in ({}, [], {"issuer": "https://other.example.be", "jwks_uri": f"{issuer.address}/keys"}):
        issuer.described = wrong
        with pytest.raises(Unavailable):
            fresh.key("1")
        clock.now += AFTER_FAILURE_SECONDS
    issuer.described = {"issuer": issuer.address, "jwks_uri": f"{issuer.address}/keys"}
    assert fresh.key("1") is not None


def test_issuer_that_answers_nonsense_is_away(issuer, clock):
    """Keys that are no objects, and what is no HTTP, are no fault of ours."""
    keys = Jwks(issuer.address, monotonic=clock)
    issuer.more = ["no key"]
    with pytest.raises(Unavailable):
        keys.key("1")
    issuer.more = []
    clock.now += AFTER_FAILURE_SECONDS
    assert keys.key("1") is not None
    with socket.create_server(("127.0.0.1", 0)) as server:
        issuer.described["jwks_uri"] = f"http://127.0.0.1:{server.getsockname()[1]}/"
        threading.Thread(target=_say_nonsense, args=(server,), daemon=True).start()
        clock.now += KEPT_SECONDS + 1
        assert keys.key("1") is not None


def _say_nonsense(server):
    connection, _ = server.accept()
    with connection:
        connection.recv(1000)
        connection.sendall(b"nonsense\r\n\r\n")


def test_jwks_elsewhere_than_on_the_web_is_not_read(issuer, clock, tmp_path):
    """A description cannot make us read a file."""
    (tmp_path / "keys").write_text('{"keys": []}')
    issuer.described["jwks_uri"] = f"file://{tmp_path}/keys"
    with pytest.raises(Unavailable):
        Jwks(issuer.address, monotonic=clock).key("1")


def test_only_what_signs_is_a_key(issuer, clock):
    """Neither a secret nor a key for encryption; tokens without a name have the only one there is."""
    for_encryption = jwt.algorithms.RSAAlgorithm.to_jwk(
        rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key(), as_dict=True
    )
    issuer.more = [
        {"kty": "oct", "kid": "secret", "k": "c2VjcmV0"},
        for_encryption | {"kid": "enc", "use": "enc"},
        {"kty": "EC", "kid": "broken", "crv": "P-256"},
    ]
    keys = Jwks(issuer.address, monotonic=clock)
    assert keys.key(None) is not None
    assert [keys.key(id) for id in ("secret", "enc", "broken")] == [None] * 3
    issuer.ids = ["1", "2"]
    clock.now += KEPT_SECONDS + 1
    assert keys.key(None) is None

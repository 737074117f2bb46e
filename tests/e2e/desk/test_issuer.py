"""Signing in with an account of an OpenID Connect issuer: a certified one, and every wrong token that it could be taken for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Page, expect

from tests.e2e.command import Process, started
from tests.e2e.desk.place import until
from tests.support.issuer import CLAIMS, Key, fetched, issuing
from tests.support.processes import free_port, wait_until

pytestmark = [pytest.mark.case("security M6"), pytest.mark.timeout(300)]

KEY = Key("first")
OF_THE_ISSUER = ("fonts.googleapis.com",)
"""What the pages of this issuer fetch."""
SERVICES = ("visits", "loans", "notifications", "reporting", "desk")


@pytest.fixture(scope="module")
def port() -> int:
    """Where the issuer answers."""
    fetched()
    return free_port()


@pytest.fixture(scope="module")
def served_with_issuer(port: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """All services in one process, which take accounts of the issuer."""
    folder, own = tmp_path_factory.mktemp("issuer"), free_port()
    settings = {
        "DIGIPUNT_OIDC_ISSUER": f"http://127.0.0.1:{port}",
        "DIGIPUNT_OIDC_AUDIENCE": "digipunt",
        "DIGIPUNT_OIDC_CLIENT": "desk",
        "DIGIPUNT_OIDC_CLAIMS": str(CLAIMS),
    }
    arguments = ["serve", "--port", str(own), "--data", folder / "data"]
    with started(folder / "log", arguments, own, **settings) as process:
        process.wait_for_answer("/visits/health/live")
        yield process


def status(desk: Process, token: str, service: str = "visits") -> int:
    """What a service answers to whoever has this token."""
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(f"{desk.address}/{service}/v1/me", headers=headers, timeout=60).status_code


def sign_in(page: Page, issuer: str, login: str) -> None:
    """From the desk to the issuer, and back."""
    page.locator("[data-name=account]").click()
    page.wait_for_url(f"{issuer}/interaction/**")
    page.locator("[name=login]").fill(login)
    page.locator("[name=password]").fill("whatever")
    page.locator("button[type=submit]").click()


def session(page: Page, desk: Process) -> dict[str, Any]:
    """What the tab keeps of whoever signed in, once it is back."""
    page.wait_for_url(f"{desk.address}/**")
    kept: dict[str, Any] = until(page, lambda: _stored(page), "somebody to be signed in")
    return kept


def _stored(page: Page) -> Any:
    return page.evaluate("JSON.parse(sessionStorage.getItem('digipunt.session') ?? 'null')")


def test_sign_in_at_the_desk_and_out(served_with_issuer, port, chromium, tmp_path):
    """A coordinator comes in with an account and works; every service takes the token until the coordinator signs out."""
    desk = served_with_issuer
    with (
        issuing(port, desk.address, KEY, tmp_path) as issuer,
        chromium.context(desk.address) as (
            context,
            watch,
        ),
    ):
        watch.allow(*OF_THE_ISSUER, issuer)
        page = context.new_page()
        policy = page.goto("/").headers["content-security-policy"]
        assert f"connect-src 'self' {issuer};" in policy
        sign_in(page, issuer, "coordinator")
        kept = session(page, desk)
        assert (kept["role"], kept["municipalities"]) == ("coordinator", ["24107"])
        assert "code=" not in page.url
        for service in SERVICES:
            assert status(desk, kept["token"], service) == 200
        made = httpx.put(
            f"{desk.address}/visits/v1/digipunts/{uuid4()}",
            json={"name": "BOM", "municipality": "24107"},
            headers={"Authorization": f"Bearer {kept['token']}"},
        )
        assert made.status_code == 201, made.text
        page.reload()
        page.get_by_role("button", name="Verder zonder balie").click()
        page.get_by_role("button", name="Afmelden").click()
        for service in SERVICES:
            wait_until(
                lambda service=service: status(desk, kept["token"], service) == 401,
                f"{service} to follow",
                60,
            )
        # The issuer asks again: a laptop is shared.
        sign_in(page, issuer, "policy")
        assert session(page, desk)["role"] == "policy"


def test_account_without_rights_is_told(served_with_issuer, port, chromium, tmp_path):
    """Who is somebody else's colleague reads what to do, and is not signed in."""
    desk = served_with_issuer
    with (
        issuing(port, desk.address, KEY, tmp_path) as issuer,
        chromium.context(desk.address) as (
            context,
            watch,
        ),
    ):
        watch.allow(*OF_THE_ISSUER, issuer)
        page = context.new_page()
        page.goto("/")
        sign_in(page, issuer, "nobody")
        expect(page.get_by_role("alert")).to_contain_text("Je mag hier nog niets.")
        page.goto("/?code=stolen&state=guessed")
        expect(page.get_by_role("alert")).to_contain_text("lukte niet")
        assert page.evaluate("sessionStorage.getItem('digipunt.session')") is None


def test_every_wrong_token_is_refused_and_new_keys_are_followed(served_with_issuer, port, tmp_path):
    """Expired, for another, of another, not yet, unsigned, signed with what is public: 401 everywhere; and keys change."""
    desk, key = served_with_issuer, Key("third")
    public = key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    now = time.time()
    with issuing(port, desk.address, key, tmp_path) as issuer:
        wait_until(lambda: status(desk, key.signed(issuer)) == 200, "the key to be known", 30)
        body = jwt.utils.base64url_encode(
            jwt.api_jws.json.dumps(
                jwt.decode(key.signed(issuer), options={"verify_signature": False})
            ).encode()
        )
        header = jwt.utils.base64url_encode(b'{"alg":"HS256","typ":"JWT","kid":"third"}')
        mac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
        as_secret = b".".join(
            [header, body, jwt.utils.base64url_encode(mac.sign(header + b"." + body, public))]
        )
        stranger = Key("third")
        wrong = {
            "expired": key.signed(issuer, exp=now - 60),
            "another audience": key.signed(issuer, aud="payroll"),
            "another issuer": key.signed("https://sign.example.be"),
            "not yet": key.signed(issuer, nbf=now + 600),
            "no end": key.signed(issuer, exp=None),
            "an ID token": key.signed(issuer, at_hash="x"),
            "a key of somebody else": stranger.signed(issuer),
            "alg none": jwt.encode(
                {"iss": issuer, "aud": "digipunt", "sub": "an", "exp": now + 60}, None, "none"
            ),
            "HS256 with the public key": as_secret.decode(),
        }
        for what, token in wrong.items():
            assert {status(desk, token, each) for each in SERVICES} == {401}, what
        # Clocks may differ by half a minute.
        assert status(desk, key.signed(issuer, exp=now - 5)) == 200
    # While the issuer is away the keys that are known count.
    assert status(desk, key.signed(issuer)) == 200
    fourth = Key("fourth")
    with issuing(port, desk.address, fourth, tmp_path):
        assert status(desk, fourth.signed(issuer)) in (200, 401)
        wait_until(lambda: status(desk, fourth.signed(issuer)) == 200, "the new key to be followed", 60)
        assert status(desk, key.signed(issuer)) == 401

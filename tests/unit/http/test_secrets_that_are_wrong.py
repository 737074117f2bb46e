"""Tokens that count no more, secrets that are wrong and what is locked: each is told in its own way."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest

from chassis.errors import Locked, Unauthenticated, WrongSecret
from chassis.http import Request, Response
from chassis.http.auth import Actor, SignedInAt
from chassis.http.problems import from_error
from chassis.runtime.application import Application
from tests.unit.http.bookshop import Library

ASKED = Request("POST", "/x", {})


def told(response: Response) -> dict[str, object]:
    """The problem in a response."""
    assert isinstance(response.body, str)
    body: dict[str, object] = orjson.loads(response.body)
    return body


def test_a_wrong_secret_says_how_many_tries_are_left():
    """401, though no bearer token is to blame: a client that renews its token at 401 decides by the code."""
    response = from_error(WrongSecret("tokenInvalid", members={"triesLeft": 3}), ASKED)
    assert (response.status, told(response)["triesLeft"]) == (401, 3)
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="digipunt"'


def test_what_is_locked_says_until_when():
    """423, with a moment that programs read; without one where time does not open it."""
    until = datetime(2026, 3, 4, 10, 25, tzinfo=UTC)
    response = from_error(Locked("tokenInvalid", members={"lockedUntil": until}), ASKED)
    assert (response.status, told(response)["lockedUntil"]) == (423, "2026-03-04T10:25:00Z")
    assert "lockedUntil" not in told(from_error(Locked("tokenInvalid"), ASKED))


class Forgetful(Library):
    """Books that are shown to laptops that are known."""

    @classmethod
    def require_current(cls, app: Application, actor: Actor) -> None:
        assert app.name == cls.name
        if actor.laptop == "lost":
            raise Unauthenticated("tokenExpired")


@pytest.fixture
def service_class() -> type:
    return Forgetful


def test_a_service_may_take_a_token_back(library):
    """Before roles and bodies are looked at; the tokens of others go on."""
    for laptop, status in (("lost", 401), ("known", 200)):
        with library.client("helper", at=SignedInAt(laptop)) as client:
            assert client.get("/v1/books").status_code == status
    with library.client("policy", at=SignedInAt("lost")) as client:
        assert client.get("/v1/books").status_code == 401

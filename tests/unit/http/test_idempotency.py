"""A `POST` that is sent again."""

from __future__ import annotations

from datetime import timedelta

import eventlet
import pytest
import sqlalchemy as sa

from chassis.http import idempotency
from tests.unit.http.bookshop import books

BOOK = {"title": "Wie leest er nog?"}
KEY = {"Idempotency-Key": "5f0c"}


@pytest.fixture
def client(library):
    with library.client(subject="an") as client:
        yield client


def count(library):
    with library.app.database.read() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(books)).scalar_one()


def test_sent_again_it_takes_effect_once_and_is_answered_the_same(library, client):
    """A resend after a lost answer gets that answer."""
    first = client.post("/v1/books", json=BOOK, headers=KEY)
    again = client.post("/v1/books", json=BOOK, headers=KEY)
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["content-type"] == "application/json"
    assert again.headers["idempotency-replayed"] == "true"
    assert count(library) == 1


def test_without_a_key_each_one_counts(library, client):
    """The key is the caller's choice."""
    client.post("/v1/books", json=BOOK)
    client.post("/v1/books", json=BOOK)
    assert count(library) == 2


def test_two_at_once_take_effect_once(library, client):
    """A double click is one book."""
    sending = [eventlet.spawn(client.post, "/v1/books", json=BOOK, headers=KEY) for _ in range(8)]
    answers = [each.wait() for each in sending]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert count(library) == 1


def test_other_request_under_the_key_is_a_conflict(library, client):
    """A key that is used again by mistake is pointed out, and nothing is written."""
    client.post("/v1/books", json=BOOK, headers=KEY)
    assert client.post("/v1/books", json={"title": "Other"}, headers=KEY).status_code == 409
    assert count(library) == 1


def test_keys_of_different_callers_are_different(library, client):
    """One caller's key cannot reach another's answer."""
    client.post("/v1/books", json=BOOK, headers=KEY)
    with library.client(subject="bart") as other:
        assert "idempotency-replayed" not in other.post("/v1/books", json=BOOK, headers=KEY).headers
    assert count(library) == 2


def test_refused_request_may_be_tried_again_under_its_key(library, client):
    """What failed left nothing behind, its key included."""
    assert client.post("/v1/books", json={"title": "fail"}, headers=KEY).status_code == 409
    assert client.post("/v1/books", json=BOOK, headers=KEY).status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 256])
def test_unusable_key_is_400(client, key):
    """A key that is none is named as the fault."""
    answer = client.post("/v1/books", json=BOOK, headers={"Idempotency-Key": key})
    assert answer.status_code == 400
    assert answer.json()["issues"][0]["name"] == "Idempotency-Key"


def test_old_keys_are_forgotten(library, client):
    """Keys are kept for a time, not for ever."""
    client.post("/v1/books", json=BOOK, headers=KEY)
    now = library.app.clock.now()
    with library.app.database.begin() as connection:
        assert idempotency.forget(connection, before=now - timedelta(days=1)) == 0
        assert idempotency.forget(connection, before=now + timedelta(days=1)) == 1

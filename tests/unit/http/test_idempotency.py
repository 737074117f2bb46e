"""A `POST` that is sent again."""

from __future__ import annotations

from datetime import timedelta

import eventlet
import jwt
import pytest
import sqlalchemy as sa

from chassis import keys
from chassis.http import auth, idempotency
from chassis.http.operations import IDEMPOTENCY_KEPT
from tests.unit.http.bookshop import books
from tests.unit.http.conftest import SETTINGS

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


def stored(library):
    with library.app.database.read() as connection:
        return connection.execute(sa.select(idempotency.keys)).mappings().all()


@pytest.mark.case("security M3")
def test_other_rights_are_looked_at_before_a_kept_answer_is_given(library):
    """Whoever shares a subject but not the rights is asked for access first: 403 or 404 as without a key."""
    an = {"subject": "coordinator", "municipalities": ["24059"]}
    with library.client(**an) as owner:
        assert owner.post("/v1/shelves", json=BOOK, headers=KEY).status_code == 201
    with library.client(subject="coordinator", municipalities=["24107"]) as other:
        answer = other.post("/v1/shelves", json=BOOK, headers=KEY)
        assert (answer.status_code, "idempotency-replayed" in answer.headers) == (404, False)
        assert other.post("/v1/shelves", json={"title": "x"}, headers=KEY).status_code == 404
    assert count(library) == 1


@pytest.mark.case("security M3")
def test_more_rights_get_the_kept_answer_and_no_second_effect(library):
    """A token renewed with one municipality more finds the answer of before, and the work is not done twice."""
    with library.client(subject="an", municipalities=["24059"]) as before:
        first = before.post("/v1/shelves", json=BOOK, headers=KEY)
    with library.client(subject="an", municipalities=["24059", "24107"]) as renewed:
        again = renewed.post("/v1/shelves", json=BOOK, headers=KEY)
    assert (again.content, again.headers["idempotency-replayed"]) == (first.content, "true")
    assert count(library) == 1


@pytest.mark.case("security M3")
def test_laptop_keeps_its_keys_whoever_signs_in(library):
    """What one helper sent from a laptop, the next helper at it may send again; from another laptop it is new."""

    def client(subject, laptop):
        claims = jwt.decode(
            auth.issue(SETTINGS, "coordinator", subject=subject), options={"verify_signature": False}
        )
        token = keys.sign(SETTINGS.signing_key, claims | {"laptop": laptop})
        made = library.client(role=None)
        made.headers["Authorization"] = f"Bearer {token}"
        return made

    with client("an", "l1") as an, client("bart", "l1") as bart, client("an", "l2") as elsewhere:
        an.post("/v1/books", json=BOOK, headers=KEY)
        assert "idempotency-replayed" in bart.post("/v1/books", json=BOOK, headers=KEY).headers
        assert "idempotency-replayed" not in elsewhere.post("/v1/books", json=BOOK, headers=KEY).headers
    assert count(library) == 2


@pytest.mark.case("security M3")
def test_answer_too_large_to_keep_is_refused_and_nothing_happened(library, client, monkeypatch):
    """What is kept has a bound. Beyond it the work is taken back, so that the promise of once holds."""
    monkeypatch.setattr(idempotency, "MOST_KEPT", 50)
    answer = client.post("/v1/books", json=BOOK, headers=KEY)
    assert answer.status_code == 413
    assert (count(library), stored(library)) == (0, [])


@pytest.mark.case("security M3")
def test_key_of_the_release_before_still_counts(library, client):
    """A row without rights, as the release before wrote it, is given after a look at access."""
    client.post("/v1/books", json=BOOK, headers=KEY)
    with library.app.database.begin() as connection:
        connection.execute(sa.update(idempotency.keys).values(rights=None))
    assert client.post("/v1/books", json=BOOK, headers=KEY).headers["idempotency-replayed"] == "true"
    assert count(library) == 1


@pytest.mark.case("security M3")
def test_keys_are_kept_for_ninety_days():
    """A laptop may lie in a drawer for a summer."""
    assert timedelta(days=90) == IDEMPOTENCY_KEPT

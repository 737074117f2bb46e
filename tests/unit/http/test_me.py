"""What a front end asks first: who its token is of, every list of codes, and whether a page changed since the last look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chassis import keys
from chassis.http.auth import ROLES, local_issuer
from chassis.http.descriptions import DescriptionRoutes
from contracts.refdata import LISTS
from tests.unit.http.bookshop import Library
from tests.unit.http.conftest import SETTINGS

ID = "0197f3b4-6c1e-7a52-8d3f-2b9c4e5a6d70"


class DescribedLibrary(DescriptionRoutes, Library):
    """Books, with the routes of a service about itself."""

    name = "library"


@pytest.fixture
def service_class():
    return DescribedLibrary


def signed(**claims):
    """A token of the local issuer with just these claims besides the ones that it needs."""
    issuer = local_issuer(SETTINGS)
    claims = {"iss": issuer, "aud": issuer, "sub": "els", "exp": 4_000_000_000, **claims}
    return {"Authorization": f"Bearer {keys.sign(SETTINGS.signing_key, claims)}"}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_caller_learns_what_the_token_says(library, role):
    """Any role may ask; the answer has the end of the token and the time of the server."""
    with library.client(
        role, municipalities=["24107"], digipunts=[ID], subject="els", life=timedelta(days=2)
    ) as client:
        me = client.get("/v1/me").json()
    now = datetime.now(UTC)
    assert now - timedelta(minutes=1) < datetime.fromisoformat(me.pop("serverTime")) <= now
    assert timedelta(days=1.9) < datetime.fromisoformat(me.pop("expiresAt")) - now < timedelta(days=2.1)
    assert me == {
        "subject": "els",
        "roles": [role],
        "municipalities": ["24107"],
        "digipunts": [ID],
        "laptop": None,
        "helper": None,
    }


def test_a_laptop_with_a_helper_is_told_apart(library):
    """The claims of a paired laptop come back as they are."""
    with library.client(None) as client:
        headers = signed(roles=["helper"], laptop="l-1", helper=ID, exp=10**15)
        me = client.get("/v1/me", headers=headers).json()
        refused = client.get("/v1/me", headers=signed(roles=["helper"], laptop=["l-1"]))
        nobody = client.get("/v1/me")
    assert (me["laptop"], me["helper"], me["expiresAt"]) == ("l-1", ID, "9999-01-01T00:00:00Z")
    assert (refused.status_code, refused.json()["code"]) == (401, "claimNotText")
    assert nobody.json()["code"] == "tokenMissing"


def test_all_lists_come_in_one_answer_that_may_be_kept(library):
    """A front end fetches the codes once and asks again with the tag; each list is there as it is by itself."""
    with library.client(None) as client:
        answer = client.get("/v1/refData")
        again = client.get("/v1/refData", headers={"If-None-Match": answer.headers["etag"]})
        theme = client.get("/v1/refData/theme").json()
    lists = {each["name"]: each for each in answer.json()["items"]}
    assert sorted(lists) == sorted(LISTS)
    assert lists["theme"] == theme
    assert theme["items"][-1]["code"] == "other"
    assert (again.status_code, again.content) == (304, b"")


def test_a_page_that_did_not_change_is_not_sent_again(library):
    """A list has a weak tag; asking with it gives 304 until something on the page, or the total, changes."""
    with library.client() as client:
        client.put(f"/v1/books/{ID}", json={"title": "Een"})
        first = client.get("/v1/books")
        tag = first.headers["etag"]
        known = {"If-None-Match": tag}
        assert tag.startswith('W/"')
        assert client.get("/v1/books", headers=known).status_code == 304
        assert client.get("/v1/books", headers={"If-None-Match": f'"x", {tag}'}).status_code == 304
        assert client.get("/v1/books?page=2", headers=known).status_code == 200
        client.patch(f"/v1/books/{ID}", json={"title": "Twee"}, headers={"If-Match": '"1"'})
        assert client.get("/v1/books", headers=known).status_code == 200
        client.put(f"/v1/books/{ID[:-1]}1", json={"title": "Drie"})
        small = client.get("/v1/books?pageSize=1")
        client.put(f"/v1/books/{ID[:-1]}2", json={"title": "Vier"})
        after = client.get("/v1/books?pageSize=1", headers={"If-None-Match": small.headers["etag"]})
        assert (after.status_code, after.json()["total"]) == (200, 3)

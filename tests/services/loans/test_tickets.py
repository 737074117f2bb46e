"""One-time addresses: a document opens in a new tab, once, within a minute, for who was allowed to see it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
import sqlalchemy as sa

from chassis.broker import memory
from chassis.http.tickets import MOST
from chassis.storage.tables import tickets
from tests.services.loans.api import LANDEN, TIENEN, issues, new_id
from tests.services.loans.conftest import started
from tests.support.paper import needs_poppler, text_of


@pytest.fixture
def ask(helper, loans):
    """The one-time address of a document, whole."""

    def ask(path, client=helper, **query):
        answer = client.post(f"{path}/ticket?{httpx.QueryParams(query)}")
        assert answer.status_code == 201, answer.text
        assert answer.headers["Cache-Control"] == "no-store"
        return loans.runner.address + answer.json()["href"]

    return ask


def count(loans):
    """How many tickets of helpers there are."""
    theirs = sa.select(sa.func.count()).select_from(tickets).where(tickets.c.subject == "helper")
    with loans.application.database.read() as connection:
        return connection.execute(theirs).scalar_one()


def test_a_document_opens_once_without_a_token(helper, point, ask):
    """Agreement, extension and labels; the second time it is not there. Nothing in the address tells of the loan."""
    device = helper.device(point)
    loan = helper.lent(point, device)
    helper.post(f"/loans/{loan}/extend", {})
    for path, query in (
        (f"/loans/{loan}/agreement.pdf", {}),
        (f"/loans/{loan}/extensions/1.pdf", {}),
        ("/devices/labels.pdf", {"digipunt": point}),
    ):
        address = ask(path, **query)
        assert loan not in address
        assert point not in address
        seen = httpx.head(address)
        first, second = httpx.get(address, timeout=60), httpx.get(address)
        assert (seen.status_code, first.status_code, second.status_code) == (200, 200, 404)
        assert (first.headers["Content-Type"], first.headers["Cache-Control"]) == (
            "application/pdf",
            "no-store",
        )
        assert first.content.startswith(b"%PDF-")
        assert "frame-ancestors 'self'" in first.headers["Content-Security-Policy"]
    assert httpx.get(address + "x").status_code == 404


@needs_poppler
def test_it_opens_what_was_asked_for(helper, point, ask):
    """In that language; a query that the document would refuse is refused at once."""
    loan = helper.loan(point)
    address = ask(f"/loans/{loan}/agreement.pdf", language="fr")
    assert "Vous empruntez" in text_of(httpx.get(address, timeout=60).content)
    assert helper.post(f"/loans/{loan}/agreement.pdf/ticket?language=de").status_code == 400
    assert issues(helper.post("/devices/labels.pdf/ticket?skip=99")) == ["skip"]


def test_of_two_who_open_it_at_once_one_does(helper, point, ask):
    """Whoever copies the address out of a log comes too late."""
    address = ask("/devices/labels.pdf", device=helper.device(point))
    with ThreadPoolExecutor(4) as pool:
        answers = [each.status_code for each in pool.map(lambda _: httpx.get(address, timeout=60), range(4))]
    assert sorted(answers) == [200, 404, 404, 404]


def test_after_a_minute_it_is_gone(loans, helper, point, ask, clock):
    """Also from the database, with the next ticket that is made."""
    device = helper.device(point)
    address = ask("/devices/labels.pdf", device=device)
    clock.ahead += timedelta(seconds=61)
    assert httpx.get(address).status_code == 404
    ask("/devices/labels.pdf", device=device)
    assert count(loans) == 1


def test_it_is_made_and_opened_with_the_rights_of_who_asks(loans, helper, point, ask):
    """Whoever may not see the document gets no address; one that is erased meanwhile does not open."""
    device = helper.device(point)
    borrower = helper.borrower(point)
    loan = helper.lent(point, device, borrower=borrower)
    path = f"/loans/{loan}/agreement.pdf"
    assert loans.client("helper", [LANDEN], [new_id()]).post(f"{path}/ticket").status_code == 404
    assert loans.client("policy", [LANDEN]).post(f"{path}/ticket").status_code == 403
    assert helper.post(f"/loans/{new_id()}/agreement.pdf/ticket").status_code == 404
    address = ask(path)
    helper.post(f"/loans/{loan}/return", {})
    assert helper.boss.post(f"/borrowers/{borrower}/erase").is_success
    answer = httpx.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (409, "no-store")
    elsewhere = loans.client("coordinator", [LANDEN])
    opened = httpx.get(ask("/devices/labels.pdf", elsewhere, device=device))
    assert opened.status_code == 404


def test_the_database_holds_no_address_and_never_many(loans, helper, point, ask):
    """Whoever reads it opens nothing; who asks for too many loses the oldest."""
    device = helper.device(point)
    addresses = [ask("/devices/labels.pdf", device=device) for _ in range(MOST + 3)]
    with loans.application.database.read() as connection:
        rows = repr(connection.execute(sa.select(tickets)).all())
    assert not any(address.rpartition("/")[2] in rows for address in addresses)
    assert count(loans) <= MOST
    assert httpx.get(addresses[0]).status_code == 404
    assert httpx.get(addresses[-1], timeout=60).status_code == 200


def test_another_replica_opens_it(tmp_path):
    """The tab may come out at another process than the one that gave the address; after that no process opens it."""
    place = "memory://replicas", f"sqlite:///{tmp_path / 'loans'}.sqlite"
    with started(*place) as one, started(*place) as other:
        client, point = one.client("coordinator", [TIENEN]), new_id()
        device = client.device(point)
        href = client.post(f"/devices/labels.pdf/ticket?device={device}").json()["href"]
        answers = [httpx.get(each.runner.address + href, timeout=60) for each in (other, one, other)]
    memory.forget("replicas")
    assert [each.status_code for each in answers] == [200, 404, 404]


@pytest.mark.case("use 9")
def test_no_labels_of_what_nobody_can_stick_one_on(helper, point):
    """Retired and missing devices are left out, also when they are named, unless that state is asked for."""
    here, lost, old = (helper.device(point) for _ in range(3))
    assert helper.post(f"/devices/{lost}/missing", {}).is_success
    assert helper.boss.post(f"/devices/{old}/retire", {"reason": "tooOld"}).is_success
    for query, printed in (
        ({"digipunt": point}, 1),
        ({"device": [here, lost, old]}, 1),
        ({"device": [lost, old]}, 0),
        ({"digipunt": point, "state": "missing"}, 1),
    ):
        answer = helper.get("/devices/labels.pdf", **query)
        assert answer.status_code == (200 if printed else 404), query
        if printed:
            assert text_of(answer.content).count("laptop") == printed, query

"""Somebody asks what is kept of them, and has it erased: in every service, while what was counted stays counted."""

import json
from base64 import b64decode

import pytest
import sqlalchemy as sa

from chassis.storage.tables import trail
from services.loans.tables import borrower_tokens, borrowers, loan_papers, loans
from services.visits.tables import follow_ups, registrations
from tests.services.persons.house import LANDEN, MARKS
from tests.support.processes import wait_until

pytestmark = pytest.mark.case("security P4")


def persons(service, id, what):
    return f"/{service}/v1/persons/{id}/{what}"


def kinds(answer):
    return sorted({each["kind"] for each in answer["kept"]})


def rows(house, service, statement):
    with house.runner.applications[service].database.read() as connection:
        return connection.execute(statement).all()


def test_all_that_is_kept_of_a_borrower_is_handed_over(house):
    """Who they are, what they asked for and were lent, what was agreed, and what they were told; the trail says so."""
    id = house.ids["borrower"]
    mine = house.call("POST", persons("loans", id, "export"), {"reason": "asked"})
    assert kinds(mine) == ["agreement", "borrower", "loan", "request"]
    text = json.dumps(mine, ensure_ascii=False)
    assert all(mark in text for mark in ("Jan Merkteken", "470998877", "Merkstraat", "zegtmerkwoord"))
    [paper] = [each for each in mine["kept"] if each["kind"] == "agreement"]
    assert "Merkteken" in b64decode(paper["files"][0]["base64"]).decode()
    told = house.call("POST", persons("notifications", id, "export"), {})
    assert kinds(told) == ["message"]
    entries = house.trail("loans", "exported", id)
    assert {(each["kind"], each["who"], each["reason"]) for each in entries} >= {("borrower", "ann", "asked")}


def test_a_contact_is_found_where_the_id_stands(house):
    """Notifications keeps who it is, visits the seat and the call that were taken under the id."""
    id = house.ids["contact"]
    mine = house.call("POST", persons("notifications", id, "export"), {})
    assert {"contact", "seat", "callBack"} <= set(kinds(mine))
    assert kinds(house.call("POST", persons("visits", id, "export"), {})) == ["followUp", "registration"]


def test_nobody_of_elsewhere_is_there(house):
    """For a coordinator of another municipality it is as if there were no such person, and they stay."""
    for service, name in (("loans", "borrower"), ("notifications", "contact"), ("desk", "helper")):
        for method, what in (("POST", "export"), ("POST", "erase"), ("GET", "erasure")):
            body = {} if method == "POST" else None
            house.call(method, persons(service, house.ids[name], what), body, expect=404, town=LANDEN)
    house.call("GET", f"/loans/v1/borrowers/{house.ids['borrower']}")


def test_a_borrower_is_erased_everywhere_and_each_service_says_what_it_did(house):
    """Nothing leads to them any more; the loan still counts; notifications answers for itself when it has heard."""
    id, loan = house.ids["borrower"], house.ids["loan"]
    done = house.call("POST", persons("loans", id, "erase"), {"reason": "asked"})
    assert {each["kind"]: each["count"] for each in done["steps"]} == {
        "borrower": 1,
        "request": 1,
        "loan": 1,
        "agreement": 1,
    }
    assert done["waitsFor"] == ["notifications"]
    path = persons("notifications", id, "erasure")
    heard = wait_until(
        lambda: (answer := house.call("GET", path, expect=(200, 404))).get("steps") and answer, "the news", 60
    )
    assert [each["kind"] for each in heard["steps"]] == ["message"]
    again = house.call("POST", persons("loans", id, "erase"), {})
    assert again == done
    house.call("POST", persons("loans", id, "export"), {}, expect=404)
    kept = sa.select(borrowers.c.sealed, borrowers.c.content_hash).where(borrowers.c.id == id)
    assert [tuple(row) for row in rows(house, "loans", kept)] == [(None, "")]
    assert rows(house, "loans", sa.select(borrower_tokens).where(borrower_tokens.c.borrower == id)) == []
    paper = sa.select(loan_papers.c.page, loan_papers.c.pdf).where(loan_papers.c.loan == loan)
    assert [tuple(row) for row in rows(house, "loans", paper)] == [(None, None)]
    assert rows(house, "loans", sa.select(loans.c.sealed).where(loans.c.id == loan))[0].sealed is None


def test_a_contact_is_erased_and_visits_names_nobody_any_more(house):
    """The seat stays taken and the call stays counted, and the note about the person is gone with the id."""
    id = house.ids["contact"]
    done = house.call("POST", persons("notifications", id, "erase"), {"reason": "notNeeded"})
    assert done["waitsFor"] == ["visits"]
    assert {each["kind"] for each in done["steps"]} == {"contact", "message"}
    path = persons("visits", id, "erasure")
    heard = wait_until(
        lambda: (answer := house.call("GET", path, expect=(200, 404))).get("steps") and answer, "visits", 60
    )
    assert {each["kind"]: each["count"] for each in heard["steps"]} == {"followUp": 1, "registration": 1}
    seat = sa.select(registrations.c.contact, registrations.c.state).where(
        registrations.c.id == house.ids["seat"]
    )
    assert [tuple(row) for row in rows(house, "visits", seat)] == [(None, "confirmed")]
    call = sa.select(follow_ups.c.contact, follow_ups.c.note).where(follow_ups.c.id == house.ids["call"])
    assert [tuple(row) for row in rows(house, "visits", call)] == [(None, None)]
    house.caught_up()
    asked = len(rows(house, "visits", sa.select(trail.c.seq).where(trail.c.person == id)))
    house.runner.instance("notifications").have_visits_forget()
    assert len(rows(house, "visits", sa.select(trail.c.seq).where(trail.c.person == id))) == asked


def test_a_helper_and_a_reader_are_erased_by_those_who_keep_them(house):
    """A second time tells what was done, though nothing of them is left."""
    for service, name in (("desk", "helper"), ("notifications", "reader")):
        id = house.ids[name]
        done = house.call("POST", persons(service, id, "erase"), {"reason": "mistake"})
        assert [each["count"] for each in done["steps"] if each["kind"] == name] == [1]
        assert house.call("POST", persons(service, id, "erase"), {}) == done
        house.call("POST", persons(service, id, "export"), {}, expect=404)


def test_who_has_something_is_not_erased(house):
    """Somebody has to know who has it."""
    ids = house.ids
    house.call("POST", f"/loans/v1/loans/{ids['loan']}/check", {"condition": "good", "wiped": True})
    lent = {"borrower": ids["borrower"], "devices": [ids["device"]], "digipunt": ids["point"]}
    house.call("PUT", f"/loans/v1/loans/{ids['call']}", lent)
    refused = house.call("POST", persons("loans", ids["borrower"], "erase"), {}, expect=409)
    assert refused["code"] == "borrowerHasLoan"


def test_the_trail_tells_who_saw_changed_and_erased(house):
    """With the subject, the role and the id of the person, and without a name; the same seen again is one entry."""
    id = house.ids["borrower"]
    for _ in range(3):
        house.call("GET", f"/loans/v1/borrowers/{id}")
        house.call("POST", "/loans/v1/borrowers/query", {"name": "Merkteken"})
    [seen] = [each for each in house.trail("loans", "saw", id) if each["kind"] == "borrower"]
    assert (seen["who"], seen["role"], seen["municipality"]) == ("ann", "coordinator", "24107")
    assert [each["kind"] for each in house.trail("loans", "added", id)] == ["agreement", "borrower"]
    house.call("POST", persons("loans", id, "erase"), {"reason": "asked"})
    assert {each["reason"] for each in house.trail("loans", "erased", id)} == {"asked"}
    text = json.dumps(house.call("GET", "/loans/v1/trail?pageSize=500"))
    assert not any(mark in text for mark in MARKS)
    assert house.call("GET", "/loans/v1/trail", town=LANDEN)["items"] == []
    house.link()
    checked = house.call("GET", "/loans/v1/trail/check")
    assert (checked["whole"], checked["waiting"]) == (True, 0)


def test_a_trail_that_was_changed_is_told(house):
    """The check names the entry."""
    house.link()
    database = house.runner.applications["desk"].database
    with database.begin() as connection:
        last = connection.execute(sa.select(sa.func.max(trail.c.number))).scalar_one()
        before = connection.execute(sa.select(trail.c.who).where(trail.c.number == last)).scalar_one()
        connection.execute(sa.update(trail).where(trail.c.number == last).values(who="nobody"))
    checked = house.call("GET", "/desk/v1/trail/check")
    assert (checked["whole"], checked["broken"]) == (False, last)
    with database.begin() as connection:
        connection.execute(sa.update(trail).where(trail.c.number == last).values(who=before))
    assert house.call("GET", "/desk/v1/trail/check")["whole"] is True

"""The demo as somebody meets who tries the product: filled soon, and with something on every list."""

import sqlite3
from contextlib import closing

import httpx
import pytest

from tests.e2e.command import SEVEN, Desk, served, token, wait_until

pytestmark = pytest.mark.timeout(300)

SECONDS = 240
"""Generous for a machine that tests other things at once; the demo takes about ten seconds on a quiet one."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A demo that has been filled, and its folder."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with served(folder, command="demo") as process:
        parts = set()

        def filled():
            part = httpx.get(f"{process.address}/desk/v1/about", timeout=60).json()["filled"]
            parts.add(part)
            return part >= 1 and parts

        # It is served, and says how far it is, while it fills.
        assert len(wait_until(filled, "the demo to be filled", SECONDS)) > 3
        assert httpx.get(process.address, timeout=60).status_code == 200
        yield Desk(process.address, token("coordinator", "--data", folder)), folder


@pytest.mark.case("use demo")
@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("/notifications/v1/callSheet", 4),
        ("/notifications/v1/inPerson", 1),
        ("/notifications/v1/unreachable", 1),
        ("/loans/v1/requests?state=requested", 4),
        ("/loans/v1/loans?overdue=true", 8),
        ("/loans/v1/devices?state=returnedUnchecked", 2),
        ("/loans/v1/devices?state=toWipe", 2),
        ("/loans/v1/devices?state=inRepair", 2),
        ("/loans/v1/devices?state=missing", 2),
        ("/visits/v1/sessions?state=planned", 2),
        ("/visits/v1/sessions?state=cancelled", 1),
        ("/visits/v1/followUps?state=planned", 2),
        ("/visits/v1/visits?state=voided", 5),
        ("/reporting/v1/targets", 1),
    ],
)
def test_every_list_has_something(demo, path, least):
    """No screen of the desk is empty."""
    desk, _ = demo
    answer = desk.http.get(path)
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["items"]) >= least, answer.text


@pytest.mark.case("use demo")
def test_letters_wait_and_can_be_printed(demo):
    """There is a letter to print in Tienen."""
    desk, _ = demo
    answer = desk.http.get("/notifications/v1/letters.pdf", params={"municipality": "24107"}, timeout=60)
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"%PDF")


@pytest.mark.case("use demo")
def test_a_session_is_full_and_people_wait(demo):
    """The waiting list of a session that is still to come has people whom somebody can reach."""
    desk, _ = demo
    sessions = desk.http.get("/visits/v1/sessions?state=planned").json()["items"]
    full = next(each for each in sessions if each["free"] == 0)
    waiting = desk.http.get(f"/visits/v1/sessions/{full['id']}/registrations?state=waiting").json()["items"]
    assert len(waiting) >= 2
    assert all(each["contact"] for each in waiting)


@pytest.mark.case("use demo")
def test_the_figures_are_those_of_the_partnership(demo):
    """897 people were helped in 2024, give or take what was voided; every municipality has some."""
    desk, _ = demo
    answer = desk.http.get("/reporting/v1/summary?from=2024-01-01&to=2024-12-31").json()
    assert 880 <= answer["people"]["estimated"] <= 910
    for municipality in SEVEN:
        own = desk.http.get(
            "/reporting/v1/summary",
            params={"from": "2024-01-01", "to": "2026-12-31", "municipality": municipality},
        )
        assert own.json()["contacts"] > 100


@pytest.mark.case("use demo")
def test_things_happened_when_they_happened(demo):
    """Devices have a history of years and the journal the time of then: nothing is stamped with the filling."""
    _, folder = demo
    with closing(sqlite3.connect(folder / "loans.sqlite")) as loans:
        days = loans.execute("SELECT count(DISTINCT date(time)) FROM device_history").fetchone()[0]
        prepared = loans.execute(
            "SELECT count(*) FROM loans WHERE handed_over_on IS NOT NULL AND prepared_on <> handed_over_on"
        ).fetchone()[0]
    with closing(sqlite3.connect(folder / "visits.sqlite")) as visits:
        years = {row[0] for row in visits.execute("SELECT DISTINCT strftime('%Y', time) FROM journal")}
    assert days > 150
    assert prepared == 0
    assert {"2024", "2025", "2026"} <= years


@pytest.mark.case("use demo")
def test_a_helper_signs_in(demo):
    """With the PIN that the demo prints, at every digipunt, on a laptop that a newcomer paired."""
    desk, _ = demo
    helpers = desk.http.get("/desk/v1/helpers").json()["items"]
    digipunts = desk.http.get("/visits/v1/digipunts").json()["items"]
    for digipunt in digipunts:
        theirs = [each for each in helpers if digipunt["id"] in each["digipunts"]]
        assert 3 <= len(theirs) <= 5
        assert all(each["hasPin"] for each in theirs)
    [point] = theirs[0]["digipunts"]
    code = desk.http.post("/desk/v1/pairings", json={"digipunt": point}).json()["code"]
    laptop = desk.http.post("/desk/v1/laptops", json={"code": code, "name": "laptop 1"}).json()
    answer = httpx.post(
        f"{desk.address}/desk/v1/sessions",
        json={"helper": theirs[0]["id"], "pin": "4711"},
        headers={"Authorization": f"Bearer {laptop['token']}"},
        timeout=60,
    )
    assert (answer.status_code, answer.json()["name"]) == (201, theirs[0]["name"])

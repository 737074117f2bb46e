"""Two people with a call sheet: nobody is called by both."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.services.notifications.town import brussels
from tests.services.notifications.world import MONDAY

CLAIMS = "/notifications/v1/callSheet/claims"


@pytest.fixture
def callers(town):
    """Els and Jef, at the digipunt."""
    with (
        town.client("helper", digipunts=[town.point], subject="els") as els,
        town.client("helper", digipunts=[town.point], subject="jef") as jef,
    ):
        yield els, jef


@pytest.fixture
def line(town):
    """An Maes has a seat in two sessions, and is told so by phone: one line of two messages."""
    contact = town.contact(name="An Maes", channels=["phoneCall"], phone="016 81 00 01")
    for days in (16, 17):
        town.register(town.plan(brussels(MONDAY + timedelta(days=days))), contact)
    town.rounds()
    [line] = town.lines("callSheet")
    return [each["id"] for each in line["messages"]]


def test_one_caller_at_a_time(town, callers, line):
    """Whoever takes a line has all that is to be told to that person; the others see who, and until when."""
    els, jef = callers
    taken = els.post(CLAIMS, json={"messages": line[:1]})
    assert taken.status_code == 201, taken.text
    assert sorted(taken.json()["messages"]) == sorted(line)
    refused = jef.post(CLAIMS, json={"messages": line[1:]})
    assert refused.status_code == 409
    assert "els" in refused.json()["detail"]
    [shown] = jef.get("/notifications/v1/callSheet").json()["items"]
    assert shown["claim"] == {name: taken.json()[name] for name in ("id", "claimedBy", "until")}
    again = els.post(CLAIMS, json={"messages": line})
    assert (again.status_code, again.json()["id"]) == (201, taken.json()["id"])


def test_a_claim_is_given_back_or_runs_out_or_ends_with_a_result(town, callers, line):
    """After each of the three the next caller may."""
    els, jef = callers
    id = els.post(CLAIMS, json={"messages": line}).json()["id"]
    assert jef.delete(f"{CLAIMS}/{id}").status_code == 409
    assert els.delete(f"{CLAIMS}/{id}").status_code == 204
    assert els.delete(f"{CLAIMS}/{id}").status_code == 404
    assert jef.post(CLAIMS, json={"messages": line}).status_code == 201
    assert els.post(CLAIMS, json={"messages": line}).status_code == 409
    town.clock.later(minutes=10, seconds=1)
    assert "claim" not in els.get("/notifications/v1/callSheet").json()["items"][0]
    assert els.post(CLAIMS, json={"messages": line}).status_code == 201
    result = {"messages": line, "result": "noAnswer"}
    assert els.post("/notifications/v1/results", json=result).status_code == 200
    assert jef.post(CLAIMS, json={"messages": line}).status_code == 201
    told = {"messages": line, "result": "told"}
    assert jef.post("/notifications/v1/results", json=told).status_code == 200
    assert els.post(CLAIMS, json={"messages": line}).status_code == 409


def test_of_two_at_the_same_moment_one_gets_it(town, line):
    """Twenty desks take the same line at once."""

    def take(number):
        with town.client("helper", digipunts=[town.point], subject=f"desk {number}") as client:
            return client.post(CLAIMS, json={"messages": line}).status_code

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(take, range(20))) == [201, *[409] * 19]


def test_a_line_of_another_digipunt_is_not_taken(town, line):
    """Elsewhere in the town 403, in another town it is not there."""
    with (
        town.client("helper", digipunts=["00000000-0000-4000-8000-000000000001"]) as other,
        town.client(municipalities=["24130"]) as elsewhere,
    ):
        assert other.post(CLAIMS, json={"messages": line}).status_code == 403
        assert elsewhere.post(CLAIMS, json={"messages": line}).status_code == 404

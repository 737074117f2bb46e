"""What the screens of a desk ask for: which digipunten are mine, what a helper did today, feedback that is sent again."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.clock import local_day
from tests.services.visits.api import TIENEN, new_id


@pytest.mark.case("desk 8", "desk 17")
def test_a_helper_counts_the_own_visits_of_today(helper, point):
    """Narrowed to who helped, by the id that visits show; the total of one page of one is the count."""
    today = local_day(datetime.now(UTC)).isoformat()
    mine = helper.visit(point, helper="Nicole")
    helper.visit(point, helper="Stefan")
    helper.visit(point)
    helper.visit(point, helper="Nicole", startedAt=(datetime.now(UTC) - timedelta(days=3)).isoformat())
    id = helper.get(f"/visits/{mine}").json()["helper"]
    day = {"from": today, "to": today}
    for asked in (id, "nicole", " Nicole "):
        page = helper.get("/visits", digipunt=point, helper=asked, pageSize=1, **day).json()
        assert (page["total"], page["items"][0]["id"]) == (1, mine)
    assert helper.get("/visits", digipunt=point, helper=id).json()["total"] == 2
    assert helper.get("/visits", digipunt=point, helper="h-aaaaaaaaaaaaaaaa").json()["total"] == 0


@pytest.mark.case("desk 2")
def test_my_digipunts(visits, coordinator, point):
    """Of a desk and a helper those of the token, with phone and opening; of a coordinator all of own municipalities."""
    other = coordinator.digipunt(TIENEN, name="Bib", phone="016 80 00 00")
    both = visits.client("helper", [TIENEN], [point, other])
    assert {each["id"] for each in both.get("/digipunts", mine="true").json()["items"]} == {point, other}
    one = visits.client("helper", [TIENEN], [other])
    (mine,) = one.get("/digipunts", mine="true").json()["items"]
    assert (mine["name"], mine["phone"]) == ("Bib", "+3216800000")
    assert one.get("/digipunts", mine="false", name="BOM").json()["total"] > 0
    everything = coordinator.get("/digipunts").json()["total"]
    assert coordinator.get("/digipunts", mine="true").json()["total"] == everything
    assert visits.client("helper", [TIENEN]).get("/digipunts", mine="true").json()["total"] == 0


@pytest.mark.case("desk 16")
def test_feedback_that_is_sent_again_counts_once(visits, helper, coordinator, point):
    """A desk without network sends it again under the same key: the same answer, and one mark."""
    body, key = {"digipunt": point, "satisfaction": 4}, {"Idempotency-Key": new_id()}
    first, again = helper.post("/feedback", body, **key), helper.post("/feedback", body, **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert coordinator.get("/feedback", digipunt=point).json()["total"] == 1
    assert len(visits.events(first.json()["id"])) == 1
    assert helper.post("/feedback", body | {"satisfaction": 1}, **key).status_code == 409
    assert helper.post("/feedback", body, **{"Idempotency-Key": new_id()}).json()["id"] != first.json()["id"]

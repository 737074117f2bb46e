"""Feedback without identity."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis.clock import local_day
from tests.services.visits.api import issues, new_id


def test_feedback_has_a_day_and_nothing_finer(visits, helper, coordinator, point):
    """What is kept and what travels is a random id, a digipunt, a day and the answers."""
    answer = helper.post("/feedback", {"digipunt": point, "selfReliance": "yes", "satisfaction": 5})
    assert answer.status_code == 201
    given = answer.json()
    assert set(given) == {"id", "digipunt", "municipality", "day", "selfReliance", "satisfaction"}
    assert UUID(given["id"]).version == 4
    assert given["day"] == local_day(datetime.now(UTC)).isoformat()
    (event,) = visits.events(given["id"])
    assert event["data"]["feedback"] == given
    assert coordinator.get("/feedback", digipunt=point).json()["items"] == [given]


def test_feedback_has_no_place_for_a_visit_or_a_text(helper, point):
    """A visit, a name or a remark cannot be sent along."""
    for name in ("visit", "note", "card", "helper"):
        assert issues(helper.post("/feedback", {"digipunt": point, "satisfaction": 1, name: new_id()})) == [
            name
        ]


def test_feedback_says_something_of_a_day_that_was(helper, point):
    """Empty feedback, one of tomorrow and one of an unknown digipunt are refused."""
    tomorrow = (local_day(datetime.now(UTC)) + timedelta(days=1)).isoformat()
    assert helper.post("/feedback", {"digipunt": point}).status_code == 400
    assert issues(helper.post("/feedback", {"digipunt": point, "satisfaction": 3, "day": tomorrow})) == [
        "day"
    ]
    assert issues(helper.post("/feedback", {"digipunt": point, "satisfaction": 6})) == ["satisfaction"]
    assert helper.post("/feedback", {"digipunt": new_id(), "satisfaction": 3}).status_code == 404


def test_feedback_sent_twice_under_one_key_counts_once(coordinator, helper, point):
    """A resend with the same Idempotency-Key is the same feedback."""
    body, key = {"digipunt": point, "satisfaction": 4}, {"Idempotency-Key": new_id()}
    first, again = helper.post("/feedback", body, **key), helper.post("/feedback", body, **key)
    assert first.json() == again.json()
    assert coordinator.get("/feedback", digipunt=point).json()["total"] == 1

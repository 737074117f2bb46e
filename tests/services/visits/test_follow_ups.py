"""What is still to be done for a visitor."""

import pytest

from tests.services.visits.api import issues, new_id


def plan(client, digipunt, due, **more):
    id = new_id()
    body = {"digipunt": digipunt, "kind": "callBack", "dueOn": due, **more}
    answer = client.put(f"/followUps/{id}", body)
    assert answer.status_code == 201, answer.text
    return id


def test_follow_ups_are_listed_by_due_date(helper, point):
    """What is due first comes first, and what is done leaves the list of what is planned."""
    later, sooner = plan(helper, point, "2030-02-01"), plan(helper, point, "2030-01-01")

    def ids(**query):
        return [each["id"] for each in helper.get("/followUps", digipunt=point, **query).json()["items"]]

    assert ids() == [sooner, later]
    assert ids(to="2030-01-01") == [sooner]
    assert helper.post(f"/followUps/{sooner}/done", {"outcome": "solvedTogether"}).status_code == 200
    assert ids(state="planned") == [later]


def test_a_follow_up_is_planned_and_done_once(visits, helper, point):
    """Resends change nothing; the events carry no note."""
    visit, id = helper.visit(point), new_id()
    body = {
        "digipunt": point,
        "kind": "checkService",
        "dueOn": "2030-01-01",
        "visit": visit,
        "note": "kijken of eBox werkt",
    }
    first, again = helper.put(f"/followUps/{id}", body), helper.put(f"/followUps/{id}", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert helper.put(f"/followUps/{id}", body | {"dueOn": "2030-01-02"}).status_code == 409
    done = helper.post(f"/followUps/{id}/done", {"outcome": "partly"})
    assert helper.post(f"/followUps/{id}/done", {"outcome": "partly"}).json() == done.json()
    assert helper.post(f"/followUps/{id}/done", {"outcome": "referred"}).status_code == 409
    assert helper.get(f"/followUps/{id}").json() == done.json()
    events = visits.events(id)
    assert [event["type"].rsplit(".", 1)[1] for event in events] == ["planned", "done"]
    assert all("note" not in event["data"]["followUp"] for event in events)


def test_a_follow_up_names_nobody_and_no_visit_elsewhere(helper, coordinator, point):
    """A note with a phone number and an unknown visit are refused."""
    body = {"digipunt": point, "kind": "callBack", "dueOn": "2030-01-01"}

    def put(**more):
        return helper.put(f"/followUps/{new_id()}", body | more)

    assert issues(put(note="bel 0470 12 34 56")) == ["note"]
    assert issues(put(visit=new_id())) == ["visit"]


@pytest.mark.case("public H8")
@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-18", "2100-01-01", "0001-01-01", "1999-12-31"])
def test_a_day_far_away_is_refused(helper, point, day):
    """A mistyped year is told at once, and no reader of the event meets the end of the calendar."""
    body = {"digipunt": point, "kind": "callBack", "dueOn": day}
    assert issues(helper.put(f"/followUps/{new_id()}", body)) == ["dueOn"]

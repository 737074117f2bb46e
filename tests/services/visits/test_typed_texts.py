"""What is typed or pasted into sessions, and lists to the ends of the calendar."""

import pytest

from tests.services.visits.api import issues, new_id
from tests.services.visits.test_sessions import moment


def session(**more):
    """The body of an info session of two hours."""
    return {
        "kind": "infoSession",
        "title": "Veilig online",
        "startsAt": moment(hours=1),
        "endsAt": moment(hours=3),
        "seats": 10,
        **more,
    }


@pytest.mark.case("public H7")
@pytest.mark.parametrize(
    "query",
    [
        {"to": "9999-12-31"},
        {"from": "0001-01-01"},
        {"from": "0001-01-01", "to": "0001-01-02"},
        {"from": "9999-12-31"},
    ],
)
@pytest.mark.parametrize("path", ["/sessions", "/visits", "/followUps", "/feedback", "/referrals"])
def test_a_list_to_the_end_of_the_calendar(coordinator, path, query):
    """The first and the last day there are can be asked for, in every list that is about days."""
    answer = coordinator.get(path, **query)
    assert answer.status_code == 200, answer.text


@pytest.mark.case("public C4")
def test_a_pasted_title_breaks_no_calendar(coordinator, point):
    """Control characters and soft breaks are gone from what is kept and from the feed; nothing to see is no title."""

    def plan(title):
        id = new_id()
        body = session(digipunt=point, title=title)
        return id, coordinator.put(f"/sessions/{id}", body)

    id, made = plan("Veilig\u000bonline\u0007 voor\u200b iedereen")
    assert made.json()["title"] == "Veilig online voor iedereen"
    feed = coordinator.get("/sessions.ics").content
    assert not any(sign < 32 and sign not in b"\r\n" for sign in feed)
    assert plan("\u200b")[1].status_code == 400
    assert coordinator.get(f"/sessions/{id}").json()["title"] == "Veilig online voor iedereen"


@pytest.mark.case("security M7")
@pytest.mark.parametrize("field", ["title", "location", "description"])
@pytest.mark.parametrize("text", ["85.07.30-033.28", "wachtwoord: Geheim1"])
def test_a_public_text_names_nobody(coordinator, point, field, text):
    """What stands in the calendar holds no number of a person and no password, wherever it is typed."""
    answer = coordinator.put(f"/sessions/{new_id()}", session(digipunt=point) | {field: text})
    assert issues(answer) == [field]
    assert answer.json()["issues"][0]["type"].endswith("personalData")

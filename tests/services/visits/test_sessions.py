"""Sessions, their seats and who came."""

from datetime import UTC, datetime, timedelta

import eventlet
from icalendar import Calendar

from tests.services.visits.api import LANDEN, TIENEN, issues, new_id


def moment(**ahead):
    return (datetime.now(UTC) + timedelta(**ahead)).isoformat()


def plan(client, **more):
    id = new_id()
    body = {
        "kind": "infoSession",
        "title": "Veilig online",
        "municipality": TIENEN,
        "startsAt": moment(days=7),
        "endsAt": moment(days=7, hours=2),
        "seats": 2,
    }
    answer = client.put(f"/sessions/{id}", body | more)
    assert answer.status_code == 201, answer.text
    return id


def register(client, session, **body):
    answer = client.put(f"/sessions/{session}/registrations/{new_id()}", body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def state(client, registration):
    page = client.get(f"/sessions/{registration['session']}/registrations").json()
    return next(each["state"] for each in page["items"] if each["id"] == registration["id"])


def whats(visits, id):
    return [event["type"].rsplit(".", 1)[1] for event in visits.events(id)]


def test_a_session_is_planned_once(visits, coordinator, point):
    """A resend is the same session; its municipality is that of its digipunt."""
    id = new_id()
    body = {
        "kind": "training",
        "title": "Rustig uitleggen",
        "digipunt": point,
        "startsAt": moment(days=1),
        "endsAt": moment(days=1, hours=3),
        "seats": 12,
    }
    first, again = coordinator.put(f"/sessions/{id}", body), coordinator.put(f"/sessions/{id}", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert (first.json()["municipality"], first.json()["free"]) == (TIENEN, 12)
    assert coordinator.put(f"/sessions/{id}", body | {"seats": 13}).status_code == 409
    assert whats(visits, id) == ["planned"]


def test_a_wrong_session_is_refused_at_the_field(coordinator, point):
    """End before start, a municipality that is not the digipunt's, no place at all."""
    body = {
        "kind": "infoSession",
        "title": "x",
        "seats": 5,
        "startsAt": moment(days=1),
        "endsAt": moment(days=2),
    }

    def put(**more):
        return coordinator.put(f"/sessions/{new_id()}", body | more)

    assert issues(put(digipunt=point, endsAt=moment(hours=1))) == ["endsAt"]
    assert issues(put(digipunt=point, municipality=LANDEN)) == ["municipality"]
    assert issues(put()) == ["municipality"]
    assert issues(put(municipality=TIENEN, endsAt=moment(days=1, hours=1), seats=0)) == ["seats"]
    assert put(municipality="24130").status_code == 403


def test_full_is_full_and_those_who_wait_move_up_in_order(visits, coordinator, helper):
    """When seats run out people wait; a cancellation confirms the next, in the order in which they came."""
    session = plan(coordinator, seats=2)
    first, second, third, fourth = (register(helper, session) for _ in range(4))
    assert [each["state"] for each in (first, second, third, fourth)] == ["confirmed"] * 2 + ["waiting"] * 2
    cancel = f"/sessions/{session}/registrations/{first['id']}/cancel"
    assert helper.post(cancel).json()["state"] == "cancelled"
    assert helper.post(cancel).json()["version"] == 2
    assert (state(helper, third), state(helper, fourth)) == ("confirmed", "waiting")
    assert coordinator.get(f"/sessions/{session}").json()["taken"] == 2
    assert whats(visits, first["id"]) == ["made", "cancelled"]
    assert whats(visits, third["id"]) == ["made", "promoted"]
    events = visits.events(third["id"])
    assert [event["data"]["registration"]["state"] for event in events] == ["waiting", "confirmed"]


def test_a_seat_taken_is_seen_by_whoever_asks_with_a_tag(coordinator, helper):
    """The version stays when somebody registers; the tag does not, and both tags still change the session."""
    session = plan(coordinator, seats=2)
    path = f"/sessions/{session}"
    before = coordinator.get(path).headers["etag"]
    assert coordinator.get(path, known=before).status_code == 304
    register(helper, session)
    read = coordinator.get(path, known=before)
    assert (read.status_code, read.json()["taken"]) == (200, 1)
    assert coordinator.patch(path, {"seats": 3}, before).status_code == 200
    assert coordinator.patch(path, {"seats": 4}, read.headers["etag"]).status_code == 412


def test_nobody_who_waits_is_overtaken(coordinator, helper):
    """One free seat does not let a single person pass two who wait together."""
    session = plan(coordinator, seats=3)
    pair, single = register(helper, session, seats=2), register(helper, session)
    waiting_pair, waiting_single = register(helper, session, seats=2), register(helper, session)
    helper.post(f"/sessions/{session}/registrations/{single['id']}/cancel")
    assert state(helper, waiting_pair) == state(helper, waiting_single) == "waiting"
    helper.post(f"/sessions/{session}/registrations/{pair['id']}/cancel")
    assert state(helper, waiting_pair) == state(helper, waiting_single) == "confirmed"


def test_leaving_the_line_lets_the_next_move_up(coordinator, helper):
    """When the front of the line gives up, who comes after may fit."""
    session = plan(coordinator, seats=3)
    register(helper, session, seats=2)
    front, behind = register(helper, session, seats=2), register(helper, session)
    helper.post(f"/sessions/{session}/registrations/{front['id']}/cancel")
    assert state(helper, behind) == "confirmed"


def test_fifty_at_once_get_the_last_seat_once(visits, coordinator, helper):
    """Of fifty desks that ask for the last seat at the same moment one gets it, and the others wait in order."""
    session = plan(coordinator, seats=5)
    for _ in range(4):
        register(helper, session)
    pool = eventlet.GreenPool(50)
    answers = list(pool.imap(lambda _: register(helper, session), range(50)))
    assert sorted(each["state"] for each in answers) == ["confirmed"] + ["waiting"] * 49
    assert sorted(each["number"] for each in answers) == list(range(5, 55))
    assert len({each["reference"] for each in answers}) == 50
    kept = coordinator.get(f"/sessions/{session}").json()
    assert (kept["taken"], kept["free"], kept["waiting"]) == (5, 0, 49)
    listed = coordinator.get("/sessions").json()["items"]
    assert kept in listed
    assert all(whats(visits, each["id"]) == ["made"] for each in answers)


def test_a_registration_names_nobody(visits, coordinator, helper):
    """A registration is seats and a reference; with a card, the card's id. The event has neither."""
    session = plan(coordinator)
    card = helper.put(f"/cards/{new_id()}", {}).json()
    made = register(helper, session, card=card["code"])
    assert made["visitor"] == card["id"]
    (event,) = visits.events(made["id"])
    assert set(event["data"]["registration"]) == {"id", "session", "municipality", "state", "seats"}
    again = helper.put(f"/sessions/{session}/registrations/{new_id()}", {"card": card["code"]})
    assert again.status_code == 409


def test_a_resent_registration_is_the_same(coordinator, helper):
    """A resend takes no second seat; other content under the id is refused."""
    session, id = plan(coordinator), new_id()
    path = f"/sessions/{session}/registrations/{id}"
    first, again = helper.put(path, {}), helper.put(path, {"seats": 1})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert helper.put(path, {"seats": 2}).status_code == 409
    assert coordinator.get(f"/sessions/{session}").json()["taken"] == 1


def test_more_seats_than_there_are_is_refused(coordinator, helper):
    """Nobody waits for what can never come."""
    session = plan(coordinator, seats=2)
    assert issues(helper.put(f"/sessions/{session}/registrations/{new_id()}", {"seats": 3})) == ["seats"]


def test_more_seats_let_those_who_wait_in(coordinator, helper):
    """Raising the seats confirms those who wait; fewer seats than are taken is refused."""
    session = plan(coordinator, seats=1)
    register(helper, session)
    waiting = register(helper, session)
    assert coordinator.patch(f"/sessions/{session}", {"seats": 2}, 1).json()["taken"] == 2
    assert state(helper, waiting) == "confirmed"
    assert coordinator.patch(f"/sessions/{session}", {"seats": 1}, 2).status_code == 409


def test_a_cancelled_session_cancels_its_registrations(visits, coordinator, helper):
    """All who had or waited for a seat are cancelled with it, and no new ones are taken."""
    session = plan(coordinator, seats=1)
    made = [register(helper, session) for _ in range(2)]
    assert coordinator.post(f"/sessions/{session}/cancel").json()["state"] == "cancelled"
    assert coordinator.post(f"/sessions/{session}/cancel").status_code == 200
    assert [state(helper, each) for each in made] == ["cancelled"] * 2
    assert whats(visits, session) == ["planned", "cancelled"]
    assert helper.put(f"/sessions/{session}/registrations/{new_id()}", {}).status_code == 409
    assert coordinator.patch(f"/sessions/{session}", {"title": "y"}, 2).status_code == 409


def test_attendance_is_counted_and_can_be_corrected(visits, coordinator):
    """Counts that add up are kept once; other counts need the version they correct."""
    session = plan(coordinator, startsAt=moment(hours=-3), endsAt=moment(hours=-1))
    path = f"/sessions/{session}/held"
    counts = {
        "present": 9,
        "registered": 0,
        "walkIn": 9,
        "ageBands": [{"code": "65to74", "count": 5}, {"code": "notAsked", "count": 4}],
    }
    assert issues(coordinator.post(path, counts | {"present": 10})) == ["present", "ageBands"]
    assert issues(coordinator.post(path, counts | {"registered": 1, "walkIn": 8})) == ["registered"]
    held = coordinator.post(path, counts)
    assert (held.json()["state"], held.json()["attendance"]) == ("held", counts)
    assert coordinator.post(path, counts).json()["version"] == 2
    better = {"present": 8, "registered": 0, "walkIn": 8}
    assert coordinator.post(path, better).status_code == 409
    assert coordinator.post(path, better, **{"If-Match": '"2"'}).json()["attendance"]["present"] == 8
    assert whats(visits, session) == ["planned", "held", "held"]


def test_nobody_came_to_a_session_that_has_not_begun(coordinator):
    """Attendance of a coming session is refused."""
    session = plan(coordinator)
    answer = coordinator.post(f"/sessions/{session}/held", {"present": 0, "registered": 0, "walkIn": 0})
    assert answer.status_code == 409


def test_the_calendar_is_public_and_holds_coming_info_sessions_only(visits, coordinator, point):
    """Anybody may read it; trainings, meetings, cancelled and past sessions are not in it."""
    coming = plan(coordinator, digipunt=point, title="Itsme, stap voor stap", description="Bel 016 80 00 00")
    hidden = [
        plan(coordinator, kind="training"),
        plan(coordinator, kind="partnerMeeting"),
        plan(coordinator, startsAt=moment(days=-2), endsAt=moment(days=-2, hours=1)),
        plan(coordinator),
    ]
    coordinator.post(f"/sessions/{hidden[-1]}/cancel")
    answer = visits.stranger().get("/sessions.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    events = {event["UID"]: event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert events[f"{coming}@digipunt"]["SUMMARY"] == "Itsme, stap voor stap"
    assert events[f"{coming}@digipunt"]["LOCATION"] == "BOM"
    assert not {f"{id}@digipunt" for id in hidden} & set(events)


def test_sessions_are_listed_by_day_and_kind(coordinator):
    """A list is in order of beginning; both days belong to the period."""
    first = plan(
        coordinator, municipality=LANDEN, startsAt="2031-03-04T13:00:00Z", endsAt="2031-03-04T15:00:00Z"
    )
    other = plan(
        coordinator,
        municipality=LANDEN,
        kind="training",
        startsAt="2031-03-04T22:59:00Z",
        endsAt="2031-03-04T23:30:00Z",
    )
    day = {"from": "2031-03-04", "to": "2031-03-04", "municipality": LANDEN}
    assert [each["id"] for each in coordinator.get("/sessions", **day).json()["items"]] == [first, other]
    assert [each["id"] for each in coordinator.get("/sessions", kind="training", **day).json()["items"]] == [
        other
    ]
    assert coordinator.get("/sessions", **{"from": "2031-03-05", "municipality": LANDEN}).json()["total"] == 0

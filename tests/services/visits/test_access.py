"""Each role reaches its own rows, and of other municipalities not even the existence is told."""

import pytest

from tests.services.visits.api import LANDEN, TIENEN, new_id


@pytest.fixture
def stranger(visits):
    """A coordinator of another municipality."""
    return visits.client("coordinator", ["24130"])


def test_another_municipality_is_not_there(coordinator, stranger, helper, point):
    """Reading, changing and adding to another municipality's rows are all 404."""
    visit = helper.visit(point)
    session = new_id()
    body = {
        "kind": "infoSession",
        "title": "x",
        "municipality": TIENEN,
        "seats": 3,
        "startsAt": "2031-01-01T10:00:00Z",
        "endsAt": "2031-01-01T11:00:00Z",
    }
    coordinator.put(f"/sessions/{session}", body)
    follow_up = new_id()
    plan = {"digipunt": point, "kind": "callBack", "dueOn": "2030-01-01"}
    coordinator.put(f"/followUps/{follow_up}", plan)
    answers = [
        stranger.get(f"/visits/{visit}"),
        stranger.patch(f"/visits/{visit}", {"themes": ["work"]}, 1),
        stranger.post(f"/visits/{visit}/void", {"reason": "test"}),
        stranger.put(f"/visits/{new_id()}", {"digipunt": point, "themes": ["tax"]}),
        stranger.get(f"/digipunts/{point}"),
        stranger.patch(f"/digipunts/{point}", {"name": "x"}, 1),
        stranger.post(f"/digipunts/{point}/close", {}),
        stranger.post(f"/digipunts/{point}/reopen"),
        stranger.get(f"/sessions/{session}"),
        stranger.patch(f"/sessions/{session}", {"title": "y"}, 1),
        stranger.post(f"/sessions/{session}/cancel"),
        stranger.post(f"/sessions/{session}/held", {"present": 0, "registered": 0, "walkIn": 0}),
        stranger.put(f"/sessions/{session}/registrations/{new_id()}", {}),
        stranger.get(f"/sessions/{session}/registrations"),
        stranger.post(f"/sessions/{session}/registrations/{new_id()}/cancel"),
        stranger.post("/feedback", {"digipunt": point, "satisfaction": 1}),
        stranger.put(f"/followUps/{new_id()}", plan),
        stranger.get(f"/followUps/{follow_up}"),
        stranger.post(f"/followUps/{follow_up}/done", {}),
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert coordinator.get(f"/visits/{visit}").json()["version"] == 1


def test_lists_hold_own_rows_only(coordinator, stranger, helper, point):
    """A list shows no rows of another municipality: one that is asked for by name is not found, a digipunt matches nothing."""
    helper.visit(point, referredTo="bank")
    for path in ("/visits", "/referrals", "/followUps", "/feedback", "/sessions"):
        assert stranger.get(path, digipunt=point).json()["total"] == 0
        assert stranger.get(path, municipality=TIENEN).json()["code"] == "municipalityNotFound"
    assert stranger.get("/digipunts", municipality=TIENEN).status_code == 404


def test_an_id_of_another_municipality_is_not_told(coordinator, stranger, point):
    """Putting a visit under an id that another municipality uses is 404 and changes nothing."""
    visit = coordinator.visit(point)
    elsewhere = stranger.digipunt("24130")
    answer = stranger.put(f"/visits/{visit}", {"digipunt": elsewhere, "themes": ["tax"]})
    assert answer.status_code == 404
    assert coordinator.get(f"/visits/{visit}").json()["digipunt"] == point


def test_a_helper_works_at_own_digipunts_only(coordinator, helper, point):
    """At another digipunt of the municipality a helper may do and see nothing."""
    other = coordinator.digipunt(TIENEN)
    visit = coordinator.visit(other)
    answers = [
        helper.put(f"/visits/{new_id()}", {"digipunt": other, "themes": ["tax"]}),
        helper.get(f"/visits/{visit}"),
        helper.patch(f"/visits/{visit}", {"themes": ["work"]}, 1),
        helper.post(f"/visits/{visit}/void", {"reason": "test"}),
        helper.post("/feedback", {"digipunt": other, "satisfaction": 1}),
        helper.put(f"/digipunts/{new_id()}", {"name": "x", "municipality": TIENEN}),
    ]
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    assert helper.get("/visits", digipunt=other).json()["total"] == 0
    landen = coordinator.digipunt(LANDEN)
    assert helper.put(f"/visits/{new_id()}", {"digipunt": landen, "themes": ["tax"]}).status_code == 404


def test_policy_and_ops_see_no_visits(visits, coordinator, point):
    """Policy reads where digipunts are, and no visits, sessions, cards, feedback or follow-ups; ops reads nothing."""
    visit = coordinator.visit(point)
    for role in ("policy", "ops", "service"):
        client = visits.client(role, [TIENEN])
        paths = (f"/visits/{visit}", "/visits", "/referrals", "/feedback", "/followUps", "/sessions")
        assert {client.get(path).status_code for path in paths} == {403}
        assert client.put(f"/visits/{new_id()}", {"digipunt": point, "themes": ["tax"]}).status_code == 403
        assert client.post("/cards/query", {"code": "K7Q4-2M"}).status_code == 403
    assert visits.client("policy", [TIENEN]).get(f"/digipunts/{point}").status_code == 200


def test_without_a_token_there_is_only_the_calendar_and_the_lists(visits, point):
    """Everything about people asks for a token."""
    nobody = visits.stranger()
    assert nobody.get("/visits").status_code == 401
    assert nobody.put(f"/visits/{new_id()}", {"digipunt": point, "themes": ["tax"]}).status_code == 401
    assert nobody.get("/sessions.ics").status_code == 200
    assert nobody.get("/refData/theme").status_code == 200


def test_a_digipunt_in_another_municipality_cannot_be_added(stranger):
    """A coordinator adds digipunts in own municipalities."""
    answer = stranger.put(f"/digipunts/{new_id()}", {"name": "x", "municipality": TIENEN})
    assert answer.status_code == 403

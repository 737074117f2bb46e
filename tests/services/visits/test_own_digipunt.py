"""A desk and a helper reach their own digipunten; of what is elsewhere not even the existence is told."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.services.visits.api import LANDEN, TIENEN, new_id

COUNTS = {"present": 1, "registered": 0, "walkIn": 1}


def session(client, **more):
    id, begin = new_id(), datetime.now(UTC) - timedelta(hours=2)
    body = {
        "kind": "infoSession",
        "title": "Veilig online",
        "startsAt": begin.isoformat(),
        "endsAt": (begin + timedelta(hours=1)).isoformat(),
        "seats": 5,
    }
    answer = client.put(f"/sessions/{id}", body | more)
    assert answer.status_code == 201, answer.text
    return id


@pytest.mark.case("security M2")
@pytest.mark.parametrize("role", ["helper", "desk"])
def test_sessions_go_by_digipunt(visits, coordinator, point, role):
    """At another digipunt of the municipality a helper sees, seats and counts nobody; at the own one, and at none, yes."""
    other = coordinator.digipunt(TIENEN)
    there, here, nowhere = (
        session(coordinator, digipunt=other),
        session(coordinator, digipunt=point),
        session(coordinator, municipality=TIENEN),
    )
    seat = new_id()
    coordinator.put(f"/sessions/{there}/registrations/{seat}", {})
    client = visits.client(role, [TIENEN], [point])
    refused = [
        client.get(f"/sessions/{there}"),
        client.get(f"/sessions/{there}/registrations"),
        client.put(f"/sessions/{there}/registrations/{new_id()}", {}),
        client.post(f"/sessions/{there}/registrations/{seat}/cancel"),
        client.post(f"/sessions/{there}/held", COUNTS),
    ]
    assert [answer.status_code for answer in refused] == [403] * 5
    assert coordinator.get(f"/sessions/{there}").json()["taken"] == 1
    listed = {each["id"] for each in client.get("/sessions", pageSize=500).json()["items"]}
    assert ({here, nowhere} <= listed, there in listed) == (True, False)
    assert client.get("/sessions", digipunt=other).json()["total"] == 0
    for own in (here, nowhere):
        seats = client.put(f"/sessions/{own}/registrations/{new_id()}", {}).status_code
        assert seats == (201 if role == "helper" else 403)
        assert client.post(f"/sessions/{own}/held", COUNTS).status_code == 200
    stranger = visits.client(role, [LANDEN], [new_id()])
    assert stranger.get(f"/sessions/{nowhere}").status_code == 404
    assert stranger.get("/sessions", municipality=TIENEN).status_code == 404


@pytest.mark.case("security L5")
def test_a_registration_of_another_municipality_is_not_told(visits, coordinator, helper, point):
    """Putting a registration under an id that is used elsewhere is 404, as for a session that is elsewhere."""
    stranger = visits.client("coordinator", ["24130"])
    theirs, own = session(stranger, municipality="24130"), session(coordinator, digipunt=point)
    id = new_id()
    stranger.put(f"/sessions/{theirs}/registrations/{id}", {})
    answer = coordinator.put(f"/sessions/{own}/registrations/{id}", {})
    assert (answer.status_code, theirs in answer.text) == (404, False)
    assert coordinator.post(f"/sessions/{own}/registrations/{id}/cancel").status_code == 404
    other = session(coordinator, digipunt=coordinator.digipunt(TIENEN))
    inside = new_id()
    coordinator.put(f"/sessions/{other}/registrations/{inside}", {})
    assert helper.put(f"/sessions/{own}/registrations/{inside}", {}).status_code == 403
    assert coordinator.put(f"/sessions/{own}/registrations/{inside}", {}).status_code == 409


@pytest.mark.case("security L5")
def test_a_digipunt_elsewhere_and_one_that_is_not_there_answer_the_same(visits, coordinator, helper, point):
    """In every body that names one: the same status and the same sentence, so that neither is told from the other."""
    theirs, none = visits.client("coordinator", ["24130"]).digipunt("24130"), new_id()
    visit = helper.visit(point)
    begin = datetime.now(UTC) + timedelta(days=1)
    plan = {"kind": "infoSession", "title": "x", "seats": 1, "startsAt": begin.isoformat()}
    plan["endsAt"] = (begin + timedelta(hours=1)).isoformat()

    def answers(digipunt, client):
        item = {"id": new_id(), "digipunt": digipunt, "themes": ["tax"]}
        batch = client.post("/visits/batch", {"items": [item]}).json()["items"][0]
        yield batch["status"], batch["problem"]["detail"].replace(digipunt, "?")
        for answer in (
            client.put(f"/visits/{new_id()}", {"digipunt": digipunt, "themes": ["tax"]}),
            client.put(
                f"/visits/{new_id()}", {"digipunt": digipunt, "themes": ["tax"], "note": "bel 0470 12 34 56"}
            ),
            client.patch(f"/visits/{visit}", {"digipunt": digipunt}, 1),
            client.post("/feedback", {"digipunt": digipunt, "satisfaction": 3}),
            client.put(
                f"/followUps/{new_id()}", {"digipunt": digipunt, "kind": "callBack", "dueOn": "2030-01-01"}
            ),
            client.get(f"/digipunts/{digipunt}"),
        ):
            yield answer.status_code, answer.json()["detail"].replace(digipunt, "?")
        if client is coordinator:
            answer = client.put(f"/sessions/{new_id()}", plan | {"digipunt": digipunt})
            yield answer.status_code, answer.json()["detail"].replace(digipunt, "?")

    for client in (helper, coordinator):
        elsewhere, nowhere = list(answers(theirs, client)), list(answers(none, client))
        assert elsewhere == nowhere
        assert [status for status, _ in elsewhere if status != 404] == [400]  # for its note


@pytest.mark.case("security L5")
def test_a_follow_up_tells_nothing_of_a_visit_elsewhere(visits, coordinator, helper, point):
    """A visit at another digipunt, in another municipality, or none at all: the same refusal."""
    there = coordinator.visit(coordinator.digipunt(TIENEN))
    stranger = visits.client("coordinator", ["24130"])
    far = stranger.visit(stranger.digipunt("24130"))
    body = {"digipunt": point, "kind": "callBack", "dueOn": "2030-01-01"}
    answers = [helper.put(f"/followUps/{new_id()}", body | {"visit": id}) for id in (there, far, new_id())]
    assert [answer.status_code for answer in answers] == [400] * 3
    assert len({answer.json()["issues"][0]["detail"] for answer in answers}) == 1
    assert helper.put(f"/followUps/{new_id()}", body | {"visit": helper.visit(point)}).status_code == 201


def test_a_desk_registers_and_sees_no_person(visits, coordinator, point):
    """A laptop at which nobody signed in: visits, cards and feedback; no registrations and nothing to call about."""
    desk = visits.client("desk", [TIENEN], [point])
    card = desk.put(f"/cards/{new_id()}", {}).json()["code"]
    id = desk.visit(point, card=card)
    assert desk.get("/visits", digipunt=point).json()["items"][0]["id"] == id
    assert desk.post("/feedback", {"digipunt": point, "satisfaction": 4}).status_code == 201
    assert [each["id"] for each in desk.get("/digipunts", mine="true").json()["items"]] == [point]
    for path in (
        "/followUps",
        "/referrals",
        f"/sessions/{session(coordinator, digipunt=point)}/registrations",
    ):
        assert desk.get(path).status_code == 403

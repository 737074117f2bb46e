"""The code of a visitor card cannot be found by trying."""

from secrets import randbelow

import pytest

from services.visits.model.codes import new_code
from tests.services.visits.api import TIENEN, new_id

pytestmark = pytest.mark.case("security L9")


def unknown():
    """A code with the right check character that is on no card; among six million one in a lot has one."""
    return new_code(randbelow)


def query(client, code):
    return client.post("/cards/query", {"code": code}).status_code


def test_after_twenty_wrong_codes_no_card_is_found(coordinator, helper):
    """Nor the right one, else a guess would be told by its answer; and it says when to come back."""
    code = helper.put(f"/cards/{new_id()}", {}).json()["code"]
    assert [query(helper, unknown()) for _ in range(20)] == [404] * 20
    assert query(helper, unknown()) == 429
    answer = helper.post("/cards/query", {"code": code})
    assert (answer.status_code, code in answer.text) == (429, False)
    assert int(answer.headers["Retry-After"]) > 60
    assert query(coordinator, code) == 200


def test_each_way_to_try_a_code_counts(coordinator, helper, point):
    """A visit, a correction, a registration and a batch tell as well whether there is a card."""
    session = new_id()
    plan = {"kind": "infoSession", "title": "x", "digipunt": point, "seats": 5}
    plan |= {"startsAt": "2031-01-01T10:00:00Z", "endsAt": "2031-01-01T11:00:00Z"}
    coordinator.put(f"/sessions/{session}", plan)
    visit = helper.visit(point)
    card = helper.put(f"/cards/{new_id()}", {}).json()["code"]

    def body():
        return {"digipunt": point, "themes": ["tax"], "card": unknown()}

    ways = [
        lambda: helper.put(f"/visits/{new_id()}", body()),
        lambda: helper.patch(f"/visits/{visit}", {"card": unknown()}, 1),
        lambda: helper.put(f"/sessions/{session}/registrations/{new_id()}", {"card": unknown()}),
    ]
    assert [ways[i % 3]().status_code for i in range(12)] == [400] * 12
    items = [body() | {"id": new_id()} for _ in range(30)]
    batch = helper.post("/visits/batch", {"items": items})
    assert (batch.status_code, "items" in batch.json()) == (429, False)
    assert [way().status_code for way in ways] == [429] * 3
    known = {"digipunt": point, "themes": ["tax"], "card": card}
    assert helper.put(f"/visits/{new_id()}", known).status_code == 429
    assert helper.visit(point)


def test_mistyping_and_sending_again_are_no_guesses(helper, point):
    """A wrong character shows in the check character; and a desk sends what was refused again and again."""
    assert [query(helper, f"K7Q4-{wrong}{wrong}") for wrong in "234679ACDEFHJKMNPQRTWXY"].count(404) >= 22
    code = unknown()
    assert {query(helper, code) for _ in range(40)} == {404}
    body = {"digipunt": point, "themes": ["tax"], "card": code}
    assert {helper.put(f"/visits/{new_id()}", body).status_code for _ in range(10)} == {400}
    assert query(helper, unknown()) == 404


def test_another_helper_is_not_held_up(visits, coordinator, helper):
    """Who guesses at one digipunt does not shut the cards of another."""
    for _ in range(21):
        query(helper, unknown())
    other = visits.client("helper", [TIENEN], [coordinator.digipunt(TIENEN)])
    card = other.put(f"/cards/{new_id()}", {}).json()
    assert (query(helper, card["code"]), query(other, card["code"])) == (429, 200)


@pytest.mark.parametrize("role", ["helper", "desk", "coordinator"])
def test_a_token_without_a_municipality_reaches_no_card(visits, coordinator, point, role):
    """It is for no place, so not for what belongs to all of them."""
    card = coordinator.put(f"/cards/{new_id()}", {}).json()
    client = visits.client(role, [], [point])
    answers = [
        client.get(f"/cards/{card['id']}"),
        client.post("/cards/query", {"code": card["code"]}),
        client.put(f"/cards/{new_id()}", {}),
        client.post(f"/cards/{card['id']}/retire"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    assert coordinator.get(f"/cards/{card['id']}").json()["state"] == "active"

"""Visitor cards: the same person, and nobody knows which."""

from secrets import randbelow

from services.visits.model.codes import new_code
from tests.services.visits.api import issues, new_id


def test_a_visit_carries_the_card_and_never_its_code(visits, helper, coordinator, point):
    """The code becomes the card's id, in the answer and in the event."""
    card = helper.put(f"/cards/{new_id()}", {}).json()
    id = helper.visit(point, card=card["code"].replace("-", " ").lower())
    assert helper.get(f"/visits/{id}").json()["visitor"] == card["id"]
    (event,) = visits.events(id)
    assert event["data"]["visit"]["visitor"] == card["id"]
    assert card["code"] not in str(event)


def test_a_card_is_found_by_its_code_and_tells_whether_it_is_a_first_visit(helper, point):
    """The desk asks with the code in the body, and hears first or repeat of this year."""
    card = helper.put(f"/cards/{new_id()}", {}).json()
    assert helper.post("/cards/query", {"code": card["code"]}).json()["contact"] == "first"
    helper.visit(point, card=card["code"])
    found = helper.post("/cards/query", {"code": card["code"]}).json()
    assert (found["id"], found["contact"]) == (card["id"], "repeat")
    assert helper.post("/cards/query", {"code": "nonsense"}).status_code == 404


def test_issuing_again_is_the_same_card(helper):
    """A resend gives the card that was made, and not a second one."""
    id = new_id()
    first, again = helper.put(f"/cards/{id}", {}), helper.put(f"/cards/{id}", {})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_a_printed_card_keeps_its_code(helper):
    """A code that is printed already is taken if it is right and nobody else's."""
    code, id = new_code(randbelow), new_id()
    assert helper.put(f"/cards/{id}", {"code": code}).json()["code"] == code
    assert helper.put(f"/cards/{id}", {"code": code}).status_code == 200
    assert helper.put(f"/cards/{id}", {"code": new_code(randbelow)}).status_code == 409
    assert helper.put(f"/cards/{new_id()}", {"code": code}).status_code == 409
    assert issues(helper.put(f"/cards/{new_id()}", {"code": "K7Q4-2N"})) == ["code"]


def test_a_retired_card_is_refused_for_new_visits_only(coordinator, point):
    """Visits that have the card keep it, may be corrected and may be sent again."""
    card = coordinator.put(f"/cards/{new_id()}", {}).json()
    id, body = new_id(), {"digipunt": point, "themes": ["tax"], "card": card["code"]}
    coordinator.put(f"/visits/{id}", body)
    assert coordinator.post(f"/cards/{card['id']}/retire").json()["state"] == "retired"
    assert coordinator.post(f"/cards/{card['id']}/retire").status_code == 200
    assert issues(coordinator.put(f"/visits/{new_id()}", body)) == ["card"]
    assert coordinator.put(f"/visits/{id}", body).status_code == 200
    corrected = coordinator.patch(f"/visits/{id}", {"card": card["code"], "themes": ["work"]}, 1)
    assert corrected.json()["visitor"] == card["id"]


def test_a_card_can_be_put_on_a_visit_and_taken_off(visits, coordinator, point):
    """A correction may name a card, and null takes it away."""
    card = coordinator.put(f"/cards/{new_id()}", {}).json()
    id = coordinator.visit(point)
    assert coordinator.patch(f"/visits/{id}", {"card": card["code"]}, 1).json()["visitor"] == card["id"]
    assert "visitor" not in coordinator.patch(f"/visits/{id}", {"card": None}, 2).json()
    assert len(visits.events(id)) == 3

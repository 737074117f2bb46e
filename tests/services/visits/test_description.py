"""What the service answers is what its OpenAPI description says."""

import pytest
from openapi_schema_validator import OAS30ReadValidator
from openapi_spec_validator import validate

from chassis.http.openapi import document
from services.visits.service import VisitsService
from tests.services.visits.api import TIENEN, new_id
from tests.services.visits.test_digipunts import FULL as DIGIPUNT
from tests.services.visits.test_visits import FULL as VISIT


@pytest.fixture
def holds():
    """Assert that an answer is the JSON that the description promises for this route."""
    description = document(VisitsService)

    def check(method, path, answer):
        response = description["paths"][path][method.lower()]["responses"][str(answer.status_code)]
        schema = response["content"]["application/json"]["schema"]
        OAS30ReadValidator(schema | {"components": description["components"]}).validate(answer.json())

    return check


def test_the_description_is_valid():
    """The description is OpenAPI."""
    validate(document(VisitsService))


def test_every_answer_is_as_described(coordinator, holds):
    """Full answers of every resource have the described form, with no field more."""
    card = coordinator.put(f"/cards/{new_id()}", {})
    code = card.json()["code"]
    holds("PUT", "/v1/cards/{id}", card)
    holds("POST", "/v1/cards/query", coordinator.post("/cards/query", {"code": code}))

    point = new_id()
    holds("PUT", "/v1/digipunts/{id}", coordinator.put(f"/digipunts/{point}", DIGIPUNT))
    holds("GET", "/v1/digipunts", coordinator.get("/digipunts"))

    visit, body = new_id(), VISIT | {"digipunt": point, "card": code}
    holds("PUT", "/v1/visits/{id}", coordinator.put(f"/visits/{visit}", body))
    holds(
        "POST", "/v1/visits/batch", coordinator.post("/visits/batch", {"items": [body | {"id": visit}, {}]})
    )
    holds("GET", "/v1/visits", coordinator.get("/visits", digipunt=point))
    holds("GET", "/v1/referrals", coordinator.get("/referrals", digipunt=point))

    follow_up = {
        "digipunt": point,
        "visit": visit,
        "kind": "other",
        "dueOn": "2030-01-01",
        "note": "nakijken",
    }
    made = coordinator.put(f"/followUps/{new_id()}", follow_up)
    holds("PUT", "/v1/followUps/{id}", made)
    done = coordinator.post(f"/followUps/{made.json()['id']}/done", {"outcome": "partly"})
    holds("POST", "/v1/followUps/{id}/done", done)

    feedback = {"digipunt": point, "selfReliance": "yes", "satisfaction": 5, "wouldReturn": "yes"}
    holds("POST", "/v1/feedback", coordinator.post("/feedback", feedback))
    holds("GET", "/v1/feedback", coordinator.get("/feedback", digipunt=point))

    holds("POST", "/v1/visits/{id}/void", coordinator.post(f"/visits/{visit}/void", {"reason": "test"}))
    holds("POST", "/v1/digipunts/{id}/close", coordinator.post(f"/digipunts/{point}/close", {}))


def test_every_answer_about_sessions_is_as_described(coordinator, holds):
    """Sessions and registrations have the described form, also once they are held."""
    session = new_id()
    body = {
        "kind": "infoSession",
        "title": "Veilig online",
        "description": "Bel 016 80 00 00",
        "location": "Bib",
        "municipality": TIENEN,
        "startsAt": "2026-03-04T13:00:00Z",
        "endsAt": "2026-03-04T15:00:00Z",
        "seats": 3,
    }
    holds("PUT", "/v1/sessions/{id}", coordinator.put(f"/sessions/{session}", body))
    coordinator.patch(
        f"/sessions/{session}", {"startsAt": "2031-01-01T13:00:00Z", "endsAt": "2031-01-01T14:00:00Z"}, 1
    )
    path = f"/sessions/{session}/registrations"
    made = coordinator.put(f"{path}/{new_id()}", {})
    holds("PUT", "/v1/sessions/{id}/registrations/{registration}", made)
    holds("GET", "/v1/sessions/{id}/registrations", coordinator.get(path))
    coordinator.patch(f"/sessions/{session}", {"startsAt": body["startsAt"], "endsAt": body["endsAt"]}, 2)
    counts = {"present": 2, "registered": 1, "walkIn": 1, "ageBands": [{"code": "notAsked", "count": 2}]}
    holds("POST", "/v1/sessions/{id}/held", coordinator.post(f"/sessions/{session}/held", counts))
    holds("GET", "/v1/sessions", coordinator.get("/sessions"))

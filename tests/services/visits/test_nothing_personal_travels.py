"""What people type at the desk stays in the service: nothing of it is in the journal, which is all that travels."""

from __future__ import annotations

import json

from marshmallow import Schema, fields, validate

from chassis.http.fields import Text, Whole
from services.visits.schemas import cards, digipunts, feedback, follow_ups, sessions, visits
from tests.services.visits.api import TIENEN, Client, Running, new_id

BODIES = (
    visits.VisitPut,
    visits.VisitPatch,
    visits.Void,
    cards.CardPut,
    digipunts.DigipuntPut,
    feedback.FeedbackPost,
    follow_ups.FollowUpPut,
    sessions.SessionPut,
    sessions.RegistrationPut,
)
PUBLIC = {"name", "organisation", "title", "street", "town"}
"""Texts that travel, because they are public: what stands on a door and in the calendar (contracts/travels.yaml)."""

TYPED = {
    "helper": "Godelieve Vandersmissen",
    "note": "zoon Kasper hielp thuis",
    "location": "keuken van Rozemarijn",
    "description": "bel Hilde op 016 80 12 34",
}
BOTTLENECK_NOTE = "kaartlezer van Alfons stuk"


def typed_into(schema: Schema) -> set[str]:
    """The fields of a body into which anything may be typed."""
    found = set()
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            found |= typed_into(inner.schema)
        elif (type(inner) is fields.String or isinstance(inner, Text)) and not any(
            isinstance(rule, Whole | validate.OneOf) for rule in inner.validators
        ):
            found.add(name)
    return found


def test_every_field_that_takes_text_is_typed_into_here():
    """A new text in a body has to be public by name, or typed into by the test below."""
    assert {name for body in BODIES for name in typed_into(body())} == {*TYPED, *PUBLIC, "card", "code"}


def test_nothing_that_is_typed_at_the_desk_gets_into_the_journal(visits: Running, coordinator: Client):
    """Notes, names of helpers, codes of cards and references are in no event, and neither are parts of them."""
    point = coordinator.digipunt(TIENEN)
    card = coordinator.put(f"/cards/{new_id()}", {}).json()
    visit = coordinator.visit(
        point,
        card=card["code"],
        helper=TYPED["helper"],
        note=TYPED["note"],
        bottlenecks=[{"service": "eidReader", "cause": "systemFault", "note": BOTTLENECK_NOTE}],
    )
    coordinator.patch(f"/visits/{visit}", {"themes": ["work"], "note": f"{TYPED['note']} weer"}, 1)
    coordinator.post(f"/visits/{visit}/void", {"reason": "duplicate"})
    session, registration, follow_up = new_id(), new_id(), new_id()
    planned = {
        "kind": "infoSession",
        "title": "Veilig online",
        "digipunt": point,
        "startsAt": "2099-03-10T12:00:00Z",
        "endsAt": "2099-03-10T14:00:00Z",
        "seats": 3,
        "location": TYPED["location"],
        "description": TYPED["description"],
    }
    assert coordinator.put(f"/sessions/{session}", planned).status_code == 201
    seat = coordinator.put(f"/sessions/{session}/registrations/{registration}", {"card": card["code"]})
    assert seat.status_code == 201
    asked = {
        "digipunt": point,
        "visit": visit,
        "kind": "callBack",
        "dueOn": "2099-01-01",
        "note": TYPED["note"],
    }
    answer = coordinator.put(f"/followUps/{follow_up}", asked)
    assert answer.status_code == 201, answer.text

    kept = coordinator.get(f"/visits/{visit}").json()
    events = [event for id in (point, visit, session, registration, follow_up) for event in visits.events(id)]
    assert [event["type"].split(".")[-1] for event in events] == [
        "opened",
        "registered",
        "corrected",
        "voided",
        "planned",
        "made",
        "planned",
    ]
    journal = json.dumps(events, ensure_ascii=False).casefold()
    assert "veilig online" in journal
    texts = [*TYPED.values(), BOTTLENECK_NOTE, card["code"], kept["helper"], seat.json()["reference"]]
    for text in texts:
        for part in [text, *(word for word in text.split() if len(word) > 3)]:
            assert part.casefold() not in journal

"""What an owner answers when notifications asks whom to tell: complete and true, or nothing of anybody."""

import json

import pytest
from marshmallow import ValidationError

from contracts.message_context import MessageContext, not_true, still_true

PERSON = {
    "id": "0195a1b2-3c4d-7e5f-8a6b-7c8d9e0fa005",
    "name": "Fatima Peeters",
    "language": "nl",
    "channels": ["sms", "letter"],
    "email": None,
    "phone": "+32470123456",
    "address": {"street": "Grote Markt 1", "postcode": "3300", "town": "Tienen"},
    "via": None,
}
FACTS = {"device": "laptop 12", "overdueDays": 7, "digipunt": {"name": "BOM", "phone": "016 00 00 00"}}


def test_a_true_message_comes_with_whom_to_tell_and_what():
    """The answer travels as plain JSON and is read back as it was."""
    answer = json.loads(json.dumps(still_true(PERSON, FACTS, "2026-04-01")))
    assert answer == {"true": True, "reason": None, "dueOn": "2026-04-01", "person": PERSON, "facts": FACTS}
    assert MessageContext().load(answer)["person"]["name"] == "Fatima Peeters"


def test_a_message_that_is_not_true_tells_nothing_of_a_person():
    """Who asks about a loan that came back learns why, and nobody's name."""
    assert not_true("returned") == {
        "true": False,
        "reason": "returned",
        "dueOn": None,
        "person": None,
        "facts": {},
    }


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "0470 12 34 56"},
        {"language": "de"},
        {"channels": ["pigeon"]},
        {"address": {"street": "Grote Markt 1"}},
    ],
)
def test_an_answer_outside_the_contract_is_never_given(change):
    """A phone number that is no E.164, a language or a channel that is none: the owner's fault shows at the owner."""
    with pytest.raises(ValidationError):
        still_true(PERSON | change, FACTS)


def test_facts_are_strings_and_numbers():
    """A text can print each fact as it is."""
    with pytest.raises(ValidationError):
        still_true(PERSON, {"devices": ["laptop 12"]})

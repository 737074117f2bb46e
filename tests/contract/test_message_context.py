"""The answer to “what to tell whom” holds between owners and notifications."""

import pytest
from marshmallow import ValidationError

from contracts.message_context import MessageContext, answer, nothing_to_tell

FULL = {
    "true": True,
    "reason": None,
    "dueOn": "2026-03-25",
    "person": {
        "id": "0195a1b2-3c4d-7e5f-8a6b-7c8d9e0f5c03",
        "name": "Jan Peeters",
        "language": "nl",
        "channels": ["sms", "letter"],
        "email": None,
        "phone": "+32470123456",
        "address": {"street": "Grote Markt 1", "postalCode": "3300", "town": "Tienen"},
        "via": "OCMW Tienen",
    },
    "facts": {
        "device": "laptop 12",
        "deviceKind": "laptop",
        "dueOn": "2026-03-25",
        "overdueDays": 0,
        "loans": 2,
        "digipunt": {
            "id": "0190c2a4-7b1e-7c30-9d52-3f8a6b1c0001",
            "name": "BOM",
            "address": None,
            "phone": None,
            "opening": None,
        },
    },
}


def test_a_full_answer_and_one_that_says_nothing_are_read():
    """What is still true comes with person and facts; what is not, with the reason only."""
    assert MessageContext().load(answer(FULL))["person"]["name"] == "Jan Peeters"
    assert MessageContext().load(nothing_to_tell("returned"))["true"] is False


def test_a_municipality_may_tell_in_words_of_each_language():
    """No digipunt then, and nobody named: who reads it, and in which language, only notifications knows."""
    words = {"nl": {"sentences": "itsme"}, "fr": {"sentences": "itsme"}}
    told = FULL | {"person": None, "facts": {"digipunt": None, "month": "2026-03-01"}, "words": words}
    assert MessageContext().load(answer(told))["words"] == words


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"reason": "tired"}, "reason"),
        ({"person": FULL["person"] | {"phone": "0470 12 34 56"}}, "person"),
        ({"person": FULL["person"] | {"channels": ["fax"]}}, "person"),
        ({"facts": FULL["facts"] | {"extra": ["a", "list"]}}, "facts"),
        ({"facts": None, "true": None}, "true"),
        ({"words": {"de": {"sentences": "itsme"}}}, "words"),
        ({"words": {"nl": {"sentences": 1}}}, "words"),
    ],
)
def test_an_answer_that_breaks_the_contract_is_refused(change, at):
    """A wrong answer fails at the owner, in its tests, and not in the middle of a send."""
    with pytest.raises(ValidationError) as error:
        answer(FULL | change)
    assert list(error.value.messages) == [at]

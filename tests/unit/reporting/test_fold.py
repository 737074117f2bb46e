"""Figures follow every event of the services that they are made of."""

import pytest

from contracts.asyncapi import short_name
from contracts.envelope import Event
from contracts.events import EVENTS, EventType
from services.reporting.model import fold, loans
from tests.contract.golden import FOLDER

FOLDS = {"visits": fold.fold, "loans": loans.fold}
FOLLOWED = [event for event in EVENTS.values() if event.service in FOLDS]


@pytest.mark.parametrize("size", ["minimal", "full"])
@pytest.mark.parametrize("event", FOLLOWED, ids=short_name)
def test_every_event_of_the_contract_is_folded(event: EventType, size: str):
    """A type that is added to visits or loans does not become a dead letter of reporting, with the least or the most in it."""
    file = FOLDER / f"{short_name(event)}.{size}.json"
    FOLDS[event.service]([Event.decode(file.read_bytes())])

"""What an event of another service asks for: messages, or none."""

from dataclasses import replace
from datetime import timedelta

import pytest

from contracts.envelope import Event
from services.notifications.model.plans import outcome_of
from tests.contract.golden import FOLDER


@pytest.mark.parametrize(("days_ago", "told"), [(0, True), (1, True), (3, False), (400, False)])
def test_a_return_that_is_recorded_late_is_no_news(days_ago, told):
    """A list kept on paper is typed in without a message for each old loan; what is planned about it is still dropped."""
    event = Event.decode((FOLDER / "loans.returned.full.json").read_bytes())
    day = (event.time - timedelta(days=days_ago)).date()
    loan = event.data["loan"] | {"state": "returned"}
    back = [each | {"day": str(day)} for each in event.data["back"]]
    outcome = outcome_of(replace(event, data={"loan": loan, "back": back}))
    assert [plan.kind for plan in outcome.plans] == ["loanReturned"] * told
    assert "loanOverdue1" in outcome.withdrawn

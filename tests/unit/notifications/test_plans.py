"""What an event of another service asks for: messages, or none."""

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
    outcome = outcome_of(event._replace(data={"loan": loan, "back": back}))
    assert [plan.kind for plan in outcome.plans] == ["loanReturned"] * told
    assert "loanOverdue1" in outcome.withdrawn


@pytest.mark.case("public H8")
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-12-01"])
def test_a_follow_up_of_any_day_of_the_calendar_is_planned(day):
    """An event of before days had a bound is applied like another, and never parked."""
    event = Event.decode((FOLDER / "followUps.planned.full.json").read_bytes())
    task = event.data["followUp"] | {"kind": "callBack", "dueOn": day}
    (plan,) = outcome_of(event._replace(data={"followUp": task})).plans
    assert plan.at < plan.until


@pytest.mark.case("public H8")
@pytest.mark.parametrize("name", ["dueSoon", "dueToday", "overdue", "dueDateChanged"])
def test_a_loan_that_is_due_at_the_end_of_the_calendar_is_told_of(name):
    """Each reminder has an end, also where the owner's days have none."""
    event = Event.decode((FOLDER / f"loans.{name}.full.json").read_bytes())
    loan = event.data["loan"] | {"dueOn": "9999-12-31"}
    (plan,) = outcome_of(event._replace(data=event.data | {"loan": loan})).plans
    assert plan.until > event.time

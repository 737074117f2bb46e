"""A day that moves there and back and there again."""

from datetime import UTC, datetime, timedelta

import pytest

from services.notifications.model.plans import Plan
from services.notifications.model.repeats import Earlier, must_be_told_again

BEGIN = datetime(2026, 11, 30, 9, tzinfo=UTC)
TOLD, WITHDRAWN, WAITING = ("sent", None), ("expired", "noLongerTrue"), ("planned", None)


def plan(kind, day, hour):
    at = BEGIN + timedelta(hours=hour)
    return Plan(kind, "thing", f"{kind}:thing:{day}", at, at + timedelta(days=9), "person")


def earlier(kind, day, hour, state):
    key = f"{kind}:thing:{day}" + (f"@{hour}" if hour > 1 else "")
    return Earlier(kind, key, *state, BEGIN + timedelta(hours=hour))


@pytest.mark.case("public L26")
@pytest.mark.parametrize(
    ("before", "news"),
    [
        # Nobody was told of the first two: the third is told.
        ([("4 dec", WITHDRAWN), ("3 dec", WITHDRAWN)], True),
        # Both were told: the third is told too.
        ([("4 dec", TOLD), ("3 dec", TOLD)], True),
        # People know of the fourth, and never heard of the third.
        ([("4 dec", TOLD), ("3 dec", WITHDRAWN)], False),
        # Other details changed, and not the day.
        ([("4 dec", TOLD)], False),
        ([("4 dec", WAITING)], False),
        ([("3 dec", TOLD), ("4 dec", TOLD), ("5 dec", WITHDRAWN)], False),
    ],
)
def test_who_was_told_last_of_another_day_is_told_again(before, news):
    """And nobody else: a change that nobody heard of before it was taken back is no change."""
    rows = [earlier("sessionChanged", day, hour, state) for hour, (day, state) in enumerate(before)]
    assert must_be_told_again(plan("sessionChanged", "4 dec", 9), rows) is news


@pytest.mark.case("public L26")
def test_a_reminder_is_said_again_after_another_day_was_told():
    """Due on the 14th, extended to the 28th, and the 14th again: the reminder of the 14th is news, once."""
    rows = [earlier("loanDueSoon", "14", 0, TOLD), earlier("loanExtended", "28", 1, TOLD)]
    again = [*rows, earlier("loanExtended", "14", 2, ("expired", "notSetUp"))]
    assert must_be_told_again(plan("loanDueSoon", "14", 9), again)
    told = [*again, earlier("loanDueSoon", "14", 3, TOLD)]
    assert not must_be_told_again(plan("loanDueSoon", "14", 9), told)
    assert not must_be_told_again(plan("loanDueSoon", "14", 9), rows[:1])


@pytest.mark.case("public L26")
def test_an_event_that_is_applied_again_is_no_news():
    """Whatever came after it, and also what was planned before a message knew when it was caused."""
    rows = [earlier("sessionChanged", "4 dec", 3, WITHDRAWN), earlier("sessionChanged", "3 dec", 4, TOLD)]
    assert not must_be_told_again(plan("sessionChanged", "4 dec", 3), rows)
    old = Earlier("sessionChanged", "sessionChanged:thing:4 dec", "sent", None, None)
    assert not must_be_told_again(plan("sessionChanged", "4 dec", 3), [old])

"""When a digipunt is open, when to remind, and when a device can be lent."""

from datetime import date, timedelta

import pytest

from chassis.errors import InvalidInput
from services.loans.model.borrowers import channels, issues, searchable, to_recipient
from services.loans.model.devices import resting_state
from services.loans.model.loans import due_date
from services.loans.model.opening import Digipunt
from services.loans.model.reminders import reminder

TUESDAYS = {"weekday": "tue", "opens": "13:00", "closes": "17:00", "every": 1}
SECOND_MONDAYS = {"weekday": "mon", "opens": "09:00", "closes": "12:00", "every": 2, "first": "2026-03-02"}
UNKNOWN, KNOWN = Digipunt("1", "24107"), Digipunt("1", "24107", (TUESDAYS, SECOND_MONDAYS))


def test_a_known_digipunt_is_open_on_its_pattern_only():
    """Every Tuesday and every second Monday, counted from a day on which it was open, backwards too."""
    days = [date(2026, 3, 1) + timedelta(days=n) for n in range(31)]
    assert [day.day for day in days if KNOWN.is_open(day)] == [2, 3, 10, 16, 17, 24, 30, 31]
    assert KNOWN.is_open(date(2026, 2, 16))
    assert not KNOWN.is_open(date(2026, 2, 23))


def test_nobody_is_there_on_a_holiday():
    """Easter Monday, the first of May and the national day; elsewhere weekdays count when nothing is known."""
    assert not Digipunt("1", "24107", ({**TUESDAYS, "weekday": "mon"},)).is_open(date(2026, 4, 6))
    assert not UNKNOWN.is_open(date(2026, 5, 1))
    assert not UNKNOWN.is_open(date(2026, 7, 21))
    assert UNKNOWN.opening_day(date(2026, 5, 1)) == date(2026, 5, 4)
    assert KNOWN.opening_day(date(2026, 7, 21)) == date(2026, 7, 28)


def test_the_usual_due_date_is_the_first_opening_day_after_four_weeks():
    """And a day that is asked for has to be one, not too far ahead."""
    today = date(2026, 3, 4)
    assert due_date(KNOWN, today, None) == date(2026, 4, 7)
    assert due_date(KNOWN, today, date(2026, 3, 10)) == date(2026, 3, 10)
    for wrong in (date(2026, 3, 11), date(2026, 3, 3), date(2026, 12, 1)):
        with pytest.raises(InvalidInput) as error:
            due_date(KNOWN, today, wrong)
        assert error.value.issues[0].name == "dueOn"


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (-4, None),
        (-3, ("dueSoon", None, 1)),
        (-1, ("dueSoon", None, 1)),
        (0, ("dueToday", None, 2)),
        (1, ("overdue", 1, 3)),
        (6, ("overdue", 1, 3)),
        (7, ("overdue", 2, 4)),
        (20, ("overdue", 2, 4)),
        (21, ("overdue", 3, 5)),
        (300, ("overdue", 3, 5)),
    ],
)
def test_what_is_said_is_what_is_true_today(late, said):
    """Who looks late says the newest step only, and the ones before it are done with."""
    due_on = date(2026, 3, 3)
    what = reminder(due_on, due_on + timedelta(days=late))
    assert (what and (what.what, what.step, len(what.done))) == said


def test_a_device_is_available_when_it_was_checked_and_wiped_only():
    """In any order; a damaged one goes to repair."""
    device = {"checked": False, "wiped": False, "condition": "good"}
    assert resting_state(device) == "returnedUnchecked"
    assert resting_state(device | {"wiped": True}) == "returnedUnchecked"
    assert resting_state(device | {"checked": True}) == "toWipe"
    assert resting_state(device | {"checked": True, "wiped": True}) == "available"
    assert resting_state(device | {"checked": True, "wiped": True, "condition": "damaged"}) == "inRepair"


def test_a_carer_is_told_instead_of_the_borrower():
    """The ways to reach are the carer's, the name is the borrower's; without any way it is told in person."""
    jan = {"name": "Jan Peeters", "language": "nl", "phone": "+3216000000"}
    via = {"name": "OCMW Tienen", "email": "team@ocmw.example"}
    recipient = to_recipient("1", jan | {"via": via})
    assert (recipient["name"], recipient["via"], recipient["phone"], recipient["channels"]) == (
        "Jan Peeters",
        "OCMW Tienen",
        None,
        ["email"],
    )
    assert channels({"name": "Jan"}) == ["inPerson"]
    assert [issue.name for issue in issues(jan | {"channels": ["sms", "letter"]})] == ["channels[1]"]
    assert set(searchable(jan | {"via": via})) == {
        ("name", "jan"),
        ("name", "peeters"),
        ("name", "ocmw"),
        ("name", "tienen"),
        ("phone", "+3216000000"),
        ("email", "team@ocmw.example"),
    }

"""What one change of a session, or of a seat in it, calls for."""

from datetime import date, datetime, timedelta

import pytest

from chassis.clock import BRUSSELS
from chassis.retention import months_before
from services.notifications.model import seats as rules
from services.notifications.model.rows import SeatRow, SessionRow


def at(day: str, hour: int = 14) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=BRUSSELS)


def session(starts: datetime, **more) -> SessionRow:
    row: SessionRow = {
        "id": "session",
        "municipality": "24107",
        "digipunt": None,
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "state": "planned",
        "version": 1,
    }
    return {**row, **more}


def seat(since: datetime | None, **more) -> SeatRow:
    row: SeatRow = {
        "id": "seat",
        "session": "session",
        "contact": "contact",
        "state": "confirmed",
        "promoted": False,
        "confirmed_at": since,
        "knew": None,
        "version": 1,
    }
    return {**row, **more}


def kinds(outcome):
    return [plan.kind for plan in outcome.plans]


@pytest.mark.parametrize(
    ("starts", "reminded"),
    [
        ("2026-12-16", "2026-12-15"),  # a Wednesday
        ("2026-12-14", "2026-12-12"),  # a Monday: on Saturday
        ("2026-12-26", "2026-12-24"),  # after Christmas
        ("2027-01-02", "2026-12-31"),
        ("2027-03-29", "2027-03-27"),  # Easter Monday itself
        ("2026-10-26", "2026-10-24"),  # after the night in which the clock goes back
    ],
)
def test_the_reminder_comes_on_the_last_decent_day_before(starts, reminded):
    """At ten in the morning in Belgium, and never on a Sunday or a holiday."""
    plans = rules.taken(seat(at("2026-09-01")), session(at(starts))).plans
    assert [(plan.kind, plan.at) for plan in plans][1] == ("sessionReminder", at(reminded, 10))


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (at("2026-12-14", 23), ["sessionConfirmed", "sessionReminder"]),
        (at("2026-12-15", 8), ["sessionConfirmed"]),
        (at("2026-12-16", 13), ["sessionConfirmed"]),
        (at("2026-12-16", 14), []),
    ],
)
def test_who_registers_late_is_not_reminded(since, told):
    """On the day before they have just heard it; once it has begun there is nothing to tell."""
    assert kinds(rules.taken(seat(since), session(at("2026-12-16")))) == told


def test_who_waits_hears_of_a_seat_and_of_a_cancellation_only():
    """A session that moves is no news for who has no seat in it."""
    waits, day = seat(None, state="waiting"), session(at("2026-12-16"))
    assert kinds(rules.taken(waits, day)) == []
    assert kinds(rules.changed(waits, day, ["startsAt"], at("2026-12-01"), tell=True)) == []
    assert kinds(rules.cancelled(waits, day, at("2026-12-01"))) == ["sessionCancelled"]
    got = seat(at("2026-12-01"), promoted=True)
    assert kinds(rules.taken(got, day)) == ["waitlistOffer", "sessionReminder"]


def test_each_move_is_news_with_a_key_of_its_own():
    """Moved there, back and there again, each change can be told; seats and description are not told."""
    now, mine = at("2026-12-01"), seat(at("2026-11-30"))
    moves = [session(at("2026-12-16"), version=version) for version in (2, 3)]
    keys = {
        plan.key for each in moves for plan in rules.changed(mine, each, ["startsAt"], now, tell=True).plans
    }
    assert len(keys) == 4
    outcome = rules.changed(mine, moves[0], ["seats", "description"], now, tell=True)
    assert (outcome.plans, outcome.withdrawn) == ([], ())


def test_what_cannot_wait_until_tomorrow():
    """News of a session of tomorrow leaves today; a confirmation may wait, and so may news of next week."""
    now = at("2026-12-14", 16)
    assert rules.cannot_wait("sessionCancelled", at("2026-12-15"), now)
    assert not rules.cannot_wait("sessionConfirmed", at("2026-12-15"), now)
    assert not rules.cannot_wait("sessionCancelled", at("2026-12-17"), now)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2027, 3, 16), 3, date(2026, 12, 16)),
        (date(2027, 5, 31), 3, date(2027, 2, 28)),
        (date(2028, 5, 31), 3, date(2028, 2, 29)),
        (date(2027, 1, 1), 12, date(2026, 1, 1)),
        (date(2027, 3, 31), 3, date(2026, 12, 31)),
    ],
)
def test_months_before_a_day(day, months, before):
    """The same day of that month, or its last."""
    assert months_before(day, months) == before

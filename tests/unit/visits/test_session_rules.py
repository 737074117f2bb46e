"""Seats, waiting lists and attendance add up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.visits.model.sessions import Waiting, attendance_issues, next_in_line, time_issues

START = datetime(2026, 3, 4, 13, tzinfo=UTC)
LINE = st.lists(st.integers(1, 5), max_size=12).map(
    lambda sizes: [Waiting(str(number), seats) for number, seats in enumerate(sizes)]
)


@given(LINE, st.integers(0, 20))
def test_those_who_wait_move_up_in_order_and_fit(waiting, free):
    """Who moves up is the front of the line, takes no more than is free, and the next would not fit."""
    moving = next_in_line(waiting, free)
    assert moving == waiting[: len(moving)]
    left = free - sum(each.seats for each in moving)
    assert left >= 0
    assert len(moving) == len(waiting) or waiting[len(moving)].seats > left


def attendance(present, registered, walk_in, **bands):
    counts = [{"code": code, "count": count} for code, count in bands.items()]
    return {"present": present, "registered": registered, "walkIn": walk_in, "ageBands": counts}


@given(st.integers(0, 50), st.integers(0, 50))
def test_sums_that_agree_are_taken(registered, walk_in):
    """Registered and walk-in make up the present, and so do the age bands."""
    present = registered + walk_in
    counts = attendance(present, registered, walk_in, under18=registered, notAsked=walk_in)
    assert attendance_issues(counts, booked=registered) == []


def test_each_sum_that_does_not_agree_is_named():
    """Every wrong sum is told at once."""
    counts = attendance(10, 7, 2, under18=4)
    assert [issue.name for issue in attendance_issues(counts, booked=6)] == [
        "present",
        "registered",
        "ageBands",
    ]


def test_an_age_band_is_given_once():
    """Two counts for one age band are refused."""
    counts = attendance(2, 2, 0) | {"ageBands": [{"code": "under18", "count": 1}] * 2}
    assert [issue.name for issue in attendance_issues(counts, booked=2)] == ["ageBands"]


def test_a_session_ends_after_it_starts_within_a_day():
    """Neither backwards nor for days on end."""
    assert time_issues(START, START + timedelta(hours=2)) == []
    assert time_issues(START, START)[0].name == "endsAt"
    assert time_issues(START, START + timedelta(days=2))[0].name == "endsAt"

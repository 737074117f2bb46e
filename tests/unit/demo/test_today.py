"""What there is to do on the day of the filling can be there, whatever day that is."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from digipunt.demo import today

HOURS = (time(0, 5), time(9), time(23, 50))
DAYS = [date(2026, 1, 1) + timedelta(days) for days in range(366 * 2)]


def names(value):
    """All the ids that a body names."""
    if isinstance(value, dict):
        return {found for each in value.values() for found in names(each)}
    if isinstance(value, list):
        return {found for each in value for found in names(each)}
    return {value} if isinstance(value, str) and value.count("-") == 4 else set()


@pytest.mark.case("use demo")
def test_whoever_borrows_is_known_before_and_whatever_is_lent_is_there():
    """On no day of two years is anything lent, asked or checked before its person and its device were written down."""
    points = {point.id for point in today.POINTS}
    for day in DAYS:
        now = datetime.combine(day, HOURS[day.toordinal() % len(HOURS)], UTC)
        there = set(points)
        for act in sorted(today.lending(now), key=lambda act: act.at):
            id = act.path.split("/")[4]
            unknown = (names(act.body) if act.method == "PUT" else {id}) - there
            assert not unknown, (now, act)
            if act.method == "PUT":
                there.add(id)
            assert act.at <= now, (now, act)

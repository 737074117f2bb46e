"""On which days a digipunt is open."""

from datetime import date, timedelta

import holidays
import pytest

from common.openings import is_holiday


@pytest.mark.parametrize("year", range(2020, 2061))
def test_holidays_are_those_of_belgium(year):
    """The same as a library that knows the holidays of all countries, which takes long to load."""
    first = date(year, 1, 1)
    days = (first + timedelta(days) for days in range((date(year + 1, 1, 1) - first).days))
    assert {day for day in days if is_holiday(day)} == set(holidays.country_holidays("BE", years=year))

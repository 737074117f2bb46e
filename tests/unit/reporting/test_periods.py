"""Periods fall into months, years and parts without losing or doubling a day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.reporting.model.periods import MONTHS, Period

DAYS = st.dates(date(2001, 1, 1), date(2098, 12, 31))
PERIODS = st.tuples(DAYS, st.integers(0, 1500)).map(
    lambda pair: Period(pair[0], min(pair[0] + timedelta(pair[1]), date(2099, 12, 31)))
)


def covered(parts):
    return [part.first + timedelta(n) for part in parts for n in range((part.last - part.first).days + 1)]


@given(PERIODS, st.sampled_from(["day", *MONTHS]))
def test_parts_cover_the_period_exactly(period, by):
    """Each day of the period is in one part, in order, whatever the parts are."""
    assert covered(period.cut(by)) == covered([period])


@given(PERIODS)
def test_years_cover_the_period_exactly(period):
    """Each day is in the year it belongs to."""
    years = list(period.years())
    assert covered(years) == covered([period])
    assert all(year.first.year == year.last.year for year in years)


def test_whole_months_within_a_period():
    """The days at the ends are left to day cells."""
    assert Period(date(2026, 1, 15), date(2026, 4, 10)).whole_months() == Period(
        date(2026, 2, 1), date(2026, 3, 31)
    )
    assert Period(date(2026, 1, 15), date(2026, 2, 10)).whole_months() is None
    assert Period(date(2026, 2, 1), date(2026, 2, 28)).whole_months() == Period(
        date(2026, 2, 1), date(2026, 2, 28)
    )


def test_the_previous_period_is_as_many_months_or_days():
    """A half-year is compared with the half-year before, ten days with ten days."""
    assert Period(date(2025, 1, 1), date(2025, 6, 30)).previous() == Period(
        date(2024, 7, 1), date(2024, 12, 31)
    )
    assert Period(date(2026, 3, 1), date(2026, 3, 31)).previous() == Period(
        date(2026, 2, 1), date(2026, 2, 28)
    )
    assert Period(date(2026, 3, 11), date(2026, 3, 20)).previous() == Period(
        date(2026, 3, 1), date(2026, 3, 10)
    )


def test_a_year_earlier_keeps_the_end_of_february():
    """The last day of a month stays the last day, leap year or not."""
    assert Period(date(2024, 1, 1), date(2024, 2, 29)).year_earlier() == Period(
        date(2023, 1, 1), date(2023, 2, 28)
    )
    assert Period(date(2025, 2, 28), date(2025, 2, 28)).year_earlier().last == date(2024, 2, 29)

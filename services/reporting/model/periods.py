"""Periods of calendar days in Europe/Brussels, both ends included, and how they fall into months and years."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "halfYear": 6, "year": 12}
"""Calendar periods that a series can be cut into, with their months."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included."""

    first: date
    last: date

    @property
    def starts_a_year(self) -> bool:
        return (self.first.month, self.first.day) == (1, 1)

    @property
    def days(self) -> int:
        """How many days this is."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> int | None:
        """How many whole calendar months this is; None when an end lies within a month."""
        if self.first.day != 1 or self.last != last_of_month(self.last):
            return None
        return _months_between(self.first, self.last) + 1

    def previous(self) -> Period:
        """As many whole months just before this period, or else as many days."""
        end = self.first - ONE_DAY
        if self.months is None:
            return Period(end - (self.last - self.first), end)
        return Period(shift(self.first, -self.months), end)

    def year_earlier(self) -> Period:
        """The same days a year before; the last day of February stays the last."""
        return Period(_year_before(self.first), _year_before(self.last))

    def years(self) -> Iterator[Period]:
        """The part of this period in each calendar year."""
        for year in range(self.first.year, self.last.year + 1):
            yield Period(max(self.first, date(year, 1, 1)), min(self.last, date(year, 12, 31)))

    def cut(self, by: str) -> Iterator[Period]:
        """The parts of this period in each day or calendar period; the first and the last may be shorter."""
        first = self.first
        while first <= self.last:
            end = first if by == "day" else _end_of(first, MONTHS[by])
            yield Period(first, min(end, self.last))
            first = end + ONE_DAY

    def parts(self, by: str) -> int:
        """Into how many parts `cut` cuts it."""
        return sum(1 for _ in self.cut(by))

    def whole_months(self) -> Period | None:
        """The whole calendar months in this period, if there are any."""
        first = self.first if self.first.day == 1 else last_of_month(self.first) + ONE_DAY
        last = self.last if self.last == last_of_month(self.last) else self.last.replace(day=1) - ONE_DAY
        return Period(first, last) if first <= last else None

    def around(self, inner: Period) -> list[Period]:
        """What of this period comes before and after `inner`, which lies in it."""
        before = Period(self.first, inner.first - ONE_DAY)
        after = Period(inner.last + ONE_DAY, self.last)
        return [part for part in (before, after) if part.first <= part.last]


def period_of(first: date | None, last: date | None, today: date) -> Period:
    """The period asked for; an end that was left out is that of the calendar year of the other, or of this year."""
    return Period(
        first or date((last or today).year, 1, 1),
        last or date((first or today).year, 12, 31),
    )


def name_of(day: date, by: str) -> str:
    """The name of the day, or of the calendar period that it lies in: 2025-03-04, 2025-03, 2025-Q1, 2025-H1 or 2025."""
    if by == "day":
        return day.isoformat()
    number = (day.month - 1) // MONTHS[by] + 1
    form = {"month": "-{:02}", "quarter": "-Q{}", "halfYear": "-H{}", "year": ""}[by]
    return f"{day.year}{form.format(number)}"


def last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def shift(first: date, months: int) -> date:
    """The first day of a month, some months later or, when negative, earlier."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _end_of(day: date, months: int) -> date:
    begin = (day.month - 1) // months * months + 1
    return shift(date(day.year, begin, 1), months) - ONE_DAY


def _year_before(day: date) -> date:
    if day == last_of_month(day):
        return last_of_month(date(day.year - 1, day.month, 1))
    return day.replace(year=day.year - 1)

"""When a digipunt is open: on which days, and in words. Patterns come from the events of visits.

No digipunt is open on a Belgian public holiday (royal decree of 18 April 1974, art. 1), at Easter or at Pentecost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from functools import cache
from itertools import islice
from typing import NotRequired, TypedDict

from dateutil.easter import easter

from common.dates import day, enumerated, hours

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONE_DAY = timedelta(days=1)
NEXT = 3
"""Opening days that are named of a digipunt that is not open every week."""

FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
"""Month and day of the holidays that keep their date."""

AFTER_EASTER = (0, 1, 39, 49, 50)
"""Days from Easter to itself, Easter Monday, Ascension Day, Pentecost and Whit Monday."""

FARTHEST = 400
"""Days ahead that an opening day is looked for."""


class Opening(TypedDict):
    """One part of an opening pattern: a weekday, two times such as `13:30`, and every how many weeks, counted from `first`."""

    weekday: str
    opens: str
    closes: str
    every: int
    first: NotRequired[str]


def is_holiday(day: date) -> bool:
    """Whether it is one of the ten legal holidays of Belgium, or the Sunday of Easter or Pentecost."""
    return day in _holidays_of(day.year)


def meets(part: Opening, day: date) -> bool:
    """Whether this part of the pattern falls on that day."""
    if WEEKDAYS[day.weekday()] != part["weekday"]:
        return False
    if part["every"] == 1:
        return True
    weeks = (day - date.fromisoformat(part["first"])).days // 7
    return weeks % part["every"] == 0


def in_words(opening: Sequence[Opening], language: str, today: date) -> str | None:
    """Such as “dinsdag van 13.00 tot 17.00 uur”; None when it is not known.

    Of a part that skips weeks the next days are named, after `today`: “not every week” would send people to a closed door.
    """
    return "; ".join(_in_words(part, language, today) for part in opening) or None


def _in_words(part: Opening, language: str, today: date) -> str:
    clock = hours(time.fromisoformat(part["opens"]), time.fromisoformat(part["closes"]), language)
    if part["every"] == 1:
        # Any week will do to name a weekday; this one began on a Monday.
        monday = date(2024, 1, 1)
        return f"{day(monday + WEEKDAYS.index(part['weekday']) * ONE_DAY, language, 'name')} {clock}"
    first, *others = islice(_days(part, today), NEXT)
    days = [day(first, language), *(day(each, language, "day") for each in others)]
    return f"{enumerated(days, language)}, {clock}"


def _days(part: Opening, today: date) -> Iterator[date]:
    """The days after `today` of a part of a pattern."""
    for ahead in range(1, FARTHEST):
        each = today + ahead * ONE_DAY
        if meets(part, each) and not is_holiday(each):
            yield each


@cache
def _holidays_of(year: int) -> frozenset[date]:
    moving = {easter(year) + days * ONE_DAY for days in AFTER_EASTER}
    return frozenset(moving | {date(year, month, day) for month, day in FIXED})

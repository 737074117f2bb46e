"""When people may be disturbed: from 9 to 20 o'clock in Belgium, not on Sundays and not on public holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from chassis.clock import BRUSSELS
from common.openings import is_holiday

OPENS, CLOSES = time(9), time(20)


def is_quiet_day(day: date) -> bool:
    """A Sunday or one of the ten legal holidays of Belgium (law of 4 January 1974)."""
    return day.weekday() == 6 or is_holiday(day)


def next_open(moment: datetime) -> datetime:
    """`moment` itself when people may be disturbed then, else the next moment at which they may."""
    local = moment.astimezone(BRUSSELS)
    day = local.date()
    if not is_quiet_day(day):
        if local.time() < OPENS:
            return opening(day)
        if local.time() < CLOSES:
            return moment
    return next_day(day)


def next_day(day: date) -> datetime:
    """The opening of the first day after `day` that is not quiet."""
    day += timedelta(days=1)
    while is_quiet_day(day):
        day += timedelta(days=1)
    return opening(day)


def last_open_day(day: date) -> date:
    """The last day before `day` on which people may be disturbed."""
    day -= timedelta(days=1)
    while is_quiet_day(day):
        day -= timedelta(days=1)
    return day


def opening(day: date) -> datetime:
    """Nine o'clock of that day in Belgium."""
    return datetime.combine(day, OPENS, BRUSSELS)


def end_of(day: date) -> datetime:
    """Eight o'clock in the evening of that day, after which nobody is contacted."""
    return datetime.combine(day, CLOSES, BRUSSELS)

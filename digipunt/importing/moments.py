"""Days, hours and durations, in every way that lists write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from digipunt.importing.cells import Cell, text_of

_DATES = (
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%d/%m/%y",
    "%d-%m-%y",
    "%d.%m.%y",
    "%Y/%m/%d",
    "%Y.%m.%d",
)
_CLOCK = r"(?:\s*T?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_CLOCK_BESIDE = re.compile(r".*\d(?:T|\s+)(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?")
_AROUND_A_DATE = re.compile(r"^[^\W\d_]{2,9}\.?,?\s+(?=\d+\s*[/.-])|(?<=\d)\s*([/.-])\s*(?=\d)")
"""The day of the week, and blanks between the parts."""
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DATE_AND_CLOCK = re.compile(rf"([\d/.-]+?){_CLOCK}")
_WORDS = re.compile(r"(?:\w+\.?,?\s+)?(\d{1,2})(?:er|e)?[\s-]+([^\W\d]+)\.?[\s-]+(\d{4}|\d{2})")
_SERIAL = re.compile(r"[45]\d{4}")
EXCEL_DAY_0 = date(1899, 12, 30)

_HOUR = re.compile(
    r"(\d{1,2})\s*(?:[u:h.]|uur|heures?)\s*(?:(\d{2})(?:\s*:\s*(\d{2})(?:[.,]\d+)?)?)?\s*(?:min\.?|uur|u|h)?"
)
_HALF_DAY = re.compile(r"(1[0-2]|0?[1-9])(?:[:.](\d{2}))?(?::\d{2})?\s*([ap])\.?\s?m\.?")
_UNTIL = re.compile(r"(.*?\d\s*(?:[u:h.]|uur).*?)\s*(?:[-–—]|tot|à|until)\s*\d.*")
"""A visit from an hour to another: it began at the first."""
_BARE_HOUR = re.compile(r"(\d{1,2})(\d{2})?")

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_MINUTES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:m|min|min\.|mins|minuut|minuten|minutes?|')")
_ABOUT = re.compile(r"^(?:±|~|\+/-|ca\.?|circa|ongeveer|environ|env\.?|about)\s*(?=\d)")
_IN_WORDS = {
    "kwartier": "15 min",
    "een kwartier": "15 min",
    "half uur": "30 min",
    "een half uur": "30 min",
    "halfuur": "30 min",
    "drie kwartier": "45 min",
    "een uur": "60 min",
    "anderhalf uur": "90 min",
    "un quart d'heure": "15 min",
    "une demi-heure": "30 min",
    "une heure": "60 min",
    "half an hour": "30 min",
    "an hour": "60 min",
}
_FRACTIONS = {"¼": ",25", "½": ",5", "¾": ",75"}
_HOURS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:u|u\.|uur|uren|h|h\.|hr|hrs|heures?|hours?)")
_HOURS_MINUTES = re.compile(
    r"(\d{1,2})\s*(?:[u:h]|u\.|uur|hr|heures?|hours?)\s*(?:(?:en|et|and)\s+)?(\d{1,2})(?::(\d{2}))?\s*(?:m|min|min\.|minuten|minutes?|')?"
)


def read_date(cell: Cell, formats: tuple[str, ...]) -> date | None:
    """The day that a cell names; None when it names none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell)
    found = _parse(text, (*formats, *_DATES))
    if found is not None:
        return found.date()
    text = _AROUND_A_DATE.sub(r"\1", text)
    if with_clock := _DATE_AND_CLOCK.fullmatch(text):
        found = _parse(with_clock[1], (*formats, *_DATES))
        if found is not None:
            return found.date()
    if words := _WORDS.fullmatch(text.casefold()):
        return _date_in_words(*words.groups())
    if words := _MONTH_FIRST.fullmatch(text.casefold()):
        return _date_in_words(words[2], words[1], words[3])
    if _SERIAL.fullmatch(text):
        # A day in a column that Excel shows as numbers.
        return EXCEL_DAY_0 + timedelta(days=int(text))
    return None


def clock_of_date(cell: Cell) -> time | None:
    """The hour that a cell names beside its day, as the timestamp of a form does; None without, and at midnight."""
    if isinstance(cell, datetime):
        found = cell.time()
    elif beside := _CLOCK_BESIDE.fullmatch(text_of(cell)):
        found = _clock(int(beside[1]), int(beside[2])) or time()
    else:
        return None
    return found if found != time() else None


def read_time(cell: Cell, formats: tuple[str, ...]) -> time | None:
    """The hour that a cell names; None when it names none."""
    if isinstance(cell, time):
        return cell
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, timedelta):
        seconds = round(cell.total_seconds())
        return _clock(seconds // 3600, seconds // 60 % 60, seconds % 60)
    if isinstance(cell, float) and 0 <= cell < 1:
        # An hour in a column that Excel shows as numbers is a part of the day.
        minutes = round(cell * 24 * 60)
        return _clock(minutes // 60, minutes % 60)
    text = text_of(cell).casefold()
    found = _parse(text_of(cell), formats)
    if found is not None:
        return found.time()
    if half := _HALF_DAY.fullmatch(text):
        return _clock(int(half[1]) % 12 + (12 if half[3] == "p" else 0), int(half[2] or 0))
    if until := _UNTIL.fullmatch(text):
        text = until[1]
    matched = _HOUR.fullmatch(text)
    if matched is None and not isinstance(cell, float):
        matched = _BARE_HOUR.fullmatch(text)
    if matched is None:
        return None
    return _clock(*(int(part or 0) for part in matched.groups()))


def read_minutes(cell: Cell) -> float | None:
    """The minutes that a cell names; None when it names none."""
    if isinstance(cell, datetime):
        # Excel keeps a duration of a day or more as a moment; it cannot be a visit.
        return None
    if isinstance(cell, time):
        return cell.hour * 60 + cell.minute + cell.second / 60
    if isinstance(cell, timedelta):
        return cell.total_seconds() / 60
    text = _ABOUT.sub("", text_of(cell).casefold())
    text = _IN_WORDS.get(text, text)
    for sign, part in _FRACTIONS.items():
        text = text.replace(sign, part if text[:1].isdigit() else f"0{part}")
    if matched := _NUMBER.fullmatch(text) or _MINUTES.fullmatch(text):
        return _number(matched[matched.lastindex or 0])
    if matched := _HOURS.fullmatch(text):
        return _number(matched[1]) * 60
    if matched := _HOURS_MINUTES.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in matched.groups())
        return hours * 60 + minutes + seconds / 60 if minutes < 60 and seconds < 60 else None
    return None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _clock(hour: int, minute: int, second: int = 0) -> time | None:
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


@lru_cache(4096)
def _parse(text: str, formats: tuple[str, ...]) -> datetime | None:
    for each in formats:
        try:
            return datetime.strptime(text, each)  # noqa: DTZ007 - a day or an hour of the wall clock
        except ValueError:
            continue
    return None


def _date_in_words(day: str, month: str, year: str) -> date | None:
    number = _months().get(month)
    if number is None:
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(day))
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    """Names of months, whole and short, as Excel writes them in the languages of the country."""
    from babel.dates import get_month_names

    found: dict[str, int] = {}
    for language in ("nl", "fr", "en", "de"):
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, locale=language)
            found |= {str(name).casefold().rstrip("."): number for number, name in names.items()}
    return found

"""Days and hours as people in Belgium write them, in the three languages; one form each, wherever they are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal

from chassis.clock import BRUSSELS

Form = Literal["weekday", "day", "full", "weekdayFull", "name"]

_PATTERNS: dict[Form, str] = {
    "weekday": "EEEE d MMMM",
    "day": "d MMMM",
    "full": "d MMMM y",
    "weekdayFull": "EEEE d MMMM y",
    "name": "EEEE",
}

_UNTIL = {"nl": "{begin} tot en met {end}", "fr": "{begin} à {end} inclus", "en": "{begin} to {end}"}
_UNTIL_MONTH = _UNTIL | {"fr": "{begin} à {end}"}
_AND = {"nl": "en", "fr": "et", "en": "and"}


def day(value: date, language: str, form: Form = "weekday") -> str:
    """Such as “maandag 30 november”, “mardi 1er décembre” or “Tuesday 1 December”."""
    # Imported late: the library is slow to load, and most processes never need it.
    from babel.dates import format_date

    pattern = _PATTERNS[form]
    if language == "fr" and value.day == 1:
        pattern = pattern.replace("d ", "d'er' ")
    return str(format_date(value, pattern, locale=language))


def hour(value: time, language: str) -> str:
    """Such as “14.30 uur”, “14 h 30” or “2.30 pm”."""
    if language == "nl":
        return f"{value.hour}.{value:%M} uur"
    if language == "fr":
        return f"{value.hour} h {value:%M}" if value.minute else f"{value.hour} h"
    half = "am" if value.hour < 12 else "pm"
    clock = f"{value.hour % 12 or 12}.{value:%M}" if value.minute else f"{value.hour % 12 or 12}"
    return f"{clock} {half}"


def hours(opens: time, closes: time, language: str) -> str:
    """Such as “van 13.30 tot 17.00 uur”, “de 13 h 30 à 17 h” or “from 1.30 pm to 5 pm”."""
    start, end = hour(opens, language), hour(closes, language)
    if language == "nl":
        return f"van {start.removesuffix(' uur')} tot {end}"
    return f"de {start} à {end}" if language == "fr" else f"from {start} to {end}"


def moment(value: datetime, language: str) -> str:
    """Such as “dinsdag 1 december om 10.00 uur”, in Belgium."""
    local = value.astimezone(BRUSSELS)
    at = {"nl": "om", "fr": "à", "en": "at"}[language]
    return f"{day(local.date(), language)} {at} {hour(local.time(), language)}"


def enumerated(parts: Sequence[str], language: str) -> str:
    """Such as “laptop 12, tablet 9 en hotspot 3”."""
    return f" {_AND[language]} ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts)


def month(value: date, language: str, *, short: bool = False, year: bool = True) -> str:
    """Such as “september 2025”, or “sept. 2025” in a chart."""
    from babel.dates import format_date

    pattern = ("LLL" if short else "LLLL") + (" y" if year else "")
    return str(format_date(value, pattern, locale=language))


def period(first: date, last: date, language: str) -> str:
    """Such as “januari tot en met juni 2025” or “3 maart 2025 tot en met 5 april 2025”; both ends belong to it."""
    whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    if whole_months and (first.year, first.month) == (last.year, last.month):
        return month(first, language)
    if first == last:
        return day(first, language, "full")
    if whole_months:
        begin = month(first, language, year=first.year != last.year)
        return _UNTIL_MONTH[language].format(begin=begin, end=month(last, language))
    return _UNTIL[language].format(begin=day(first, language, "full"), end=day(last, language, "full"))

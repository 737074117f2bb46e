"""On which days a digipunt is open, and so on which a device can be brought back.

Opening patterns come from the events of visits; without one, weekdays count. No digipunt is open on a Belgian public holiday
(Feestdagenwet of 4 January 1974, art. 1, as in the library `holidays`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from services.loans.model.rows import Opening

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ONE_DAY = timedelta(days=1)
FARTHEST = 400
"""Days ahead that an opening day is looked for; a digipunt that is not open for so long is closed."""


@dataclass(frozen=True, slots=True)
class Digipunt:
    """What the rules of lending need to know of a digipunt."""

    id: str
    municipality: str
    opening: Sequence[Opening] = ()

    def is_open(self, day: date) -> bool:
        """Whether somebody can bring something back that day."""
        if _is_holiday(day):
            return False
        if not self.opening:
            return day.weekday() < 5
        return any(_meets(part, day) for part in self.opening)

    def opening_day(self, day: date) -> date:
        """The first opening day from `day` on; `day` itself when there is none for more than a year."""
        for ahead in range(FARTHEST):
            if self.is_open(day + ahead * ONE_DAY):
                return day + ahead * ONE_DAY
        return day


def _meets(part: Opening, day: date) -> bool:
    if WEEKDAYS[day.weekday()] != part["weekday"]:
        return False
    if part["every"] == 1:
        return True
    weeks = (day - date.fromisoformat(part["first"])).days // 7
    return weeks % part["every"] == 0


@cache
def _holidays_of(year: int) -> frozenset[date]:
    # Imported here: most processes never ask, and the library would slow down the start of all of them.
    import holidays

    return frozenset(holidays.country_holidays("BE", years=year))


def _is_holiday(day: date) -> bool:
    return day in _holidays_of(day.year)


WORDS = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
HOURS = {"nl": "van {0} tot {1} uur", "fr": "de {0} à {1} h", "en": "from {0} to {1}"}
SKIPPING = {"nl": "niet elke week", "fr": "pas chaque semaine", "en": "not every week"}


def in_words(opening: Sequence[Opening], language: str) -> str | None:
    """Such as “dinsdag van 13:00 tot 17:00 uur”; None when it is not known."""
    parts = []
    for part in opening:
        hours = HOURS[language].format(part["opens"], part["closes"])
        skipping = f" ({SKIPPING[language]})" if part["every"] > 1 else ""
        parts.append(f"{WORDS[language][WEEKDAYS.index(part['weekday'])]} {hours}{skipping}")
    return ", ".join(parts) or None

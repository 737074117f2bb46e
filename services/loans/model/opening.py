"""On which days a digipunt is open, and so on which a device can be brought back; without a pattern, weekdays count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from common.openings import FARTHEST, ONE_DAY, Opening, is_holiday, meets


@dataclass(frozen=True, slots=True)
class Digipunt:
    """What the rules of lending need to know of a digipunt."""

    id: str
    municipality: str
    opening: Sequence[Opening] = ()

    def is_open(self, day: date) -> bool:
        """Whether somebody can bring something back that day."""
        if is_holiday(day):
            return False
        if not self.opening:
            return day.weekday() < 5
        return any(meets(part, day) for part in self.opening)

    def opening_day(self, day: date) -> date:
        """The first opening day from `day` on; `day` itself when there is none for more than a year."""
        for ahead in range(FARTHEST):
            if self.is_open(day + ahead * ONE_DAY):
                return day + ahead * ONE_DAY
        return day

"""The digipunten of the demo: where they are, and when they open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from chassis.clock import BRUSSELS
from common.openings import ONE_DAY, WEEKDAYS, Opening, is_holiday, meets

FIRST_DAY = date(2024, 1, 1)
LAST_DAY = date(2027, 12, 31)
SPACE = UUID("5d0e9a53-0000-5000-8000-646967697075")


def id_of(*parts: object) -> str:
    """The id of something in the demo: the same at every filling."""
    return str(uuid5(SPACE, " ".join(map(str, parts))))


@dataclass(frozen=True, slots=True)
class Point:
    """A digipunt of the demo: the weekday (0 is Monday) and hours it opens, and how busy it is."""

    name: str
    municipality: str
    organisation: str
    weekday: int
    opens: time
    closes: time
    every: int
    share: int

    @property
    def id(self) -> str:
        return id_of(self.municipality, self.name)

    @property
    def phone(self) -> str:
        return f"016 00 10 {POINTS.index(self) + 10}"

    @property
    def opening(self) -> Opening:
        part: Opening = {
            "weekday": WEEKDAYS[self.weekday],
            "opens": f"{self.opens:%H:%M}",
            "closes": f"{self.closes:%H:%M}",
            "every": self.every,
        }
        return part if self.every == 1 else {**part, "first": str(_first(self.weekday))}

    @property
    def body(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "municipality": self.municipality,
            "organisation": f"{self.organisation} (demo)",
            "phone": self.phone,
            "opening": [self.opening],
            "openedOn": "2023-09-01",
        }

    def open_days(self, first: date, last: date) -> list[date]:
        """The days from `first` to `last` on which it is open."""
        return [day for day in _open_days(self) if first <= day <= last]

    def at(self, day: date, part: float) -> datetime:
        """The moment on `day` when this part of the opening hours has passed (0 to 1), on a quarter of an hour."""
        opens = datetime.combine(day, self.opens, BRUSSELS)
        quarters = (self.closes.hour - self.opens.hour) * 4 - 1
        return opens + timedelta(minutes=15 * round(part * quarters))


def _first(weekday: int) -> date:
    """The first such weekday of the demo; every other week is counted from it."""
    return FIRST_DAY + timedelta((weekday - FIRST_DAY.weekday()) % 7)


@cache
def _open_days(point: Point) -> list[date]:
    days = (FIRST_DAY + ahead * ONE_DAY for ahead in range((LAST_DAY - FIRST_DAY).days + 1))
    return [day for day in days if meets(point.opening, day) and not is_holiday(day)]


POINTS = (
    Point("Bezorgd om Mensen", "24107", "Bezorgd om Mensen vzw", 1, time(13), time(17), 1, 30),
    Point("Bibliotheek Tienen", "24107", "Stad Tienen", 3, time(9), time(12), 1, 13),
    Point("'t Recupke", "24059", "'t Recupke vzw", 0, time(13), time(17), 1, 22),
    Point("GC Hoegaarden", "24041", "Gemeente Hoegaarden", 2, time(9), time(12), 2, 10),
    Point("Sociaal Huis Linter", "24133", "Gemeente Linter", 2, time(13), time(16), 2, 8),
    Point("OCMW Zoutleeuw", "24130", "OCMW Zoutleeuw", 4, time(9), time(12), 2, 7),
    Point("Bib Geetbets", "24028", "Gemeente Geetbets", 4, time(13), time(16), 2, 6),
    Point("De Pit", "24054", "Gemeente Kortenaken", 3, time(13), time(16), 2, 5),
)

TOWNS = {
    "24107": ("3300", "Tienen"),
    "24059": ("3400", "Landen"),
    "24041": ("3320", "Hoegaarden"),
    "24133": ("3350", "Linter"),
    "24130": ("3440", "Zoutleeuw"),
    "24028": ("3450", "Geetbets"),
    "24054": ("3470", "Kortenaken"),
}

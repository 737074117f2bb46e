"""What a report is asked for: of which half-year or year, of which municipalities, in which language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from contracts.refdata import LISTS
from services.reporting.model.periods import Period

Kind = Literal["halfYear", "year"]


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a report. `half` is 1 or 2, and None for a year."""

    kind: Kind
    year: int
    half: int | None
    municipalities: tuple[str, ...]
    language: str

    @property
    def period(self) -> Period:
        """The days it is about."""
        if self.half is None:
            return Period(date(self.year, 1, 1), date(self.year, 12, 31))
        if self.half == 1:
            return Period(date(self.year, 1, 1), date(self.year, 6, 30))
        return Period(date(self.year, 7, 1), date(self.year, 12, 31))

    def as_json(self) -> dict[str, Any]:
        """In the form that the API and the database have."""
        return {
            "kind": self.kind,
            "year": self.year,
            "half": self.half,
            "municipalities": list(self.municipalities),
            "language": self.language,
        }

    @classmethod
    def of(cls, kind: Kind, year: int, half: int | None, places: Iterable[str], language: str) -> Asked:
        """With the municipalities in the order of their list, in which tables have them."""
        known = [each.code for each in LISTS["municipality"].codes]
        order = sorted(places, key=lambda nis: (known.index(nis) if nis in known else len(known), nis))
        return cls(kind, year, half, tuple(order), language)

    @classmethod
    def of_json(cls, data: dict[str, Any]) -> Asked:
        """What `as_json` gave."""
        return cls(**data | {"municipalities": tuple(data["municipalities"])})

    def file_name(self, form: str) -> str:
        """Such as `halfjaarverslag-2025-1.pdf`."""
        name = _NAMES[self.language][self.kind == "year"]
        half = f"-{self.half}" if self.half else ""
        return f"{name}-{self.year}{half}.{form}"


_NAMES = {
    "nl": ("halfjaarverslag", "jaarverslag"),
    "fr": ("rapport-semestriel", "rapport-annuel"),
    "en": ("half-year-report", "year-report"),
}

"""What the pages of a report have in common: numbers with what they are of, words, and tables of codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from chassis.clock import BRUSSELS
from common import dates
from common.municipalities import municipality_name
from contracts import refdata
from services.reporting.model.definitions import definition
from services.reporting.model.dimensions import NOT_ASKED, OPTIONAL
from services.reporting.model.numbers import whole
from services.reporting.model.periods import Period
from services.reporting.model.signs import ESTIMATED, NOT_APPLICABLE, NOT_AVAILABLE, PLAIN, PROVISIONAL
from services.reporting.queries.area import VISITS
from services.reporting.queries.figures import FEWEST_ASKED
from services.reporting.reports.gathering import Gathered, Place
from services.reporting.reports.parts import Cell, Number, Row, Table, Unit
from services.reporting.reports.words import Words, words


@dataclass(frozen=True, slots=True)
class Coded:
    """What a number is of, when not of all contacts: a code of a dimension, and its label."""

    dimension: str = ""
    code: str = ""
    label: str = ""


EVERYTHING = Coded()


@dataclass(frozen=True, slots=True)
class Context:
    """Of one report: its figures, and how they are told."""

    found: Gathered

    @property
    def language(self) -> str:
        return self.found.asked.language

    @property
    def words(self) -> Words:
        return words(self.language)

    @property
    def period(self) -> Period:
        return self.found.asked.period

    @property
    def earlier(self) -> Period:
        return self.period.year_earlier()

    @property
    def before(self) -> Period:
        return self.period.previous()

    @property
    def provisional(self) -> bool:
        """Whether the period is not over yet."""
        return self.found.today <= self.period.last

    def has_begun(self, day: date) -> bool:
        """Whether the month of this day has begun: in one to come there is no nought."""
        return day.replace(day=1) <= self.found.today

    def summary(self, period: Period) -> Mapping[str, Any]:
        """The figures of one of the three periods."""
        return {
            self.period: self.found.now,
            self.earlier: self.found.earlier,
            self.before: self.found.before,
        }[period]

    def known(self, period: Period) -> bool:
        """Whether anything was registered in that period; before digipunten were there, nothing can be."""
        return period == self.period or self.summary(period)["contacts"] > 0

    def define(self, name: str, **numbers: int) -> str:
        return definition(name, self.language, **numbers)

    def number(self, value: int) -> str:
        return whole(value, self.language)

    def day(self, value: date) -> str:
        return dates.day(value, self.language, "full")

    def moment(self, value: datetime) -> str:
        """Such as “26 november 2026, 14.30 uur”, in Belgium."""
        local = value.astimezone(BRUSSELS)
        return f"{self.day(local.date())}, {dates.hour(local.time(), self.language)}"

    def month(self, value: date) -> str:
        """Such as “januari 2025”."""
        return dates.month(value, self.language)

    def days(self, period: Period) -> str:
        """Such as “2025”, or “januari tot en met juni 2025”."""
        if period.months == 12:
            return str(period.first.year)
        return dates.period(period.first, period.last, self.language)

    def cell(
        self,
        value: Number | None,
        measure: str,
        *,
        period: Period | None = None,
        place: Place | None = None,
        of: Coded = EVERYTHING,
        status: str = PLAIN,
        unit: Unit = "count",
        service: str = VISITS,
    ) -> Cell:
        """A number of the period, or of another one: not available when the service that it comes from was never there."""
        days = period or self.period
        if not self.found.was_there(service):
            value, status = None, NOT_AVAILABLE
        elif value is None and status == PLAIN:
            status = NOT_APPLICABLE
        if status == PLAIN and days.last >= self.found.today:
            status = PROVISIONAL
        return Cell(
            value=value,
            measure=measure,
            first=days.first,
            last=days.last,
            status=status,
            unit=unit,
            municipality=place.municipality if place else "",
            digipunt=place.digipunt if place else "",
            dimension=of.dimension,
            code=of.code,
            label=of.label,
        )

    def of(self, value: Number | None, measure: str, period: Period, service: str, **more: Any) -> Cell:
        """A number of `service`: none when nothing was registered in that period."""
        return self.cell(
            value if self.known(period) else None, measure, period=period, service=service, **more
        )

    def of_visits(self, *sentences: str) -> tuple[str, ...]:
        """Sentences with numbers of visits in them, or the one that says that visits were never there."""
        return sentences if self.found.was_there(VISITS) else (self.define("noVisits"),)

    def new_people(self, value: int, *, estimated: bool, **more: Any) -> Cell:
        """New people: in part an estimate where some were not asked."""
        return self.cell(value, "newPeople", status=ESTIMATED if estimated else PLAIN, **more)

    def share(self, count: int, asked: int, of: Coded) -> Cell:
        """A part of those asked; none when too few were."""
        value = round(count / asked, 6) if asked >= FEWEST_ASKED else None
        return self.cell(value, "share", unit="share", of=of)

    def place_name(self, nis: str) -> str:
        return municipality_name(nis, self.language)

    def codes(self, list_name: str, counted: Iterable[str]) -> list[str]:
        """All codes of a list in its order, retired ones where they were counted; notAsked is told apart."""
        counted = set(counted)
        return [
            each.code
            for each in refdata.LISTS[list_name].codes
            if each.code != NOT_ASKED and (not each.retired or each.code in counted)
        ]

    def label(self, list_name: str, code: str) -> str:
        return refdata.label(list_name, code, self.language)

    def table_of_codes(
        self,
        title: str,
        figure: str,
        dimension: str,
        list_name: str,
        *,
        several: bool = False,
        notes: Sequence[str] = (),
    ) -> Table:
        """How often each code of a list was noted, its share of those asked, and how often a year earlier.

        `several`: a contact may have more than one of them.
        """
        now, earlier = (_counts(self.summary(each)[figure]) for each in (self.period, self.earlier))
        contacts = self.found.now["contacts"]
        asked = contacts - now.get(NOT_ASKED, 0)
        rows = []
        for code in self.codes(list_name, now):
            text = self.label(list_name, code)
            of = Coded(dimension, code, text)
            rows.append(
                Row(
                    text,
                    (
                        self.cell(now.get(code, 0), "contacts", of=of),
                        self.share(now.get(code, 0), asked, of),
                        self.cell_earlier(earlier.get(code, 0), "contacts", of=of),
                    ),
                )
            )
        optional = dimension in OPTIONAL
        if optional:
            rows.append(self._not_asked_row(dimension, now, earlier))
        share = "column.shareOfAsked" if optional else "column.shareOfContacts"
        return Table(
            title,
            (
                self.words(f"dimension.{dimension}"),
                self.words("column.contacts"),
                self.words(share),
                self.words("column.earlier"),
            ),
            tuple(rows),
            notes=tuple(notes) or ((self.words("severalPossible"),) if several else ()),
            bars=0,
        )

    def cell_earlier(self, value: Number | None, measure: str, **more: Any) -> Cell:
        """A number of the same period a year earlier; none when nothing was registered then."""
        return self.cell(value if self.known(self.earlier) else None, measure, period=self.earlier, **more)

    def rows_of_months(self, months: Iterable[Mapping[str, Any]], measure: str) -> tuple[Row, ...]:
        """A row of each month that has begun; those before the period have no number when nothing was registered then."""
        rows = []
        for each in months:
            month = Period(each["from"], each["to"])
            if not self.has_begun(month.first):
                continue
            known = month.first >= self.period.first or self.known(self.before)
            cell = self.cell(each["count"] if known else None, measure, period=month)
            rows.append(Row(self.month(month.first), (cell,)))
        return tuple(rows)

    def _not_asked_row(self, dimension: str, now: Mapping[str, int], earlier: Mapping[str, int]) -> Row:
        text = self.words("notAsked")
        of = Coded(dimension, NOT_ASKED, text)
        return Row(
            text,
            (
                self.cell(now.get(NOT_ASKED, 0), "contacts", of=of),
                self.cell(None, "share", unit="share", of=of),
                self.cell_earlier(earlier.get(NOT_ASKED, 0), "contacts", of=of),
            ),
        )


def could_lend(loans: Mapping[str, Any]) -> bool:
    """Whether there was anything to lend in the period of these figures of lending."""
    return bool(loans["devices"] or loans["handedOver"] or loans["daysOnLoan"])


def _counts(items: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    return {each["code"]: each["count"] for each in items}

"""Query parameters: which days, whose figures, and in what form."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.http.fields import List, nis, ref_code, uuid
from chassis.refusals import Reason
from contracts.message_context import LANGUAGES
from services.reporting.model.periods import MONTHS, Period
from services.reporting.queries.figures import MEASURES, PEOPLE_RECOGNISED, THEME

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
MOST_PARTS = 400
"""Parts of a series: a year of days and then some."""

MOST_MONTHS = 120
"""Of a reach, which tells how it grew by month: longer than any grant."""


def _day(name: str, description: str, *, required: bool = False) -> fields.Date:
    return fields.Date(
        required=required,
        data_key=name,
        validate=validate.Range(FIRST_DAY, LAST_DAY),
        metadata={"description": description},
    )


class PointsQuery(Schema):
    """Which days and which points. Both ends belong to the period, in Europe/Brussels."""

    first = _day("from", "First day; 1 January of the year of `to`, or of this year, when left out.")
    last = _day("to", "Last day; 31 December of the year of `from`, or of this year, when left out.")
    municipality = List(
        nis("NIS code."),
        validate=validate.Length(1, 400),
        metadata={
            "description": "Points in these municipalities; all of your own when left out. May be repeated."
        },
    )
    digipunt = uuid("Only this digipunt.")

    @validates_schema
    def in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        if "first" in data and "last" in data and data["last"] < data["first"]:
            raise ValidationError("endsBeforeItBegins", "to")


class FiguresQuery(PointsQuery):
    """Which days and whose figures."""

    residence = List(
        nis("NIS code."),
        validate=validate.Length(1, 400),
        metadata={
            "description": "Instead: visitors who live in these municipalities, at whatever point. May be repeated."
        },
    )


def period_in(data: dict[str, Any]) -> Period | None:
    """The period, where both days were given in their order."""
    if "first" in data and "last" in data and data["first"] <= data["last"]:
        return Period(data["first"], data["last"])
    return None


class ToldQuery(FiguresQuery):
    """Figures that come with their definitions."""

    language = fields.String(
        load_default=LANGUAGES[0],
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Of the definitions."},
    )


class ReachQuery(ToldQuery):
    """The period of a grant."""

    @validates_schema
    def fits(self, data: dict[str, Any], **kwargs: Any) -> None:
        period = period_in(data)
        if period is not None and period.parts("month") > MOST_MONTHS:
            raise ValidationError(Reason("tooManyMonths", most=MOST_MONTHS), "to")


class SummaryQuery(ToldQuery):
    """A summary, perhaps beside that of another period."""

    first = _day("from", "First day.", required=True)
    last = _day("to", "Last day.", required=True)
    compare = fields.String(
        validate=validate.OneOf(["previous", "lastYear"]),
        metadata={
            "description": "Also the figures of the period just before, of equal length, or of the same days a year before."
        },
    )


class SeriesQuery(FiguresQuery):
    """One measure over time."""

    measure = fields.String(
        load_default="contacts",
        validate=validate.OneOf([*MEASURES, THEME, PEOPLE_RECOGNISED]),
        metadata={"description": f"What to count. `{THEME}` needs the parameter of that name."},
    )
    by = fields.String(
        load_default="month",
        validate=validate.OneOf(["day", *MONTHS]),
        metadata={"description": "Into what parts the period is cut."},
    )
    theme = ref_code("theme")

    @validates_schema
    def fits(self, data: dict[str, Any], **kwargs: Any) -> None:
        if (data.get("measure") == THEME) != ("theme" in data):
            raise ValidationError("themeWithMeasure", "theme")
        period = period_in(data)
        if period is not None and "by" in data and period.parts(data["by"]) > MOST_PARTS:
            raise ValidationError(Reason("tooManyParts", most=MOST_PARTS), "by")

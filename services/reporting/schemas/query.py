"""A question in one or two dimensions, and its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.http.fields import List, Whole
from chassis.refusals import Reason
from contracts import refdata
from contracts.message_context import LANGUAGES
from services.reporting.model.questions import (
    CODED,
    CONTACTS,
    DAY,
    DIMENSIONS,
    MEASURES,
    NEW_PEOPLE,
    PEOPLE_RECOGNISED,
    TIMES,
)
from services.reporting.schemas.common import AsOf, Days
from services.reporting.schemas.queries import PointsQuery, period_in

MOST_DIMENSIONS, MOST_FILTERS, MOST_CODES = 2, 3, 50
DEFAULT_LIMIT, MOST_CELLS = 1000, 10_000
MOST_MONTHS_OF_DAYS = 36
LONGEST_CURSOR = 1000


class Names(fields.String):
    """Names of dimensions with commas between them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        names = tuple(super()._deserialize(value, attr, data, **kwargs).split(","))
        if len(names) > MOST_DIMENSIONS:
            raise ValidationError([Reason("tooManyDimensions", most=MOST_DIMENSIONS)])
        for name in names:
            if name not in DIMENSIONS:
                raise ValidationError([Reason("unknownDimension", choices=", ".join(DIMENSIONS))])
        if len(set(names)) < len(names):
            raise ValidationError([Reason("dimensionTwice")])
        if len([name for name in names if name in TIMES]) > 1:
            raise ValidationError([Reason("twoTimes")])
        return names


def _of_list(name: str) -> Callable[[str], None]:
    coded = CODED[name]

    def check(code: str) -> None:
        if code in coded.shown or code == coded.without:
            return
        known = coded.list_name is not None and code in refdata.codes(coded.list_name)
        raise ValidationError(Reason("filterRetired" if known else "notInRefData", list=coded.list_name))

    return check


def _filter(name: str) -> List:
    coded = CODED[name]
    rule = _of_list(name) if coded.list_name else Whole("^[0-9]{5}$|^notAsked$", error="notNis")
    return List(
        fields.String(validate=[validate.Length(1, 40), rule]),
        validate=validate.Length(1, MOST_CODES),
        metadata={
            "description": f"Only contacts with one of these codes; `{coded.without}` for those without one. May be repeated."
        },
    )


Filters = Schema.from_dict({name: _filter(name) for name in CODED}, name="Filters")


class QuestionQuery(PointsQuery, Filters):  # type: ignore[misc, valid-type] # a class that is made of the dimensions
    """A measure by one or two dimensions, of all contacts in the period or only of those that the filters choose."""

    measure = fields.String(
        load_default=CONTACTS,
        validate=validate.OneOf(MEASURES),
        metadata={"description": "What to count. `peopleRecognised` only by place and calendar period."},
    )
    by = Names(
        required=True,
        metadata={"description": f"One or two of {', '.join(DIMENSIONS)}, with a comma between them."},
    )
    empty = fields.String(
        load_default="omit",
        validate=validate.OneOf(["omit", "include"]),
        metadata={"description": "Whether cells of 0 are given too."},
    )
    limit = fields.Integer(
        validate=validate.Range(1, MOST_CELLS),
        metadata={"description": f"Cells on a page: {DEFAULT_LIMIT} when left out, {MOST_CELLS} in CSV."},
    )
    cursor = fields.String(
        validate=validate.Length(1, LONGEST_CURSOR),
        metadata={"description": "`next` of the page before, with the same question."},
    )
    dialect = fields.String(
        validate=validate.OneOf(["plain", "excel"]),
        metadata={
            "description": "CSV whatever is accepted: as RFC 4180 has it, or as a Belgian Excel opens it in columns."
        },
    )
    language = fields.String(
        load_default=LANGUAGES[0],
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Of the definition, and of the labels in CSV."},
    )

    @validates_schema
    def fits(self, data: dict[str, Any], **kwargs: Any) -> None:
        by, measure = data.get("by", ()), data.get("measure")
        filters = [name for name in CODED if name in data]
        if len(filters) > MOST_FILTERS:
            raise ValidationError(Reason("tooManyFilters", most=MOST_FILTERS), filters[MOST_FILTERS])
        if measure == PEOPLE_RECOGNISED and (filters or not CODED.keys().isdisjoint(by)):
            raise ValidationError("recognisedByPlaceAndTime", "measure")
        if measure in (NEW_PEOPLE, PEOPLE_RECOGNISED) and DAY in by:
            raise ValidationError("peopleByDay", "by")
        period = period_in(data)
        if DAY in by and period is not None and period.parts("month") > MOST_MONTHS_OF_DAYS:
            raise ValidationError(Reason("tooManyDays", most=MOST_MONTHS_OF_DAYS), "by")


def filters_of(args: dict[str, Any]) -> dict[str, frozenset[str]]:
    """The filters of a question, by dimension."""
    return {name: frozenset(args[name]) for name in CODED if name in args}


class Figure(Schema):
    """A number and its sign: A plain, e estimated, x not available; `docs/api.md` has them all."""

    value = fields.Integer(required=True, allow_none=True)
    status = fields.String(required=True)


_Codes = Schema.from_dict({name: fields.String() for name in DIMENSIONS}, name="Codes")


class AnswerCell(_Codes, Figure):  # type: ignore[misc, valid-type] # a class that is made of the dimensions
    """A figure, with its code of each dimension that was asked by."""


class Totals(Schema):
    """Counted, not added up: a contact with two themes is in the row of each and once in `all`."""

    row = fields.List(
        fields.Nested(AnswerCell), required=True, metadata={"description": "Of the first dimension."}
    )
    column = fields.List(
        fields.Nested(AnswerCell), required=True, metadata={"description": "Of the second dimension."}
    )
    all = fields.Nested(Figure, required=True)


class QuestionAnswer(Days):
    """A page of cells, in the order of the lists that their codes are from."""

    municipalities = fields.List(fields.String(), required=True)
    filters = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)
    measure = fields.String(required=True)
    definition = fields.String(required=True)
    by = fields.List(fields.String(), required=True)
    cells = fields.List(fields.Nested(AnswerCell), required=True)
    totals = fields.Nested(Totals, required=True)
    additive = fields.Dict(
        keys=fields.String(),
        values=fields.Boolean(),
        required=True,
        metadata={"description": "Whether the cells along a dimension add up to the total."},
    )
    asOf = fields.Nested(AsOf, required=True)
    next = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "The cursor of the next page, if there is one."},
    )

"""Reports: what they are asked for, and how far they are."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.http.fields import Flag, List, nis
from chassis.refusals import Reason
from contracts.message_context import LANGUAGES
from services.reporting.schemas.common import AsOf

FIRST_YEAR, LAST_YEAR = 2000, 2099


def _year() -> validate.Range:
    return validate.Range(FIRST_YEAR, LAST_YEAR, error=Reason("yearTooEarly", first=str(FIRST_YEAR)))


class _Places(Schema):
    municipality = List(
        nis("NIS code."),
        validate=validate.Length(1, 400),
        metadata={"description": "All of your own when left out. May be repeated."},
    )
    public = Flag(
        metadata={
            "description": "The version with small numbers hidden; there is none yet, so it is refused."
        }
    )
    language = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))

    @validates_schema
    def no_public_one(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data.get("public"):
            raise ValidationError("publicReportsNotYet", "public")


class YearQuery(_Places):
    """Of which year and whose."""

    year = fields.Integer(required=True, validate=_year())


class HalfYearQuery(YearQuery):
    """Of which half of a year and whose."""

    half = fields.Integer(
        required=True,
        validate=validate.OneOf([1, 2], error=Reason("halfUnknown")),
        metadata={"description": "1: January to June. 2: July to December."},
    )


class _Dialect(Schema):
    dialect = fields.String(
        validate=validate.OneOf(["excel"]),
        metadata={
            "description": "`excel`: semicolons, decimal commas and a mark, as a Belgian Excel opens it."
        },
    )


class YearCsvQuery(YearQuery, _Dialect):
    """The same, and how the CSV is written."""


class HalfYearCsvQuery(HalfYearQuery, _Dialect):
    """The same, and how the CSV is written."""


class CsvQuery(_Dialect):
    """How the CSV is written."""


class ReportPost(Schema):
    """What to make."""

    kind = fields.String(required=True, validate=validate.OneOf(["halfYear", "year"]))
    year = fields.Integer(required=True, strict=True, validate=_year())
    half = fields.Integer(
        strict=True,
        allow_none=True,
        validate=validate.OneOf([1, 2], error=Reason("halfUnknown")),
        metadata={"description": "Of a half-year: 1 or 2. Left out of a year."},
    )
    municipalities = List(
        nis("NIS code."),
        validate=validate.Length(1, 400),
        metadata={"description": "All of your own when left out."},
    )
    language = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))

    @validates_schema
    def half_of_half_years(self, data: dict[str, Any], **kwargs: Any) -> None:
        if "kind" not in data:
            return
        half = data.get("half")
        if data["kind"] == "halfYear" and half is None:
            raise ValidationError("halfMissing", "half")
        if data["kind"] == "year" and half is not None:
            raise ValidationError("halfOfYear", "half")


class Files(Schema):
    """Addresses of the files; `POST` to one with `/ticket` behind it gives a one-time address for a link."""

    pdf = fields.String(required=True)
    xlsx = fields.String(required=True)
    csv = fields.String(required=True)


class Failure(Schema):
    """Why a report could not be made."""

    code = fields.String(required=True)
    detail = fields.String(required=True)


class ReportState(Schema):
    """A report and how far it is."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    year = fields.Integer(required=True)
    half = fields.Integer(required=True, allow_none=True)
    municipalities = fields.List(fields.String(), required=True)
    language = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(["making", "made", "failed"]))
    progress = fields.Float(required=True, metadata={"description": "From 0 to 1."})
    files = fields.Nested(Files, required=True, metadata={"description": "Each is there once it is made."})
    asOf = fields.Nested(AsOf, required=True)
    rebuilding = fields.Boolean(
        required=True,
        metadata={
            "description": "The figures were being rebuilt; the report is of those that answered meanwhile."
        },
    )
    madeAt = fields.AwareDateTime(required=True, allow_none=True)
    failure = fields.Nested(Failure)

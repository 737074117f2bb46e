"""Targets as clients set them, and as they are answered with how far they have come."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.http.fields import List, nis, ref_code
from chassis.refusals import Reason
from common.fields import name_text
from contracts.message_context import LANGUAGES
from services.reporting.model.periods import Period
from services.reporting.schemas.common import AsOf
from services.reporting.schemas.queries import FIRST_DAY, LAST_DAY, MOST_MONTHS

MOST_STEPS, HIGHEST = 10, 100_000_000


def _day(name: str, description: str) -> fields.Date:
    return fields.Date(
        required=True,
        data_key=name,
        validate=validate.Range(FIRST_DAY, LAST_DAY),
        metadata={"description": description},
    )


class TargetPut(Schema):
    """A number to reach, in steps, in some days and municipalities."""

    name = name_text(80, "What people call it, such as “Subsidie digibanken”.", required=True)
    measure = ref_code("targetMeasure", required=True)
    audience = ref_code("targetAudience", "Adults only for the reach.", load_default="all")
    first = _day("from", "First day, in Europe/Brussels.")
    last = _day("to", "Last day; belongs to it.")
    municipalities = List(
        nis("NIS code."),
        load_default=list,
        validate=validate.Length(0, 400),
        metadata={"description": "Points in these municipalities together; all of your own when empty."},
    )
    steps = List(
        fields.Integer(strict=True, validate=validate.Range(1, HIGHEST)),
        required=True,
        validate=validate.Length(1, MOST_STEPS),
        metadata={"description": "Each higher than the one before."},
    )

    @validates_schema
    def fits(self, data: dict[str, Any], **kwargs: Any) -> None:
        if "first" not in data or "last" not in data:
            return
        if data["last"] < data["first"]:
            raise ValidationError("endsBeforeItBegins", "to")
        if Period(data["first"], data["last"]).parts("month") > MOST_MONTHS:
            raise ValidationError(Reason("tooManyMonths", most=MOST_MONTHS), "to")


class TargetQuery(Schema):
    """In what language the sentences are."""

    language = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))


class StepProgress(Schema):
    """How it stands with one step."""

    value = fields.Integer(required=True)
    state = fields.String(
        required=True,
        validate=validate.OneOf(["reached", "maybe", "notReached"]),
        metadata={"description": "reached: certainly. maybe: between the bounds."},
    )
    missing = fields.Integer(required=True, metadata={"description": "Until it is certainly reached."})
    sentence = fields.String(required=True)


class Progress(Schema):
    """What was counted until now: two bounds, which are the same where a count is exact."""

    atLeast = fields.Integer(required=True)
    atMost = fields.Integer(required=True)
    definition = fields.String(required=True)
    steps = fields.List(fields.Nested(StepProgress), required=True)


class Target(Schema):
    """A target with how far it has come."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    measure = ref_code("targetMeasure", required=True)
    audience = ref_code("targetAudience", required=True)
    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    municipalities = fields.List(fields.String(), required=True)
    steps = fields.List(fields.Integer(), required=True)
    progress = fields.Nested(Progress, required=True)
    etag = fields.String(required=True, metadata={"description": "For `If-Match`."})


class Targets(Schema):
    """The targets of own municipalities."""

    items = fields.List(fields.Nested(Target), required=True)
    total = fields.Integer(required=True)
    asOf = fields.Nested(AsOf, required=True)

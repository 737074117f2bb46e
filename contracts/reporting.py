"""Events of the reporting service, version 1: what it alone can know, because it counts what all others tell."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate

from contracts.refdata import RefCode

Nis = validate.Regexp(r"^\d{5}$", error="A NIS code has five digits.")


class _Data(Schema):
    """Consumers ignore unknown fields, so that optional ones can be added."""

    class Meta:
        unknown = EXCLUDE


class Target(_Data):
    """A number of people, contacts, sessions or loans to reach in these municipalities and days, both ends included."""

    id = fields.UUID(required=True)
    measure = RefCode("targetMeasure", required=True)
    audience = RefCode("targetAudience", required=True)
    firstDay = fields.Date(required=True)
    lastDay = fields.Date(required=True)
    municipalities = fields.List(fields.String(validate=Nis), required=True, validate=validate.Length(min=1))


class TargetReached(_Data):
    """`step` is the number that was certainly reached, one of those of the target."""

    target = fields.Nested(Target, required=True)
    step = fields.Integer(strict=True, required=True, validate=validate.Range(min=1))


class Sheet(_Data):
    """The bottleneck sheet of one municipality and one calendar month, written as `2026-10`."""

    id = fields.UUID(required=True)
    municipality = fields.String(required=True, validate=Nis)
    month = fields.String(
        required=True,
        validate=validate.Regexp(r"^\d{4}-(0[1-9]|1[0-2])$", error="A month is written as 2026-10."),
    )


class SheetCompleted(_Data):
    """No figure is in it: who may read the sheet fetches it."""

    sheet = fields.Nested(Sheet, required=True)


EVENTS: dict[tuple[str, str], tuple[type[Schema], str]] = {
    ("targets", "reached"): (
        TargetReached,
        "A step of a target was certainly reached; told once for each step, with an id that is always the same.",
    ),
    ("sheets", "completed"): (
        SheetCompleted,
        "A month is over and its bottleneck sheet has all that was recorded; told once, with an id that is always the same.",
    ),
}

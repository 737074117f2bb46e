"""The reach of a period: bounds of a number of people."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.reporting.schemas.common import AsOf, Days


class Bounds(Schema):
    """At least and at most so many people."""

    atLeast = fields.Integer(required=True)
    atMost = fields.Integer(required=True)


class ReachSoFar(Days, Bounds):
    """From the first day of the period to the end of one of its months."""


class ReachAnswer(Days):
    """The reach of a period, by age where a grant counts adults. Whose age nobody asked may be of either group.

    Without numbers where visits were never there: that is not 0.
    """

    atLeast = fields.Integer(required=True, allow_none=True)
    atMost = fields.Integer(required=True, allow_none=True)
    status = fields.String(
        required=True, metadata={"description": "`x` where visits were never there, else `A`."}
    )
    under18 = fields.Nested(Bounds, required=True, allow_none=True)
    adults = fields.Nested(Bounds, required=True, allow_none=True)
    definition = fields.String(required=True)
    months = fields.List(fields.Nested(ReachSoFar), required=True, metadata={"description": "How it grew."})
    asOf = fields.Nested(AsOf, required=True)

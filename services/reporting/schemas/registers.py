"""One figure in detail: over time, by online service, or by who sent whom."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.reporting.model.signs import BREAK, PLAIN
from services.reporting.schemas.common import AsOf, Count, Days
from services.reporting.schemas.summary import Referrals


class SeriesPart(Schema):
    """One part of a series."""

    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)
    count = fields.Integer(required=True, allow_none=True)


class Series(Days):
    """One measure over time."""

    measure = fields.String(required=True)
    by = fields.String(required=True)
    items = fields.List(fields.Nested(SeriesPart), required=True)
    status = fields.String(
        required=True,
        metadata={"description": "`x` where visits were never there, and no part has a number; else `A`."},
    )
    asOf = fields.Nested(AsOf, required=True)


class Bottleneck(Schema):
    """An online service that stopped people."""

    service = fields.String(required=True)
    count = fields.Integer(required=True)
    causes = fields.List(fields.Nested(Count), required=True)
    outcomes = fields.List(
        fields.Nested(Count), metadata={"description": "What came of these visits; not by residence."}
    )
    sentence = fields.String(
        required=True, metadata={"description": "How often and why most, in the language asked."}
    )
    status = fields.String(
        required=True,
        validate=validate.OneOf([PLAIN, BREAK]),
        metadata={"description": "b: the code of the service is retired, so its series has a break."},
    )
    trend = fields.List(
        fields.Nested(SeriesPart),
        required=True,
        metadata={"description": "The twelve calendar months that end with that of `to`."},
    )


class Bottlenecks(Days):
    """The bottleneck register, the service that stopped most people first."""

    definition = fields.String(required=True, metadata={"description": "What is counted."})
    items = fields.List(fields.Nested(Bottleneck), required=True)
    total = fields.Integer(required=True)
    asOf = fields.Nested(AsOf, required=True)


class ReferralsAnswer(Days, Referrals):
    """Referrals of the period."""

    asOf = fields.Nested(AsOf, required=True)

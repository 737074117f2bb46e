"""Shared by several responses: how often a code was recorded, and up to which event figures go."""

from __future__ import annotations

from marshmallow import Schema, fields


class Count(Schema):
    """How often a code was recorded."""

    code = fields.String(required=True)
    count = fields.Integer(required=True)


class Position(Schema):
    """The last event of a source that these figures know."""

    position = fields.Integer(required=True)
    time = fields.AwareDateTime(required=True, allow_none=True)


class Days(Schema):
    """Which days figures are about; both ends belong to them."""

    from_ = fields.Date(required=True, data_key="from")
    to = fields.Date(required=True)


class AsOf(Schema):
    """Up to which event of each source the figures go."""

    visits = fields.Nested(Position, required=True)
    loans = fields.Nested(Position, required=True)

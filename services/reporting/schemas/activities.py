"""What else happens at a digipunt, as the summary gives it: sessions, feedback and follow-ups."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.reporting.schemas.common import Count


class KindCount(Count):
    """Sessions of a kind, and how many people were there."""

    present = fields.Integer(required=True)


class Audiences(Schema):
    """How many people were at sessions for visitors, for helpers, for partners and for others."""

    visitors = fields.Integer(required=True)
    helpers = fields.Integer(required=True)
    partners = fields.Integer(required=True)
    others = fields.Integer(required=True)


class Sessions(Schema):
    """Sessions of the period. Attendance is a count, never persons."""

    planned = fields.Integer(required=True)
    held = fields.Integer(required=True)
    cancelled = fields.Integer(required=True)
    seats = fields.Integer(required=True, metadata={"description": "Of the sessions that were held."})
    registered = fields.Integer(required=True, metadata={"description": "Confirmed seats."})
    present = fields.Integer(required=True)
    walkIn = fields.Integer(required=True)
    audiences = fields.Nested(
        Audiences, required=True, metadata={"description": "Of `present`; never to be added to contacts."}
    )
    kinds = fields.List(fields.Nested(KindCount), required=True)
    ageBands = fields.List(fields.Nested(Count), required=True)


class Satisfaction(Schema):
    """Marks of 1 to 5."""

    count = fields.Integer(required=True)
    mean = fields.Float(required=True, allow_none=True)


class Feedback(Schema):
    """What people thought of the help, without identity."""

    count = fields.Integer(required=True)
    satisfaction = fields.Nested(Satisfaction, required=True)
    wouldReturn = fields.List(fields.Nested(Count), required=True)
    selfReliance = fields.List(fields.Nested(Count), required=True)


class FollowUps(Schema):
    """What was to be done after a visit in these days, and what of it was done."""

    planned = fields.Integer(required=True)
    done = fields.Integer(required=True)

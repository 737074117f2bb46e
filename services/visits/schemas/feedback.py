"""Feedback as the API takes and gives it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import Area, Day, Period, nis, ref_code, uuid, whole

RETURN = validate.OneOf(["yes", "no", "notAsked"])


class FeedbackPost(Schema):
    """What somebody thought of the help. There is no place for a name, and none for a text."""

    digipunt = uuid("Where.", required=True)
    day = Day(metadata={"description": "Which day; today when left out."})
    selfReliance = ref_code("selfReliance", attribute="self_reliance")
    satisfaction = whole(1, 5, "From 1, not at all, to 5, very.")
    wouldReturn = fields.String(attribute="would_return", validate=RETURN)


class FeedbackAnswer(Schema):
    """Feedback as it is kept: no moment finer than the day, no link to a visit."""

    id = uuid("A random id.")
    digipunt = uuid("Where.")
    municipality = nis("The municipality of the digipunt.")
    day = Day()
    selfReliance = ref_code("selfReliance")
    satisfaction = fields.Integer()
    wouldReturn = fields.String(validate=RETURN)


class FeedbackQuery(Area, Period):
    """Which feedback to list."""

"""Letters as the API takes and gives them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import Area, moment, nis, uuid


class LettersQuery(Area):
    """Which letters to print."""

    batch = uuid("Those of this batch; without it, those that are in none yet.")
    window = fields.String(
        load_default="right",
        validate=validate.OneOf(["right", "left"]),
        metadata={"description": "Where the window of the envelope is."},
    )


class BatchQuery(Schema):
    """Which batches to list."""

    municipality = nis("Only of this municipality.")


class BatchPost(Schema):
    """Gather the letters that wait."""

    municipality = nis("Of which municipality.", required=True)


class Batch(Schema):
    """Letters that are printed and posted together."""

    id = uuid("The batch's id.", required=True)
    municipality = nis("Of which municipality.", required=True)
    madeAt = moment("When they were gathered.", required=True)
    postedAt = moment("When they went into the post.")
    version = fields.Integer(required=True)

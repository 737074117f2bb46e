"""Query parameters of the bottleneck sheet."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import List, Whole, nis
from contracts.message_context import LANGUAGES


class SheetQuery(Schema):
    """One month, of municipalities together."""

    municipality = List(
        nis("NIS code."),
        validate=validate.Length(1, 400),
        metadata={"description": "Points in these municipalities together; all of your own when left out."},
    )
    month = fields.String(
        required=True,
        validate=Whole(r"20\d\d-(0[1-9]|1[0-2])", error="notAMonth"),
        metadata={"description": "Such as 2025-06."},
    )
    language = fields.String(load_default=LANGUAGES[0], validate=validate.OneOf(LANGUAGES))

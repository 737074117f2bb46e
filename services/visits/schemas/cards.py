"""Visitor cards as the API takes and gives them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import ref_code, uuid

CODE = validate.Length(1, 20)


class CardPut(Schema):
    """A card to issue. The code is drawn, unless the card is printed already."""

    code = fields.String(
        validate=CODE, metadata={"description": "The code that is on the card, such as K7Q4-2M."}
    )


class CardQuery(Schema):
    """Which card somebody holds. Sent as a body, because a code does not belong in an address."""

    code = fields.String(required=True, validate=CODE)


class CardAnswer(Schema):
    """A visitor card."""

    id = uuid("What events and visits call the visitor.")
    code = fields.String()
    state = fields.String(validate=validate.OneOf(["active", "retired"]))
    contact = ref_code("contact", "Whether a visit today is the first of this calendar year.")
    version = fields.Integer(metadata={"description": "Also the ETag."})

"""Contacts as the API takes and gives them. All of it is personal data: only helpers and coordinators see it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import Area, List, nis, ref_code, uuid
from common.fields import Address, email, phone, sealed_text
from contracts.message_context import LANGUAGES


class ContactPut(Schema):
    """Somebody to tell of an info session, or to call back. A name and a digipunt suffice."""

    name = sealed_text(200, "Their name.", required=True)
    digipunt = uuid("Which digipunt knows them.", required=True)
    municipality = nis("Where that is; needed when this service does not know the digipunt yet.")
    language = fields.String(
        load_default="nl",
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "In which language they are told things."},
    )
    channels = List(
        ref_code("channel"),
        validate=validate.Length(max=5),
        allow_none=True,
        metadata={
            "description": "How to reach them, the preferred way first; without it, each way that is possible."
        },
    )
    phone = phone("Any way of writing a Belgian number, or +… for another country.", allow_none=True)
    email = email("E-mail address.", allow_none=True)
    address = fields.Nested(Address, allow_none=True)


class ContactAnswer(ContactPut):
    """A contact as it is stored."""

    id = uuid("The contact's id.")
    version = fields.Integer(metadata={"description": "Also the ETag."})


class ContactQuery(Area):
    """Which contacts to list."""

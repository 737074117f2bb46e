"""Borrowers as the API accepts and returns them. All of it is personal data: only helpers and coordinators see it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import List, nis, ref_code, uuid
from common.fields import Address, email, phone, sealed_text
from contracts.message_context import LANGUAGES


class Via(Schema):
    """A carer or partner organisation that gets the messages instead."""

    name = sealed_text(200, "Who.", required=True)
    phone = phone("Their number.")
    email = email("Their e-mail address.")
    address = fields.Nested(Address)


class Contact(Schema):
    """The person who collects for an organisation."""

    name = sealed_text(200, "Who.", required=True)
    phone = phone("Their number.")
    email = email("Their e-mail address.")


class BorrowerFields(Schema):
    """The fields of a borrower that may change."""

    address = fields.Nested(Address, allow_none=True)
    phone = phone("Any way of writing a Belgian number, or +… for another country.", allow_none=True)
    email = email("E-mail address.", allow_none=True)
    channels = List(
        ref_code("channel"),
        validate=validate.Length(max=5),
        allow_none=True,
        metadata={"description": "How to reach them, the preferred way first."},
    )
    via = fields.Nested(
        Via,
        allow_none=True,
        metadata={"description": "Who is told instead: a carer or a partner organisation."},
    )
    contact = fields.Nested(
        Contact,
        allow_none=True,
        metadata={"description": "Who collects, when the borrower is an organisation."},
    )


class BorrowerPut(BorrowerFields):
    """A new borrower. Name and language suffice."""

    kind = ref_code("borrowerKind", load_default="person")
    digipunt = uuid("Where they are known.", required=True)
    municipality = nis("Where that is; needed when this service does not know the digipunt yet.")
    name = sealed_text(200, "Their name, or that of the organisation.", required=True)
    language = fields.String(
        load_default="nl",
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "In which language they are told things."},
    )


class BorrowerPatch(BorrowerFields):
    """What changes. Null removes a value."""

    name = sealed_text(200, "Their name.")
    language = fields.String(validate=validate.OneOf(LANGUAGES), metadata={"description": "Their language."})


class BorrowerSearch(Schema):
    """Search terms, all of which have to match. They come in the body, because they are about a person."""

    name = sealed_text(200, "Words of the name, whole and in any order.")
    phone = phone("The whole number.")
    email = email("The whole address.")


class Erased(Schema):
    """What is left of a borrower who was erased."""

    id = uuid("An id that nothing leads from any more.")
    state = fields.String(validate=validate.OneOf(["erased"]))
    version = fields.Integer(metadata={"description": "Also the ETag."})


class BorrowerAnswer(BorrowerPut):
    """A borrower as they are stored."""

    id = uuid("The borrower's id.")
    state = fields.String(validate=validate.OneOf(["active"]))
    version = fields.Integer(metadata={"description": "Also the ETag."})


def embed() -> fields.String:
    """The query parameter that asks for the borrowers too."""
    return fields.String(
        validate=validate.OneOf(["borrower"]),
        metadata={
            "description": "Also who borrows: `embedded` then holds each borrower under their address,"
            " `/loans/v1/borrowers/{id}`."
        },
    )

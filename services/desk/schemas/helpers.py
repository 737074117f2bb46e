"""Helpers, their PINs and their sessions."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import List, Whole, nis, uuid
from common.fields import sealed_text

MOST_DIGIPUNTS = 50


def pin() -> fields.String:
    return fields.String(
        required=True,
        validate=Whole("^[0-9]{4}$", error="notPin"),
        metadata={"description": "Four digits.", "format": "password"},
    )


class HelperPut(Schema):
    """A helper. Only coordinators and the laptops of own digipunten see the name."""

    name = sealed_text(60, "What people at the desk call them; a first name suffices.", required=True)
    digipunts = List(
        uuid("A digipunt."),
        required=True,
        validate=validate.Length(1, MOST_DIGIPUNTS),
        metadata={"description": "Where they help; those in other municipalities stay as they are."},
    )
    municipality = nis("Where those are that this service does not know yet.")


class HelperQuery(Schema):
    """Which helpers."""

    digipunt = uuid("Only of this digipunt.")


class Helper(Schema):
    """A helper: for a laptop the first four fields, for a coordinator all."""

    id = uuid("The helper's id.", required=True)
    name = fields.String(required=True)
    code = fields.String(required=True, metadata={"description": "Under which their visits are recorded."})
    hasPin = fields.Boolean(required=True)
    digipunts = fields.List(
        fields.UUID(), metadata={"description": "Where they help, in own municipalities."}
    )
    locked = fields.Boolean(metadata={"description": "Whether too many PINs were wrong."})
    version = fields.Integer(metadata={"description": "Also the ETag."})


class PinPost(Schema):
    """A new PIN."""

    pin = pin()


class SessionPost(Schema):
    """Who sits at the laptop."""

    helper = uuid("Who signs in.", required=True)
    pin = pin()


class RenewedSession(Schema):
    """The token of somebody who goes on."""

    token = fields.String(required=True, metadata={"description": "Of role `helper`, for ten minutes."})
    expiresAt = fields.AwareDateTime(required=True)


class Session(RenewedSession):
    """Who signed in."""

    name = fields.String(required=True)
    code = fields.String(required=True)

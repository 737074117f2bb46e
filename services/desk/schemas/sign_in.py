"""Signing in with a link, and what the desk says of itself."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import text
from chassis.http.sign_in import ROLES
from services.desk.schemas.laptops import Token


class SignInPost(Schema):
    """The code in the link."""

    code = text(4000, "What stands behind `#signIn=`.", required=True)


class SignedIn(Token):
    """A token for twelve hours."""

    roles = fields.List(fields.String(validate=validate.OneOf(ROLES)), required=True)
    municipalities = fields.List(
        fields.String(), required=True, metadata={"description": "NIS codes of own municipalities."}
    )


class Provider(Schema):
    """An OpenID Connect issuer, as a browser needs to know it."""

    issuer = fields.String(required=True)
    client = fields.String(required=True, metadata={"description": "What the issuer calls this desk."})
    scope = fields.String(required=True)
    resource = fields.String(
        required=True, allow_none=True, metadata={"description": "What tokens are asked for (RFC 8707)."}
    )


class About(Schema):
    """What runs here."""

    deployment = fields.String(required=True)
    synthetic = fields.Boolean(required=True, metadata={"description": "Whether the data is made up."})
    version = fields.String(required=True, metadata={"description": "The release."})
    services = fields.List(
        fields.String(),
        required=True,
        allow_none=True,
        metadata={"description": "What answers at this address; null where an edge knows better."},
    )
    filled = fields.Float(
        required=True, metadata={"description": "How far the demo is with being filled, from 0 to 1."}
    )
    sign_in = fields.Nested(
        Provider,
        data_key="signIn",
        required=True,
        allow_none=True,
        metadata={"description": "Where people sign in for themselves; null where they do with a link."},
    )

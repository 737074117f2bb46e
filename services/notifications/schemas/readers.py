"""Readers of the bottleneck sheet as the API takes and gives them. All of it is personal data: coordinators see it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import moment, nis, uuid
from common.fields import email, sealed_text
from contracts.message_context import LANGUAGES


class ReaderPut(Schema):
    """Somebody who asked to hear by e-mail, each month, that the bottleneck sheet of a municipality is there."""

    municipality = nis("Of which municipality.", required=True)
    name = sealed_text(200, "Their name.", required=True)
    email = email("Where the message goes.", required=True)
    language = fields.String(
        load_default="nl",
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "In which language they are told."},
    )


class Reader(ReaderPut):
    """A reader as stored."""

    id = uuid("The reader's id.", required=True)
    since = moment("Since when; a month that was told before is not told again.", required=True)
    version = fields.Integer(required=True, metadata={"description": "Also the ETag."})


class ReaderQuery(Schema):
    """Which readers to list."""

    municipality = nis("Only of this municipality.")

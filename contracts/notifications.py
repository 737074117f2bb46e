"""Events of the notifications service, version 1: what became of each message, and nothing about who got it."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate

from contracts.refdata import RefCode

Nis = validate.Regexp(r"^\d{5}$", error="A NIS code has five digits.")


class _Data(Schema):
    """Consumers pass over fields they do not know, so that optional ones can come."""

    class Meta:
        unknown = EXCLUDE


class Message(_Data):
    id = fields.UUID(required=True)
    kind = RefCode("messageKind", required=True)
    about = fields.UUID(required=True)
    state = RefCode("messageState", required=True)
    channel = RefCode("channel")
    reason = RefCode("messageReason")
    municipality = fields.String(validate=Nis)
    digipunt = fields.UUID()


class MessageEvent(_Data):
    message = fields.Nested(Message, required=True)


class PersonErased(_Data):
    person = fields.UUID(required=True)


EVENTS: dict[tuple[str, str], tuple[type[Schema], str]] = {
    ("messages", "planned"): (MessageEvent, "A message is to be told to somebody."),
    ("messages", "sent"): (MessageEvent, "A message left, was posted or was told."),
    ("messages", "delivered"): (MessageEvent, "A message has arrived."),
    ("messages", "failed"): (MessageEvent, "A message reached nobody, or nobody knows; staff look at it."),
    ("messages", "expired"): (MessageEvent, "A message is not sent: too late, no longer true, or cancelled."),
    ("persons", "erased"): (PersonErased, "What this service knew of a person is gone."),
}

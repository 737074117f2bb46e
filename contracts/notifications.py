"""Events of the notifications service, version 1: what happened to each message, and nothing about its recipient."""

from __future__ import annotations

from marshmallow import EXCLUDE, Schema, fields, validate

from contracts.refdata import RefCode

Nis = validate.Regexp(r"^\d{5}$", error="A NIS code has five digits.")


class _Data(Schema):
    """Consumers ignore unknown fields, so that optional ones can be added."""

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
    ("messages", "planned"): (MessageEvent, "A message was planned."),
    ("messages", "sent"): (MessageEvent, "A message was sent, posted or passed on in person."),
    ("messages", "delivered"): (MessageEvent, "A message was delivered."),
    ("messages", "failed"): (
        MessageEvent,
        "A message was not delivered, or its delivery is unknown; staff look at it.",
    ),
    ("messages", "expired"): (MessageEvent, "A message is not sent: too late, no longer true, or cancelled."),
    ("persons", "erased"): (PersonErased, "The data about a person in this service was erased."),
}

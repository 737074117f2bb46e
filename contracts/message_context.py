"""What an owner service answers when notifications asks, just before sending, whether a message is still true and for whom.

Every owner offers the RPC `message_context(kind, about)`: `kind` is a code of `messageKind`, `about` the id of the loan,
request, session, follow-up or sheet that the event was about. Personal data is in this answer only, never in an event, and is
not kept after delivery.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from marshmallow import EXCLUDE, INCLUDE, Schema, ValidationError, fields, validate, validates_schema

from contracts.refdata import RefCode

Language = Literal["nl", "fr", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

REASONS = ("returned", "extended", "cancelled", "erased", "notFound")
"""Why the message is no longer true."""


class _Part(Schema):
    """Readers ignore unknown fields, so that optional ones can be added."""

    class Meta:
        unknown = EXCLUDE


class Address(_Part):
    street = fields.String(required=True)
    postalCode = fields.String(required=True)
    town = fields.String(required=True)


class Person(_Part):
    """The recipient. With `via`, a carer or partner organisation, the contact details are theirs, the name the borrower's."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    channels = fields.List(RefCode("channel"), required=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(
        required=True,
        allow_none=True,
        validate=validate.Regexp(r"^\+[1-9]\d{3,14}$", error="A phone number is written in E.164."),
    )
    address = fields.Nested(Address, required=True, allow_none=True)
    via = fields.String(required=True, allow_none=True)


class Digipunt(_Part):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    address = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    opening = fields.String(required=True, allow_none=True)


class Facts(Schema):
    """What the words may use. `device` is a kind with its label; any owner adds texts and numbers of its own.

    `digipunt` is null where it is the municipality that tells.
    `devices` is how many `device` names, and `waiting` how many others wait for such a device.
    """

    class Meta:
        unknown = INCLUDE

    digipunt = fields.Nested(Digipunt, required=True, allow_none=True)
    device = fields.String()
    deviceKind = RefCode("deviceKind")
    dueOn = fields.Date()
    overdueDays = fields.Integer(strict=True)
    devices = fields.Integer(strict=True)
    waiting = fields.Integer(strict=True)

    @validates_schema
    def own_facts_are_plain(self, data: dict[str, Any], **kwargs: Any) -> None:
        for name, value in data.items():
            if name not in self.fields and (
                isinstance(value, bool) or not isinstance(value, str | int | float)
            ):
                raise ValidationError("A fact is a text or a number.", name)


class MessageContext(_Part):
    """`true` is whether the message is still true; if not, `reason` says why, and there is no person.

    `words` are facts that differ by language: only notifications knows in which one its contacts and readers read.
    """

    true = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True, validate=validate.OneOf([*REASONS, None]))
    dueOn = fields.Date(required=True, allow_none=True)
    person = fields.Nested(Person, required=True, allow_none=True)
    facts = fields.Nested(Facts, required=True, allow_none=True)
    words = fields.Dict(
        keys=fields.String(validate=validate.OneOf(LANGUAGES)),
        values=fields.Dict(keys=fields.String(), values=fields.String()),
    )


def answer(context: dict[str, Any]) -> dict[str, Any]:
    """`context`, plain JSON, after validation. Raises marshmallow's ValidationError."""
    MessageContext().load(context)
    return context


def nothing_to_tell(reason: str) -> dict[str, Any]:
    """The answer about a message that is no longer true."""
    return answer({"true": False, "reason": reason, "dueOn": None, "person": None, "facts": None})

"""What the owner of a loan, session or follow-up answers when notifications asks, just before it tells somebody.

RPC `message_context(kind, about)` of each owner: `kind` is a code of the list messageKind, `about` the id from the
event. Contact data come this way only, and only for a message that is still true at that moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from contracts.refdata import RefCode

LANGUAGES = ("nl", "fr", "en")

REASONS = ("returned", "extended", "cancelled", "erased", "notFound")
"""Why a message is not true any more."""


class _Part(Schema):
    """Readers pass over fields they do not know, so that optional ones can come."""

    class Meta:
        unknown = EXCLUDE


class Address(_Part):
    street = fields.String(required=True)
    postcode = fields.String(required=True)
    town = fields.String(required=True)


class Person(_Part):
    """Whom to tell. With `via`, the contact data are those of that carer or organisation; the name stays the person's."""

    id = fields.UUID(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    channels = fields.List(RefCode("channel"), required=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True, validate=validate.Regexp(r"^\+[1-9]\d{6,14}$"))
    address = fields.Nested(Address, required=True, allow_none=True)
    via = fields.String(required=True, allow_none=True)


def _plain(facts: Mapping[str, Any]) -> None:
    """Strings and numbers only; `digipunt` is an object of such."""
    for name, value in facts.items():
        inside = value.values() if name == "digipunt" and isinstance(value, dict) else [value]
        if not all(isinstance(each, str | int | float) for each in inside):
            raise ValidationError("Facts are strings and numbers.", name)


class MessageContext(_Part):
    """The whole answer. `facts` is what a text may say: device, deviceKind, digipunt, dueOn, overdueDays and the like."""

    true = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True, validate=validate.OneOf(REASONS))
    dueOn = fields.Date(required=True, allow_none=True)
    person = fields.Nested(Person, required=True, allow_none=True)
    facts = fields.Dict(keys=fields.String(), required=True, validate=_plain)


def still_true(
    person: Mapping[str, Any], facts: Mapping[str, Any], due_on: str | None = None
) -> dict[str, Any]:
    """The answer for a message that may be told; plain JSON. Raises ValidationError when it breaks the contract."""
    return _checked({"true": True, "reason": None, "dueOn": due_on, "person": person, "facts": facts})


def not_true(reason: str) -> dict[str, Any]:
    """The answer for a message that must be dropped; nothing of a person is in it."""
    return _checked({"true": False, "reason": reason, "dueOn": None, "person": None, "facts": {}})


def _checked(answer: dict[str, Any]) -> dict[str, Any]:
    schema = MessageContext()
    plain: dict[str, Any] = schema.dump(schema.load(answer))
    return plain

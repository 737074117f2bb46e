"""Field types of the API for what our services know of people."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from chassis.http.fields import Whole
from common.phones import e164


class Phone(fields.String):
    """A phone number that can exist, however it is written; Belgian without a country code. Becomes E.164."""

    personal = True

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        number = e164(super()._deserialize(value, attr, data, **kwargs))
        if number is None:
            raise ValidationError(
                "This is not a phone number; write it as 0470 12 34 56 or +32 470 12 34 56."
            )
        return number


_PART = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
EMAIL = Whole(
    rf"^[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_PART}(?:\.{_PART})+$",
    error="This is not an e-mail address.",
)
"""As browsers check it (HTML, “valid e-mail address”), with a domain of two parts or more."""


def email(description: str, **more: Any) -> fields.String:
    rules = [validate.Length(3, 254), EMAIL]
    return fields.String(validate=rules, metadata={"description": description}, **more)


def phone(description: str, **more: Any) -> Phone:
    return Phone(validate=validate.Length(1, 40), metadata={"description": description}, **more)

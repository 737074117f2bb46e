"""Field types of the API for what our services know of people."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate

from common.phones import e164


class Phone(fields.String):
    """A phone number that can exist, however it is written; Belgian without a country code. Becomes E.164."""

    personal = True

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        number = e164(super()._deserialize(value, attr, data, **kwargs))
        if number is None:
            raise ValidationError("notPhone")
        return number


def phone(description: str, **more: Any) -> Phone:
    return Phone(validate=validate.Length(1, 40), metadata={"description": description}, **more)

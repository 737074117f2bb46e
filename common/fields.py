"""Field types of the API for what our services know of people, and for texts that have to say nothing of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from chassis.http.fields import Text, Whole, length_of_text
from chassis.refusals import Reason
from common.free_text import CODES, CONTACT_DETAILS, Finding, findings
from common.phones import e164

FORMULA_SIGNS = ("=", "+", "-", "@")
"""What a formula begins with in a spreadsheet (https://owasp.org/www-community/attacks/CSV_Injection)."""

_ONE_PIECE = re.compile(r"\w+")
_LIKE_A_SERIAL = frozenset({Finding.PHONE, Finding.BANK_CARD})


class FreeText(Text):
    """Text that is stored as it is, so nothing in it may identify a person or open an account.

    `allow`: what a public text may hold all the same, such as whom to call. `of_a_thing`: the number of a device, which may
    look like a phone number or a card when it is written in one piece.
    """

    def __init__(self, *, allow: Iterable[Finding] = (), of_a_thing: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._allowed = frozenset(allow)
        self._of_a_thing = of_a_thing

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if len(text) > _longest(self):
            return text  # Refused by its length; not looked at, whatever it is.
        allowed = self._allowed
        if self._of_a_thing and _ONE_PIECE.fullmatch(text):
            allowed |= _LIKE_A_SERIAL
        if found := [finding for finding in findings(text) if finding not in allowed]:
            raise ValidationError([Reason(CODES[finding]).of_type("personalData") for finding in found])
        return text


class SealedText(Text):
    """Text about a person: it is stored encrypted or as a keyed hash, or not at all."""


def _longest(field: fields.String) -> int:
    return max((rule.max or 0 for rule in field.validators if isinstance(rule, validate.Length)), default=0)


def free_text(most: int, description: str, **more: Any) -> FreeText:
    """A note, a name of a place or another text of 1 to `most` characters that is stored as it is."""
    return FreeText(validate=length_of_text(most), metadata={"description": description}, **more)


def name_text(most: int, description: str, **more: Any) -> FreeText:
    """A name that tables hold too: a spreadsheet takes a cell that begins with such a sign for a formula.

    Refused, and not stored with a quote before it, as is the custom: so a name is in a CSV what it is everywhere, and
    `'t Recupke` keeps its own.
    """
    rules = [*length_of_text(most), _no_formula]
    return FreeText(validate=rules, metadata={"description": description}, **more)


def _no_formula(text: str) -> None:
    if text.lstrip().startswith(FORMULA_SIGNS):
        raise ValidationError(Reason("beginsLikeFormula"))


def public_text(most: int, description: str, **more: Any) -> FreeText:
    """A text for the public, which may say whom to call."""
    return free_text(most, description, allow=CONTACT_DETAILS, **more)


def sealed_text(most: int, description: str, **more: Any) -> SealedText:
    """A name or an address of 1 to `most` characters."""
    return SealedText(validate=length_of_text(most), metadata={"description": description}, **more)


class Phone(fields.String):
    """A phone number that can exist, however it is written; Belgian without a country code. Becomes E.164."""

    personal = True

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        number = e164(super()._deserialize(value, attr, data, **kwargs))
        if number is None:
            raise ValidationError("notPhone")
        return number


_PART = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
EMAIL = Whole(
    rf"^[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_PART}(?:\.{_PART})+$",
    error="notEmail",
)
"""As browsers check it (HTML, “valid e-mail address”), with a domain of two parts or more."""


def email(description: str, **more: Any) -> fields.String:
    rules = [validate.Length(3, 254), EMAIL]
    return fields.String(validate=rules, metadata={"description": description}, **more)


def phone(description: str, **more: Any) -> Phone:
    return Phone(validate=validate.Length(1, 40), metadata={"description": description}, **more)


class Address(Schema):
    """Where letters go."""

    street = sealed_text(200, "Street, number and box.", required=True)
    postalCode = fields.String(required=True, validate=Whole("^[1-9][0-9]{3}$", error="notPostalCode"))
    town = sealed_text(100, "Town or village.", required=True)

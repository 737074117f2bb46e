"""Field types of the API that several resources share.

An error never repeats the value of a plain `fields.String`, or of a field with `personal = True`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.clock import FIRST_DAY, LAST_DAY
from chassis.refusals import Reason
from contracts.refdata import RefCode

DAY_OUT_OF_RANGE = Reason("dayOutOfRange", first=FIRST_DAY.year, last=LAST_DAY.year)


class UuidText(fields.UUID):
    """A UUID, as text in its canonical form."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if type(value) is not str or len(value) != 36:
            raise self.make_error("invalid_uuid")
        try:
            return str(UUID(value))
        except ValueError:
            raise self.make_error("invalid_uuid") from None


class Moment(fields.AwareDateTime):
    """A moment with its offset, converted to UTC."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        moment = super()._deserialize(value, attr, data, **kwargs)
        if not FIRST_DAY.year <= moment.year <= LAST_DAY.year:
            raise ValidationError([DAY_OUT_OF_RANGE])
        return moment.astimezone(UTC)


class List(fields.List[Any]):
    """A list that is held against its length before its elements are loaded: a million of them cost no more than one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list):
            for rule in self.validators:
                if isinstance(rule, validate.Length):
                    rule(value)
        return super()._deserialize(value, attr, data, **kwargs)


class Flag(fields.Boolean):
    """True or false, and nothing that passes for it, such as 0 or "yes"; in a query `true` or `false`."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Day(fields.Date):
    """A day on which something was or will be."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        day = super()._deserialize(value, attr, data, **kwargs)
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError([DAY_OUT_OF_RANGE])
        return day


class DayText(Day):
    """A day, kept as ISO text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs).isoformat()


_LINE_ENDS = dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n")
"""What Word, Excel and old terminals end a line with, besides the line feed."""

_UNSEEN = frozenset("\u00ad\u200b\u2060\ufeff\u115f\u1160\u2800\u3164\uffa0")
"""Where a word may be broken, of use to whoever sets a page only, and fillers that look like nothing."""


def tidied(text: str) -> str:
    """`text` without control characters, and with one way to end a line; NFC, so that equal texts are equal."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    lines = (_LINE_ENDS.get(sign, sign) for sign in text if sign not in _UNSEEN)
    return "".join(
        sign
        for sign in lines
        if sign in "\n\t" or not (unicodedata.category(sign) == "Cc" or _is_no_character(sign))
    )


def _is_no_character(sign: str) -> bool:
    """Whether Unicode keeps this code for no character (core specification, 23.7): readers of a calendar refuse it."""
    code = ord(sign)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def has_something(text: str) -> bool:
    """Whether anybody can see anything of it."""
    return any(unicodedata.category(sign) not in ("Cf", "Cc", "Mn", "Zs", "Zl", "Zp") for sign in text)


class Text(fields.String):
    """Text that people type or paste, as `tidied` has it; on one line unless it may have `lines`. No error repeats it."""

    personal = True

    def __init__(self, *, lines: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._lines = lines

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = tidied(super()._deserialize(value, attr, data, **kwargs))
        if value and not has_something(text):
            raise ValidationError("blank")
        return text if self._lines else text.replace("\n", " ")


class Whole(validate.Validator):
    """The whole text matches; with `$` in a plain Regexp a line break at the end would pass."""

    def __init__(self, form: str, *, error: str) -> None:
        self.regex = re.compile(form)
        self.code = error

    def __call__(self, value: str) -> str:
        if self.regex.fullmatch(value) is None:
            raise ValidationError(Reason(self.code))
        return value


def uuid(description: str, **more: Any) -> UuidText:
    return UuidText(metadata={"description": description}, **more)


def moment(description: str, **more: Any) -> Moment:
    return Moment(format="iso", metadata={"description": description}, **more)


def length_of_text(most: int) -> list[validate.Validator]:
    """1 to `most` characters that are not blank."""
    return [validate.Length(1, most), validate.Regexp(r"\s*\S", error="blank")]


def text(most: int, description: str, **more: Any) -> Text:
    """Text of 1 to `most` characters that is not blank; for what nobody could type about a person, or is not stored."""
    return Text(validate=length_of_text(most), metadata={"description": description}, **more)


def whole(least: int, most: int, description: str, **more: Any) -> fields.Integer:
    rule = validate.Range(least, most)
    return fields.Integer(strict=True, validate=rule, metadata={"description": description}, **more)


def nis(description: str, **more: Any) -> fields.String:
    """A municipality, as its NIS code."""
    rule = Whole("^[0-9]{5}$", error="notNis")
    return fields.String(validate=rule, metadata={"description": description}, **more)


def ref_code(list_name: str, description: str = "", **more: Any) -> RefCode:
    """A code of a reference list."""
    description = description or f"A code of refData/{list_name}."
    return RefCode(list_name, metadata={"description": description}, **more)


class Period(Schema):
    """Query of a list that is about days: both ends belong to it, in Europe/Brussels."""

    from_ = fields.Date(data_key="from", metadata={"description": "First day."})
    to = fields.Date(metadata={"description": "Last day."})

    @validates_schema
    def in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        if "from_" in data and "to" in data and data["to"] < data["from_"]:
            raise ValidationError("endsBeforeItBegins", "to")


class Area(Schema):
    """Query of a list that can be narrowed to one place."""

    digipunt = uuid("Only of this digipunt.")
    municipality = nis("Only of this municipality.")

"""Field types of the API that several resources share.

An error never repeats the value of a plain `fields.String`, or of a field with `personal = True`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.refusals import Reason
from contracts.refdata import RefCode

FIRST_YEAR, LAST_YEAR = 2, 9998


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
        # Near the ends of the calendar, other time zones do not exist.
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE)
        return moment.astimezone(UTC)


class DayText(fields.Date):
    """A day, kept as ISO text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return super()._deserialize(value, attr, data, **kwargs).isoformat()


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


def text(most: int, description: str, **more: Any) -> fields.String:
    """Text of 1 to `most` characters that is not blank."""
    rules = [validate.Length(1, most), validate.Regexp(r"\s*\S", error="blank")]
    return fields.String(validate=rules, metadata={"description": description}, **more)


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

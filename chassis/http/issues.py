"""marshmallow's errors as issues, with codes of ours.

A field copies its messages when it is made, so importing this module comes before any field that the API has; the
package sees to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from marshmallow import Schema, fields, validate

from chassis.errors import Issue
from chassis.refusals import Reason
from contracts.refdata import RefCode

MOST = 50
"""Issues of one body; whoever made so many mistakes made one mistake many times."""

_CODES: dict[type[fields.Field[Any]], dict[str, str]] = {
    fields.Field: {"required": "required", "null": "null", "validator_failed": "invalidValue"},
    fields.Nested: {"type": "notObject"},
    fields.List: {"invalid": "notList"},
    fields.String: {"invalid": "notText", "invalid_utf8": "notText"},
    fields.UUID: {"invalid_uuid": "notUuid"},
    fields.Number: {"invalid": "notNumber", "too_large": "notNumber"},
    fields.Integer: {"invalid": "notWholeNumber"},
    fields.Float: {"special": "notNumber"},
    fields.Boolean: {"invalid": "notBoolean"},
    fields.DateTime: {"invalid": "notMoment", "invalid_awareness": "notMoment"},
    fields.AwareDateTime: {"invalid": "notMoment", "invalid_awareness": "notMoment"},
    fields.Date: {"invalid": "notDay"},
    fields.Mapping: {"invalid": "notObject"},
    RefCode: {"unknown_code": "notInRefData"},
}
"""Instead of marshmallow's own sentences, which name a type and leave the reader to guess its form."""

for _field, _codes in _CODES.items():
    _reasons = {key: Reason(code) for key, code in _codes.items()}
    _field.default_error_messages = {**_field.default_error_messages, **_reasons}
Schema.error_messages = {
    **Schema.error_messages,
    "unknown": Reason("unknownField").of_type("unknownInput"),
    "type": Reason("notObject"),
}
validate.Length.message_min = Reason("tooShort")
validate.Length.message_max = Reason("tooLong")
validate.Length.message_all = Reason("lengthBetween")
validate.Range.message_min = Reason("tooSmall")
validate.Range.message_max = Reason("tooLarge")
validate.Range.message_all = Reason("notInRange")
validate.OneOf.default_message = Reason("notAChoice")
validate.Regexp.default_message = Reason("invalidValue")


def issues_of(messages: Any, where: str = "body") -> list[Issue]:
    """marshmallow's nested messages as a flat list of issues, the first MOST, each with a path such as `themes[0]`."""
    return list(islice(_issues(messages, where, ""), MOST))


def _issues(messages: Any, where: str, path: str) -> Iterator[Issue]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            if key == "_schema":
                step = path
            elif isinstance(key, int):
                step = f"{path}[{key}]"
            else:
                step = f"{path}.{key}" if path else str(key)
            yield from _issues(inner, where, step)
    elif isinstance(messages, list | tuple):
        for message in messages:
            yield from _issues(message, where, path)
    else:
        reason = messages if isinstance(messages, Reason) else Reason(str(messages))
        yield Issue(str(reason), path, where, type=reason.type, params=reason.params)

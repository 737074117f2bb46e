"""marshmallow's errors as issues, in sentences that say what to do.

A field copies its messages when it is made, so importing this module comes before any field that the API has; the
package sees to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from marshmallow import Schema, fields

from chassis.errors import Issue

UNKNOWN_FIELD = "There is no such field here."
MOST = 50
"""Issues of one body; whoever made so many mistakes made one mistake many times."""
_MOMENT = "Give a date and time with its zone, such as 2026-03-04T10:12:00+01:00."

_MESSAGES: dict[type[fields.Field[Any]], dict[str, str]] = {
    fields.Field: {
        "required": "This is required.",
        "null": "This cannot be null; leave it out, or give a value.",
    },
    fields.Date: {"invalid": "Give a day as year-month-day, such as 2026-03-04."},
    fields.DateTime: {"invalid": _MOMENT},
    fields.AwareDateTime: {"invalid_awareness": _MOMENT},
    fields.Boolean: {"invalid": "Give true or false."},
    fields.UUID: {"invalid_uuid": "Give a UUID, such as 0197f3b4-6c1e-7a52-8d3f-2b9c4e5a6d70."},
}
"""Instead of marshmallow's own, which name a type and leave the reader to guess its form."""

for _field, _messages in _MESSAGES.items():
    _field.default_error_messages = {**_field.default_error_messages, **_messages}
Schema.error_messages = {**Schema.error_messages, "unknown": UNKNOWN_FIELD}


class Sentence(str):
    """What is wrong with a field, with the type of problem that it is."""

    type: str

    def __new__(cls, text: str, type: str) -> Sentence:
        made = super().__new__(cls, text)
        made.type = type
        return made


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
        detail = str(messages)
        type = "unknownInput" if detail == UNKNOWN_FIELD else getattr(messages, "type", "schemaViolation")
        yield Issue(detail, path, where, type=type)

"""Every day and moment that a body takes has a bound, so that nothing computed from it leaves the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields

from tests.services.test_free_text_fields import bodies


def days(schema: Schema) -> Iterator[tuple[str, fields.Field[Any]]]:
    """Each field for a day or a moment, also of nested schemas."""
    for name, field in schema.load_fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from days(inner.schema)
        elif isinstance(inner, fields.Date | fields.DateTime):
            yield f"{type(schema).__name__}.{name}", inner


DAYS = {name: field for body in bodies() for name, field in days(body)}


@pytest.mark.case("public H8")
@pytest.mark.parametrize("name", sorted(DAYS))
@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2100-01-01", "1999-12-31"])
def test_a_day_at_the_end_of_the_calendar_is_refused(name, day):
    """Whatever is recorded or planned: a mistyped year is told at its field."""
    moment = isinstance(DAYS[name], fields.DateTime)
    with pytest.raises(ValidationError):
        DAYS[name].deserialize(f"{day}T12:00:00Z" if moment else day)

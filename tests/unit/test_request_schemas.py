"""Of every list and flag that a request may hold, in any service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, fields, validate

from chassis.http.fields import Flag, List
from chassis.http.openapi import routes
from chassis.http.route import instance
from chassis.http.validation import query_schema
from services import NAMES, REGISTRY
from services.visits.schemas.visits import BatchItem


def inside(schema: Schema, path: str) -> Iterator[tuple[str, fields.Field[Any]]]:
    """Every field that is loaded, however deep."""
    for name, field in schema.load_fields.items():
        yield from each(field, f"{path}.{name}")


def each(field: fields.Field[Any], path: str) -> Iterator[tuple[str, fields.Field[Any]]]:
    yield path, field
    if isinstance(field, fields.Nested):
        yield from inside(field.schema, path)
    elif isinstance(field, fields.List):
        yield from each(field.inner, path)


def sent(name: str) -> Iterator[tuple[str, fields.Field[Any]]]:
    """The fields of all bodies and queries of a service, each with where it is."""
    if name == "visits":
        yield from inside(BatchItem(), "an item of a batch")
    for route in routes(REGISTRY[name].load()):
        for schema in (route.body and instance(route.body), query_schema(route)):
            if schema is not None:
                yield from inside(schema, f"{route.method} {route.path}")


@pytest.mark.case("security H4")
@pytest.mark.parametrize("name", NAMES)
def test_lists_are_bounded_before_they_are_loaded(name):
    """A list without a length, or one that is loaded before it is held against it, stops everybody for seconds."""
    lists = {path: field for path, field in sent(name) if isinstance(field, fields.List)}
    for path, field in lists.items():
        assert isinstance(field, List), path
        assert any(isinstance(rule, validate.Length) and rule.max for rule in field.validators), path


@pytest.mark.case("security L13")
@pytest.mark.parametrize("name", NAMES)
def test_flags_are_strict(name):
    """`markMissing: 0` is not false, and `"yes"` is not true."""
    assert [path for path, field in sent(name) if type(field) is fields.Boolean] == []
    assert all(isinstance(field, Flag) for _, field in sent(name) if isinstance(field, fields.Boolean))

"""No text that people type gets around the detector: every body of every service is gone through, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import Schema, fields, validate

from chassis.http.fields import Whole
from chassis.http.openapi import routes
from chassis.http.route import instance
from common.fields import FreeText, SealedText
from services import REGISTRY
from services.visits.schemas.visits import BatchItem

NOT_STORED = {
    "CardPut.code": "the code on a card; other text is refused",
    "CardQuery.code": "the code on a card, to find it",
    "RegistrationPut.card": "the code on a card, to find it",
    "VisitPut.card": "the code on a card, to find it",
    "VisitPatch.card": "the code on a card, to find it",
    "BatchItem.card": "the code on a card, to find it",
    "Batch.items": "each is loaded as a BatchItem",
    "StockTake.scanned": "what a scanner read, to find devices",
    "HandOver.signature": "a picture, stored encrypted",
    "SecretPost.secret": "the secret of a laptop, to recognise it",
    "SignInPost.code": "the code in a link, to verify it",
}
"""Fields that take any text, and where it goes; each is looked at by whoever adds it here."""


def bodies() -> Iterator[Schema]:
    """The body of each route of each service, and what stands in a batch."""
    for service in REGISTRY.values():
        for route in routes(service.load()):
            # What the chassis takes names subscriptions and parked events, and is stored nowhere.
            if route.body is not None and not type(instance(route.body)).__module__.startswith("chassis."):
                yield instance(route.body)
    yield BatchItem()


def open_fields(schema: Schema) -> Iterator[tuple[str, fields.Field[Any]]]:
    """Each field, also of nested schemas, into which anything could be typed, with the name of its schema."""
    for name, field in schema.load_fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from open_fields(inner.schema)
        elif takes_anything(inner):
            yield f"{type(schema).__name__}.{name}", inner


def takes_anything(field: fields.Field[Any]) -> bool:
    """Whether a field takes text without a form of its own: no codes, ids, days, numbers, phones or e-mail addresses."""
    if isinstance(field, fields.Dict | fields.Raw) or type(field) is fields.Field:
        return True
    if not isinstance(field, fields.String) or isinstance(field, fields.UUID):
        return False
    if isinstance(field, FreeText | SealedText):
        return True
    narrow = any(isinstance(rule, validate.OneOf | Whole) for rule in field.validators)
    return not narrow and type(field).__name__ not in ("RefCode", "Phone")


def unchecked(schema: Schema) -> list[str]:
    return [
        name
        for name, field in open_fields(schema)
        if not isinstance(field, FreeText | SealedText) and name not in NOT_STORED
    ]


@pytest.mark.case("security M7")
def test_every_free_text_is_checked_or_encrypted():
    """A field into which people type is looked at by the detector, stored encrypted, or listed above with the reason."""
    found = [name for schema in bodies() for name in unchecked(schema)]
    assert found == []


def test_a_field_that_is_forgotten_is_named():
    """The check can fail, also for what is nested in a list."""

    class Part(Schema):
        remark = fields.String()

    class Later(Schema):
        parts = fields.List(fields.Nested(Part))
        why = fields.List(fields.String(validate=validate.Length(1, 50)))
        kind = fields.String(validate=validate.OneOf(["a", "b"]))

    assert unchecked(Later()) == ["Part.remark", "Later.why"]


def test_the_list_of_exceptions_is_not_longer_than_needed():
    """Each name on the list is a field that takes any text."""
    names = {name for schema in bodies() for name, _ in open_fields(schema)}
    assert set(NOT_STORED) - names == set()

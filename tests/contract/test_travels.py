"""No personal data travels: `contracts/travels.yaml` allows each field, and nothing else gets into an event."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml
from marshmallow import Schema, fields, validate

from contracts.asyncapi import document
from contracts.events import EVENTS
from contracts.json_schema import json_schema
from tests.contract.golden import CONTRACTS, FILES, read

TRAVELS = yaml.safe_load((CONTRACTS / "travels.yaml").read_text(encoding="utf-8"))

Listed = dict[str, dict[str, dict[str, Any]]]
"""Service, schema, field: a reason, or a schema of the field."""


def travelling() -> Listed:
    """The JSON Schema of each field that has a value of its own, by the name of the schema that it stands in."""
    found: Listed = {}
    for event in EVENTS.values():
        _collect(event.schema(), found.setdefault(event.service, {}))
    return found


def _collect(schema: Schema, found: dict[str, dict[str, Any]]) -> None:
    described = json_schema(schema)["properties"]
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            _collect(inner.schema, found)
        else:
            of_one = described[name].get("items", described[name])
            found.setdefault(type(schema).__name__, {})[name] = of_one


def is_free_text(described: dict[str, Any]) -> bool:
    """Whether anything may be typed into it."""
    return described["type"] == "string" and not {"pattern", "enum", "format"} & set(described)


def differences(schemas: Listed, listed: Listed) -> list[str]:
    """What the list does not say, says too much, or says wrongly; a sentence each."""
    found = []
    for service in sorted(set(schemas) | set(listed)):
        ours, theirs = schemas.get(service, {}), listed.get(service, {})
        for schema in sorted(set(ours) | set(theirs)):
            here, there = ours.get(schema, {}), theirs.get(schema, {})
            for name in sorted(set(here) | set(there)):
                found += _difference(f"{service} {schema}.{name}", here.get(name), there.get(name))
    return found


def _difference(where: str, described: dict[str, Any] | None, reason: Any) -> list[str]:
    if described is None:
        return [f"{where} is not a field of an event: remove its line from contracts/travels.yaml"]
    if reason is None:
        return [f"{where} travels: say in contracts/travels.yaml why it is not personal data"]
    public = isinstance(reason, dict)
    text = reason.get("publicText") if isinstance(reason, dict) else reason
    if not isinstance(text, str) or len(text.split()) < 2 or (public and set(reason) != {"publicText"}):
        return [f"{where} needs a few words, or {{publicText: a few words}}"]
    if public != is_free_text(described):
        wanted = "is free text: mark it publicText" if not public else "is not free text: remove publicText"
        return [f"{where} {wanted}"]
    return []


def test_every_field_that_travels_is_allowed_by_name():
    """A field without a line, a line without a field, and free text that is not marked as public are reported."""
    listed = {name: schemas for name, schemas in TRAVELS.items() if name != "envelope"}
    assert differences(travelling(), listed) == []


def test_the_envelope_is_allowed_by_name():
    """The attributes around the data are these, in the description and in every golden event."""
    for message in document({})["components"]["messages"].values():
        assert set(message["payload"]["properties"]) == set(TRAVELS["envelope"])
    assert set().union(*(read(file) for file in FILES)) == set(TRAVELS["envelope"])


class _Person(Schema):
    name = fields.String()
    born = fields.Date()


class _Later(Schema):
    note = fields.String(validate=validate.Length(max=100))
    people = fields.List(fields.Nested(_Person))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda s, t: s["Visit"].update(note={"type": "string"}), "visits Visit.note travels"),
        (lambda s, t: s["Visit"].pop("help"), "visits Visit.help is not a field"),
        (lambda s, t: t["Visit"].update(note="a note"), "visits Visit.note is not a field"),
        (lambda s, t: t["Visit"].pop("visitor"), "visits Visit.visitor travels"),
        (lambda s, t: t.pop("Bottleneck"), "visits Bottleneck.cause travels"),
        (lambda s, t: t["Session"].update(title="title of it"), "visits Session.title is free text"),
        (
            lambda s, t: t["Visit"].update(help={"publicText": "how help was"}),
            "visits Visit.help is not free",
        ),
        (lambda s, t: t["Visit"].update(help=""), "visits Visit.help needs a few words"),
        (lambda s, t: _collect(_Later(), s), "visits _Later.note travels"),
        (lambda s, t: _collect(_Later(), s), "visits _Person.born travels"),
    ],
)
def test_what_is_wrong_in_the_list_is_reported(change, sentence):
    """The check can fail, even for what is nested in a list."""
    schemas, listed = (
        copy.deepcopy(travelling()),
        copy.deepcopy({name: schemas for name, schemas in TRAVELS.items() if name != "envelope"}),
    )
    assert differences(schemas, listed) == []
    change(schemas["visits"], listed["visits"])
    assert any(found.startswith(sentence) for found in differences(schemas, listed))
